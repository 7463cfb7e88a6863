"""The HTTP interface: JSON under /api/v1, pages beside it."""
