from pathlib import Path

import pytest

import ingest.names.rules as rules
from graph.errors import RuleError


@pytest.mark.parametrize(
    "load",
    [
        rules.load_alias_rules,
        rules.load_anaphor_rules,
        rules.load_cue_rules,
        rules.load_list_rules,
        rules.load_open_rules,
        rules.load_words,
    ],
)
def test_rule_files_load(load: object) -> None:
    assert callable(load)
    assert load()


def test_read_rules_refuses_unknown_and_missing_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "some.toml").write_text("known = []\nother = 1\n")
    monkeypatch.setattr(rules, "files", lambda _: tmp_path)
    with pytest.raises(RuleError, match="unknown key 'other'; known: known"):
        rules.read_rules("some", frozenset({"known"}))
    with pytest.raises(RuleError, match="lacks the key 'wanted'"):
        rules.read_rules("some", frozenset({"known", "other", "wanted"}))
    (tmp_path / "rules" / "some.toml").write_text("known = [")
    with pytest.raises(RuleError, match="not valid TOML"):
        rules.read_rules("some", frozenset({"known"}))


@pytest.mark.parametrize("value", ["word", ["a", 1], [""]])
def test_require_words_refuses_anything_but_strings(value: object) -> None:
    with pytest.raises(RuleError, match=r"rules/some.toml, key: a list of non-empty strings"):
        rules.require_words("some", "key", value)


def test_open_rules_name_types_of_the_ontology() -> None:
    open_rules = rules.load_open_rules()
    assert open_rules.tails["Catapult"].type == "Institution"
    assert open_rules.pairs["Combined Authority"] == "CombinedAuthority"
    with pytest.raises(RuleError, match="'Firm' is not an entity type"):
        rules._known_type("some", "key", "Firm")
