"""PowerPoint files: a slide is a page, its title a heading; speaker notes are notes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from graph.errors import UnreadableDocument
from graph.model import ReadDocument
from ingest.readers.builder import CellSpec, PassageBuilder
from ingest.readers.limits import ReadLimits, over_limit
from ingest.readers.marks import format_number, is_bullet, is_caption, split_label
from ingest.readers.package import Package, Relation, open_package
from ingest.readers.tables import add_table

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_POINT = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}pt"
_CHART_TITLE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}title"
_FURNITURE = frozenset({"sldNum", "ftr", "dt", "hdr"})
_TITLES = frozenset({"title", "ctrTitle"})
_BAND = 360_000  # EMU, a centimetre: shapes whose tops differ by less stand in one row
_AUTO = {"alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I", "arabic": "1"}


@dataclass(frozen=True, slots=True)
class _Holder:
    """What a layout says of a placeholder: where it stands and whether its first level has bullets."""

    top: int
    left: int
    bulleted: bool


def read_pptx(content: bytes, source: str, limits: ReadLimits) -> ReadDocument:
    """Return the document in a PowerPoint file, in the order in which the slides are shown.

    Raises: UnreadableDocument: it is damaged, or has more slides than `limits.max_pages`."""
    package = open_package(content, source, limits)
    root = package.read_xml("ppt/presentation.xml")
    if root is None:
        raise UnreadableDocument(
            source, "the file is damaged: it has no slides", "open it in PowerPoint and save it again"
        )
    relations = package.find_relations("ppt/presentation.xml")
    ids = [slide.get(f"{_R}id", "") for slide in root.iter(f"{_P}sldId")]
    slides = [relations[slide_id].target for slide_id in ids if slide_id in relations]
    if len(slides) > limits.max_pages:
        raise over_limit(source, "max_pages", f"{len(slides)} slides", limits.max_pages)
    builder = PassageBuilder(content, source, "pptx", limits)
    for number, name in enumerate(slides, start=1):
        slide = package.read_xml(name)
        if slide is not None:
            _SlideReader(builder, package, name, number).read(slide)
    return builder.finish(package.find_metadata())


class _SlideReader:
    def __init__(self, builder: PassageBuilder, package: Package, name: str, number: int) -> None:
        self._builder = builder
        self._package = package
        self._number = number
        self._relations: Mapping[str, Relation] = package.find_relations(name)
        self._holders = self._read_holders()

    def read(self, slide: etree._Element) -> None:
        self._builder.close_headings(2)
        tree = slide.find(f"{_P}cSld/{_P}spTree")
        shapes = list(self._iter_shapes(tree)) if tree is not None else []
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        for shape in titles:
            level = 1 if _placeholder(shape) == "ctrTitle" else 2
            text = " ".join(_text(p) for p in shape.iter(f"{_A}p"))
            self._builder.heading(text, level, page=self._number)
        for shape in shapes:
            if shape not in titles:
                self._add_shape(shape)
        self._add_notes()

    def _iter_shapes(self, tree: etree._Element) -> Iterator[etree._Element]:
        """Yield shapes row by row from the top, groups opened in their place, furniture left out."""
        children = [
            child.find("{*}Choice/*") if child.tag == _ALTERNATE else child for child in tree if child.tag != _FALLBACK
        ]
        shapes = [child for child in children if child is not None and isinstance(child.tag, str)]
        for shape in sorted(shapes, key=self._find_place):
            if shape.tag == f"{_P}grpSp":
                yield from self._iter_shapes(shape)
            elif (
                shape.tag in (f"{_P}sp", f"{_P}graphicFrame")
                and _placeholder(shape) not in _FURNITURE
                and not _is_hidden(shape)
            ):
                yield shape

    def _find_place(self, shape: etree._Element) -> tuple[int, int]:
        offset = shape.find(f"{_P}spPr/{_A}xfrm/{_A}off")
        for path in (f"{_P}xfrm/{_A}off", f"{_P}grpSpPr/{_A}xfrm/{_A}off"):
            offset = shape.find(path) if offset is None else offset
        if offset is not None:
            return _to_int(offset.get("y")) // _BAND, _to_int(offset.get("x"))
        holder = self._find_holder(shape)
        return (holder.top // _BAND, holder.left) if holder else (0, 0)

    def _read_holders(self) -> Mapping[tuple[str, str], _Holder]:
        layout = next((r.target for r in self._relations.values() if r.kind == "slideLayout"), "")
        root = self._package.read_xml(layout)
        holders: dict[tuple[str, str], _Holder] = {}
        for shape in root.iter(f"{_P}sp") if root is not None else ():
            mark = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
            if mark is None:
                continue
            offset = shape.find(f"{_P}spPr/{_A}xfrm/{_A}off")
            top, left = (_to_int(offset.get("y")), _to_int(offset.get("x"))) if offset is not None else (0, 0)
            bulleted = shape.find(f"{_P}txBody/{_A}lstStyle/{_A}lvl1pPr/{_A}buNone") is None
            holder = _Holder(top, left, bulleted)
            holders[mark.get("type", "body"), mark.get("idx", "0")] = holder
            holders.setdefault(("", mark.get("idx", "0")), holder)
        return holders

    def _find_holder(self, shape: etree._Element) -> _Holder | None:
        mark = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
        if mark is None:
            return None
        key = mark.get("type", "body"), mark.get("idx", "0")
        return self._holders.get(key) or self._holders.get(("", key[1]))

    def _add_shape(self, shape: etree._Element) -> None:
        if shape.tag == f"{_P}sp":
            self._add_text(shape)
            return
        for table in shape.iter(f"{_A}tbl"):
            self._add_table(table)
        for element in shape.iter():
            for attribute in (f"{_R}dm", f"{_R}id"):
                relation = self._relations.get(element.get(attribute, ""))
                if relation is not None and relation.kind == "diagramData":
                    self._add_diagram(relation.target)
                elif relation is not None and relation.kind == "chart":
                    self._add_chart(relation.target)

    def _add_text(self, shape: etree._Element) -> None:
        kind = _placeholder(shape)
        holder = self._find_holder(shape)
        own = shape.find(f"{_P}txBody/{_A}lstStyle/{_A}lvl1pPr/{_A}buNone")
        in_list = kind in ("body", "obj") and own is None and (holder is None or holder.bulleted)
        numbers: dict[int, int] = {}
        for paragraph in shape.iter(f"{_A}p"):
            text = _text(paragraph).strip()
            if not text:
                numbers.clear()
                continue
            properties = paragraph.find(f"{_A}pPr")
            level = _to_int(properties.get("lvl")) if properties is not None else 0
            label = _find_label(properties, level, numbers, in_list=in_list)
            typed = split_label(text)
            if not label and typed:
                label, text = typed
            if is_caption(text):
                self._builder.caption(text, page=self._number)
            elif label:
                self._builder.item(text, level + 1, label, page=self._number)
            else:
                self._builder.paragraph(text, page=self._number)

    def _add_table(self, table: etree._Element) -> None:
        rows = [
            [_find_cell(cell) for cell in row.iter(f"{_A}tc") if not cell.get("vMerge") and not cell.get("hMerge")]
            for row in table.iter(f"{_A}tr")
        ]
        properties = table.find(f"{_A}tblPr")
        marked = properties is not None and properties.get("firstRow") in ("1", "true")
        # Every new table has the switch on, so it counts only where the row can be a header.
        short = bool(rows) and all(len(spec.text) <= 80 for spec in rows[0]) and len(rows) > 1 and len(rows[0]) > 2
        add_table(self._builder, rows, header_rows=1 if marked and short else None, page=self._number)

    def _add_diagram(self, name: str) -> None:
        root = self._package.read_xml(name)
        for point in root.iter(_POINT) if root is not None else ():
            self._builder.item(" ".join(_text(p) for p in point.iter(f"{_A}p")), 1, "•", page=self._number)

    def _add_chart(self, name: str) -> None:
        root = self._package.read_xml(name)
        title = next(root.iter(_CHART_TITLE), None) if root is not None else None
        if title is not None:
            self._builder.caption(" ".join(_text(p) for p in title.iter(f"{_A}p")), page=self._number)

    def _add_notes(self) -> None:
        name = next((r.target for r in self._relations.values() if r.kind == "notesSlide"), "")
        root = self._package.read_xml(name)
        for shape in root.iter(f"{_P}sp") if root is not None else ():
            if _placeholder(shape) in ("body", "obj"):
                for paragraph in shape.iter(f"{_A}p"):
                    self._builder.note(_text(paragraph), page=self._number)


def _placeholder(shape: etree._Element) -> str:
    """Return the kind of a placeholder ("obj" where it names none), or "" for any other shape."""
    mark = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    if mark is None:
        mark = shape.find(f"{_P}nvGraphicFramePr/{_P}nvPr/{_P}ph")
    return mark.get("type", "obj") if mark is not None else ""


def _is_hidden(shape: etree._Element) -> bool:
    properties = shape.find("*/" + f"{_P}cNvPr")
    return properties is not None and properties.get("hidden") in ("1", "true")


def _text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for part in paragraph.iter(f"{_A}t", f"{_A}br"):
        parent = part.getparent()
        if parent is not None and parent.tag == f"{_A}fld" and parent.get("type") == "slidenum":
            continue
        pieces.append("\v" if part.tag == f"{_A}br" else part.text or "")
    return "".join(pieces)


def _find_label(properties: etree._Element | None, level: int, numbers: dict[int, int], *, in_list: bool) -> str:
    """Return the bullet or number of a paragraph, "" where it has none; `numbers` counts on."""
    if properties is not None and properties.find(f"{_A}buNone") is not None:
        return ""
    auto = properties.find(f"{_A}buAutoNum") if properties is not None else None
    for deeper in [at for at in numbers if at > level]:
        del numbers[deeper]
    if auto is not None:
        kind = auto.get("type", "arabicPeriod")
        numbers[level] = numbers.get(level, _to_int(auto.get("startAt")) - 1 if auto.get("startAt") else 0) + 1
        number = format_number(
            numbers[level], next((style for key, style in _AUTO.items() if kind.startswith(key)), "1")
        )
        return (
            f"({number})" if kind.endswith("ParenBoth") else f"{number})" if kind.endswith("ParenR") else f"{number}."
        )
    numbers.pop(level, None)
    char = properties.find(f"{_A}buChar") if properties is not None else None
    if char is not None:
        sign = char.get("char", "•")
        return sign if is_bullet(sign) and sign.isprintable() and sign.strip() else "•"
    return "•" if in_list or level else ""


def _find_cell(cell: etree._Element) -> CellSpec:
    paragraphs = [_text(paragraph) for paragraph in cell.iter(f"{_A}p")]
    runs = [run for run in cell.iter(f"{_A}rPr") if (run.getparent().findtext(f"{_A}t") or "").strip()]
    return CellSpec(
        "\n".join(paragraphs),
        row_span=_to_int(cell.get("rowSpan")) or 1,
        column_span=_to_int(cell.get("gridSpan")) or 1,
        bold=bool(runs) and all(run.get("b") in ("1", "true") for run in runs),
    )


def _to_int(value: str | None) -> int:
    return int(value) if value and value.lstrip("-").isdecimal() else 0
