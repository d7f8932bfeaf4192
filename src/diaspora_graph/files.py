"""Writing files: each whole or not at all, several all or none."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from errno import EACCES, EISDIR
from pathlib import Path

from diaspora_graph.errors import FileError


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole or not at all, as UTF-8 with line feeds. Raises `FileError`."""
    return write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all: beside, then renamed. Raises `FileError`."""
    return write_files({path: data})[0]


def write_files(files: Mapping[Path, bytes]) -> list[Path]:
    """Write files, each whole and none without the others: beside, then renamed.

    Returns their paths. A link is followed: the file that it names is written. What is no regular
    file (a device, a pipe) is written into and stays what it is. Raises `FileError`; then every
    file is what it was before.
    """
    beside: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            target = path.resolve()
            if target.exists() and not (target.is_file() or target.is_dir()):
                target.write_bytes(data)
                continue
            beside[target] = _reserve(target)
            beside[target].write_bytes(data)
        for path, written in beside.items():
            written.replace(path)
    except OSError as error:
        for written in beside.values():
            written.unlink(missing_ok=True)
        reason = f"cannot be written: {error.strerror or error}"
        raise FileError(path, f"{reason}; close it elsewhere or name another place") from error
    return list(files)


def _reserve(path: Path) -> Path:
    """Return an empty file beside a path, with the rights that the file there has or would have."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "it is a folder")
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(EACCES, "it is read-only")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))  # less the umask
    if path.exists():
        beside.chmod(path.stat().st_mode & 0o777)
    return beside
