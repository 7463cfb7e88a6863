"""The rule file of clauses: whole, compiled, refusing what it does not know."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

import ingest.propositions.triggers as triggers
from graph.errors import RuleError
from ingest.propositions.triggers import OPENINGS, TRIGGER, Trigger, find_trigger

TEXT = resources.files("ingest").joinpath("rules/clauses.toml").read_text(encoding="utf-8")


def test_every_trigger_of_the_file_is_a_group_and_a_member() -> None:
    raw = tomllib.loads(TEXT)
    assert [name for name in TRIGGER.groupindex if name in Trigger.__members__] == list(raw["triggers"])
    assert set(raw["around"]["openings"]) == OPENINGS


@pytest.mark.parametrize(
    ("text", "trigger", "negated"),
    [
        ("will open", "will", False),
        ("will not open", "will", True),
        ("will never open", "will", True),
        ("is  to open", None, False),
        ("has now agreed to open", "agreed", False),
        ("would like to open", "intends", False),
        ("must not open", "should", True),
        ("are funding it", "giving", False),
        ("Will it", "will", False),
        ("May it", None, False),
        ("freewill opens", None, False),
    ],
)
def test_words_are_the_trigger_they_say(text: str, trigger: str | None, negated: bool) -> None:
    match = TRIGGER.search(text)
    assert (find_trigger(match) if match else (None, False)) == (trigger, negated)


@pytest.mark.parametrize(
    ("old", "new"), [("[around]\n", "[around]\nothers = []\n"), ("openings = ", "opens = "), ("\nCOULD = ", "\nCAN = ")]
)
def test_unknown_or_missing_key_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str
) -> None:
    assert old in TEXT
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "clauses.toml").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(triggers.resources, "files", lambda _: tmp_path)
    with pytest.raises(RuleError, match=r"rules/clauses.toml: unknown or missing \['(?:others|openings|CAN)"):
        triggers._load()
