"""Which package may import what: the directions that keep readers, stores, pages and ways in apart."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "ingest", "viz", "api", "corpus")
STANDARD = sys.stdlib_module_names

# Which of our modules a package may import, by the beginning of their names.
OURS = {
    "graph": ("graph",),
    "ingest": ("ingest", "graph.model", "graph.ids", "graph.errors", "graph.ontology"),
    "viz": ("viz", "graph.model", "graph.analysis"),
    "api": PACKAGES,
    "corpus": ("corpus",),
}
# The one home of each outside package (and of sqlite3, which belongs to the standard library).
HOMES = {
    "sqlite3": ("graph.stores",),
    "neo4j": ("graph.stores",),
    "networkx": ("graph.analysis",),
    "numpy": ("graph.analysis", "ingest"),
    "scipy": ("graph.analysis",),
    "spacy": ("ingest",),
    "bs4": ("ingest",),
    "docx": ("ingest", "viz.report"),  # read there, written here
    "lxml": ("ingest", "viz.report"),
    "markdown_it": ("ingest",),
    "pptx": ("ingest",),
    "pypdfium2": ("ingest",),
    "yaml": ("ingest",),
    "jinja2": ("viz",),
    "markupsafe": ("viz",),
    "pyvis": ("viz",),
    "xlsxwriter": ("viz.report",),
    "fastapi": ("api",),
    "starlette": ("api",),
    "pydantic": ("api",),
    "pydantic_settings": ("api",),
    "rich": ("api",),
    "typer": ("api",),
    "uvicorn": ("api",),
}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text(encoding="utf-8"))


MODULES = dict(_modules())


def _imports(tree: ast.Module) -> Iterator[str]:
    """Yield the full name of everything that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(name: str, beginnings: tuple[str, ...]) -> bool:
    return any(name == beginning or name.startswith(f"{beginning}.") for beginning in beginnings)


def test_the_modules_are_found() -> None:
    assert {"graph.model", "ingest.sources", "viz.page", "api.cli"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports_of_ours_go_one_way(module: str) -> None:
    package = module.partition(".")[0]
    found = [name for name in _imports(MODULES[module]) if name.partition(".")[0] in PACKAGES]
    assert [name for name in found if not _within(name, OURS[package])] == []


@pytest.mark.parametrize("module", MODULES)
def test_outside_packages_are_used_in_their_home(module: str) -> None:
    for name in _imports(MODULES[module]):
        top = name.partition(".")[0]
        if top in PACKAGES or (top in STANDARD and top not in HOMES):
            continue
        assert top in HOMES, f"{top} is not in the table of this test; give it a home, and docs/dependencies.md a line"
        assert _within(module, HOMES[top]), f"{module} imports {name}, whose home is {HOMES[top]}"


def _reads_environment(node: ast.AST) -> bool:
    """Say whether a node reads a variable; handing the whole environment on to a process is no setting."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Attribute) and node.value.attr == "environ"
    if not isinstance(node, ast.Attribute):
        return False
    return node.attr == "getenv" or (isinstance(node.value, ast.Attribute) and node.value.attr == "environ")


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("api")])
def test_only_the_ways_in_read_settings_or_print(module: str) -> None:
    nodes = list(ast.walk(MODULES[module]))
    calls = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not any(_reads_environment(node) for node in nodes)
    assert "print" not in calls


@pytest.mark.parametrize("text", ["os.environ['X']", "os.environ.get('X')", "os.getenv('X')"])
def test_reading_the_environment_is_noticed(text: str) -> None:
    assert any(_reads_environment(node) for node in ast.walk(ast.parse(text)))


@pytest.mark.parametrize("package", ["graph", "graph.stores", "graph.jsonl", "graph.export"])
def test_the_graph_loads_no_outside_package(package: str) -> None:
    program = f"import sys; before = set(sys.modules); import {package}; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert {name for name in loaded if name not in STANDARD and not name.startswith("_")} == {"graph"}
