import re
from importlib import resources

import pytest

from graph.ontology import load_ontology
from viz.palette import STYLES, phrase_of, style_of

CSS = resources.files("viz").joinpath("static/site.css").read_text(encoding="utf-8")


def _brightness(colour: str) -> float:
    """Relative luminance, as the WCAG define it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_entity_type_has_a_look_of_its_own() -> None:
    assert set(STYLES) == set(load_ontology().entities)
    assert len({style.colour for style in STYLES.values()}) == len(STYLES)


@pytest.mark.parametrize("name", STYLES)
def test_colours_are_readable_on_white(name: str) -> None:
    assert 1.05 / (_brightness(STYLES[name].colour) + 0.05) >= 4.5


def test_the_style_sheet_has_the_same_colours() -> None:
    found = dict(re.findall(r"\.t-(\w+) \{ --c: (#[0-9a-f]{6}); \}", CSS))
    assert found == {name: style.colour for name, style in STYLES.items()}


@pytest.mark.parametrize("name", load_ontology().relations)
def test_every_relation_reads_both_ways(name: str) -> None:
    outgoing, incoming = phrase_of(name, outgoing=True), phrase_of(name, outgoing=False)
    assert outgoing != incoming
    assert "(from)" not in incoming


def test_an_unknown_type_looks_plain() -> None:
    assert style_of("Nonsense").one == "Other"
    assert phrase_of("SOME_THING", outgoing=False) == "Some thing (from)"
