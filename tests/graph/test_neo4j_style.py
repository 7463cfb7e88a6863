"""The style file for Neo4j Browser shows every type in the colour of our pages."""

import re
from pathlib import Path

from graph.ontology import load_ontology
from graph.stores.neo4j_schema import OWN_LABELS
from viz.palette import STYLES

TEXT = (Path(__file__).parents[2] / "docs" / "strategy-graph.grass").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"^node\.(\w+) \{ color: (#\w+);", TEXT, re.MULTILINE))


def test_every_type_has_its_colour() -> None:
    assert {name: COLOURS.get(name) for name in STYLES} == {name: style.colour for name, style in STYLES.items()}


def test_every_label_is_known() -> None:
    assert COLOURS.keys() <= load_ontology().entities.keys() | set(OWN_LABELS)
