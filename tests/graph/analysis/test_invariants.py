"""What holds for every graph: order does not matter, strangers change nothing, no evidence no reason, scores add up."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.compare import CompareOptions, compare
from graph.analysis.hmg import HmgOptions, hmg
from graph.analysis.index import build_index
from graph.analysis.likeness import make_likeness
from graph.analysis.model import Material, to_json
from graph.analysis.partners import PartnerOptions, partners
from graph.analysis.paths import find_paths
from graph.analysis.profiles import make_profiles
from graph.model import Subgraph

WORDS = ("drone", "hydrogen", "careers", "ceramics", "nuclear", "screen", "quantum", "farming")
SECTORS = ("aero", "agri", "rail")
DEPARTMENTS = ("beis", "dfe", "dft")
AREAS = ("here", "there", "yonder")


@st.composite
def drawings(choose: Any) -> Callable[[Callable[[], Any]], Any]:
    """Choose what a graph of three areas holds; returns what draws it."""
    rows = choose(
        st.lists(
            st.tuples(
                st.sampled_from(AREAS),
                st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
                st.sets(st.sampled_from(SECTORS)),
                st.sets(st.sampled_from(DEPARTMENTS)),
                st.sets(st.sampled_from(("inst:a", "inst:b", "lep:c"))),
                st.booleans(),
            ),
            min_size=1,
            max_size=7,
        )
    )

    def paint(new: Callable[[], Any]) -> Any:
        draw = new()
        for number, area in enumerate(AREAS):
            draw.strategy(area, status="published" if number else "in-development")
        for key in SECTORS:
            draw.entity(key, "Sector", key.title())
        draw.relate("aero", "PART_OF", "rail", register=True)
        for key in DEPARTMENTS:
            draw.entity(key, "Department", key.upper())
        for key in ("inst:a", "inst:b"):
            draw.entity(key, "Institution", key, kind="university")
            draw.relate(key, "IN_SECTOR", "aero", register=True)
        draw.entity("lep:c", "LEP", "LEP C")
        draw.proposition("0", "Drone demonstrator", area="here", ask="Lift the rules")
        first = draw.relate("prop:0", "IN_SECTOR", "aero", document="doc:here")
        second = draw.relate("prop:0", "IN_SECTOR", "aero", document="doc:there")
        draw.relations = [item for item in draw.relations if item not in (first, second)]
        draw.relations.append(replace(first, evidence=(*first.evidence, *second.evidence)))
        for number, (area, words, sectors, departments, bodies, agreed) in enumerate(rows, 1):
            key = draw.proposition(str(number), " ".join(words), area=area, ask="Lift the rules" if departments else "")
            for sector in sorted(sectors):
                draw.relate(key, "IN_SECTOR", sector, document=f"doc:{area}")
            for department in sorted(departments):
                if agreed:
                    draw.relate(department, "COMMITS", key, document=f"doc:{area}")
                else:
                    draw.relate(key, "ASKS", department, document=f"doc:{area}", words="Lift the rules")
            for body in sorted(bodies):
                draw.relate(body, "PARTNERS_IN", key, document=f"doc:{area}")
        return draw

    return paint


def answers(material: Material) -> list[object]:
    """Return every kind of answer as JSON."""
    others = ("lis:there", "lis:yonder")
    return [
        to_json(compare(material, "lis:here", others, CompareOptions())),
        to_json(partners(material, "prop:0", PartnerOptions())),
        to_json(hmg(material, HmgOptions(as_of="2024"))),
        to_json(find_paths(material, "prop:0", "beis")),
    ]


def shuffled(material: Material, seed: int) -> Material:
    mix = random.Random(seed)

    def some(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(mix.sample(items, len(items)))

    return Material(
        Subgraph(
            some(material.sub.entities),
            some(tuple(replace(item, evidence=some(item.evidence)) for item in material.sub.relations)),
        ),
        some(material.documents),
        some(material.passages),
        material.version,
    )


@settings(max_examples=15, deadline=None)
@given(paint=drawings(), seed=st.integers(0, 1000))
def test_the_order_of_the_input_does_not_matter(paint: Any, seed: int, new_drawing: Callable[[], Any]) -> None:
    material = paint(new_drawing).material()
    assert answers(material) == answers(shuffled(material, seed))


@settings(max_examples=15, deadline=None)
@given(paint=drawings())
def test_an_unrelated_document_changes_no_score_but_by_the_weights_of_words(
    paint: Any, new_drawing: Callable[[], Any]
) -> None:
    """A proposition in a document about nothing compared, with words that no other text has."""
    draw = paint(new_drawing)
    before = draw.material()
    draw.document("doc:stranger")
    draw.entity("fusion", "Sector", "Fusion")
    draw.proposition("stranger", "Zymurgy xylophone")
    draw.relate("prop:stranger", "IN_SECTOR", "fusion", document="doc:stranger")
    after = draw.material()
    one, two = (compare(item, "lis:here", ("lis:there", "lis:yonder"), CompareOptions()) for item in (before, after))
    assert (one.coverage, one.shared, one.distinctive, one.missing) == (
        two.coverage,
        two.shared,
        two.distinctive,
        two.missing,
    )
    assert [row for row in two.matrix.rows if row.id != "fusion"] == list(one.matrix.rows)
    assert structured(before) == structured(after)


def structured(material: Material) -> dict[tuple[str, str, str], float]:
    """Return every part but wording of the likeness of every two propositions of the three areas."""
    index = build_index(material)
    likeness = make_likeness(index, make_profiles(index))
    ids = [key for key in likeness.profiles if key != "prop:stranger"]
    return {
        (one, two, part.name): part.value
        for one in ids
        for two in ids
        for part in likeness.parts(one, two)
        if part.name != "wording"
    }


@settings(max_examples=15, deadline=None)
@given(paint=drawings(), chance=st.integers(0, 1000))
def test_without_its_evidence_a_relation_gives_no_reason(
    paint: Any, chance: int, new_drawing: Callable[[], Any]
) -> None:
    material = paint(new_drawing).material()
    gone = material.sub.relations[chance % len(material.sub.relations)]
    left = replace(
        material, sub=replace(material.sub, relations=tuple(item for item in material.sub.relations if item != gone))
    )
    found = partners(left, "prop:0", PartnerOptions())
    quoted = {citation.passage for item in found.candidates for part in item.parts for citation in part.evidence}
    assert not quoted & {evidence.passage_id for evidence in gone.evidence}


@settings(max_examples=15, deadline=None)
@given(paint=drawings())
def test_every_score_is_the_sum_of_parts_within_their_weights(paint: Any, new_drawing: Callable[[], Any]) -> None:
    material = paint(new_drawing).material()
    found = compare(material, "lis:here", ("lis:there", "lis:yonder"), CompareOptions())
    scored: list[Any] = [match for near in found.nearest for match in near.found]
    scored += [agreement for precedent in found.precedents for agreement in precedent.found]
    scored += [*found.similar, *partners(material, "prop:0", PartnerOptions()).candidates]
    for item in scored:
        assert item.score == pytest.approx(sum(part.value for part in item.parts))
        assert 0 <= item.score <= 1
        assert all(0 < part.value <= part.weight + 1e-9 for part in item.parts)


@settings(max_examples=15, deadline=None)
@given(paint=drawings())
def test_every_citation_stands_in_its_passage_and_input_is_unchanged(
    paint: Any, new_drawing: Callable[[], Any]
) -> None:
    material = paint(new_drawing).material()
    texts = {passage.id: passage for passage in material.passages}
    before = repr(material)
    for body in answers(material):
        for citation in citations(body):
            passage = texts[citation["passage"]]
            assert passage.text[citation["start"] : citation["end"]] == citation["quote"]
            assert passage.document_id == citation["document"]
    assert repr(material) == before


def citations(body: Any) -> list[dict[str, Any]]:
    """Return every citation in an answer, wherever it stands."""
    if isinstance(body, list):
        return [found for item in body for found in citations(item)]
    if isinstance(body, dict):
        own = [body] if "quote" in body else []
        return own + [found for item in body.values() for found in citations(item)]
    return []
