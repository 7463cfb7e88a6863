"""The commands of the three questions: the object of HTTP, CSV, tables, and refusals that help."""

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app

Run = Callable[..., Any]
COMMANDS = [
    (("compare", "lancashire"), "compare", {"area": "lancashire"}),
    (
        ("compare", "lancashire", "--with", "greater-manchester", "--rows", "sectors"),
        "compare",
        {"area": "lancashire", "with": "greater-manchester", "rows": "sectors"},
    ),
    (("partners", "Drone Zone", "--in", "lancashire"), "partners", {"proposition": "Drone Zone", "in": "lancashire"}),
    (("partners", "--for", "UCLan"), "roles", {"body": "UCLan"}),
    (("hmg", "--department", "BEIS", "--as-of", "2024"), "hmg-links", {"department": "BEIS", "as_of": "2024"}),
    (("paths", "Drone Zone", "HM Government"), "paths", {"start": "Drone Zone", "end": "HM Government"}),
]


@pytest.mark.parametrize(("words", "path", "params"), COMMANDS, ids=lambda value: str(value)[:40])
def test_json_is_the_object_of_http(run_json: Run, get: Run, words: tuple[str, ...], path: str, params: Any) -> None:
    assert run_json(*words) == get(path, **params)


@pytest.mark.parametrize("words", [words for words, *_ in COMMANDS], ids=lambda value: str(value)[:40])
def test_tables_are_plain_when_piped(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    assert "│" not in result.stdout
    assert "━" not in result.stdout
    assert len(result.stdout.splitlines()) > 3


def test_a_comparison_reads_from_top_to_bottom(run: Run) -> None:
    text = run("compare", "lancashire").stdout
    heads = ["What was read", "Propositions by row", "Shared", "Only Lancashire", "Missing in", "agreed to elsewhere"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_csv_goes_to_standard_output(run: Run, asked: Any) -> None:
    result = run("compare", "lancashire", "--csv")
    answer = asked.get("/api/v1/compare", params={"area": "lancashire"}, headers={"accept": "text/csv"})
    assert result.stdout.splitlines() == answer.text.splitlines()


REFUSED = [
    (("compare", "lancashir"), 1, "near: Lancashire"),
    (("compare", "cumbria"), 1, "ingest"),
    (("compare", "lancashire", "--rows", "colours"), 2, "'sectors'"),
    (("compare", "lancashire", "--wave", "1", "--published"), 2, "give one of"),
    (("compare", "lancashire", "--certainty", "maybe"), 2, "'tentative'"),
    (("partners", "Drome Zone"), 1, "Drone Zone"),
    (("partners",), 2, "--for"),
    (("partners", "Drone Zone", "--for", "UCLan"), 2, "one of"),
    (("hmg", "--today", "--as-of", "2019"), 2, "not both"),
    (("hmg", "--department", "Ministry of Silly Walks"), 1, "near"),
    (("paths", "Drone Zone", "nobody at all"), 1, "nobody at all"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED, ids=lambda value: str(value)[:40])
def test_refusals_help(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("words", [("compare",), ("partners",), ("hmg",), ("paths",), ("report", "compare")])
def test_help_shows_examples(words: tuple[str, ...]) -> None:
    text = CliRunner().invoke(app, [*words, "--help"]).stdout
    assert "Examples:" in text
    assert f"strategy-graph {' '.join(words)}" in text
