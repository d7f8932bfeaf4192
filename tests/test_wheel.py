"""The contents of `pip install`: the package, the three folders, nothing else; it runs anywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ("ontology", "queries", "seed", "src/diaspora_graph")
STRAYS = (
    "seed/.env",
    "ontology/.env.local",
    "seed/.~lock.statements.csv#",
    "queries/.DS_Store",
    "src/diaspora_graph/__pycache__/model.cpython-311.pyc",
)


def tracked(*paths: str) -> list[str]:
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", *paths]
    names = subprocess.run(listed, check=True, capture_output=True).stdout.decode()
    return [name for name in names.split("\0") if name]


def place_in_wheel(path: str) -> str:
    in_package = path.removeprefix("src/")
    return in_package if in_package != path else f"diaspora_graph/_data/{path}"


def build(target: str, checkout: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (made,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


def files_in(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout: there is no list of files to compare with")
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_tracked_files(wheel: Path) -> None:
    assert files_in(wheel) == set(map(place_in_wheel, tracked(*SHIPPED)))


def test_the_wheel_holds_both_licences(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name.rpartition("/")[2] for name in archive.namelist() if "/licenses/" in name}
    assert names == {"LICENSE", "LICENSE-DATA"}


def test_what_git_ignores_stays_out(wheel: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for name in tracked():
        copy = checkout / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy)
    for name in STRAYS:
        stray = checkout / name
        stray.parent.mkdir(exist_ok=True)
        stray.write_text("SECRET=1\n", encoding="utf-8")

    assert files_in(build("wheel", checkout, tmp_path / "direct")) == files_in(wheel)

    shutil.unpack_archive(build("sdist", checkout, tmp_path / "sdist"), tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert not [name for name in STRAYS if (unpacked / name).exists()]
    assert files_in(build("wheel", unpacked, tmp_path / "through_sdist")) == files_in(wheel)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the commands of an environment that has the wheel, and our libraries beneath it."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=os.name != "nt")
    paths = {"base": str(home), "platbase": str(home)}
    commands = Path(sysconfig.get_path("scripts", "venv", paths))
    python = commands / Path(sys.executable).name
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--no-compile", str(wheel)], check=True)
    libraries = Path(sysconfig.get_path("purelib", "venv", paths)) / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


def run(program: Path | str, *arguments: str, folder: Path, **settings: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", **settings}
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_package_is_the_one_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "import diaspora_graph as dg; print(dg.__file__, dg.__version__)"
    place, version = run(installed / "python", "-c", where, folder=tmp_path).split()
    assert Path(place).is_relative_to(installed.parent)
    assert version == declared_version()


@pytest.mark.parametrize("verb", ["info", "check", "questions"])
def test_a_verb_of_the_wheel_runs_in_an_empty_folder(
    installed: Path, tmp_path: Path, verb: str
) -> None:
    assert run(installed / "diaspora-graph", verb, folder=tmp_path).strip()
    assert not list(tmp_path.iterdir())


def test_wheel_and_checkout_write_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    export = ("export", "--format", "jsonl", "-o")
    settings = {"PYTHONHASHSEED": "1", "LC_ALL": "C"}
    run(installed / "diaspora-graph", *export, "wheel.jsonl", folder=tmp_path, **settings)
    settings = {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}
    here = (sys.executable, "-m", "diaspora_graph")
    run(*here, *export, "checkout.jsonl", folder=tmp_path, **settings)
    written = (tmp_path / "wheel.jsonl").read_bytes()
    assert written.count(b"\n") > 1
    assert written == (tmp_path / "checkout.jsonl").read_bytes()


def declared_version() -> str:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


@pytest.mark.parametrize(
    ("file", "pattern"),
    [("CITATION.cff", r"^version: (\S+)$"), ("CHANGELOG.md", r"^## \[(\d\S*)\]")],
)
def test_the_version_is_the_same_everywhere(file: str, pattern: str) -> None:
    found = re.search(pattern, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert found[1] == declared_version()
