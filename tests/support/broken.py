"""Broken dataset folders, each with the faults that were planted in it.

Most are files in `broken/<name>/`; those whose bytes cannot be stored in a repository are
made here. `expected.txt` has a line for each planted fault: `file:row:column:rule`, with words of
its message after ` | ` and `warning ` before a warning. Where a folder has folders of its
own with CSV files, these are opened together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from diaspora_graph.errors import Fault

FOLDERS = Path(__file__).parents[1] / "broken"
EXPECTED = "expected.txt"

_DATASET = (
    "name,prefix,namespace,version,format,ontology,licence,creator\n"
    "study,t,https://example.org/study/,1,1,0.1.0,CC-BY-4.0,A. Nobody\n"
)
_ENTITIES = (
    "id,type,label_en,label_ru\n"
    "t:aland,State,Aland,Аланд\n"
    "t:beland,State,Beland,Беланд\n"
    "t:lobby,LobbyOrganisation,Committee,Комитет\n"
)
_SOURCES = "id,type,title,source_class\nt:doe2020,Report,On Aland,official\n"
_CLAIM = "t:doe2020,p. 1,p7c36ab6a31bfc0c7:212,high\n"
_STATEMENTS = (
    "id,subject,predicate,object,source,locator,passage,confidence\n"
    f"t:s1,t:lobby,cooperatesWith,t:aland,{_CLAIM}"
    f"t:s2,t:lobby,cooperatesWith,t:beland,{_CLAIM}"
)


@dataclass(frozen=True)
class Planted:
    """A fault that was planted: where, by which rule, and words that its message must hold."""

    place: str
    words: str
    warning: bool


def planted(text: str) -> list[Planted]:
    """Read the lines of an `expected.txt`."""
    found = []
    for line in text.splitlines():
        place, _, words = line.strip().partition(" | ")
        if place:
            bare = place.removeprefix("warning ")
            found.append(Planted(bare, words, bare != place))
    return found


def standing() -> list[str]:
    """Return the names of the broken folders that are files."""
    return sorted(path.name for path in FOLDERS.iterdir() if path.is_dir())


def opened(root: Path) -> list[Path]:
    """Return the dataset folders of a broken folder: itself, or those inside it."""
    inside = sorted({path.parent for path in root.glob("*/*.csv")})
    return inside if inside and not list(root.glob("*.csv")) else [root]


def place_of(fault: Fault, root: Path) -> str:
    """Return where a fault is, as `expected.txt` writes it."""
    file = fault.file
    for start in (f"{root}/", f"{root.name}/"):
        file = file.removeprefix(start)
    return f"{'.' if file == str(root) else file}:{fault.row}:{fault.column}:{fault.rule}"


@dataclass(frozen=True)
class Made:
    """A broken folder that is made: its planted faults, and its differences from a valid one."""

    expected: str
    build: Callable[[Path], None]

    def write(self, root: Path) -> None:
        for name, text in sound().items():
            (root / name).write_bytes(text.encode())
        self.build(root)


def sound() -> dict[str, str]:
    """Return the files of a small folder without faults."""
    return {
        "dataset.csv": _DATASET,
        "entities.csv": _ENTITIES,
        "sources.csv": _SOURCES,
        "statements.csv": _STATEMENTS,
    }


def _bytes(name: str, data: bytes) -> Callable[[Path], None]:
    def build(root: Path) -> None:
        (root / name).write_bytes(data)

    return build


def _entities(*changes: tuple[str, bytes]) -> Callable[[Path], None]:
    data = _ENTITIES.encode()
    for old, new in changes:
        assert data.count(old.encode()) == 1, old
        data = data.replace(old.encode(), new)
    return _bytes("entities.csv", data)


def _instead(name: str) -> Callable[[Path], None]:
    def build(root: Path) -> None:
        (root / name).unlink()
        (root / name).mkdir()

    return build


def _vanished(root: Path) -> None:
    (root / "entities.csv").unlink()
    (root / "entities.csv").symlink_to(root / "gone.csv")


def _crlf(root: Path) -> None:
    for path in root.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


_LONG = "word " * 2_000_000  # 10 MB
_BAD = "t:s{0},t:lobby,cooperatesWith,t:nobody{0}," + _CLAIM
_MANY = _STATEMENTS + "".join(_BAD.format(number) for number in range(3, 1503))
_WIDE = _ENTITIES + "t:x,State\n" * 1200

MADE: Mapping[str, Made] = {
    "utf_16": Made(
        "entities.csv:1::the form of the file | UTF-16",
        _bytes("entities.csv", _ENTITIES.encode("utf-16")),
    ),
    "utf_16_big_endian_with_faults": Made(
        "entities.csv:1::the form of the file | save it as CSV UTF-8\n"
        "entities.csv:3:type:words of the ontology | did you mean 'State'",
        _bytes("entities.csv", _ENTITIES.replace("beland,State", "beland,Stat").encode("utf-16")),
    ),
    "utf_16_without_a_mark": Made(
        "entities.csv:1::the form of the file | UTF-16",
        _bytes("entities.csv", _ENTITIES.encode("utf-16-le")),
    ),
    "windows_1251": Made(
        "entities.csv:2::the form of the file | Windows-1251 (Cyrillic)\n"
        "entities.csv:4:type:words of the ontology | did you mean 'LobbyOrganisation'",
        _bytes("entities.csv", _ENTITIES.replace("LobbyO", "LobyO").encode("cp1251")),
    ),
    "latin_1_bytes": Made(
        "entities.csv:2:label_en:the form of the file | byte 0xc5\n"
        "entities.csv:4:label_en:the form of the file | bytes 0xe3 0xe9",
        _entities((",Aland", b",\xc5land"), ("Committee", b"Comit\xe9 de S\xe3o Paulo")),
    ),
    "byte_order_mark": Made(
        "warning entities.csv:1::the form of the file | byte order mark",
        _bytes("entities.csv", b"\xef\xbb\xbf" + _ENTITIES.encode()),
    ),
    "nul": Made(
        "entities.csv:2:label_en:the form of the file | control character U+0000\n"
        "entities.csv:3:id:the form of the file | control character U+0000",
        _entities((",Aland", b",Al\x00and"), ("t:beland", b"t:\x00beland")),
    ),
    "control_characters": Made(
        "entities.csv:2:label_en:the form of the file | control character U+001B\n"
        "entities.csv:3:label_en:the form of the file | a carriage return\n"
        "entities.csv:4:label_en:the form of the file | control character U+000B\n"
        "entities.csv:4:label_en:the form of the file | control character U+000C",
        _entities(
            (",Aland", b",Al\x1band"),
            (",Beland", b',"Be\rland,\n\nof old"'),
            ("Committee", b"Com\x0cmit\x0btee"),
        ),
    ),
    "line_ends_of_old_macs": Made(
        "entities.csv:1::the form of the file | old Macs\n"
        "entities.csv:3:type:words of the ontology",
        _bytes(
            "entities.csv",
            _ENTITIES.replace("beland,State", "beland,Stat").replace("\n", "\r").encode(),
        ),
    ),
    "line_ends_of_windows": Made("", _crlf),
    "an_empty_file_with_a_mark": Made(
        "warning statements.csv:1::the form of the file | byte order mark\n"
        "statements.csv:1::the form of the file | an empty file",
        _bytes("statements.csv", b"\xef\xbb\xbf\r\n"),
    ),
    "ten_megabytes_in_a_cell": Made(
        "entities.csv:2:label_en:cells that are not clean | at most 131,072 characters\n"
        "entities.csv:3:type:words of the ontology",
        _entities((",Aland", f',"{_LONG}end"'.encode()), ("t:beland,State", b"t:beland,Stat")),
    ),
    "ten_megabytes_in_a_name": Made(
        "entities.csv:2:type:words of the ontology\nentities.csv:2:type:cells that are not clean",
        _entities(("t:aland,State", b"t:aland,State" + _LONG.strip().encode())),
    ),
    "a_row_longer_than_a_block": Made(
        "entities.csv:2:label_en:cells that are not clean\n"
        "entities.csv:3:type:words of the ontology",
        _entities((",Aland", b"," + _LONG.strip().encode() * 2), ("t:beland,State", b"t:beland,S")),
    ),
    "a_folder_in_place_of_a_file": Made(
        "statements.csv:0::the files | a file that can be read", _instead("statements.csv")
    ),
    "no_entities_to_be_read": Made(
        "entities.csv:0::the files | a file that can be read", _instead("entities.csv")
    ),
    "a_file_that_vanished": Made(
        "entities.csv:0::the files | No such file or directory", _vanished
    ),
}
"""By name: folders whose bytes cannot be stored in a repository, or not on every system."""

MANY = Made("", _bytes("statements.csv", _MANY.encode()))
"""1,500 faults of one kind in the rows."""

MANY_WIDE = Made("", _bytes("entities.csv", _WIDE.encode()))
"""1,200 faults of one kind in the form of a file."""
