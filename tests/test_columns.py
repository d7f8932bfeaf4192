"""Checks by column give the same result as checks by cell, row and record."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from itertools import product

import numpy as np
import pyarrow.compute as pc
import pytest

from diaspora_graph.checks import check_tables, clean
from diaspora_graph.checks.found import TOLD_PER_RULE
from diaspora_graph.dataset.columns import positions, string_array, table_of
from diaspora_graph.dataset.records import RECORDS
from diaspora_graph.dates import DateError, days_of, parse_validity
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.reading import quoting
from diaspora_graph.reading.records import header_of, read_columns


def read_by_column(data: bytes) -> list[list[str]] | None:
    header = header_of(data)
    columns = read_columns(header, data) if header else {}
    if not columns:
        return None
    cells = (column.to_pylist() for column in columns.values())
    return [list(record) for record in zip(*cells, strict=True)]


def read_by_record(data: bytes) -> list[list[str]] | None:
    try:
        records = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    except csv.Error:
        return None
    return records[1:] if {len(record) for record in records} == {2} else None


@pytest.mark.parametrize("block", [2, 1 << 19])
def test_every_short_file_reads_as_the_csv_module_reads_it(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quoting, "_BLOCK", block)
    read = 0
    for length in range(6):
        for marks in product('a,"\n', repeat=length):
            data = ("h,i\n" + "".join(marks)).encode()
            expected = read_by_record(data)
            assert read_by_column(data) == expected, data
            read += expected is not None
    assert read > 50


def validities() -> Iterator[str]:
    ends = "|..|2019|2019-06|2019-06-11|199X|19XX|2004-XX|2007~|2018-02-30|x|-0044|2005-XX-03|/"
    yield from ends.split("|")
    for begin, end in product(ends.split("|"), repeat=2):
        yield f"{begin}/{end}"


def test_days_of_many_validities_are_the_days_of_each() -> None:
    texts = list(validities())
    days, sound = days_of(string_array(texts))
    for text, four, is_sound in zip(texts, days.tolist(), sound.tolist(), strict=True):
        try:
            expected = list(parse_validity(text))
        except DateError:
            assert not is_sound, text
        else:
            assert is_sound, text
            assert four == expected, text
    assert 20 < sum(sound.tolist()) < len(texts) - 20


def test_letters_that_need_no_look_are_composed_and_compose_with_none() -> None:
    usual = {chr(code) for code in range(0x1000)}
    looked_at = pc.match_substring_regex(string_array(sorted(usual)), clean._UNUSUAL)
    usual -= {
        letter for letter, look in zip(sorted(usual), looked_at.to_pylist(), strict=True) if look
    }
    assert {"a", "ё", "ң", "\n"} <= usual
    assert not usual & {"\u00ad", "\u0301", "\u0483"}
    assert all(unicodedata.is_normalized("NFC", letter) for letter in usual)
    assert not any(map(unicodedata.combining, usual))
    for code in range(0x110000):
        pair = unicodedata.decomposition(chr(code)).split()
        if len(pair) == 2 and not pair[0].startswith("<"):
            assert chr(int(pair[1], 16)) not in usual


def test_rules_at_work_at_once_tell_in_order_and_no_more_than_the_cap() -> None:
    rows = [{"id": f"e{n}"} for n in range(800)]
    tables = {kind: table_of(kind, rows if kind == "entity" else []) for kind in RECORDS}
    first, second = (check_tables(load_schema(), tables, ["x"]) for _ in range(2))
    assert first.faults == second.faults
    empty = [fault for fault in first.faults if fault.rule == "empty cells"]
    assert len(empty) == TOLD_PER_RULE
    assert [fault.column for fault in empty] == ["type"] * 800 + ["label_en"] * 200
    assert first.counts["empty cells"] == 1600


@pytest.mark.parametrize("more", [0, 100])
def test_positions_are_the_first_ones_however_many_texts_are_known(more: int) -> None:
    known = string_array(["b", "a", "b", *map(str, range(more))])
    assert positions(string_array(["b", "x", "a", "b"]), known).tolist() == [0, -1, 1, 0]
    assert np.array_equal(positions(string_array([]), known), [])
