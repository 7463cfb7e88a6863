"""Finding the names in a document and saying what each stands for."""

from ingest.names.finder import NameFinder
from ingest.names.types import Names

__all__ = ["NameFinder", "Names"]
