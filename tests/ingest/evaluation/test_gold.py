"""Gold is checked on load, and its shorthand written out."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.evaluation.gold import BadGold, GoldRelation, load_gold, parse_gold


def gold_text(**changes: Any) -> str:
    base: dict[str, Any] = {
        "document": "a.txt",
        "entities": [{"type": "Strategy", "name": "Plan"}, {"type": "Place", "name": "Leeds"}],
        "propositions": [{"name": "One", "starts": "Build one"}, {"name": "Two", "what_starts": "Build two"}],
        "relations": [],
    }
    return json.dumps({**base, **changes})


def relation(kind: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "source": source, "target": target, **more}


def test_every_proposition_above_is_written_out() -> None:
    gold = parse_gold(gold_text(relations=[relation("PROPOSES", "Plan", "*every proposition above*")]))
    assert [item.targets for item in gold.relations] == [("One",), ("Two",)]


def test_every_other_proposition_leaves_out_the_named_ones() -> None:
    rows = [
        relation("IN_PLACE", "One", "Leeds"),
        relation("IN_PLACE", "*every other proposition*", "Leeds", optional=True),
    ]
    gold = parse_gold(gold_text(relations=rows))
    assert gold.relations == (
        GoldRelation(("IN_PLACE",), ("One",), ("Leeds",)),
        GoldRelation(("IN_PLACE",), ("Two",), ("Leeds",), optional=True),
    )


def test_alternatives_stand_behind_the_first_answer() -> None:
    rows = [relation("LEADS", "Plan", "One", type_any=["LEADS", "PARTNERS_IN"], source_any=["Leeds"])]
    (found,) = parse_gold(gold_text(relations=rows)).relations
    assert (found.types, found.sources) == (("LEADS", "PARTNERS_IN"), ("Plan", "Leeds"))


def test_listed_place_without_a_relation_is_optional() -> None:
    gold = parse_gold(gold_text(propositions=[{"name": "One", "starts": "Build one", "places": ["Leeds"]}]))
    assert gold.relations == (GoldRelation(("IN_PLACE",), ("One",), ("Leeds",), optional=True),)


def test_starts_of_every_kind_are_kept_once() -> None:
    rows = [{"name": "One", "starts": "Build", "what_starts": "Build", "also_starts": ["Open"]}]
    assert parse_gold(gold_text(propositions=rows)).propositions[0].starts == ("Build", "Open")


def test_second_register_row_in_a_note_is_another_right_id() -> None:
    note = "also dept:mhclg-2018, for 2019"
    rows = [{"type": "Department", "name": "MHCLG", "id": "dept:mhclg-2024", "ambiguous": note}]
    assert parse_gold(gold_text(entities=rows, propositions=[])).entities[0].other_ids == ("dept:mhclg-2018",)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"relations": [relation("IN_PLACE", "One", "Leads")]}, "Leads"),
        ({"relations": [relation("IN_PLACE", "One", "Leeds", optinal=True)]}, "optinal"),
        ({"entities": [{"type": "Place", "name": "Leeds", "surfaces": []}]}, "surfaces"),
        ({"propositons": []}, "propositons"),
    ],
)
def test_mistakes_in_gold_are_named(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    (tmp_path / "a.json").write_text(gold_text(**changes), encoding="utf-8")
    with pytest.raises(BadGold, match=problem) as raised:
        load_gold(tmp_path)
    assert raised.value.file == tmp_path / "a.json"


def test_gold_is_found_in_folders_below(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "a.json").write_text(gold_text(), encoding="utf-8")
    assert [(gold.stem, gold.part) for gold in load_gold(tmp_path)] == [("a", "dev")]


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match="no gold"):
        load_gold(tmp_path)
