"""Board reports: an answer of the analysis as sentences, tables and notes, as Word, page, text or sheets."""
