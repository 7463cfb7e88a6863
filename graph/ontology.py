"""The types a graph may hold, read from `ontology.toml` and checked on load."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from graph.errors import OntologyError


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of edge and the entity types it may join."""

    name: str
    says: str
    source_types: frozenset[str]
    target_types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ontology:
    """Entity types by name with what each is, and relation types by name."""

    entities: Mapping[str, str]
    relations: Mapping[str, RelationType]

    def allows(self, relation_type: str, source_type: str, target_type: str) -> bool:
        """Say whether an edge of this type may run between entities of these types."""
        found = self.relations.get(relation_type)
        return found is not None and source_type in found.source_types and target_type in found.target_types

    def require_entity_type(self, name: str) -> str:
        """Return `name` where it is an entity type; raise OntologyError with the known ones where not."""
        if name not in self.entities:
            raise OntologyError(f"entity type {name!r} is not in ontology.toml; known: {', '.join(self.entities)}")
        return name

    def require_relation_type(self, name: str) -> str:
        """Return `name` where it is a relation type; raise OntologyError with the known ones where not."""
        if name not in self.relations:
            raise OntologyError(f"relation type {name!r} is not in ontology.toml; known: {', '.join(self.relations)}")
        return name


@cache
def load_ontology() -> Ontology:
    """Read the packaged ontology; raise OntologyError where a relation names an unknown entity type."""
    raw = tomllib.loads(resources.files("graph").joinpath("ontology.toml").read_text(encoding="utf-8"))
    relations = {}
    for name, row in raw["relations"].items():
        for end in ("from", "to"):
            unknown = set(row[end]) - set(raw["entities"])
            if unknown:
                raise OntologyError(f"relation {name} in ontology.toml has unknown types in `{end}`: {sorted(unknown)}")
        relations[name] = RelationType(name, row["says"], frozenset(row["from"]), frozenset(row["to"]))
    return Ontology(dict(raw["entities"]), relations)
