"""The tree of a Word file: its blocks in order, its rows and cells, merged ones once."""

from collections.abc import Iterator

from lxml import etree

from ingest.readers.builder import CellSpec
from ingest.readers.docx_styles import W

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = frozenset(
    (*(f"{W}{tag}" for tag in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "comment")), _FALLBACK)
)


def iter_blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of `parent` in order, through content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in LEFT_OUT and not _is_contents_control(child):
            yield from iter_blocks(child)


def _is_contents_control(element: etree._Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if element.tag == f"{W}sdt" else None
    return gallery is not None and "table of contents" in gallery.get(f"{W}val", "").lower()


def iter_cell_paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of a cell; those of a table inside it follow row by row."""
    for block in iter_blocks(cell):
        if block.tag == f"{W}p":
            yield block
        else:
            for row in iter_tagged(block, "tr"):
                for inner in iter_tagged(row, "tc"):
                    yield from iter_cell_paragraphs(inner)


def iter_tagged(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows or cells of `parent`, through content controls; deleted rows are left out."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            if tag != "tr" or child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from iter_tagged(child, tag)


def merge_cells(rows: list[list[tuple[CellSpec, str]]], elements: list[etree._Element]) -> list[list[CellSpec]]:
    """Give each merged cell once, with the rows that it spans; columns skipped before a row are an empty cell."""
    placed: list[list[tuple[int, CellSpec, str]]] = []
    for row, element in zip(rows, elements, strict=True):
        before = get_property(element.find(f"{W}trPr"), "gridBefore")
        column = int(before) if before.isdecimal() else 0
        line: list[tuple[int, CellSpec, str]] = [(0, CellSpec("", column_span=column), "")] if column else []
        for spec, part in row:
            line.append((column, spec, part))
            column += spec.column_span
        placed.append(line)
    merged: list[list[CellSpec]] = []
    for at, line in enumerate(placed):
        kept: list[CellSpec] = []
        for column, spec, part in line:
            if part == "continue" and at and not spec.text.strip():
                continue
            down = 1
            while (
                part
                and at + down < len(placed)
                and any(c == column and p == "continue" and not s.text.strip() for c, s, p in placed[at + down])
            ):
                down += 1
            kept.append(CellSpec(spec.text, down, spec.column_span, bold=spec.bold))
        merged.append(kept)
    return merged


def get_property(properties: etree._Element | None, name: str) -> str:
    """Return the value of a child of a properties element, "" where it has none."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found.get(f"{W}val", "") if found is not None else ""
