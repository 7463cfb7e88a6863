"""The wheel works in an empty environment elsewhere, with its data inside; the lock covers what is needed."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an environment that holds the wheel, and beside it the packages that it needs.

    Those come from this environment by a path file, so that nothing is fetched; the project itself does not, as this
    environment knows it by a finder that a path file does not carry over.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    source = folder / "source"
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, tracked.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=source, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "--quiet"]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        pip = ["uv", "pip", "install", "--python", str(python), "--no-deps", "--offline", "--quiet"]
    subprocess.run([*pip, str(wheel)], capture_output=True, check=True)
    site = next((environment / "lib").glob("python*/site-packages"))
    (site / "others.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return environment


def _run(environment: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("STRATEGY_GRAPH", "PYTHON"))}
    return subprocess.run(
        [str(environment / "bin" / "strategy-graph"), *words],
        cwd=environment, env=clean, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_wheel_is_used_and_not_this_folder(installed: Path) -> None:
    program = "import api, corpus, graph, ingest, viz; print(*(m.__file__ for m in (api, corpus, graph, ingest, viz)))"
    done = subprocess.run(
        [str(installed / "bin" / "python"), "-c", program], cwd=installed, capture_output=True, text=True, check=True
    )
    assert all(path.startswith(str(installed)) for path in done.stdout.split())


def test_the_wheel_says_its_version(installed: Path) -> None:
    done = _run(installed, "--version")
    assert done.stdout == f"strategy-graph {PROJECT['project']['version']}\n"


def test_the_wheel_brings_its_registers(installed: Path) -> None:
    done = _run(installed, "registers", "list")
    rows = dict(line.split("\t") for line in done.stdout.splitlines()[1:])
    assert int(rows["LEP"]) >= 38
    assert int(rows["Department"]) >= 300
    assert _run(installed, "registers", "credits").stdout


def test_the_wheel_builds_the_demo_from_its_own_documents(installed: Path) -> None:
    done = _run(installed, "demo", "--no-serve", "--json", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["documents added"] >= 12
    assert found["propositions"] >= 12
    again = json.loads(_run(installed, "demo", "--no-serve", "--json").stdout)
    assert (again["documents unchanged"], again["documents added"]) == (found["documents added"], 0)


def test_the_wheel_brings_its_pages(installed: Path) -> None:
    program = (
        "from fastapi.testclient import TestClient; from api.app import create_app; from api.settings import Settings\n"
        "with TestClient(create_app(Settings(store='sqlite:///:memory:')), base_url='http://localhost') as client:\n"
        "    names = '/ /docs /static/site.css /static/network.js /static/vis-network/vis-network.min.js'\n"
        "    print(*(client.get(name).status_code for name in names.split()))"
    )
    done = subprocess.run(
        [str(installed / "bin" / "python"), "-c", program], cwd=installed, capture_output=True, text=True
    )
    assert done.stdout.split() == ["200"] * 5, done.stderr


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_pins_every_dependency_with_hashes() -> None:
    pinned = {_plain(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.MULTILINE)}
    needed = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    missing = [item for item in needed if _plain(re.split(r"[<>=\[;]", item)[0].strip()) not in pinned]
    assert missing == []
    blocks = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_registry() -> None:
    assert not re.search(r"://|index-url|find-links", LOCK)


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", "scripts/setup", "docker-compose.yml"])
def test_set_up_files_name_no_place_of_this_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"/(work|root|home)/|(?<!no-emit-)index-url", text)


def test_set_up_says_in_plain_words_which_python_it_needs(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3.9\n", encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        [str(ROOT / "scripts" / "setup"), str(old), str(tmp_path / "venv")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "Python 3.9; this project needs 3.11, 3.12 or 3.13" in done.stderr
    gone = subprocess.run(
        [str(ROOT / "scripts" / "setup"), "no-such-python", str(tmp_path / "venv")],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert (gone.returncode, "There is no no-such-python" in gone.stderr) == (1, True)
    assert not (tmp_path / "venv").exists()


def test_make_lists_its_targets() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "test", "check", "lint", "types", "docs", "bench"):
        assert f"make {target} " in shown
