"""A knowledge graph of diaspora actors and policies, in which every claim names its source.

Public names come in six groups: data, paths, policies, measures, pictures, exchange.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the names of the table below once more, for type checkers and editors
    from diaspora_graph.answers import Answer as Answer
    from diaspora_graph.answers import Question as Question
    from diaspora_graph.bibliography.entries import Reference as Reference
    from diaspora_graph.bibliography.entries import apa as apa
    from diaspora_graph.bibliography.entries import bibtex as bibtex
    from diaspora_graph.bibliography.entries import chicago as chicago
    from diaspora_graph.bibliography.entries import cite_dataset as cite_dataset
    from diaspora_graph.bibliography.entries import csl_json as csl_json
    from diaspora_graph.dataset.canonical import digest as digest
    from diaspora_graph.dataset.canonical import write_dataset as write_dataset
    from diaspora_graph.dataset.columns import Table as Table
    from diaspora_graph.dataset.dataset import Dataset as Dataset
    from diaspora_graph.dataset.names import Found as Found
    from diaspora_graph.dataset.names import Names as Names
    from diaspora_graph.dataset.names import find as find
    from diaspora_graph.dataset.names import resolve as resolve
    from diaspora_graph.dataset.records import Alias as Alias
    from diaspora_graph.dataset.records import Coding as Coding
    from diaspora_graph.dataset.records import DatasetRow as DatasetRow
    from diaspora_graph.dataset.records import Entity as Entity
    from diaspora_graph.dataset.records import Exclusion as Exclusion
    from diaspora_graph.dataset.records import Flag as Flag
    from diaspora_graph.dataset.records import Observation as Observation
    from diaspora_graph.dataset.records import Source as Source
    from diaspora_graph.dataset.records import Statement as Statement
    from diaspora_graph.diagnosis.robustness import Loss as Loss
    from diaspora_graph.diagnosis.robustness import Robustness as Robustness
    from diaspora_graph.diagnosis.robustness import robustness as robustness
    from diaspora_graph.diagnosis.why import why as why
    from diaspora_graph.diagnosis.why_not import Obstacle as Obstacle
    from diaspora_graph.diagnosis.why_not import Reason as Reason
    from diaspora_graph.diagnosis.why_not import why_not as why_not
    from diaspora_graph.errors import AmbiguousNameError as AmbiguousNameError
    from diaspora_graph.errors import DatasetError as DatasetError
    from diaspora_graph.errors import DiasporaGraphError as DiasporaGraphError
    from diaspora_graph.errors import Fault as Fault
    from diaspora_graph.errors import FileError as FileError
    from diaspora_graph.errors import ParameterError as ParameterError
    from diaspora_graph.errors import SchemaError as SchemaError
    from diaspora_graph.errors import StoreError as StoreError
    from diaspora_graph.errors import TooLargeError as TooLargeError
    from diaspora_graph.errors import UnknownNameError as UnknownNameError
    from diaspora_graph.exchange import FORMATS as FORMATS
    from diaspora_graph.exchange import export as export
    from diaspora_graph.exchange.networkx import from_networkx as from_networkx
    from diaspora_graph.exchange.networkx import to_networkx as to_networkx
    from diaspora_graph.exchange.template import write_template as write_template
    from diaspora_graph.filters.rules import Rules as Rules
    from diaspora_graph.filters.scope import Scope as Scope
    from diaspora_graph.graphs import Graph as Graph
    from diaspora_graph.graphs import MemoryGraph as MemoryGraph
    from diaspora_graph.graphs import SparqlGraph as SparqlGraph
    from diaspora_graph.graphs import open_graph as open_graph
    from diaspora_graph.importers.xlsx import import_xlsx as import_xlsx
    from diaspora_graph.measures.agreement import agreement as agreement
    from diaspora_graph.measures.agreement import krippendorff_alpha as krippendorff_alpha
    from diaspora_graph.measures.brokerage import Brokerage as Brokerage
    from diaspora_graph.measures.brokerage import brokerage as brokerage
    from diaspora_graph.measures.brokerage import brokerage_by as brokerage_by
    from diaspora_graph.measures.centrality import MEASURES as MEASURES
    from diaspora_graph.measures.centrality import measure as measure
    from diaspora_graph.measures.countries import coverage_by_country as coverage_by_country
    from diaspora_graph.measures.coverage import coverage as coverage
    from diaspora_graph.measures.measured import Measured as Measured
    from diaspora_graph.measures.network import Network as Network
    from diaspora_graph.measures.network import network_of as network_of
    from diaspora_graph.measures.numbers import Number as Number
    from diaspora_graph.measures.numbers import Numbers as Numbers
    from diaspora_graph.measures.numbers import numbers as numbers
    from diaspora_graph.measures.partition import class_partition as class_partition
    from diaspora_graph.measures.partition import country_partition as country_partition
    from diaspora_graph.measures.partition import covered as covered
    from diaspora_graph.measures.partition import read_partition as read_partition
    from diaspora_graph.measures.projection import Projection as Projection
    from diaspora_graph.measures.projection import SharedPair as SharedPair
    from diaspora_graph.measures.projection import projection as projection
    from diaspora_graph.measures.qap import Coefficient as Coefficient
    from diaspora_graph.measures.qap import Correlation as Correlation
    from diaspora_graph.measures.qap import Regression as Regression
    from diaspora_graph.measures.qap import mrqap as mrqap
    from diaspora_graph.measures.qap import qap_correlation as qap_correlation
    from diaspora_graph.measures.reconcile import Figure as Figure
    from diaspora_graph.measures.reconcile import Reconciled as Reconciled
    from diaspora_graph.measures.reconcile import reconciled as reconciled
    from diaspora_graph.measures.sensitivity import Sensitivity as Sensitivity
    from diaspora_graph.measures.sensitivity import Without as Without
    from diaspora_graph.measures.sensitivity import sensitivity as sensitivity
    from diaspora_graph.ontology.load import load_schema as load_schema
    from diaspora_graph.ontology.schema import Schema as Schema
    from diaspora_graph.paths.api import best_paths as best_paths
    from diaspora_graph.paths.api import count_paths as count_paths
    from diaspora_graph.paths.api import influence_paths as influence_paths
    from diaspora_graph.paths.explanation import explained as explained
    from diaspora_graph.paths.path import InfluencePath as InfluencePath
    from diaspora_graph.paths.path import Step as Step
    from diaspora_graph.paths.rankings import RANKINGS as RANKINGS
    from diaspora_graph.paths.search import FoundPaths as FoundPaths
    from diaspora_graph.paths.search import PathCount as PathCount
    from diaspora_graph.paths.search import Search as Search
    from diaspora_graph.paths.support import Support as Support
    from diaspora_graph.paths.support import support_of as support_of
    from diaspora_graph.paths.support import weakest as weakest
    from diaspora_graph.pictures.explorer.explorer import write_explorer as write_explorer
    from diaspora_graph.pictures.explorer.network import to_pyvis as to_pyvis
    from diaspora_graph.pictures.figures.figure import write_figure as write_figure
    from diaspora_graph.pictures.layout.layout import Layout as Layout
    from diaspora_graph.pictures.scene import Scene as Scene
    from diaspora_graph.pictures.staging import Selection as Selection
    from diaspora_graph.pictures.staging import around as around
    from diaspora_graph.pictures.staging import between as between
    from diaspora_graph.pictures.staging import policies_of as policies_of
    from diaspora_graph.pictures.staging import scene_of as scene_of
    from diaspora_graph.pictures.staging import whole as whole
    from diaspora_graph.policies.attention import Attention as Attention
    from diaspora_graph.policies.attention import attention as attention
    from diaspora_graph.policies.attention import uneven as uneven
    from diaspora_graph.policies.change import Changes as Changes
    from diaspora_graph.policies.change import Difference as Difference
    from diaspora_graph.policies.change import Unlisted as Unlisted
    from diaspora_graph.policies.changes import changes as changes
    from diaspora_graph.policies.compare import compare as compare
    from diaspora_graph.policies.comparison import Cell as Cell
    from diaspora_graph.policies.comparison import Comparison as Comparison
    from diaspora_graph.policies.comparison import Reading as Reading
    from diaspora_graph.policies.comparison import Row as Row
    from diaspora_graph.policies.disagreement import Disagreement as Disagreement
    from diaspora_graph.policies.disagreement import Disagreements as Disagreements
    from diaspora_graph.policies.disagreements import disagreements as disagreements
    from diaspora_graph.policies.distances import Contrast as Contrast
    from diaspora_graph.policies.distances import Distances as Distances
    from diaspora_graph.policies.distances import Pair as Pair
    from diaspora_graph.policies.distances import contrasts as contrasts
    from diaspora_graph.policies.distances import distances as distances
    from diaspora_graph.policies.foresight import scenarios as scenarios
    from diaspora_graph.policies.history import policy_history as policy_history
    from diaspora_graph.policies.over_time import Adoption as Adoption
    from diaspora_graph.policies.over_time import Change as Change
    from diaspora_graph.policies.over_time import PolicyChanges as PolicyChanges
    from diaspora_graph.policies.over_time import diffusion as diffusion
    from diaspora_graph.policies.over_time import policy_changes as policy_changes
    from diaspora_graph.policies.points import Aspect as Aspect
    from diaspora_graph.policies.points import Point as Point
    from diaspora_graph.policies.points import PointComparison as PointComparison
    from diaspora_graph.policies.points import compare_points as compare_points
    from diaspora_graph.policies.profile import profile as profile
    from diaspora_graph.policies.qca.analysis import qca as qca
    from diaspora_graph.policies.qca.calibration import CalibratedSet as CalibratedSet
    from diaspora_graph.policies.qca.plan import QcaPlan as QcaPlan
    from diaspora_graph.policies.qca.plan import read_plan as read_plan
    from diaspora_graph.policies.qca.result import Qca as Qca
    from diaspora_graph.policies.qca.script import write_qca as write_qca
    from diaspora_graph.policies.qca.solutions import Solution as Solution
    from diaspora_graph.policies.qca.truth_table import TruthTable as TruthTable
    from diaspora_graph.policies.scenario import Foreseen as Foreseen
    from diaspora_graph.policies.scenario import ForeseenScenario as ForeseenScenario
    from diaspora_graph.policies.scenario import Foresight as Foresight
    from diaspora_graph.policies.scenario import Indicator as Indicator
    from diaspora_graph.policies.scenario import IndicatorValue as IndicatorValue
    from diaspora_graph.policies.scores import Score as Score
    from diaspora_graph.policies.scores import Scores as Scores
    from diaspora_graph.policies.scores import Variant as Variant
    from diaspora_graph.policies.scores import scores as scores
    from diaspora_graph.policies.tables import comparison_as as comparison_as
    from diaspora_graph.policies.timeline import Event as Event
    from diaspora_graph.policies.timeline import Timeline as Timeline
    from diaspora_graph.policies.timeline import timeline as timeline
    from diaspora_graph.questions import QUESTIONS as QUESTIONS
    from diaspora_graph.questions import question as question
    from diaspora_graph.reading.load import Examined as Examined
    from diaspora_graph.reading.load import dataset_of as dataset_of
    from diaspora_graph.reading.load import examine as examine
    from diaspora_graph.reading.load import load_dataset as load_dataset
    from diaspora_graph.reading.sealing import Verified as Verified
    from diaspora_graph.reading.sealing import read_texts as read_texts
    from diaspora_graph.reading.sealing import seal as seal
    from diaspora_graph.reading.sealing import verify as verify
    from diaspora_graph.wording.sentences import Evidence as Evidence
    from diaspora_graph.wording.sentences import evidence_of as evidence_of

    __version__: str

# Where each public name lives. It is imported when it is first asked for, so that a short command
# loads no heavy library.
_HOMES = {
    # Data: open, look, name, check, write
    "dataset_of": "reading.load",
    "examine": "reading.load",
    "Examined": "reading.load",
    "Table": "dataset.columns",
    "DatasetRow": "dataset.records",
    "Alias": "dataset.records",
    "load_dataset": "reading.load",
    "Dataset": "dataset.dataset",
    "Coding": "dataset.records",
    "Entity": "dataset.records",
    "Exclusion": "dataset.records",
    "Flag": "dataset.records",
    "Observation": "dataset.records",
    "Source": "dataset.records",
    "Statement": "dataset.records",
    "Found": "dataset.names",
    "Names": "dataset.names",
    "find": "dataset.names",
    "resolve": "dataset.names",
    "digest": "dataset.canonical",
    "write_dataset": "dataset.canonical",
    "load_schema": "ontology.load",
    "Schema": "ontology.schema",
    "AmbiguousNameError": "errors",
    "DatasetError": "errors",
    "DiasporaGraphError": "errors",
    "Fault": "errors",
    "FileError": "errors",
    "ParameterError": "errors",
    "TooLargeError": "errors",
    "SchemaError": "errors",
    "StoreError": "errors",
    "UnknownNameError": "errors",
    "Evidence": "wording.sentences",
    "evidence_of": "wording.sentences",
    "Graph": "graphs",
    "MemoryGraph": "graphs",
    "SparqlGraph": "graphs",
    "open_graph": "graphs",
    "QUESTIONS": "questions",
    "question": "questions",
    "Answer": "answers",
    "Question": "answers",
    # Paths
    "Scope": "filters.scope",
    "Rules": "filters.rules",
    "best_paths": "paths.api",
    "count_paths": "paths.api",
    "influence_paths": "paths.api",
    "InfluencePath": "paths.path",
    "Step": "paths.path",
    "FoundPaths": "paths.search",
    "PathCount": "paths.search",
    "Search": "paths.search",
    "RANKINGS": "paths.rankings",
    "explained": "paths.explanation",
    "Support": "paths.support",
    "support_of": "paths.support",
    "weakest": "paths.support",
    "Obstacle": "diagnosis.why_not",
    "Reason": "diagnosis.why_not",
    "why_not": "diagnosis.why_not",
    "why": "diagnosis.why",
    "Loss": "diagnosis.robustness",
    "Robustness": "diagnosis.robustness",
    "robustness": "diagnosis.robustness",
    # Policies
    "Cell": "policies.comparison",
    "Comparison": "policies.comparison",
    "Reading": "policies.comparison",
    "Row": "policies.comparison",
    "compare": "policies.compare",
    "Score": "policies.scores",
    "Scores": "policies.scores",
    "Variant": "policies.scores",
    "scores": "policies.scores",
    "Attention": "policies.attention",
    "attention": "policies.attention",
    "uneven": "policies.attention",
    "comparison_as": "policies.tables",
    "Contrast": "policies.distances",
    "Distances": "policies.distances",
    "Pair": "policies.distances",
    "contrasts": "policies.distances",
    "distances": "policies.distances",
    "Adoption": "policies.over_time",
    "Change": "policies.over_time",
    "PolicyChanges": "policies.over_time",
    "diffusion": "policies.over_time",
    "policy_changes": "policies.over_time",
    "Aspect": "policies.points",
    "Point": "policies.points",
    "PointComparison": "policies.points",
    "compare_points": "policies.points",
    "agreement": "measures.agreement",
    "coverage": "measures.coverage",
    "policy_history": "policies.history",
    "coverage_by_country": "measures.countries",
    "krippendorff_alpha": "measures.agreement",
    "profile": "policies.profile",
    # Change and doubt
    "Number": "measures.numbers",
    "Numbers": "measures.numbers",
    "numbers": "measures.numbers",
    "Figure": "measures.reconcile",
    "Reconciled": "measures.reconcile",
    "reconciled": "measures.reconcile",
    "Difference": "policies.change",
    "Changes": "policies.change",
    "Unlisted": "policies.change",
    "changes": "policies.changes",
    "Event": "policies.timeline",
    "Timeline": "policies.timeline",
    "timeline": "policies.timeline",
    "Disagreement": "policies.disagreement",
    "Disagreements": "policies.disagreement",
    "disagreements": "policies.disagreements",
    "Foresight": "policies.scenario",
    "ForeseenScenario": "policies.scenario",
    "Foreseen": "policies.scenario",
    "Indicator": "policies.scenario",
    "IndicatorValue": "policies.scenario",
    "scenarios": "policies.foresight",
    # Measures: networks of actors
    "Brokerage": "measures.brokerage",
    "brokerage": "measures.brokerage",
    "brokerage_by": "measures.brokerage",
    "MEASURES": "measures.centrality",
    "measure": "measures.centrality",
    "Measured": "measures.measured",
    "Network": "measures.network",
    "network_of": "measures.network",
    "class_partition": "measures.partition",
    "country_partition": "measures.partition",
    "covered": "measures.partition",
    "read_partition": "measures.partition",
    "SharedPair": "measures.projection",
    "Projection": "measures.projection",
    "projection": "measures.projection",
    "Coefficient": "measures.qap",
    "Correlation": "measures.qap",
    "Regression": "measures.qap",
    "mrqap": "measures.qap",
    "qap_correlation": "measures.qap",
    "Sensitivity": "measures.sensitivity",
    "Without": "measures.sensitivity",
    "sensitivity": "measures.sensitivity",
    "CalibratedSet": "policies.qca.calibration",
    "Qca": "policies.qca.result",
    "QcaPlan": "policies.qca.plan",
    "TruthTable": "policies.qca.truth_table",
    "Solution": "policies.qca.solutions",
    "qca": "policies.qca.analysis",
    "read_plan": "policies.qca.plan",
    "write_qca": "policies.qca.script",
    # Pictures
    "Selection": "pictures.staging",
    "around": "pictures.staging",
    "between": "pictures.staging",
    "policies_of": "pictures.staging",
    "scene_of": "pictures.staging",
    "whole": "pictures.staging",
    "Scene": "pictures.scene",
    "Layout": "pictures.layout.layout",
    "write_explorer": "pictures.explorer.explorer",
    "write_figure": "pictures.figures.figure",
    "to_pyvis": "pictures.explorer.network",
    # Exchange
    "FORMATS": "exchange",
    "export": "exchange",
    "from_networkx": "exchange.networkx",
    "to_networkx": "exchange.networkx",
    "write_template": "exchange.template",
    "import_xlsx": "importers.xlsx",
    "Reference": "bibliography.entries",
    "apa": "bibliography.entries",
    "bibtex": "bibliography.entries",
    "chicago": "bibliography.entries",
    "cite_dataset": "bibliography.entries",
    "csl_json": "bibliography.entries",
    "read_texts": "reading.sealing",
    "seal": "reading.sealing",
    "verify": "reading.sealing",
    "Verified": "reading.sealing",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 (the keys of the table are strings)


def _look_up(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        found: object = version("diaspora-graph")
    elif name in _HOMES:
        from importlib import import_module

        found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if not TYPE_CHECKING:  # a type checker that saw it would take any name for a public one
    __getattr__ = _look_up
