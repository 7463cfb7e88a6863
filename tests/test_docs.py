"""The documentation says what is there, all of it, and nothing that is not."""

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _load_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "scripts" / "make_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_docs"] = module
    spec.loader.exec_module(module)
    return module


maker = _load_maker()


@pytest.mark.parametrize("name", maker.PARTS)
def test_what_follows_from_the_code_is_up_to_date(name: str) -> None:
    """Commands, options, settings, routes, answers, types and reasons; the README's examples are run."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert maker.renew(text, maker.PARTS[name]) == text, "run `make docs-write` and read what changed"


def test_every_reason_for_leaving_out_has_a_meaning() -> None:
    assert set(maker.DROP_MEANINGS) == set(maker.DropReason)


def test_every_command_stands_in_the_table_that_helps_to_choose_or_below_it() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for path, _ in maker._walk(maker.get_command(maker.app), ()):
        assert f"### `strategy-graph {' '.join(path)}`" in text


def test_every_dependency_has_a_reason_and_a_licence() -> None:
    rows = re.findall(r"^\| ([\w.-]+) \| (.+?) \| (.+?) \|$", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    said = {name.lower() for name, *_ in rows} - {"package", "what", "---"}
    listed = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert said == {re.split(r"[<>=\[;]", item)[0].strip().lower() for item in listed}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "#")):
            assert (page.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_no_place_of_one_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(work|root|home|tmp)/|127\.0\.0\.1:(?!8000)", page.read_text(encoding="utf-8"))


def test_the_targets_that_pages_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for name in re.findall(r"(?:`|^)make ([a-z0-9-]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert name in targets, (page.name, name)


def test_every_page_of_the_documentation_is_reached_from_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in text] == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## {PROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_pictures_are_small() -> None:
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []
