"""Dataset → its codebook in Markdown: its contents, the rules of coding, and every item.

Written only from the ontology and the rows, so that it cannot disagree with them; what only the
curators know about their data is in ``about.md`` next to the files and comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, FILES
from diaspora_graph.ontology.schema import LANGUAGES, Item, Schema, Term

_VOCABULARIES = (
    "confidence", "certainty", "status", "source_class", "definition", "obs_status", "coding_value",
)  # fmt: skip
_RULES = (
    "A coding answers the question of one item for one state (or a diaspora in a host state) in one"
    " time, with a value of the item's scale or with `not_found`, `contested`, `not_applicable`.",
    "**0 is verified absent**: a law, a closed list (all committees, a whole register) or an author"
    " says that it is not there. What was not found is never 0.",
    "**not_found**: at least two look-ups, one of them in the state's own language or in Russian;"
    " the words that were looked for stand in `note`.",
    "**contested**: sources of like weight give different answers for the same time; `evidence`"
    " names both.",
    "**not_applicable**: the question does not arise; each item says when.",
    "Between two steps the lower one is taken and `note` says why. What is announced, planned or"
    " drafted is never 1.",
    "`evidence` names the claims that by themselves answer the question, and is never empty; beside"
    " `not_found` it names the claim that comes nearest.",
    "`valid` runs from the begin of what is coded to the day that the evidence reaches. When a law"
    " changes the answer, the period ends and a second coding begins; an item has one accepted"
    " coding for a state and a time.",
    "A value is current only by evidence of 2022 or later or by a dated consolidated law.",
    "What an author advises a state to do is not what the state does.",
    "Only what groups and organisations say and do is coded; nothing on the ethnicity or religion"
    " of a person or a firm.",
)


def codebook(data: Dataset, about: str = "") -> str:
    """Return the codebook of a dataset as Markdown; ``about`` is the text of its curators.

    >>> from diaspora_graph import load_dataset
    >>> print(codebook(load_dataset()).splitlines()[0])
    # Codebook of diaspora-graph
    """
    schema = data.schema
    names = ", ".join(each.name for each in data.datasets())
    parts = [
        f"# Codebook of {names}",
        "Written by `diaspora-graph codebook` from the ontology and the files; edit those, or"
        " `about.md`, and write it anew.",
        about.strip(),
        "## What is in it",
        *_contents(data),
        "## Words that judge",
        "The words of these columns, lowest first.",
        *(_vocabulary(schema, name) for name in _VOCABULARIES),
        "## Relations that are near each other",
        "Where the line runs between relations that are easily confused.",
        _borders(data),
        "## Rules of coding",
        "\n".join(f"{number}. {rule}" for number, rule in enumerate(_RULES, 1)),
        "## Frameworks",
        "Each item has a dimension in each of these frameworks of research, or it is said that the"
        " framework has none. Which item belongs where is our reading, not the authors'.",
        *_frameworks(schema),
        "## Items",
        "In examples “State X” is invented; a state that is named shows the rule and is no claim of"
        " the data.",
        *_items(data),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _contents(data: Dataset) -> Iterator[str]:
    head = "| dataset | version | licence | by |\n| --- | --- | --- | --- |\n"
    yield head + "\n".join(
        f"| {each.name} | {each.version} | {each.licence} | {each.creator} |"
        for each in data.datasets()
    )
    rows = (f"| `{FILES[kind]}` | {len(table):,} |" for kind, table in data.tables.items())
    yield "| file | rows |\n| --- | ---: |\n" + "\n".join(rows)
    claims = [data.tables[kind] for kind in CLAIMS]
    sources = Counter(id for table in claims for id in table["source"].all() if id)
    dated = sum(bool(cell) for table in claims for cell in table["valid"].all())
    total = sum(map(len, claims))
    classes = Counter(data.source(id).source_class or "not said" for id in sources)
    yield (
        f"{total:,} claims from {len(sources)} sources that were read; {dated:,} claims say when"
        f" they hold. Sources read, by class: {_counted(classes)}."
    )
    for name in ("confidence", "certainty"):
        words = Counter(
            cell or data.schema.default(name) or "not said"
            for table in claims
            for cell in table[name].all()
        )
        order = {each: words[each] for each in (*reversed(data.schema.words(name)), "not said")}
        yield f"Claims by {name}: {_counted(order)}."


def _counted(counts: Mapping[str, int]) -> str:
    ordered = counts.most_common() if isinstance(counts, Counter) else counts.items()
    return ", ".join(f"{name} {count:,}" for name, count in ordered if count)


def _vocabulary(schema: Schema, name: str) -> str:
    default = schema.default(name)
    lines = [
        f"* **{each.name}**{' (an empty cell)' if each.name == default else ''}: {_explained(each)}"
        for each in schema.vocabularies[name].values()
    ]
    return "\n".join([f"**`{name}`**", "", *lines])


def _explained(term: Term) -> str:
    """Return definition, note and example of a term, in English."""
    example = _english(term.examples)
    parts = (
        _english(term.definitions),
        _english(term.notes),
        example and f"*For example:* {example}",
    )
    return " ".join(filter(None, parts))


def _english(texts: Mapping[str, str]) -> str:
    return texts.get("en", "")


def _borders(data: Dataset) -> str:
    used = Counter(data.tables["statement"]["predicate"].all())
    return "\n".join(
        f"* `{each.name}` ({used[each.name]:,} statements): {_explained(each)}"
        for each in data.schema.predicates.values()
        if each.notes
    )


def _frameworks(schema: Schema) -> Iterator[str]:
    for each in schema.frameworks.values():
        lines = (
            f"* {_labels(one)}. {_english(one.definitions)}" for one in each.dimensions.values()
        )
        head = f"**{_labels(each)}** ({each.source}). {_english(each.definitions)}"
        yield "\n".join([head, "", *lines])


def _labels(term: Term) -> str:
    return " / ".join(dict.fromkeys(term.label(language) for language in LANGUAGES))


def _items(data: Dataset) -> Iterator[str]:
    schema = data.schema
    items = schema.items.values()
    for group in schema.item_groups.values():
        yield f"### {group.code}. {_labels(group)}"
        yield _english(group.definitions)
        yield from (_item(data, each) for each in items if each.group == group.name and each.code)
    others = [each for each in items if not each.code or each.group not in schema.item_groups]
    if others:
        yield "### Items without a code"
        yield from (_item(data, each) for each in others)


def _item(data: Dataset, item: Item) -> str:
    lines = [
        f"#### {item.code} {item.label()}".replace("#  ", "# "),
        "",
        f"`{item.name}`"
        + ("" if item.direction == "more" else " · **a higher value is less engagement**"),
        "",
        *(f"* {language}: {item.question[language]}" for language in item.question),
        *(
            f"* **{value}**: {_english(item.rules.get(value, {}))}"
            f" *For example:* {_english(item.worked.get(value, {}))}"
            for value in item.scale
            if value in item.rules
        ),
        f"* Evidence: {_english(item.evidence)}" if item.evidence else "",
        f"* Not applicable: {_english(item.not_applicable) or 'Never.'}",
        f"* Mind: {_english(item.notes)}" if item.notes else "",
        f"* Frameworks: {_dimensions(data.schema, item)}.",
        f"* Codings here: {'; '.join(_coded(data, item)) or 'none'}.",
    ]
    return "\n".join(line for place, line in enumerate(lines) if line or place in {1, 3})


def _coded(data: Dataset, item: Item) -> Iterator[str]:
    table = data.tables["coding"]
    accepted = {"", data.schema.default("coding_status")}
    for row in range(len(table)):
        if table["item"][row] == item.name and table["status"][row] in accepted:
            time = f" ({table['valid'][row]})" if table["valid"][row] else ""
            yield f"{data.label(table['subject'][row])} {table['value'][row]}{time}"


def _dimensions(schema: Schema, item: Item) -> str:
    return "; ".join(
        f"{each.label().partition(':')[0]}: {', '.join(_named(item, each.dimensions)) or 'none'}"
        for each in schema.frameworks.values()
    )


def _named(item: Item, dimensions: Mapping[str, Term]) -> Iterable[str]:
    return (each.label() for each in dimensions.values() if each.name in item.dimensions)
