import tomllib
from importlib import resources

import pytest

from graph.errors import OntologyError
from graph.ontology import load_ontology


def test_ontology_joins_only_types_it_has() -> None:
    ontology = load_ontology()
    assert {"LEP", "Department", "Proposition", "Strategy", "Place"} <= set(ontology.entities)
    for relation in ontology.relations.values():
        assert relation.source_types | relation.target_types <= set(ontology.entities)
        assert relation.says


def test_ontology_says_what_every_type_is() -> None:
    raw = tomllib.loads(resources.files("graph").joinpath("ontology.toml").read_text(encoding="utf-8"))
    assert set(raw) == {"entities", "relations"}
    assert all(raw["entities"].values())


@pytest.mark.parametrize(
    ("relation", "source", "target", "allowed"),
    [
        ("ASKS", "Proposition", "Department", True),
        ("ASKS", "Department", "Proposition", False),
        ("COMMITS", "Department", "Proposition", True),
        ("PART_OF", "Place", "Place", True),
        ("OWNS", "Place", "Place", False),
        ("ASKS", "Proposition", "Dragon", False),
    ],
)
def test_allows_follows_direction_and_types(relation: str, source: str, target: str, allowed: bool) -> None:
    assert load_ontology().allows(relation, source, target) is allowed


def test_unknown_types_are_answered_with_the_known_ones() -> None:
    with pytest.raises(OntologyError, match=r"'Dragon'.*known: LEP"):
        load_ontology().require_entity_type("Dragon")
    with pytest.raises(OntologyError, match=r"'OWNS'.*known: PUBLISHES"):
        load_ontology().require_relation_type("OWNS")
    assert load_ontology().require_entity_type("LEP") == "LEP"
    assert load_ontology().require_relation_type("ASKS") == "ASKS"
