"""What the style and numbering parts of a Word file say of its paragraphs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.marks import format_number
from ingest.readers.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift)\s*([1-9])$", re.IGNORECASE
)
_LIST_NAME = re.compile(r"list (bullet|number)(?: (\d))?$", re.IGNORECASE)
_MOST_PARENTS = 20
_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it takes over from those it is based on."""

    name: str = ""
    heading: int = 0  # 1 to 9, or 0
    number: tuple[str, int] | None = None  # numbering id and level
    bold: bool = False
    hidden: bool = False

    @property
    def list_kind(self) -> tuple[str, int] | None:
        """Return ("bullet" or "number", level) of a list style, which may carry no numbering of its own."""
        match = _LIST_NAME.match(self.name)
        return (match[1].lower(), int(match[2] or 1)) if match else None


@dataclass(slots=True)
class Numbering:
    """The numbering definitions, and the count so far in each list."""

    formats: Mapping[tuple[str, int], tuple[str, str, int]]  # (id, level) -> format, text, start
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def find_label(self, number_id: str, level: int) -> str:
        """Return the label of the next paragraph of this list; "•" for any bullet, "" where nothing is printed."""
        kind, text, start = self.formats.get((number_id, level), ("bullet", "", 1))
        self._counts[number_id, level] = self._counts.get((number_id, level), start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == number_id and key[1] > level]:
            del self._counts[deeper]
        if kind == "bullet":
            return "•"
        if kind == "none":
            return ""

        def count(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form, _, first = self.formats.get((number_id, at), (kind, "", 1))
            return format_number(self._counts.get((number_id, at), first), _FORMATS.get(form, "1"))

        return re.sub(r"%(\d)", count, text).strip()


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a file; a template brings hundreds, so each is made out when it is met."""

    raw: Mapping[str, etree._Element]
    default: str = ""
    _known: dict[str, Style] = field(default_factory=dict)

    def find_style(self, style_id: str) -> Style:
        """Return the style of this id; the default one for "" and for an unknown id."""
        if style_id not in self.raw:
            style_id = self.default
        if style_id not in self._known:
            self._known[style_id] = _resolve(style_id, self.raw) if style_id in self.raw else Style()
        return self._known[style_id]


def read_styles(package: Package) -> Styles:
    """Return the styles of the file."""
    root = package.read_xml("word/styles.xml")
    elements = list(root.iterchildren(f"{W}style")) if root is not None else []
    defaults = [s for s in elements if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"]
    raw = {style.get(f"{W}styleId", ""): style for style in elements}
    return Styles(raw, defaults[0].get(f"{W}styleId", "") if defaults else "")


def _resolve(style_id: str, raw: Mapping[str, etree._Element]) -> Style:
    chain: list[etree._Element] = []
    while style_id in raw and len(chain) < _MOST_PARENTS:
        chain.append(raw[style_id])
        style_id = _value(raw[style_id].find(f"{W}basedOn"))
    names = [_value(style.find(f"{W}name")) for style in chain]
    heading = next(
        (level for style, name in zip(chain, names, strict=True) if (level := _heading_level(style, name))), 0
    )
    return Style(
        name=names[0],
        heading=heading,
        number=_find_number(chain),
        bold=next((is_on(b) for style in chain if (b := style.find(f"{W}rPr/{W}b")) is not None), False),
        hidden=any(is_on(style.find(f"{W}rPr/{W}vanish")) for style in chain),
    )


def _heading_level(style: etree._Element, name: str) -> int:
    match = _HEADING_NAME.match(name)
    if match:
        return int(match[1])
    if name.lower() in ("title", "titel", "titre"):
        return 1
    outline = _value(style.find(f"{W}pPr/{W}outlineLvl"))
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0


def _find_number(chain: list[etree._Element]) -> tuple[str, int] | None:
    level = next((v for s in chain if (v := _value(s.find(f"{W}pPr/{W}numPr/{W}ilvl")))), "0")
    number_id = next((v for s in chain if (v := _value(s.find(f"{W}pPr/{W}numPr/{W}numId")))), "0")
    return (number_id, int(level) if level.isdecimal() else 0) if number_id != "0" else None


def read_numbering(package: Package) -> Numbering:
    """Return the numbering definitions of the file."""
    root = package.read_xml("word/numbering.xml")
    formats: dict[tuple[str, int], tuple[str, str, int]] = {}
    if root is None:
        return Numbering(formats)
    abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
    for number in root.iter(f"{W}num"):
        number_id = number.get(f"{W}numId", "")
        source = abstract.get(_value(number.find(f"{W}abstractNumId")))
        levels = list(source.iter(f"{W}lvl")) if source is not None else []
        for level in [*levels, *number.iter(f"{W}lvl")]:
            at, start = level.get(f"{W}ilvl", "0"), _value(level.find(f"{W}start"))
            if at.isdecimal():
                form = _value(level.find(f"{W}numFmt")) or "decimal"
                text = _value(level.find(f"{W}lvlText"))
                formats[number_id, int(at)] = (form, text, int(start) if start.isdecimal() else 1)
    return Numbering(formats)


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def is_on(element: etree._Element | None) -> bool:
    """Return whether a switch such as <w:b/> is there and not set off."""
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off", "none")
