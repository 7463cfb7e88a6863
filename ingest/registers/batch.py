"""The registers as a graph batch: the reference layer, which stands in a store beside the documents."""

from graph.ids import make_id
from graph.model import Document, Entity, GraphBatch, PropertyValue, Relation
from ingest.registers.model import RegisterRelation, RegisterRow, Registers


def registers_batch(registers: Registers) -> GraphBatch:
    """Return every row as an entity and every relation with its sources, as one document of kind `register`.

    The document's id comes from the bytes of the CSV files, so a changed register is a new document.
    """
    document = Document(
        id=f"doc:{registers.digest[:20]}",
        title="Registers",
        source="registers",
        sha256=registers.digest,
        reader="registers",
        kind="register",
    )
    return GraphBatch(
        document,
        entities=tuple(_to_entity(row) for row in registers.rows.values()),
        relations=tuple(_to_relation(relation) for relation in registers.relations),
    )


def _to_entity(row: RegisterRow) -> Entity:
    own: dict[str, PropertyValue] = {
        "aliases": row.aliases,
        "kind": row.kind,
        "start": row.start or "",
        "end": row.end or "",
        "sources": row.sources,
        "unverified": row.unverified,
        "register_file": row.file,
        "register_line": row.line,
    }
    kept = {key: value for key, value in sorted({**row.properties, **own}.items()) if value not in ("", ())}
    return Entity(row.id, row.type, row.name, register=True, properties=kept)


def _to_relation(relation: RegisterRelation) -> Relation:
    date = {"date": relation.date} if relation.date else {}
    return Relation(
        make_id("rel", relation.type, relation.source_id, relation.target_id, relation.date or "", "register"),
        relation.type,
        relation.source_id,
        relation.target_id,
        properties={**relation.properties, **date},
        sources=relation.sources,
    )
