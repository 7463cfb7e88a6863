"""Cypher text: the one place that quotes names and writes values as literals."""

import re

from graph.model import PropertyValue

_ESCAPED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SPECIAL = re.compile(r"[\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


def quote_name(name: str) -> str:
    """Return a label, relation type or property key as Cypher reads it literally, whatever signs it holds."""
    # A backslash could begin a Unicode escape, which Cypher resolves before it looks for back-ticks.
    plain = "".join(f"\\u{ord(char):04X}" if char == "\\" else char for char in name)
    return "`" + plain.replace("`", "``") + "`"


def quote_value(value: PropertyValue) -> str:
    """Return a value as a Cypher literal; a tuple becomes a list."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(quote_value, value))}]"
    return f"'{_SPECIAL.sub(_escape, value)}'"


def quote_map(values: dict[str, PropertyValue]) -> str:
    """Return a Cypher map, keys in the order given."""
    return "{" + ", ".join(f"{quote_name(key)}: {quote_value(value)}" for key, value in values.items()) + "}"


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPED.get(char, f"\\u{ord(char):04X}")
