"""Questions on time: what changed, which laws are in force, who was first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import counted, standing
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dates import EVER, NEVER
from diaspora_graph.questions.claims import Claims, in_role, naming, rows
from diaspora_graph.questions.inclusion import Inclusion

LAW = "Law"
ORGAN_OF = "organOf"
"""Names of the ontology that these questions are about; a test holds them to it."""

_WORDS = {1: "yes", 0: "unknown", -1: "no"}
_CHANGES = {("no", "yes"): "appeared", ("yes", "no"): "ended"}


@question(
    columns="statement change subject predicate object denied before after valid statements",
    thing=Parameter("thing", "the id of a subject or object; all without it", optional=True),
    before=Parameter("window", "the earlier day, month, year or span"),
    after=Parameter("window", "the later day, month, year or span", other_than="before"),
)
def changed_between(
    data: Dataset, thing: str, before_first: int, before_last: int, after_first: int,
    after_last: int,
) -> Iterator[Row]:  # fmt: skip
    """What changed between two times?

    `before` and `after` are yes, no or unknown: whether a statement holds then. `change` is
    appeared where it certainly did not hold and now does, ended where it is the reverse, else
    unknown; what certainly holds in both or in none is left out. Statements that count, denials
    too. By id.
    """
    claims = Claims(data, "statement")
    earlier = data.holds("statement", before_first, before_last)
    later = data.holds("statement", after_first, after_last)
    same = (earlier == later) & (earlier != 0)
    ends = [naming(data, "statement", column, thing) for column in ("subject", "object")]
    for row in rows((ends[0] | ends[1]) & counted(data, "statement") & ~same):
        held = (_WORDS[int(earlier[row])], _WORDS[int(later[row])])
        id, *named = claims.texts(row, "id subject predicate object")
        change = _CHANGES.get(held, "unknown")
        yield (id, change, *named, claims.is_denied(row), *held, claims.text(row, "valid"), id)


class _Span(NamedTuple):
    """The first and the last day on which something may have begun."""

    earliest: int
    latest: int

    @staticmethod
    def around(days: Iterable[tuple[int, int]], otherwise: tuple[int, int]) -> _Span:
        """Return the span around those spans that have a last day; ``otherwise`` for none at all.

        Spans without a last day say nothing; if there are no others, any day is possible.
        """
        given = list(days)
        dated = [each for each in given if each[1] < EVER]
        if not given:
            return _Span(*otherwise)
        if not dated:
            return _Span(NEVER, EVER)
        return _Span(min(each[0] for each in dated), max(each[1] for each in dated))


@question(
    columns="law holds begins_earliest begins_latest ends_earliest ends_latest statements",
    state=Parameter("entity", "the id of a state"),
    during=Parameter("window", "a day, a month, a year or a span such as 2008/2010", optional=True),
)
def laws_in_force(data: Dataset, state: str, first: int, last: int) -> list[Row]:
    """Which laws of a state are in force at a time?

    A law is the state's if the state or an organ of it, at any depth, has made it its own
    (`dg:ownPolicy`). It is in force from then until it was replaced or abolished, without end if no
    source says so. Where sources differ on a day, all days in between are possible. Laws that are
    certainly not in force are left out; `holds` is yes or unknown. By law.
    """
    claims, affirmed = Claims(data, "statement"), standing(data, "statement")
    days = data.bounds("statement")[claims.table["valid"].codes]
    organs = Inclusion(data, affirmed, ORGAN_OF)
    top = data.number(state)
    within = organs.within(top)
    ended: dict[int, list[int]] = {}
    for row in rows(in_role(data, "ending")):
        ended.setdefault(int(data.object[row]), []).append(row)
    found: list[Row] = []
    for law, made in _laws(data, within).items():
        ends = ended.get(law, [])
        begin, end = (
            _Span.around(((int(days[row][0]), int(days[row][1])) for row in those), otherwise)
            for those, otherwise in ((made, (NEVER, EVER)), (ends, (EVER, EVER)))
        )
        if begin.earliest > last or end.latest < first:
            continue
        holds = "yes" if begin.latest <= last and end.earliest >= first else "unknown"
        makers = {int(data.subject[row]) for row in made}
        chain = [row for maker in makers for row in organs.between(maker, top)]
        ids = basis(claims.text(row, "id") for row in (*made, *ends, *chain))
        found.append((data.id_list[law], holds, *begin, *end, ids))
    return sorted(found)


def _laws(data: Dataset, makers: set[int]) -> dict[int, list[int]]:
    """Return the laws that any of these have made their own, each with the rows for this."""
    laws = [data.schema.descends(name, [LAW]) for name in data.schema.types]
    terms = list(data.schema.predicates.values())
    found: dict[int, list[int]] = {}
    for row in rows(standing(data, "statement")):
        law = int(data.object[row])
        owned = terms[data.predicate[row]].own_policy and int(data.subject[row]) in makers
        if owned and laws[data.type[law]]:
            found.setdefault(law, []).append(row)
    return found


@question(
    columns="subject begins_earliest begins_latest surely_before maybe_before statements",
    item=Parameter("item", "the name of an item of comparison of the ontology"),
)
def first_in_field(data: Dataset, item: str) -> list[Row]:
    """Who entered a policy field first, by the first dated coding of an item above 0?

    `surely_before` is how many others certainly began earlier, `maybe_before` how many may have;
    both are 0 for the one that was certainly first. Only affirmed codings that count and have a
    known last day of beginning. By subject.
    """
    claims = Claims(data, "coding")
    days = data.bounds("coding")[claims.table["valid"].codes]
    asked = standing(data, "coding") & naming(data, "coding", "item", item)
    entries: dict[str, list[int]] = {}
    for row in rows(asked & (days[:, 1] < EVER)):
        if _number(claims.text(row, "value")) > 0:
            entries.setdefault(claims.text(row, "subject"), []).append(row)
    spans = {
        subject: _Span(*(int(day) for day in days[each][:, :2].min(axis=0)))
        for subject, each in entries.items()
    }
    return sorted(
        (subject, *spans[subject], *_before(spans, subject),
         basis(id for row in each for id in claims.basis(row).split("|")))
        for subject, each in entries.items()
    )  # fmt: skip


def _before(spans: dict[str, _Span], subject: str) -> tuple[int, int]:
    mine = spans[subject]
    others = [span for other, span in spans.items() if other != subject]
    surely = sum(span.latest < mine.earliest for span in others)
    return surely, sum(span.earliest < mine.latest for span in others) - surely


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0
