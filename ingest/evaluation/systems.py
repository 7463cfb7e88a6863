"""The systems that can be measured on the same gold: the product and what it must beat."""

from collections.abc import Callable
from pathlib import Path

from graph.errors import KgError
from graph.model import GraphBatch

Extract = Callable[[bytes, str], GraphBatch]


class UnknownSystem(KgError):
    """No system has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no system {name!r}; known: {', '.join(SYSTEMS)}")


def build_system(name: str, registers: Path | None = None) -> Extract:
    """Return a function from a document's bytes and source to its batch.

    Raises: UnknownSystem: the known ones are named.
    """
    build = SYSTEMS.get(name)
    if build is None:
        raise UnknownSystem(name)
    return build(registers)


def _build_product(registers: Path | None) -> Extract:
    from ingest.pipeline import Extractor
    from ingest.registers import load_registers

    return Extractor(load_registers(registers)).extract_file


SYSTEMS: dict[str, Callable[[Path | None], Extract]] = {"product": _build_product}
