"""GraphML: nodes and directed edges with typed attributes."""

from collections.abc import Iterable, Iterator, Mapping

from graph.export.columns import entity_columns, entity_values, relation_columns, relation_values
from graph.export.xml import attribute, element
from graph.stores.base import View

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def iter_graphml(view: View) -> Iterator[str]:
    """Yield a GraphML file; reads the graph twice, first for its attributes."""
    nodes, edges = entity_columns(view.iter_entities()), relation_columns(view.iter_relations())
    node_keys = {name: f"n{at}" for at, name in enumerate(nodes)}
    edge_keys = {name: f"e{at}" for at, name in enumerate(edges)}
    yield HEAD
    yield from _keys("node", nodes, node_keys)
    yield from _keys("edge", edges, edge_keys)
    yield '<graph id="strategy-graph" edgedefault="directed">\n'
    for entity in view.iter_entities():
        yield f"<node id={attribute(entity.id)}>{_data(entity_values(entity), node_keys)}</node>\n"
    for relation in view.iter_relations():
        ends = f"source={attribute(relation.source_id)} target={attribute(relation.target_id)}"
        yield f"<edge id={attribute(relation.id)} {ends}>{_data(relation_values(relation), edge_keys)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _keys(owner: str, columns: Mapping[str, str], keys: Mapping[str, str]) -> Iterator[str]:
    for name, kind in columns.items():
        yield f'<key id="{keys[name]}" for="{owner}" attr.name={attribute(name)} attr.type="{kind}"/>\n'


def _data(values: Iterable[tuple[str, str]], keys: Mapping[str, str]) -> str:
    return "".join(f'<data key="{keys[name]}">{element(text)}</data>' for name, text in values)
