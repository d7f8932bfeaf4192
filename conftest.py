"""What holds for every test, also for the examples in docstrings, README and docs.

* No test reaches beyond this machine: the attempt fails the test, whatever the code under test
  would have made of the error.
* The Python blocks of a page run from top to bottom in an empty folder and share their names.
"""

from __future__ import annotations

import os
import sys
from doctest import ELLIPSIS
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

_ADDRESSED = {"socket.connect", "socket.sendmsg", "socket.sendto"}
_RESOLVED = {"socket.getaddrinfo", "socket.gethostbyname"}


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in {"", "localhost"}:
        return True
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _ADDRESSED:
        address = arguments[1]
        if not isinstance(address, tuple):  # a path: such a socket does not leave this machine
            return
        host = address[0]
    elif event in _RESOLVED:
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        pytest.fail(f"a test tried to reach {host!r}; only this machine is allowed", pytrace=False)


sys.addaudithook(_stay_here)


def _enter_empty_folder(names: dict[str, Any]) -> None:
    names["_folder"], names["_before"] = TemporaryDirectory(), Path.cwd()
    os.chdir(names["_folder"].name)


def _leave_folder(names: dict[str, Any]) -> None:
    os.chdir(names["_before"])
    names["_folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["*.md"],
    setup=_enter_empty_folder,
    teardown=_leave_folder,
).pytest()
