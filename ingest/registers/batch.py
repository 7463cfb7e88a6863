"""The registers as a graph batch: the reference layer, which stands in a store beside the documents."""

from collections.abc import Sequence
from itertools import groupby

from graph.ids import make_relation_id
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
        relations=tuple(
            _to_relation(list(same)) for _, same in groupby(sorted(registers.relations, key=_ends), key=_ends)
        ),
    )


def _ends(relation: RegisterRelation) -> tuple[str, str, str]:
    return relation.type, relation.source_id, relation.target_id


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


def _to_relation(same: Sequence[RegisterRelation]) -> Relation:
    """Return one edge for all rows that state it: the earliest date, every source; further dates go to `dates`."""
    first = min(same, key=lambda relation: relation.date or "")
    dates = sorted({relation.date for relation in same if relation.date})
    properties: dict[str, PropertyValue] = dict(first.properties)
    if dates:
        properties["date"] = dates[0]
    if len(dates) > 1:
        properties["dates"] = tuple(dates)
    ends = (first.type, first.source_id, first.target_id)
    sources = tuple(dict.fromkeys(source for relation in same for source in relation.sources))
    return Relation(make_relation_id(*ends), *ends, properties=properties, sources=sources)
