"""Runs of text: a reference in italics and links, written as text, HTML or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

_ENDED = re.compile(r"[.?!…。？！][”’\"»]?$")
# The last two would become links of their own in GitHub's Markdown.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~$#^]|:(?=//)|(?<=www)\.)")
_LIST_OR_RULE = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")


class Run(NamedTuple):
    """A part of a text in one style; ``link`` is the address that it leads to."""

    text: str
    italic: bool = False
    link: str = ""


class Reference(tuple[Run, ...]):
    """One entry of a list of references: parts of text in one style each; ``str`` is the text.

    >>> print(Reference([Run("Lee (2020). "), Run("On Aland", italic=True), Run(".")]))
    Lee (2020). On Aland.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return plain(self)

    def _repr_html_(self) -> str:
        return html(self)


def plain(reference: Sequence[Run]) -> str:
    """Return a reference as text."""
    return "".join(run.text for run in reference)


def html(reference: Sequence[Run]) -> str:
    """Return a reference as HTML: escaped, italics as ``<i>``, addresses as links.

    >>> html([Run("R&D"), Run("<b>", italic=True)])
    'R&amp;D<i>&lt;b&gt;</i>'
    """
    return "".join(_html(run) for run in reference)


def markdown(reference: Sequence[Run]) -> str:
    r"""Return a reference as Markdown: escaped, italics in asterisks, addresses in angle brackets.

    >>> print(markdown([Run("1984. A*B "), Run("x_y", italic=True)]))
    1984\. A\*B *x\_y*
    """
    return _LIST_OR_RULE.sub(r"\1\\", "".join(_markdown(run) for run in reference))


def joined(sentences: Iterable[Sequence[Run]]) -> Reference:
    """Return sentences as one reference; each ends in a full stop, unless it is an address."""
    runs: list[Run] = []
    for sentence in sentences:
        filled = [run for run in sentence if run.text]
        if filled:
            runs += [Run(" "), *filled]
            runs.append(Run("" if filled[-1].link or is_ended(plain(filled)) else "."))
    groups = groupby(runs[1:], key=lambda run: run[1:])
    merged = (Run(plain(list(group)), *rest) for rest, group in groups)
    return Reference(run for run in merged if run.text)


def is_ended(text: str) -> bool:
    """Return whether a text ends like a sentence.

    >>> is_ended("Who?"), is_ended("“Who.”"), is_ended("Who")
    (True, True, False)
    """
    return _ENDED.search(text) is not None


def _html(run: Run) -> str:
    text = escape(run.text)
    if run.link:
        return f'<a href="{escape(run.link)}">{text}</a>'
    return f"<i>{text}</i>" if run.italic else text


def _markdown(run: Run) -> str:
    if run.link:
        return f"<{run.link}>"
    text = _MARKDOWN.sub(r"\\\1", run.text)
    return f"*{text}*" if run.italic else text
