"""One module a format; `read_document` chooses by content."""

from ingest.readers.choose import READERS, read_document
from ingest.readers.limits import ReadLimits

__all__ = ["READERS", "ReadLimits", "read_document"]
