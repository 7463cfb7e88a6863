"""Exports are read back by other programs, or by a small reader of the format."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

from graph.errors import ExportError
from graph.export import ExportFormat, export_to_path, export_to_stream, iter_export
from graph.export.columns import find_kinds
from graph.export.csv import guard
from graph.model import GraphBatch
from graph.stores.base import Store, View
from graph.stores.cypher import quote_map, quote_name, quote_value

Make = Callable[..., GraphBatch]
NASTY = "=HYPERLINK(\"x\") 'quoted' \\u0027 <b>&amp;\x01 line\nend\r ﬁ\ufffe"


@contextmanager
def exported(store: Store, *batches: GraphBatch) -> Iterator[View]:
    for batch in batches:
        with store.writer() as writer:
            writer.put(batch)
    with store.view() as view:
        yield view


@pytest.fixture
def nasty(lancashire: GraphBatch) -> GraphBatch:
    hub = replace(
        lancashire.entities[2], name=NASTY, properties={"what": NASTY, "type": ("a", NASTY), "tentative": True, "n": -5}
    )
    relation = replace(lancashire.relations[0], properties={"words": NASTY, "source": "x", "share": 0.5})
    return replace(
        lancashire,
        entities=(*lancashire.entities[:2], hub, *lancashire.entities[3:]),
        relations=(relation, *lancashire.relations[1:]),
    )


def cleaned(text: str) -> str:
    return text.replace("\x01", "\ufffd").replace("\ufffe", "\ufffd")


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_graph_files_are_read_by_networkx(
    store: Store,
    nasty: GraphBatch,
    register: Make,
    tmp_path: Path,
    name: str,
    read: Callable[[Path], "nx.MultiDiGraph[str]"],
) -> None:
    path = tmp_path / f"out.{name}"
    with exported(store, nasty, register([("PART_OF", "place:lancashire", "place:england")])) as view:
        assert export_to_path(view, ExportFormat(name), path) == (path,)
    graph = read(path)
    assert graph.is_directed()
    assert set(graph) == {
        "department:beis",
        "place:england",
        "place:lancashire",
        "proposition:hub",
        "strategy:lancashire",
    }
    hub = graph.nodes["proposition:hub"]
    assert (hub["type"], hub["tentative"], hub["n"], hub["register"]) == ("Proposition", True, -5, False)
    assert hub["what"] == cleaned(NASTY)
    assert hub["property_type"] == f"a; {cleaned(NASTY)}"
    edges = {edge["type"]: edge for _, _, edge in graph.edges(data=True)}
    assert (edges["ASKS"]["words"], edges["ASKS"]["share"], edges["ASKS"]["evidence"]) == (cleaned(NASTY), 0.5, 1)
    assert edges["ASKS"]["quote"] == "will ask BEIS for £5m"
    assert edges["ASKS"]["property_source"] == "x"
    assert edges["IN_PLACE"]["evidence"] == 2
    assert edges["PART_OF"]["sources"] == "https://example.org/list"


def test_parallel_relations_all_survive(store: Store, batch: Make, tmp_path: Path) -> None:
    facts = [("LEADS", "department:a", "proposition:p"), ("COMMITS", "department:a", "proposition:p")]
    with exported(store, batch("a", facts)) as view:
        for name, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
            export_to_path(view, ExportFormat(name), tmp_path / name)
            assert read(tmp_path / name).number_of_edges() == 2


def read_csv(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_has_nodes_relations_and_quotes(store: Store, nasty: GraphBatch, tmp_path: Path) -> None:
    with exported(store, nasty) as view:
        paths = export_to_path(view, ExportFormat.CSV, tmp_path / "out")
        export_to_path(view, ExportFormat.CSV, tmp_path / "out.zip")
    assert [path.name for path in paths] == ["nodes.csv", "relations.csv", "evidence.csv"]
    nodes, relations, evidence = (read_csv(path.read_bytes().decode()) for path in paths)
    hub = next(row for row in nodes if row["id"] == "proposition:hub")
    assert (hub["name"], hub["what"], hub["n"], hub["tentative"]) == (f"'{NASTY}", f"'{NASTY}", "-5", "true")
    ask = next(row for row in relations if row["type"] == "ASKS")
    assert (ask["source_name"], ask["target"], ask["evidence"], ask["property_source"]) == (
        f"'{NASTY}",
        "department:beis",
        "1",
        "x",
    )
    row = next(row for row in evidence if row["relation"] == "relation:ask")
    assert (row["quote"], row["title"], row["page"]) == ("will ask BEIS for £5m", "Lancashire’s Plan", "2")
    assert len(evidence) == 4
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.testzip() is None
        assert [archive.read(name) for name in archive.namelist()] == [path.read_bytes() for path in paths]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("a=1", "a=1"), ("", "")],
)
def test_guard_stops_formulas(text: str, cell: str) -> None:
    assert guard(text) == cell


def test_json_lines_hold_every_document(store: Store, lancashire: GraphBatch, register: Make) -> None:
    with exported(store, lancashire, register([("PART_OF", "place:lancashire", "place:england")])) as view:
        rows = [json.loads(piece) for piece in iter_export(view, ExportFormat.JSONL)]
    assert [row["id"] for row in rows if row["kind"] == "document"] == ["doc:lancashire", "doc:zz-register"]
    assert sum(row["kind"] == "mention" for row in rows) == 5


def test_json_ld_links_and_statements(store: Store, nasty: GraphBatch) -> None:
    with exported(store, nasty) as view:
        content = json.loads("".join(iter_export(view, ExportFormat.JSONLD)))
    nodes = content["@graph"]
    assert content["@context"]["@vocab"] == "urn:strategy-graph:"
    hub = next(node for node in nodes if node["@id"] == "urn:strategy-graph:proposition:hub" and "@type" in node)
    assert (hub["@type"], hub["name"], hub["what"]) == ("Proposition", NASTY, NASTY)
    assert {"@id": hub["@id"], "ASKS": {"@id": "urn:strategy-graph:department:beis"}} in nodes
    ask = next(node for node in nodes if node.get("predicate") == "urn:strategy-graph:ASKS")
    assert (ask["subject"], ask["object"]) == (hub["@id"], "urn:strategy-graph:department:beis")
    assert ask["evidence"][0]["quote"] == "will ask BEIS for £5m"


def test_json_ld_of_an_empty_store_is_json(store: Store) -> None:
    with store.view() as view:
        assert json.loads("".join(iter_export(view, ExportFormat.JSONLD)))["@graph"] == []


STRING = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`]|``)*`")


def test_cypher_merges_and_quotes(store: Store, nasty: GraphBatch) -> None:
    with exported(store, nasty) as view:
        script = "".join(iter_export(view, ExportFormat.CYPHER))
    bare = STRING.sub("", script)
    assert "'" not in bare
    assert "`" not in bare
    statements = [statement.strip() for statement in bare.split(";") if statement.strip()]
    assert len(statements) == 1 + 4 + 3  # the constraint, four types of entity, three of relation
    assert statements[0].startswith("CREATE CONSTRAINT entity_id IF NOT EXISTS")
    assert all("MERGE" in statement and "CREATE" not in statement for statement in statements[1:])
    assert quote_value(NASTY) in script
    assert "SET e += row, e:`Proposition`" in script


def test_cypher_cuts_long_lists_into_statements(store: Store, batch: Make) -> None:
    with exported(store, batch("a", [("ASKS", f"proposition:{n}", "department:x") for n in range(1_100)])) as view:
        script = "".join(iter_export(view, ExportFormat.CYPHER))
    assert script.count("UNWIND") == 1 + 3 + 3


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("O'Brien\\", "'O\\'Brien\\\\'"),
        ("a\nb\r\t\0\u2028", "'a\\nb\\r\\t\\u0000\\u2028'"),
        ("🏭 é", "'🏭 é'"),
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (-0.5, "-0.5"),
        (("a", "'"), "['a', '\\'']"),
        ((), "[]"),
    ],
)
def test_cypher_literals(value: str | int | float | tuple[str, ...], literal: str) -> None:
    assert quote_value(value) == literal


def test_cypher_names_cannot_break_out() -> None:
    assert quote_name("ASKS") == "`ASKS`"
    assert quote_name("a`) DETACH DELETE n //") == "`a``) DETACH DELETE n //`"
    assert quote_name("a\\u0060") == "`a\\u005Cu0060`"
    assert quote_map({"a b": 1, "c": "d"}) == "{`a b`: 1, `c`: 'd'}"


def test_columns_have_the_kind_all_values_share() -> None:
    kinds = find_kinds([{"a": 1, "b": True, "c": 0.5, "d": "x", "e": ("x",)}, {"a": 2, "b": 1, "c": 1}])
    assert kinds == {"a": "long", "b": "string", "c": "string", "d": "string", "e": "string"}


@pytest.mark.parametrize("export_format", list(ExportFormat))
def test_same_bytes_again_and_from_any_load_order(
    store: Store, lancashire: GraphBatch, batch: Make, tmp_path: Path, export_format: ExportFormat
) -> None:
    other = batch("a", [("ASKS", "proposition:hub", "department:beis")], id="doc:a")

    def export(view: View, name: str) -> list[bytes]:
        paths = export_to_path(view, export_format, tmp_path / name)
        return [path.read_bytes() for path in paths]

    with exported(store, lancashire, other) as view:
        first = export(view, "first")
        assert export(view, "again") == first
    with store.writer() as writer:
        writer.remove("doc:lancashire")
    with exported(store, lancashire) as view:
        assert export(view, "turned") == first
    assert all(content for content in first)


def test_stream_takes_single_files_only(store: Store, lancashire: GraphBatch) -> None:
    stream = io.StringIO()
    with exported(store, lancashire) as view:
        export_to_stream(view, ExportFormat.JSONL, stream)
        with pytest.raises(ExportError, match="name a folder"):
            export_to_stream(view, ExportFormat.CSV, stream)
    assert stream.getvalue().startswith('{"describes":')


def test_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    class Broken:
        def documents(self, **_: object) -> None:
            raise RuntimeError("gone")

    with pytest.raises(RuntimeError):
        export_to_path(Broken(), ExportFormat.JSONL, path)  # type: ignore[arg-type]
    assert [item.read_text() for item in tmp_path.iterdir()] == ["old"]


def test_place_that_cannot_be_written_is_named(store: Store, lancashire: GraphBatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with exported(store, lancashire) as view, pytest.raises(ExportError, match=r"cannot write .*choose another place"):
        export_to_path(view, ExportFormat.JSONL, tmp_path / "file" / "out.jsonl")
