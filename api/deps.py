"""What routes are given: the store that the lifespan opened, and query parameters with bounds."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.answers import require_entity_type, require_relation_type
from graph.stores.base import Store

MAX_ITEMS = 500
MAX_ID = 300


def get_store(request: Request) -> Store:
    """Return the store of this server."""
    store: Store = request.app.state.runtime.store
    return store


StoreDep = Annotated[Store, Depends(get_store)]
DocumentId = Annotated[
    str, Path(max_length=MAX_ID, description="Id of a document", examples=["doc:3f2a9c0d1e5b7a684c21"])
]
EntityId = Annotated[str, Path(max_length=MAX_ID, description="Id or name of an entity", examples=["Drone Zone"])]
RelationId = Annotated[
    str, Path(max_length=MAX_ID, description="Id of a relation", examples=["rel:0b5f0e4a9d7c2e1f3a68"])
]


class Params(BaseModel):
    """Base of query models: a parameter that is not named is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


class ListParams(Params):
    """A part of a list."""

    after: str | None = Field(default=None, max_length=1000, description="`next` of the part before")
    limit: int = Field(default=50, ge=1, le=MAX_ITEMS, description="Most items to return")


class EntityListParams(ListParams):
    """A part of the entities."""

    type: str | None = Field(default=None, max_length=50, description="Entity type", examples=["Proposition"])
    mentioned: bool = Field(default=False, description="Leave out what no document mentions")

    def require_type(self) -> str | None:
        """Return the type, checked against the ontology."""
        return None if self.type is None else require_entity_type(self.type)


class MentionParams(Params):
    """How many mentions."""

    limit: int = Field(default=100, ge=1, le=MAX_ITEMS, description="Most items to return")


class FactParams(Params):
    """Which relations of an entity."""

    type: list[str] = Field(default=[], max_length=20, description="Relation types; all where none is given")
    limit: int = Field(default=100, ge=1, le=MAX_ITEMS, description="Most relations to return")

    def require_types(self) -> tuple[str, ...]:
        """Return the types, checked against the ontology."""
        return tuple(require_relation_type(name) for name in self.type)


class SearchParams(Params):
    """What to search for."""

    q: str = Field(min_length=1, max_length=200, description="Words that must all occur", examples=["drone"])
    kind: Literal["entity", "passage"] | None = Field(default=None, description="Only entities or only passages")
    type: str | None = Field(default=None, max_length=50, description="Only entities of this type")
    after: str | None = Field(default=None, max_length=1000, description="`next` of the part before")
    limit: int = Field(default=20, ge=1, le=100, description="Most results to return")

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of result that are asked for; a type asks for entities."""
        if self.type is not None:
            require_entity_type(self.type)
            return ("entity",)
        return (self.kind,) if self.kind else ("entity", "passage")


class SubgraphParams(Params):
    """Which piece of the graph."""

    start: list[str] = Field(min_length=1, max_length=20, description="Ids or names of entities to start from")
    relation_type: list[str] = Field(default=[], max_length=20, description="Relation types to follow; all by default")
    entity_type: list[str] = Field(default=[], max_length=20, description="Entity types to keep; all by default")
    hops: int = Field(default=1, ge=1, le=4, description="Relations to follow from a start")
    max_entities: int = Field(default=200, ge=1, le=2000, description="Most entities to return")
    max_relations: int = Field(default=1000, ge=1, le=10000, description="Most relations to return")
    register_: bool = Field(default=True, alias="register", description="Keep relations that only a register supports")

    def require_types(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return relation and entity types, checked against the ontology."""
        relations = tuple(require_relation_type(name) for name in self.relation_type)
        return relations, tuple(require_entity_type(name) for name in self.entity_type)


ListQuery = Annotated[ListParams, Query()]
EntityListQuery = Annotated[EntityListParams, Query()]
MentionQuery = Annotated[MentionParams, Query()]
FactQuery = Annotated[FactParams, Query()]
SearchQuery = Annotated[SearchParams, Query()]
SubgraphQuery = Annotated[SubgraphParams, Query()]
