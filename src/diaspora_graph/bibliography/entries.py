"""Sources as a bibliography: references in two styles, BibTeX, CSL-JSON, and how to cite the data.

`citations`, `short` and `letters` are for a text; `apa` and `chicago` return references, `in_order`
the order of their list; `plain`, `html` and `markdown` write a reference. The two files of entries
are in the order of ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from diaspora_graph.bibliography.citing import citations, letters, short
from diaspora_graph.bibliography.names import Name, apa_names, names_of
from diaspora_graph.bibliography.order import in_order
from diaspora_graph.bibliography.runs import Reference, Run, html, joined, markdown, plain
from diaspora_graph.bibliography.sources import (
    NO_DATE,
    cited_as,
    csl_date,
    encoded,
    full_date,
    tidy,
    year,
)
from diaspora_graph.bibliography.styles import apa, chicago
from diaspora_graph.dataset.records import SEPARATOR, DatasetRow, Source
from diaspora_graph.ontology.schema import Schema

__all__ = [
    "Reference", "Run", "apa", "bibtex", "chicago", "citation_text", "citations", "cite_dataset",
    "csl_json", "html", "in_order", "letters", "markdown", "plain", "short",
]  # fmt: skip

_ENTRIES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "thesis",
    "webpage": "online",
}
_CONTAINERS = {
    "article": "journal",
    "book": "series",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "techreport": "series",
}
_PUBLISHERS = {
    "misc": "organization",
    "online": "organization",
    "techreport": "institution",
    "thesis": "institution",
}
# BibTeX counts a brace even after a backslash, so braces are written by their names.
_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
)


def bibtex(sources: Iterable[Source], schema: Schema | None = None) -> str:
    r"""Return sources as a BibTeX file in UTF-8, for biber (biblatex) first.

    Entries have ``date`` as entered and ``year`` for programs that know no other; titles keep their
    capitals. ``schema`` is the ontology that knows the classes; without it, the shipped one.

    >>> print(bibtex([Source(id="a", type="Book", author="World Bank", title="R&D", date="2009~",
    ...                      source_class="")]), end="")
    @book{a,
      author = {{World Bank}},
      title = {{R\&D}},
      date = {2009~},
      year = {ca. 2009}
    }
    """
    ordered = sorted({source.id: source for source in sources}.items())
    return "\n".join(
        _entry(entry, id, _fields(tidy(source), entry))
        for id, source in ordered
        for entry in [_ENTRIES.get(cited_as(source, schema), "misc")]
    )


def _entry(entry: str, key: str, fields: Mapping[str, str]) -> str:
    rows = "".join(f",\n  {name} = {{{text}}}" for name, text in fields.items() if text)
    return f"@{entry}{{{key}{rows}\n}}\n"


def _fields(source: Source, entry: str) -> dict[str, str]:
    is_article = entry == "article"
    texts = {
        _CONTAINERS.get(entry, "howpublished"): source.container,
        "volume": source.volume,
        "number" if is_article else "issue": source.issue,
        "eid" if is_article else "number": source.number,
        "pages": re.sub("[–—]", "--", source.pages),
        _PUBLISHERS.get(entry, "publisher"): source.publisher,
    }
    return {
        "author": _tex_names(source.author),
        "title": f"{{{source.title.translate(_TEX)}}}",
        **{name: text.translate(_TEX) for name, text in texts.items()},
        "date": source.date,
        "year": year(source.date) if source.date else "",
        "doi": _verbatim(source.doi),
        "url": _verbatim(source.url or source.archived_url),
        "urldate": source.accessed,
    }


def _verbatim(address: str) -> str:
    """Return a DOI or address without the characters that would end the field."""
    return re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):X}", address)


def _tex_names(cell: str) -> str:
    return " and ".join(_tex_name(name) for name in names_of(cell))


def _tex_name(name: Name) -> str:
    """Return a name with "and" and commas in braces, which BibTeX would read as separators."""
    if not name.given:
        return f"{{{', '.join(filter(None, name)).translate(_TEX)}}}"
    parts = (part.translate(_TEX) for part in (name.family, name.suffix, name.given) if part)
    return ", ".join(f"{{{part}}}" if re.search(r"\band\b|,", part) else part for part in parts)


def csl_json(sources: Iterable[Source], schema: Schema | None = None) -> str:
    """Return sources as CSL-JSON, which Zotero, pandoc and others read.

    ``schema`` is the ontology that knows the classes; without it, the shipped one.

    >>> from diaspora_graph import load_dataset
    >>> '"title"' in csl_json([load_dataset().source("nurbek2025")])
    True
    """
    ordered = sorted({source.id: source for source in sources}.items())
    items = [_item(tidy(source), cited_as(source, schema)) for _, source in ordered]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(source: Source, kind: str) -> dict[str, object]:
    authors = [_csl_name(name) for name in names_of(source.author)]
    fields: dict[str, object] = {
        "id": source.id,
        "type": kind,
        "author": authors,
        "title": source.title,
        "container-title": source.container,
        "volume": source.volume,
        "issue": source.issue,
        "page": source.pages,
        "number": source.number,
        "publisher": source.publisher,
        "issued": csl_date(source.date),
        "DOI": source.doi,
        "URL": source.url or source.archived_url,
        "language": source.language.split(SEPARATOR)[0],
        "accessed": csl_date(source.accessed),
    }
    return {name: value for name, value in fields.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    parts = {part: text for part, text in name._asdict().items() if text}
    return parts if len(parts) > 1 else {"literal": name.family}


def cite_dataset(row: DatasetRow, digest: str, accessed: str = "") -> Reference:
    """Return how to cite a dataset: creator, name, version, licence, digest and address.

    ``digest`` is the digest of the data that were used, ``accessed`` an EDTF date.

    >>> row = DatasetRow(name="mine", prefix="m", namespace="https://example.org/", version="2",
    ...                  format="1", ontology="0.1.0", licence="CC-BY-4.0", creator="Lee, Ann")
    >>> plain(cite_dataset(row, "ab12"))
    'Lee, A. (n.d.). mine (Version 2) [Data set]. Licence CC-BY-4.0. SHA-256 ab12. https://example.org/'
    """
    retrieved = f"Retrieved {full_date(accessed)}, from " if accessed else ""
    name = " ".join(row.name.split())
    return joined([
        [Run(apa_names(names_of(row.creator)))],
        [Run(f"({NO_DATE})")],
        [Run(name, italic=True), Run(f" (Version {row.version}) [Data set]")],
        [Run(f"Licence {row.licence}")],
        [Run(f"SHA-256 {digest}")],
        [Run(retrieved), Run(row.namespace, link=encoded(row.namespace))],
    ])  # fmt: skip


def citation_text(row: DatasetRow, digest: str, accessed: str = "") -> str:
    """Return the text of a file CITATION that goes with data: the reference, and as BibTeX."""
    fields = {
        "author": _tex_names(row.creator),
        "title": f"{{{row.name.translate(_TEX)}}}",
        "version": row.version.translate(_TEX),
        "url": _verbatim(row.namespace),
        "urldate": accessed,
        "note": f"Licence {row.licence}, SHA-256 {digest}".translate(_TEX),
    }
    return (
        f"To cite these data:\n\n{plain(cite_dataset(row, digest, accessed))}\n\n"
        f"As BibTeX:\n\n{_entry('dataset', row.name, fields)}\n"
        "Each claim names the source that makes it: cite the sources that you rely on as well.\n"
    )
