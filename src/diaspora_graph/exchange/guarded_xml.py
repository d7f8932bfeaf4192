"""Safe reading of XML: nothing in a file may expand or load anything."""

from __future__ import annotations

from pathlib import Path

from diaspora_graph.errors import FileError


def guarded_bytes(file: str | Path) -> bytes:
    """Return the bytes of a well-formed XML file that declares no document type.

    Entities, which can expand a small file beyond all memory, are declared in a DOCTYPE; it is
    refused before anything is expanded. Neither GraphML nor GEXF needs one. Raises `FileError`.
    """
    from xml.parsers import expat

    path = Path(file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from error

    def refuse(*_: object) -> None:
        raise FileError(
            path, "has a DOCTYPE, which may be unsafe: delete it, the format does not need it"
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 (expat takes it by position only)
    except expat.ExpatError as error:
        raise FileError(path, f"is not XML: {error}") from error
    return data
