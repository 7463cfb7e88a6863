"""How much a reader takes on before it refuses: documents come from strangers."""

from dataclasses import dataclass

from graph.errors import UnreadableDocument


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on one document; a refusal names the limit and the value that went over it."""

    max_bytes: int = 100_000_000
    max_pages: int = 2_000
    max_seconds: float = 120.0
    max_unzipped_bytes: int = 500_000_000
    max_zip_ratio: int = 200
    max_passages: int = 200_000
    max_depth: int = 200  # nesting of elements in HTML and XML


def over_limit(source: str, limit: str, value: object, allowed: object) -> UnreadableDocument:
    """Return the refusal of `source`, whose `value` is over the limit of that name."""
    return UnreadableDocument(
        source, f"{value} is over the limit {limit} = {allowed}", f"split the document, or raise {limit}"
    )
