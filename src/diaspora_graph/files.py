"""Writing files: each one completely or not at all, several of them all or none."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from errno import EACCES, EISDIR
from pathlib import Path

from diaspora_graph.errors import FileError


def write_text(path: Path, text: str) -> Path:
    """Write a text file completely or not at all, as UTF-8 with line feeds. Raises `FileError`."""
    return write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a file completely or not at all: a temporary file, then renamed. Raises `FileError`."""
    return write_files({path: data})[0]


def write_files(files: Mapping[Path, bytes]) -> list[Path]:
    """Write all files completely or none: temporary files next to them, then renamed.

    Returns their paths. A link is followed: the file that it names is written. A device or a pipe
    is written into directly. Raises `FileError`; then every file is as it was before.
    """
    temporary: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            target = path.resolve()
            if target.exists() and not (target.is_file() or target.is_dir()):
                target.write_bytes(data)
                continue
            temporary[target] = _reserve(target)
            temporary[target].write_bytes(data)
        for path, written in temporary.items():
            written.replace(path)
    except OSError as error:
        for written in temporary.values():
            written.unlink(missing_ok=True)
        reason = f"cannot be written: {error.strerror or error}"
        raise FileError(
            path, f"{reason}; close it in other programs or choose another place"
        ) from error
    return list(files)


def _reserve(path: Path) -> Path:
    """Return an empty file next to a path, with the rights that the file has or would have."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "it is a folder")
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(EACCES, "it is read-only")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))  # less the umask
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
    return temporary
