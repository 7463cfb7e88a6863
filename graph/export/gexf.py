"""GEXF 1.2, as Gephi reads it: labelled nodes and edges with typed attributes."""

from collections.abc import Iterable, Iterator, Mapping

from graph.export.columns import entity_columns, entity_values, relation_columns, relation_values
from graph.export.xml import attribute
from graph.stores.base import View

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph defaultedgetype="directed" mode="static">
"""


def iter_gexf(view: View) -> Iterator[str]:
    """Yield a GEXF file; reads the graph twice, first for its attributes."""
    nodes, edges = entity_columns(view.iter_entities()), relation_columns(view.iter_relations())
    node_keys = {name: str(at) for at, name in enumerate(nodes)}
    edge_keys = {name: str(at) for at, name in enumerate(edges)}
    yield HEAD
    yield from _keys("node", nodes, node_keys)
    yield from _keys("edge", edges, edge_keys)
    yield "<nodes>\n"
    for entity in view.iter_entities():
        values = _values(entity_values(entity), node_keys)
        yield f"<node id={attribute(entity.id)} label={attribute(entity.name)}>{values}</node>\n"
    yield "</nodes>\n<edges>\n"
    for relation in view.iter_relations():
        ends = f"source={attribute(relation.source_id)} target={attribute(relation.target_id)}"
        values = _values(relation_values(relation), edge_keys)
        yield f"<edge id={attribute(relation.id)} {ends} label={attribute(relation.type)}>{values}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _keys(owner: str, columns: Mapping[str, str], keys: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{owner}" mode="static">\n'
    for name, kind in columns.items():
        yield f'<attribute id="{keys[name]}" title={attribute(name)} type="{kind}"/>\n'
    yield "</attributes>\n"


def _values(values: Iterable[tuple[str, str]], keys: Mapping[str, str]) -> str:
    inside = "".join(f'<attvalue for="{keys[name]}" value={attribute(text)}/>' for name, text in values)
    return f"<attvalues>{inside}</attvalues>"
