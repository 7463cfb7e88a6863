"""Typed values of a proposition: money, dates and targets, each as a string that says it whole."""

from collections.abc import Mapping, Sequence

from graph.model import PropertyValue


def find_values(
    texts: Sequence[str], *, money: Sequence[str] = (), dates: Sequence[str] = ()
) -> Mapping[str, PropertyValue]:
    """Return `money`, `dates` and `targets` found in a proposition's words and in the cells of those columns."""
    return {}
