"""The rule file of propositions: whole, round-tripping, refusing what it does not know."""

import tomllib
from collections.abc import Callable
from dataclasses import fields
from importlib import resources
from pathlib import Path

import pytest

import ingest.propositions.rules as rules
from graph.errors import RuleError
from ingest.propositions.rules import Phrases, Points, PropositionRules, Subjects, Verbs, load_rules

Load = Callable[[str], PropositionRules]
TEXT = resources.files("ingest").joinpath("rules/propositions.toml").read_text(encoding="utf-8")


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Load:
    """Load rules from other text, without leaving it in the cache."""

    def load_text(text: str) -> PropositionRules:
        (tmp_path / "rules").mkdir(exist_ok=True)
        (tmp_path / "rules" / "propositions.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(rules.resources, "files", lambda _: tmp_path)
        return load_rules.__wrapped__()

    return load_text


def test_every_list_of_the_file_is_loaded_word_for_word() -> None:
    raw, loaded = tomllib.loads(TEXT), load_rules()
    for section, kind in (("verbs", Verbs), ("subjects", Subjects), ("points", Points)):
        held = getattr(loaded, section)
        for name in (field.name for field in fields(kind) if field.name != "forms"):
            value = raw[section][name]
            assert getattr(held, name) == set(value.split() if isinstance(value, str) else value)


def test_every_pattern_of_the_file_is_loaded() -> None:
    raw, loaded = tomllib.loads(TEXT), load_rules()
    assert {role: pattern.pattern for role, pattern in loaded.roles.items()} == raw["tables"]["roles"]
    assert {role: pattern.pattern for role, pattern in loaded.labels.items()} == raw["labels"]
    assert list(loaded.roles) == list(raw["tables"]["roles"])


@pytest.mark.parametrize("kind", ["tentative", "conditional"])
def test_every_modal_phrase_is_found_as_a_word(kind: str) -> None:
    phrases: Phrases = getattr(load_rules(), kind)
    for phrase in tomllib.loads(TEXT)["modality"][kind]:
        assert phrases.are_in(f"the {phrase} of it")
        assert not phrases.are_in(f"the x{phrase}x of it")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[subjects]\n", "[subjects]\nfoes = 'wolf'\n", r"\[subjects\]: unknown or missing \['foes'\]"),
        ("states = ", "moods = ", r"\[subjects\]: unknown or missing \['moods', 'states'\]"),
        ("[stems]\n", "[stems]\nother = 'x'\n", r"\[stems\]: unknown or missing \['other'\]"),
        ("[verbs]\n", "[extra]\n\n[verbs]\n", r"\[\]: unknown or missing \['extra'\]"),
        ("[tables.refuse]\n", "[tables.refuse]\nmaybe = 'x'\n", r"\[tables.refuse\]: unknown or missing \['maybe'\]"),
        ("refusing = '", "refusing = '(", "is not a regular expression"),
    ],
)
def test_unknown_key_or_bad_pattern_is_refused_by_name(load: Load, old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(RuleError, match=message):
        load(TEXT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("build", ("build", "base")),
        ("building", ("build", "gerund")),
        ("built", ("build", "past")),
        ("carries", ("carry", "third")),
        ("carried", ("carry", "past")),
        ("cutting", ("cut", "gerund")),
        ("piloted", ("pilot", "past")),
        ("creating", ("create", "gerund")),
        ("launches", ("launch", "third")),
        ("set", ("set", "base")),
    ],
)
def test_written_forms_lead_to_their_base(word: str, form: tuple[str, str]) -> None:
    assert load_rules().verbs.forms[word] == form


def test_base_form_of_one_verb_wins_over_a_form_of_another() -> None:
    forms = load_rules().verbs.forms
    lists = tomllib.loads(TEXT)["verbs"]
    bases = {word for value in lists.values() for word in (value.split() if isinstance(value, str) else value)}
    assert all(forms[base] == (base, "base") for base in bases)
