"""The standard measures of actors in a network, by name.

networkx computes them, save PageRank: networkx needs scipy for it, and numpy is as fast. Edges have
no weights: an edge counts once, however many statements it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Codes
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.measures.measured import Measured
from diaspora_graph.measures.network import Network
from diaspora_graph.measures.pagerank import LEAST_CHANGE, MOST_ROUNDS, pagerank
from diaspora_graph.ontology.schema import Family
from diaspora_graph.wording.words import say

if TYPE_CHECKING:
    import networkx as nx

Floats = npt.NDArray[np.float64]
Compute = Callable[[Network, int], tuple[Mapping[str, Floats], Mapping[str, float]]]

_ROUNDING = 1e-9
SEED = 1


def measure(network: Network, name: str, *, seed: int = SEED) -> Measured:
    """Return one measure of each actor of a network.

    ``degree``: the number of other actors that an actor has edges with, then those it has edges
    from and to, and those by family of relations. ``betweenness`` (Freeman 1977): the number of
    shortest directed paths between two others through an actor, shared if there are several; not
    divided by the number of pairs. ``closeness`` (Wasserman and Faust 1994): from an actor along
    the edges, (r / (n - 1)) · r / (sum of the distances to the r actors that it reaches).
    ``eigenvector`` (Bonacich 1972): edges without direction, squares sum to 1. ``pagerank`` (Brin
    and Page 1998): damping 0.85, an actor without edges out passes on to all alike; values sum to
    1. ``constraint`` and ``effective-size`` (Burt 1992), ``core`` (Seidman 1983, the largest k of a
    k-core): edges without direction, for Burt's a mutual edge with twice the weight.
    In a network of influence no shortest path goes through an actor that does not pass it on.
    ``communities``: the number of an actor's community, 1 the largest, by the Louvain method
    (Blondel et al. 2008) with a ``seed``; edges without direction; ``whole`` has the modularity.

    Raises `UnknownNameError` for another name, `ParameterError` for a network without edges.

    >>> from diaspora_graph import load_dataset, network_of
    >>> found = measure(network_of(load_dataset()), "degree")
    >>> found.of("us-congress") > 20
    True
    """
    if name not in MEASURES:
        raise UnknownNameError("measure", name, MEASURES)
    network.needs(2, name)
    columns, whole = MEASURES[name](network, seed)
    return Measured(name, network, columns, whole, lowest_first=name == "communities")


def measure_rule(name: str, language: str = "en") -> str:
    """Return what a measure counts, in one sentence."""
    return say(f"measure {name}", language)


def _degree(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    begin, end = network.begin, network.end
    size = len(network)
    columns = {
        "degree": _others(network, np.arange(len(begin))),
        "in": np.bincount(end, minlength=size).astype(np.float64),
        "out": np.bincount(begin, minlength=size).astype(np.float64),
    }
    for family, edges in _families(network).items():
        columns[Family.word(family)] = _others(network, edges)
    return columns, {}


def _families(network: Network) -> Mapping[str, Codes]:
    """Return for each family of relations that has edges the edges that it has."""
    data = network.data
    terms = list(data.schema.predicates.values())
    names = list(data.schema.families)
    family = np.array([names.index(term.family) for term in terms], np.int64)
    owner = np.repeat(np.arange(len(network.begin)), np.diff(network.starts))
    of_relation = family[data.relations.predicate[network.relation]]
    return {
        name: np.unique(owner[of_relation == at]).astype(np.int32)
        for at, name in enumerate(names)
        if (of_relation == at).any()
    }


def _others(network: Network, edges: npt.NDArray[np.integer]) -> Floats:
    """Return how many others each actor has one of these edges with, in either direction."""
    size = len(network)
    one, other = network.begin[edges].astype(np.int64), network.end[edges].astype(np.int64)
    pairs = np.unique(np.concatenate([one * size + other, other * size + one]))
    return np.bincount(pairs // size, minlength=size).astype(np.float64)


def _betweenness(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    import networkx as nx

    graph, sinks = _split(network)
    found = nx.betweenness_centrality(graph, normalized=False)
    for place, sink in sinks.items():  # a way back to where it began joins no two actors
        back = nx.betweenness_centrality_subset(graph, sources=[place], targets=[sink])
        found = {at: value - back[at] for at, value in found.items()}
    values = _listed(network, found)
    values[np.abs(values) < _ROUNDING] = 0
    return {"betweenness": values}, {}


def _closeness(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    import networkx as nx

    graph, sinks = _split(network)
    found = np.zeros(len(network))
    for place in range(len(network)):
        far = nx.single_source_shortest_path_length(graph, place)
        own = {place, sinks.get(place, place)}
        reached = [steps for other, steps in far.items() if other not in own]
        if reached:
            found[place] = len(reached) ** 2 / (len(network) - 1) / sum(reached)
    return {"closeness": found}, {}


def _split(network: Network) -> tuple[nx.DiGraph[int], Mapping[int, int]]:
    """Return the network such that no path goes through an actor that does not pass on.

    Such an actor is two nodes: paths begin at its place, and end at its second node.
    """
    stops = np.flatnonzero(~network.passes)
    sinks = {int(place): len(network) + at for at, place in enumerate(stops)}
    graph = network.to_networkx()
    for place, sink in sinks.items():
        graph.add_node(sink)
        into = [(begin, place) for begin in graph.predecessors(place)]
        graph.remove_edges_from(into)
        graph.add_edges_from((begin, sink) for begin, _ in into)
    return graph, sinks


def _eigenvector(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    import networkx as nx

    try:
        found = nx.eigenvector_centrality(
            network.to_networkx().to_undirected(), max_iter=MOST_ROUNDS, tol=LEAST_CHANGE
        )
    except nx.PowerIterationFailedConvergence:
        raise ParameterError(
            f"eigenvector does not settle in {MOST_ROUNDS:,} rounds: two parts of the network are "
            "alike; narrow it to one of them, or use pagerank"
        ) from None
    return {"eigenvector": _listed(network, found)}, {}


def _pagerank(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    return {"pagerank": pagerank(network)[0]}, {}


def _constraint(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    import networkx as nx

    graph = _weighted(network)
    found = nx.constraint(graph, nodes=list(graph), weight="weight")
    return {"constraint": _listed(network, found)}, {}


def _effective(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    import networkx as nx

    graph = _weighted(network)
    found = nx.effective_size(graph, nodes=list(graph), weight="weight")
    return {"effective-size": _listed(network, found)}, {}


def _weighted(network: Network) -> nx.Graph[int]:
    """Return the edges without direction; the weight of a pair is 1, or 2 if it is mutual."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network)))
    for one, other in zip(network.begin.tolist(), network.end.tolist(), strict=True):
        graph.add_edge(one, other, weight=2 if graph.has_edge(one, other) else 1)
    return graph


def _core(network: Network, _seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    import networkx as nx

    found = nx.core_number(network.to_networkx().to_undirected())
    return {"core": _listed(network, found)}, {}


def _communities(network: Network, seed: int) -> tuple[Mapping[str, Floats], Mapping[str, float]]:
    import networkx as nx

    graph = network.to_networkx().to_undirected()
    parts = nx.community.louvain_communities(graph, seed=seed)
    parts = sorted(parts, key=lambda part: (-len(part), min(part)))
    number = {place: at for at, part in enumerate(parts, 1) for place in part}
    found = _listed(network, number)
    quality = float(nx.community.modularity(graph, parts))
    return {"communities": found}, {"modularity": quality, "communities": float(len(parts))}


def _listed(network: Network, found: Mapping[int, float]) -> Floats:
    return np.array([found[place] for place in range(len(network))], np.float64)


MEASURES: Mapping[str, Compute] = {
    "degree": _degree,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "eigenvector": _eigenvector,
    "pagerank": _pagerank,
    "constraint": _constraint,
    "effective-size": _effective,
    "core": _core,
    "communities": _communities,
}
"""Every measure by its name."""
