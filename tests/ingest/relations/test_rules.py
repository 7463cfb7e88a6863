"""The rule file of relations: whole, round-tripping, refusing what it does not know."""

import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

import ingest.relations.rules as rules
from graph.errors import KgError, RuleError
from ingest.relations.rules import RelationRules, load_rules

Load = Callable[[str], RelationRules]
TEXT = resources.files("ingest").joinpath("rules/relations.toml").read_text(encoding="utf-8")


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Load:
    """Load rules from other text, without leaving it in the cache."""

    def load_text(text: str) -> RelationRules:
        (tmp_path / "rules").mkdir(exist_ok=True)
        (tmp_path / "rules" / "relations.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(rules.resources, "files", lambda _: tmp_path)
        return load_rules.__wrapped__()

    return load_text


def test_every_pattern_is_loaded_in_order() -> None:
    raw = tomllib.loads(TEXT)["pattern"]
    loaded = load_rules().patterns
    assert [
        {
            "id": pattern.id,
            "type": pattern.type,
            "source": set(pattern.source),
            "target": set(pattern.target),
            "between": pattern.between.pattern,
            "reason": pattern.reason,
            "reversed": pattern.reversed,
            **({"apart_from": pattern.apart_from.pattern} if pattern.apart_from else {}),
        }
        for pattern in loaded
    ] == [
        {**row, "source": set(row["source"]), "target": set(row["target"]), "reversed": row.get("reversed", False)}
        for row in raw
    ]


def test_ids_of_patterns_are_unique_and_each_has_a_reason() -> None:
    patterns = load_rules().patterns
    assert len({pattern.id for pattern in patterns}) == len(patterns)
    assert all(pattern.reason for pattern in patterns)


def test_every_cue_is_loaded() -> None:
    assert {type_: cue.pattern for type_, cue in load_rules().cues.items()} == tomllib.loads(TEXT)["cues"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "part-of.member"', 'id = "part-of.member"\ncolour = "red"', r"rule 1 \(part-of.member\).*'colour'"),
        ('id = "part-of.member"\n', "", r"rule 1 \(without id\).*'id'"),
        ('type = "PART_OF"', 'type = "part_of"', r"'part_of' is not in ontology.toml; known: .*PART_OF"),
        ("between = '", "between = '(", "is not a regular expression"),
    ],
)
def test_bad_pattern_is_refused_with_its_place(load: Load, old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(RuleError, match=message):
        load(TEXT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"), [('source = ["LocalAuthority"', 'source = ["Council"'), ("\nPART_OF = '", "\nPARTS_OF = '")]
)
def test_type_that_the_ontology_lacks_is_refused_by_name(load: Load, old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(KgError, match=r"Council|PARTS_OF"):
        load(TEXT.replace(old, new, 1))
