"""The topics of relations: at a gate two hops must share a topic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diaspora_graph.dataset.columns import Codes, Mask, positions, string_array
from diaspora_graph.dataset.dataset import Dataset, once
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.paths.subgraph import Query, Subgraph, ranges


@dataclass(frozen=True, eq=False)
class TopicIndex:
    """Topics as they were entered: the things named by each distinct text of ``about``.

    Things of text t are ``things[starts[t]:starts[t + 1]]``; ``code`` is the text of each
    statement, in the order of ``data.relations.statements``. ``is_topic`` marks classes whose
    members are topics, ``telling`` the relations that say what such a thing concerns.
    """

    code: Codes
    starts: Codes
    things: Codes
    is_topic: Mask
    telling: Codes
    exempt: Mask


@once
def topic_index(data: Dataset) -> TopicIndex:
    """Return the topics of a dataset as they are entered."""
    cells = data.tables["statement"]["about"]
    lists = [[id for id in text.split(SEPARATOR) if id] for text in cells.listed()]
    starts = np.zeros(len(lists) + 1, np.int32)
    np.cumsum([len(each) for each in lists], out=starts[1:])
    things = positions(string_array([id for each in lists for id in each]), data.ids)
    terms = data.schema.predicates.values()
    tells = np.array([term.topic_source for term in terms], np.bool_)
    return TopicIndex(
        cells.codes[data.relations.statements], starts, things,
        np.array([term.topic for term in data.schema.classes.values()], np.bool_),
        np.flatnonzero(tells[data.relations.predicate]).astype(np.int32),
        np.array([term.exempt for term in terms], np.bool_),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Gates:
    """Which things need a shared topic, and the topics of each arc that begins or ends there.

    Topics of arc a are ``topics[starts[a]:starts[a + 1]]``, ascending. ``exempt`` marks arcs whose
    relation passes every gate.
    """

    gated: Mask
    starts: Codes
    topics: Codes
    exempt: Mask


def gates(data: Dataset, query: Query, part: Subgraph) -> Gates:
    """Return the gates of a part of the graph and the topics that open them."""
    index = topic_index(data)
    gated = np.array(query.masks.gates[query.type[part.things]])
    gated[[part.start, part.goal]] = False
    exempt = index.exempt[query.relations.predicate[part.relation]]
    starts = np.zeros(len(part.arc) + 1, np.int32)
    if not gated.any():
        return Gates(gated, starts, np.zeros(0, np.int32), exempt)
    at = np.flatnonzero(gated[part.begin] | gated[part.end])
    place, topics = _topics(query, index, part.relation[at])
    np.cumsum(np.bincount(at[place], minlength=len(part.arc)), out=starts[1:])
    return Gates(gated, starts, topics, exempt)


def _topics(query: Query, index: TopicIndex, asked: Codes) -> tuple[Codes, Codes]:
    """Return pairs of position in ``asked``, relations, and topic, each once, in order."""
    owner, places = query.statements(asked)
    text = index.code[places]
    named = index.starts[text + 1] - index.starts[text]
    pairs: list[tuple[Codes, Codes]] = []
    pairs.append((np.repeat(owner, named), index.things[ranges(index.starts[text], named)]))
    objects = query.relations.object[asked]
    open_ = np.bincount(owner, minlength=len(asked)) > 0
    topical = np.flatnonzero(open_ & index.is_topic[query.type[objects]]).astype(np.int32)
    pairs.append((topical, objects[topical]))
    pairs.append(_concerned(query, index, topical, objects[topical]))
    owners = np.concatenate([pair[0] for pair in pairs]).astype(np.int64)
    topics = np.concatenate([pair[1] for pair in pairs]).astype(np.int64)
    things = max(len(query.type), 1)
    both = np.unique(owners * things + topics)
    return (both // things).astype(np.int32), (both % things).astype(np.int32)


def _concerned(query: Query, index: TopicIndex, owner: Codes, things: Codes) -> tuple[Codes, Codes]:
    """Return the topics that topical things concern themselves, by statements that pass."""
    subjects = query.relations.subject[index.telling]
    first = np.searchsorted(subjects, things)
    counts = np.searchsorted(subjects, things, side="right") - first
    telling = index.telling[ranges(first, counts)]
    owners = np.repeat(owner, counts)
    open_ = query.open(telling)
    return owners[open_], query.relations.object[telling[open_]]
