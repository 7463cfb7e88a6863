"""The command `registers`: tables, JSON and errors."""

import json
from pathlib import Path

from typer.testing import CliRunner

from api.commands.registers import app
from graph.errors import UnknownEntity


def run(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_list_counts_types_and_lists_one() -> None:
    assert "SectorDeal\t19" in run("list")
    assert "Black Country Local Enterprise Partnership\tLEP" in run("list", "--type", "LEP")


def test_search_prints_json_lines() -> None:
    rows = [json.loads(line) for line in run("search", "offshore", "wind", "sector", "deal", "--json").splitlines()]
    assert rows[0]["id"] == "deal:offshore-wind"
    assert rows[0]["file"] == "sector_deals.csv"


def test_show_says_where_a_row_comes_from_and_who_follows() -> None:
    text = run("show", "dept:bis")
    assert "departments.csv, line" in text
    assert "SUCCEEDED_BY" in text
    assert "dept:desnz" in text


def test_show_prints_one_json_object() -> None:
    row = json.loads(run("show", "lis:lancashire", "--json"))
    assert row["name"] == "Lancashire Local Industrial Strategy"
    assert {relation["type"] for relation in row["relations_in"]} == {"PUBLISHES"}


def test_show_names_what_is_near() -> None:
    result = CliRunner().invoke(app, ["show", "dept:beiss"])
    assert isinstance(result.exception, UnknownEntity)
    assert "dept:beis" in result.exception.near


def test_credits_print_licences() -> None:
    assert "CC BY 4.0" in run("credits")


def test_rows_of_ones_own_are_shown(tmp_path: Path) -> None:
    (tmp_path / "sectors.csv").write_text("id,name,source\nsector:kites,Kites,unverified\n", encoding="utf-8")
    assert "sector:kites" in run("search", "kites", "--registers", str(tmp_path))
