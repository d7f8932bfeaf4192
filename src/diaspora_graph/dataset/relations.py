"""Relations: all statements with the same subject, predicate and object, indexed both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diaspora_graph.dataset.columns import Codes, Mask


@dataclass(frozen=True, eq=False)
class Relations:
    """Relations in the order of subject, predicate and object.

    The statements of relation r are ``statements[starts[r]:starts[r + 1]]``, in the order of their
    ids; ``of_statement`` is the relation of each statement.
    """

    subject: Codes
    predicate: Codes
    object: Codes
    starts: Codes
    statements: Codes
    of_statement: Codes

    @staticmethod
    def of(subject: Codes, predicate: Codes, object_: Codes) -> Relations:
        """Index statements by relation; their rows are taken to be in the order of their ids."""
        key = np.zeros(len(subject), np.int64)  # one number a triple sorts faster than three
        for codes in (subject, predicate, object_):
            key = key * (codes.max(initial=0) + 2) + codes + 1
        order = np.argsort(key, kind="stable").astype(np.int32)
        new = np.ones(len(order), np.bool_)
        new[1:] = np.diff(key[order]) != 0
        first = np.flatnonzero(new)
        of_statement = np.empty(len(order), np.int32)
        of_statement[order] = np.cumsum(new) - 1
        starts = np.append(first, len(order)).astype(np.int32)
        s, p, o = (codes[order[first]] for codes in (subject, predicate, object_))
        return Relations(s, p, o, starts, order, of_statement)

    def __len__(self) -> int:
        return len(self.subject)

    def rows(self, relation: int) -> Codes:
        """Return the rows of the statements of a relation, in the order of their ids."""
        return self.statements[self.starts[relation] : self.starts[relation + 1]]

    def any(self, statements: Mask) -> Mask:
        """Return which relations have a statement that is marked."""
        if not len(self):
            return np.zeros(0, np.bool_)
        return np.logical_or.reduceat(statements[self.statements], self.starts[:-1])
