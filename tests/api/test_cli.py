import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.runtime import Runtime, version
from api.settings import Settings

PAPER = """Lancashire Enterprise Partnership: asks of Government

The Lancashire Enterprise Partnership will work with Government to:

- launch a Drone Zone at Warton with BAE Systems; and
- create an Institute of Technology with the University of Central Lancashire.

We ask BEIS to fund the Drone Zone.
"""


def _run(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=stdin)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a paper, the same under a second name, and a file that is no document; it is the current one."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "papers").mkdir()
    (folder / "papers" / "paper.txt").write_text(PAPER, encoding="utf-8")
    (folder / "papers" / "twin.txt").write_text(PAPER, encoding="utf-8")
    (folder / "papers" / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    shared = Runtime(Settings())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        # Each run would build these anew, a second or two apiece.
        for name in ("registers", "extractor", "rules_version"):
            patch.setattr(Runtime, name, getattr(shared, name))
        yield folder


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Result:
    result = _run("ingest", "papers", "--jobs", "1")
    assert (folder / "strategy-graph.db").exists()
    return result


@pytest.fixture(scope="module")
def extracted(folder: Path) -> Result:
    assert (folder / "papers").exists()
    return _run("extract", "papers/paper.txt")


def test_version() -> None:
    assert _run("--version").stdout == f"strategy-graph {version()}\n"


def test_no_command_shows_the_commands() -> None:
    assert "ingest" in _run().output


def test_every_command_shows_examples() -> None:
    from typer.main import get_command

    def walk(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        children = getattr(command, "commands", None)
        if not children:
            yield path
        for name, child in (children or {}).items():
            yield from walk(child, (*path, name))

    for path in walk(get_command(app), ()):
        shown = _run(*path, "--help").stdout
        assert f"strategy-graph {' '.join(path)}" in shown.partition("Examples:")[2], path


def test_ingest_names_what_it_left_out_and_loads_the_rest(loaded: Result) -> None:
    assert loaded.exit_code == 3
    assert "left out: papers/broken.pdf: " in loaded.stderr
    assert "passed over: papers/twin.txt: the same bytes as papers/paper.txt" in loaded.stderr
    assert "documents added\t1" in loaded.stdout
    assert "store: sqlite:///strategy-graph.db" in loaded.stderr


@pytest.mark.usefixtures("loaded")
def test_ingest_again_reads_nothing_anew() -> None:
    again = _run("ingest", "papers/paper.txt", "--json")
    assert again.exit_code == 0
    assert (json.loads(again.stdout)["documents unchanged"], json.loads(again.stdout)["documents added"]) == (1, 0)


@pytest.mark.usefixtures("loaded")
def test_extract_then_load_equals_ingest(folder: Path, extracted: Result) -> None:
    assert _run("extract", "papers/paper.txt", "--out", "paper.jsonl").exit_code == 0
    assert _run("load", "paper.jsonl", "--store", "sqlite:///other.db").exit_code == 0
    stats = [json.loads(_run("stats", "--json", *store).stdout) for store in ([], ["--store", "sqlite:///other.db"])]
    assert stats[0] == stats[1]
    assert (folder / "paper.jsonl").read_bytes() == extracted.stdout_bytes


@pytest.mark.usefixtures("folder")
def test_extract_reads_standard_input() -> None:
    lines = _run("extract", "-", stdin=PAPER)
    assert lines.exit_code == 0
    assert json.loads(lines.stdout.splitlines()[0])["source"] == "standard input"


def test_extract_writes_lines_with_sorted_keys_whose_quotes_stand_in_their_passage(extracted: Result) -> None:
    rows = [json.loads(line) for line in extracted.stdout.splitlines()]
    texts = {row["id"]: row["text"] for row in rows if row["kind"] == "passage"}
    quotes = [item for row in rows for item in row.get("evidence", ())]
    mentions = [row for row in rows if row["kind"] == "mention"]
    assert quotes
    assert mentions
    assert [item for item in quotes if texts[item["passage"]][item["start"] : item["end"]] != item["quote"]] == []
    assert [item for item in mentions if texts[item["passage"]][item["start"] : item["end"]] != item["text"]] == []
    assert [list(row) for row in rows] == [sorted(row) for row in rows]


@pytest.mark.usefixtures("folder")
def test_extract_of_an_unreadable_file_alone_ends_partial() -> None:
    result = _run("extract", "papers/broken.pdf")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "broken.pdf" in result.stderr


@pytest.mark.usefixtures("loaded")
def test_search_prints_a_table_or_json() -> None:
    assert _run("search", "drone", "--type", "Proposition").stdout.startswith("kind\ttitle\tmatch\tid\nentity\t")
    hits = json.loads(_run("search", "drone", "--json").stdout)
    assert {"entity", "passage"} == {hit["kind"] for hit in hits}


@pytest.mark.usefixtures("loaded")
def test_search_for_nothing_says_so_on_standard_error() -> None:
    result = _run("search", "xyzzy")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing found" in result.stderr


@pytest.mark.usefixtures("loaded")
def test_show_gives_facts_with_quotes() -> None:
    shown = json.loads(_run("show", "dept:beis", "--json", "--limit", "1000").stdout)
    asks = [fact for fact in shown["facts"] if fact["relation"]["type"] == "ASKS"]
    assert [quote["quote"] for fact in asks for quote in fact["quotes"]]
    assert "-- ASKS" in _run("show", "dept:beis", "--limit", "1000").stdout


@pytest.mark.usefixtures("loaded")
def test_documents_are_listed_shown_and_removed(folder: Path) -> None:
    shutil.copy(folder / "strategy-graph.db", folder / "gone.db")
    store = ("--store", "sqlite:///gone.db")
    (document,) = json.loads(_run("documents", "list", "--json", *store).stdout)
    assert "papers/paper.txt" in _run("documents", "show", document["id"], *store).stdout
    text = json.loads(_run("documents", "show", document["id"], "--json", *store).stdout)
    assert len(text["passages"]) > 3
    assert _run("documents", "remove", document["id"], *store).exit_code == 0
    assert json.loads(_run("documents", "list", "--json", *store).stdout) == []
    again = _run("documents", "remove", document["id"], *store)
    assert (again.exit_code, "no document" in again.stderr) == (1, True)


@pytest.mark.usefixtures("loaded")
def test_check_passes_on_what_was_loaded() -> None:
    result = _run("check", "--json")
    assert (result.exit_code, json.loads(result.stdout)["ok"]) == (0, True)


@pytest.mark.usefixtures("loaded")
def test_export_then_load_gives_the_same_graph(folder: Path) -> None:
    exported = _run("export")
    assert exported.exit_code == 0
    _run("load", "-", "--store", "sqlite:///copy.db", stdin=exported.stdout_bytes)
    versions = [
        json.loads(_run("stats", "--json", *store).stdout)["version"]
        for store in ([], ["--store", "sqlite:///copy.db"])
    ]
    assert versions[0] == versions[1]
    assert _run("export", "--format", "graphml", "--out", "graph.graphml").exit_code == 0
    assert (folder / "graph.graphml").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("search", "x", "--store", "sqlite:///none.db"), 1, "no graph at none.db"),
        (("search", "x", "--store", "mysql://x"), 1, "not known"),
        (("search", "x", "--type", "Nonsense"), 2, "known: LEP"),
        (("show", "BEISS"), 1, "no entity 'BEISS'"),
        (("ingest", "nowhere"), 2, "nowhere: no such file"),
        (("load", "nowhere"), 2, "nowhere cannot be read"),
        (("load", "papers/paper.txt"), 1, "line 1"),
        (("extract", "papers/paper.txt", "--out", "no/such/folder/x"), 2, "cannot be written"),
        (("stats", "--nonsense"), 2, "--nonsense"),
        (("nonsense",), 2, "nonsense"),
    ],
)
@pytest.mark.usefixtures("loaded")
def test_expected_errors_are_one_message_with_a_true_exit_code(words: tuple[str, ...], code: int, message: str) -> None:
    result = _run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGY_GRAPH_PORT", "many")
    result = _run("stats")
    assert result.exit_code == 2
    assert "STRATEGY_GRAPH_PORT" in result.stderr


def test_serve_refuses_to_open_without_a_token() -> None:
    refused = _run("serve", "--host", "0.0.0.0", "--store", "sqlite:///:memory:")
    assert refused.exit_code == 2
    assert "STRATEGY_GRAPH_TOKEN" in refused.stderr


def test_commands_load_nothing_heavy_until_they_need_it() -> None:
    program = "import sys, api.cli; print(sorted({m.partition('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"spacy", "fastapi", "pydantic", "pyvis", "networkx", "numpy", "rich", "lxml", "pypdfium2", "jinja2"}
    assert heavy & set(done.stdout.replace("'", " ").replace(",", " ").replace("[", " ").split()) == set()


def test_the_module_runs_as_a_program_and_is_plain_when_piped(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    command = [sys.executable, "-c", "from api.cli import main; main()", "extract", "paper.txt"]
    runs = [
        subprocess.Popen(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for seed in ("1", "2")
    ]
    (first, said), (second, _) = (run.communicate(timeout=60) for run in runs)
    assert said == b""
    assert first == second
    assert b"\x1b" not in first
