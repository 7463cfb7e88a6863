"""Plain text: headings, paragraphs, list points and tables from their form alone."""

from collections.abc import Sequence

from graph.model import ReadDocument
from ingest.normalise import find_words
from ingest.readers.builder import PassageBuilder
from ingest.readers.limits import ReadLimits
from ingest.readers.lines import Block, Piece, find_blocks, find_pieces, find_wrap_width
from ingest.readers.marks import (
    ListLevels,
    is_capitals,
    is_caption,
    is_contents_heading,
    is_contents_line,
    is_date_line,
    is_form_line,
    is_heading_form,
    is_named_page,
    is_page_number,
    split_label,
)
from ingest.readers.tables import add_table
from ingest.readers.text_tables import TextTable, find_table


def read_text(text: str, content: bytes, source: str, limits: ReadLimits) -> ReadDocument:
    """Return the document of a decoded plain text; `content` are its bytes as they came."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    builder = PassageBuilder(content, source, "text", limits, known_words=find_words([text]))
    blocks = find_blocks(text)
    _TextReader(builder, blocks).read()
    return builder.finish()


class _TextReader:
    """Goes through the blocks once; `_at` is the next block."""

    def __init__(self, builder: PassageBuilder, blocks: Sequence[Block]) -> None:
        self._builder = builder
        self._blocks = blocks
        self._wrap_width = find_wrap_width(blocks)
        self._levels = ListLevels()
        self._title_open = True  # until the first line that is neither heading nor date
        self._has_capitals = False
        self._started = False
        self._in_contents = False
        self._at = 0

    def read(self) -> None:
        while self._at < len(self._blocks):
            table = find_table(self._blocks, self._at)
            if table:
                self._add_table(table)
                self._at = table.next_block
                continue
            block = self._blocks[self._at]
            self._at += 1
            self._add_block(block)

    def _add_table(self, table: TextTable) -> None:
        lead = find_pieces(table.lead, wrap_width=self._wrap_width) if table.lead else []
        for piece in lead:
            self._add_piece(piece, is_alone=False, page=None)
        add_table(self._builder, table.rows, header_rows=table.header_rows, page=table.page)
        self._title_open = False
        self._levels.clear()
        for piece in find_pieces(table.rest, wrap_width=self._wrap_width) if table.rest else []:
            self._add_piece(piece, is_alone=False, page=None)

    def _add_block(self, block: Block) -> None:
        lines = self._find_prose(block)
        if not lines:
            return
        pieces = find_pieces(lines, wrap_width=self._wrap_width)
        title = self._title_open and not self._started and all(is_heading_form(piece.text) for piece in pieces)
        self._started = True
        underlined = len(lines) == 1 and len(block.lines) == 2 and _is_rule(block.lines[1])
        for number, piece in enumerate(pieces):
            self._add_piece(
                piece,
                is_alone=title or len(pieces) == 1 or (number == 0 and self._is_heading_over(pieces)),
                page=block.page,
                is_last=number == len(pieces) - 1,
                underlined=underlined,
            )

    def _find_prose(self, block: Block) -> list[str]:
        """Return the lines of `block` without contents lists, page numbers, rules and lines to sign on."""
        listed = self._in_contents or is_contents_heading(block.lines[0]) or any(map(is_contents_line, block.lines))
        lines = [
            line
            for line in block.lines
            if not (
                is_contents_line(line, listed=listed) or _is_rule(line) or is_form_line(line) or is_named_page(line)
            )
        ]
        if len(lines) == 1 and is_page_number(lines[0]):
            return []
        following = self._blocks[self._at].lines if self._at < len(self._blocks) else ()
        self._in_contents = listed and len(lines) < len(block.lines)
        if lines and is_contents_heading(lines[0]):
            self._in_contents = len(lines) < len(block.lines) or any(
                is_contents_line(line, listed=True) for line in following
            )
            return [] if self._in_contents else lines
        return lines

    def _is_heading_over(self, pieces: Sequence[Piece]) -> bool:
        """A short line directly over a paragraph or a list is its heading; one of several short lines is not."""
        first, second = pieces[0].text, pieces[1]
        return (
            not pieces[0].label and is_heading_form(first) and (bool(second.label) or len(second.text) > 2 * len(first))
        )

    def _add_piece(
        self, piece: Piece, *, is_alone: bool, page: int | None, is_last: bool = True, underlined: bool = False
    ) -> None:
        full = f"{piece.label} {piece.text}".strip()
        if is_caption(full):
            self._builder.caption(full, page=page)
        elif underlined or (is_alone and self._is_heading(piece, full, is_last=is_last)):
            self._add_heading(piece, full, page)
        elif piece.label:
            self._title_open = False
            level = self._levels.find_level(piece.label, piece.indent)
            self._builder.item(piece.text, level, piece.label, page=page)
        else:
            self._title_open = self._title_open and is_date_line(piece.text)
            self._levels.clear()
            self._builder.paragraph(piece.text, page=page)

    def _is_heading(self, piece: Piece, full: str, *, is_last: bool) -> bool:
        if not is_heading_form(full) or (piece.label and not piece.label[0].isdigit()):
            return False
        following = self._blocks[self._at].lines if self._at < len(self._blocks) else ()
        if is_last and not following:
            return False
        if piece.label and is_last:
            below = split_label(following[0].strip())
            return is_capitals(piece.text) or below is None or len(following[0]) > 3 * len(full)
        return True

    def _add_heading(self, piece: Piece, full: str, page: int | None) -> None:
        self._levels.clear()
        following = self._blocks[self._at].lines if self._at < len(self._blocks) else ()
        capitals = is_capitals(piece.text)
        if self._title_open and following and len(following) == 1 and _is_title_matter(following[0]):
            level = 1
        elif piece.label:
            level = 2 + piece.label.rstrip(".)").count(".")
        else:
            level = 2 if capitals or not self._has_capitals else 3
        self._title_open = self._title_open and level == 1
        self._has_capitals = self._has_capitals or (capitals and level > 1)
        self._builder.heading(full, level, page=page)


def _is_title_matter(line: str) -> bool:
    return is_date_line(line) or is_heading_form(line)


def _is_rule(line: str) -> bool:
    stripped = line.strip()
    return len(stripped) > 2 and set(stripped) <= set("-=_*~–—")
