"""A proposition that two documents of one strategy have: its name means that of the later one."""

import dataclasses
from collections.abc import Callable

import pytest

from graph.analysis.names import resolve_proposition
from graph.errors import AmbiguousEntity
from graph.model import Entity, Evidence, GraphBatch, Passage, Relation
from graph.stores import open_store


def _edition(
    name: str, published: str, paper: Callable[..., GraphBatch], *, strategy: str = "lancashire"
) -> GraphBatch:
    """Return a document of a strategy that proposes the Drone Zone under an id of its own."""
    document = dataclasses.replace(paper().document, id=f"doc:{name}", published=published, describes=None)
    said = Passage(f"passage:{name}", document.id, 0, "Drone Zone at Warton")
    owner = Entity(f"strategy:{strategy}", "Strategy", f"{strategy} strategy")
    zone = Entity(f"prop:{name}", "Proposition", "Drone Zone")
    evidence = (Evidence(said.id, 0, 10, "Drone Zone", "test"),)
    proposes = Relation(f"rel:{name}", "PROPOSES", owner.id, zone.id, {}, evidence)
    return GraphBatch(document, (said,), (owner, zone), (), (proposes,))


def test_the_later_document_stands(make_store: Callable[..., str], paper: Callable[..., GraphBatch]) -> None:
    url = make_store(_edition("z-early", "2019-06", paper), _edition("a-late", "2019-12", paper))
    with open_store(url) as store, store.view() as view:
        assert resolve_proposition(view, "Drone Zone").id == "prop:a-late"


def test_two_areas_with_one_name_are_a_choice(make_store: Callable[..., str], paper: Callable[..., GraphBatch]) -> None:
    url = make_store(_edition("one", "2019", paper), _edition("two", "2020", paper, strategy="cumbria"))
    with open_store(url) as store, store.view() as view:
        with pytest.raises(AmbiguousEntity):
            resolve_proposition(view, "Drone Zone")
        assert resolve_proposition(view, "Drone Zone", area_id="strategy:lancashire").id == "prop:one"
