"""The packaged registers: what they hold, that it hangs together, and that shared gold finds its rows in them."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from graph.errors import AmbiguousEntity, UnknownEntity
from graph.ontology import load_ontology
from ingest.registers import (
    find_relations,
    find_rows,
    find_succession,
    load_registers,
    read_credits,
    registers_batch,
    require_row,
)

SHARED = Path(os.environ.get("STRATEGY_GRAPH_SHARED", Path(__file__).parents[2] / ".." / "shared"))
DATA = Path(__file__).parents[2] / "ingest" / "registers" / "data"


def test_registers_hold_every_register_type() -> None:
    types = {row.type for row in load_registers().rows.values()}
    assert types == set(load_ontology().entities) - {"Proposition"}


def test_registers_rows_and_relations_are_in_order() -> None:
    registers = load_registers()
    keys = [(item.type, item.source_id, item.target_id, item.date or "") for item in registers.relations]
    assert list(registers.rows) == sorted(registers.rows)
    assert keys == sorted(set(keys))


def test_registers_every_row_and_relation_says_where_it_comes_from() -> None:
    registers = load_registers()
    assert not [row.id for row in registers.rows.values() if not row.sources and "row" not in row.unverified]
    assert not [relation for relation in registers.relations if not relation.sources]


def test_registers_line_numbers_point_to_the_row() -> None:
    for row in list(load_registers().rows.values())[::97]:
        assert (DATA / row.file).read_text(encoding="utf-8").splitlines()[row.line - 1].startswith(f"{row.id},")


def test_registers_have_one_body_under_one_id() -> None:
    """The name of one body is not also a body in another register (Health Innovation Network is two bodies)."""
    bodies = {"Department", "Institution", "LocalAuthority", "CombinedAuthority", "LEP"}
    ids: dict[str, set[str]] = {}
    for row in load_registers().rows.values():
        if row.type in bodies:
            ids.setdefault(row.name.casefold(), set()).add(row.type)
    assert {name for name, types in ids.items() if len(types) > 1} == set()


def test_registers_same_name_of_departments_at_one_time_is_a_known_clash() -> None:
    """A whole name leads to one department at a time; acronyms may clash (UKSA, IPO), names may not."""
    spans: dict[str, list[tuple[str, str, str]]] = {}
    for row in load_registers().rows.values():
        if row.type in ("Department", "CombinedAuthority"):
            spans.setdefault(row.name, []).append((row.start or "0", row.end or "9", row.id))
    clashes = [
        (one[2], other[2])
        for rows in spans.values()
        for i, one in enumerate(rows)
        for other in rows[i + 1 :]
        if one[0] < other[1] and other[0] < one[1]
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("row_id", "relation", "other"),
    [
        ("dept:bis", "SUCCEEDED_BY", "dept:beis"),
        ("dept:beis", "SUCCEEDED_BY", "dept:desnz"),
        ("la:wycombe", "SUCCEEDED_BY", "la:buckinghamshire"),
        ("lep:humber", "SUCCEEDED_BY", "lep:hull-and-east-yorkshire"),
        ("la:bolton", "PART_OF", "ca:greater-manchester"),
        ("lep:black-country", "PART_OF", "ca:west-midlands"),
        ("lis:oxfordshire", "PART_OF", "lis:oxford-cambridge-arc"),
        ("lep:lancashire", "COVERS", "la:burnley"),
        ("lis:lancashire", "COVERS", "place:lancashire"),
        ("ca:west-midlands", "PUBLISHES", "lis:west-midlands"),
        ("dept:dh", "LEADS", "deal:life-sciences-1"),
        ("deal:offshore-wind", "IN_SECTOR", "sector:offshore-wind"),
        ("ez:samlesbury", "IN_SECTOR", "sector:aerospace"),
        ("inst:lancaster-university", "IN_PLACE", "place:lancaster"),
        ("place:preston", "PART_OF", "place:lancashire"),
    ],
)
def test_registers_know_relation(row_id: str, relation: str, other: str) -> None:
    assert [
        item
        for item in load_registers().relations
        if (item.type, item.source_id, item.target_id) == (relation, row_id, other)
    ]


def test_registers_batch_carries_all_rows_and_relations() -> None:
    registers = load_registers()
    batch = registers_batch(registers)
    assert batch.document.kind == "register"
    assert batch.document.id == f"doc:{registers.digest[:20]}"
    assert [entity.id for entity in batch.entities] == list(registers.rows)
    assert all(entity.register for entity in batch.entities)
    edges = {(relation.type, relation.source_id, relation.target_id) for relation in registers.relations}
    assert len(batch.relations) == len({relation.id for relation in batch.relations}) == len(edges)
    assert all(relation.sources for relation in batch.relations)


def test_registers_batch_states_an_edge_once_with_all_its_dates() -> None:
    registers = load_registers()
    twice = [r for r in registers.relations if (r.source_id, r.target_id) == ("dept:cabinet-office", "dept:dsit")]
    edge = next(r for r in registers_batch(registers).relations if r.source_id == twice[0].source_id
                and r.target_id == twice[0].target_id and r.type == "SUCCEEDED_BY")  # fmt: skip
    assert len(twice) == 2
    assert edge.properties["dates"] == tuple(sorted(r.date or "" for r in twice))
    assert edge.properties["date"] == min(r.date or "" for r in twice)


def test_find_rows_puts_a_whole_name_first_and_reads_ampersands() -> None:
    registers = load_registers()
    assert find_rows(registers, "home office")[0].id == "dept:home-office"
    assert find_rows(registers, "department for business & trade")[0].id == "dept:dbt"
    assert {row.type for row in find_rows(registers, "lancashire", row_type="LEP")} == {"LEP"}


def test_require_row_names_what_is_near_and_what_is_ambiguous() -> None:
    registers = load_registers()
    assert require_row(registers, "Homes England").id == "dept:homes-england"
    with pytest.raises(UnknownEntity, match="dept:beis"):
        require_row(registers, "dept:beiss")
    with pytest.raises(AmbiguousEntity, match="dept:mhclg-2024"):
        require_row(registers, "MHCLG")


def test_find_succession_goes_both_ways() -> None:
    steps = {step.row.id: step.depth for step in find_succession(load_registers(), "dept:beis")}
    assert steps["dept:bis"] < 0 == steps["dept:beis"] < steps["dept:desnz"]
    assert [step.row.id for step in find_succession(load_registers(), "sector:rail")] == ["sector:rail"]


def test_find_relations_gives_both_directions() -> None:
    out, into = find_relations(load_registers(), "lep:black-country")
    assert "PART_OF" in {item.type for item in out}
    assert "PUBLISHES" in {item.type for item in out}
    assert not into


def test_credits_name_the_licences_of_the_data() -> None:
    text = read_credits()
    for words in ("CC BY 4.0", "Open Government Licence", "GeoNames", "mySociety", "Institute for Government"):
        assert words in text


def test_boundaries_are_of_register_rows() -> None:
    features = json.loads((DATA / "lep_boundaries.geojson").read_text(encoding="utf-8"))["features"]
    ids = {item.get("id") or item["properties"]["id"] for item in features}
    assert len(ids) == 38
    assert ids <= set(load_registers().rows)


def test_docs_counts_are_true() -> None:
    text = (Path(__file__).parents[2] / "docs" / "registers.md").read_text(encoding="utf-8")
    counts = Counter((row.file, row.type) for row in load_registers().rows.values())
    for (file, entity_type), number in counts.items():
        assert f"| `{file}` | {entity_type} | {number:,} |" in text
    assert f"{len(load_registers().relations):,} relations" in text


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold is not beside this repository")
def test_shared_gold_ids_are_rows_of_their_type_and_name() -> None:
    rows = load_registers().rows
    wrong, seen = [], 0
    for path in sorted((SHARED / "gold").rglob("*.json")):
        for entity in json.loads(path.read_text(encoding="utf-8")).get("entities", []):
            if not entity.get("id"):
                continue
            seen += 1
            row = rows.get(entity["id"])
            names = () if row is None else (row.name, *row.aliases)
            if row is None or row.type not in (entity["type"], *entity.get("alt_types", ())):
                wrong.append((path.name, entity["id"], entity["type"], row and row.type))
            elif entity["name"] not in (*names, *entity.get("surface", ())):
                wrong.append((path.name, entity["id"], entity["name"], row.name))
    assert wrong == []
    assert seen > 100
