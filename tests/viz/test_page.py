import json
import re

from graph.model import Entity, Evidence, Relation, Subgraph
from viz.layout import place_rings
from viz.page import render_network, to_network_json

ZONE = Entity(
    "prop:<zone>", "Proposition", "A very long name of a drone zone & its many, many, many partners at Warton"
)
BEIS = Entity("dept:beis", "Department", "BEIS")
DBT = Entity("dept:dbt", "Department", "DBT")
SUB = Subgraph(
    (ZONE, BEIS, DBT),
    (
        Relation("r1", "ASKS", ZONE.id, BEIS.id, evidence=(Evidence("p", 0, 4, "</script>", "rule"),)),
        Relation("r2", "COMMITS", BEIS.id, ZONE.id, evidence=(Evidence("p", 0, 4, "said", "rule"),)),
        Relation("r3", "SUCCEEDED_BY", BEIS.id, DBT.id, sources=("https://example.org",)),
        Relation("r4", "ASKS", ZONE.id, "dept:gone", evidence=(Evidence("p", 0, 4, "said", "rule"),)),
    ),
)


def _data() -> dict[str, list[dict[str, object]]]:
    return json.loads(to_network_json(SUB, ZONE.id, place_rings(SUB, ZONE.id)))  # type: ignore[no-any-return]


def test_network_holds_every_entity_and_relation_between_them() -> None:
    data = _data()
    assert {node["id"] for node in data["nodes"]} == {ZONE.id, BEIS.id, DBT.id}
    assert [edge["id"] for edge in data["edges"]] == ["r1", "r2", "r3"]


def test_network_is_still_and_its_places_are_given() -> None:
    assert all(node["physics"] is False and {"x", "y"} <= set(node) for node in _data()["nodes"])


def test_what_only_a_register_says_is_dashed() -> None:
    assert {edge["id"]: edge["dashes"] for edge in _data()["edges"]} == {"r1": False, "r2": False, "r3": True}


def test_parallel_relations_bend_apart() -> None:
    bends = {edge["id"]: edge["smooth"]["roundness"] for edge in _data()["edges"]}  # type: ignore[index]
    assert bends["r1"] != bends["r2"]


def test_long_names_are_cut_in_the_drawing_and_whole_in_the_table() -> None:
    labels = {node["id"]: str(node["label"]) for node in _data()["nodes"]}
    assert labels[ZONE.id].count("\n") == 2
    assert labels[ZONE.id].endswith("…")
    assert ZONE.name.replace("&", "&amp;") in render_network(SUB, ZONE)


def test_the_table_holds_the_same_relations() -> None:
    page = render_network(SUB, ZONE)
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert table.count("<tr>") == 3
    assert "&lt;/script&gt;" in table


def test_data_cannot_leave_its_element() -> None:
    page = render_network(SUB, ZONE)
    block = re.search(r'<script type="application/json" id="network-data">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert "<" not in block[1]
    assert json.loads(block[1])["nodes"][0]["id"] == ZONE.id


def test_the_page_is_the_same_every_time_and_leaves_its_input_alone() -> None:
    turned = Subgraph(SUB.entities, SUB.relations)
    assert render_network(SUB, ZONE) == render_network(turned, ZONE)
    assert turned == SUB


def test_a_cut_network_says_so() -> None:
    notice = "More is there than this drawing shows"
    assert notice in render_network(Subgraph(SUB.entities, SUB.relations, truncated=True), ZONE)
    assert notice not in render_network(SUB, ZONE)
