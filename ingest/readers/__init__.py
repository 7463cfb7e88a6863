"""One module a format; `read_document` chooses by content."""
