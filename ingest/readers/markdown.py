"""Markdown: rendered to HTML and read as such, so that lists, tables and embedded HTML have one reader."""

import re
from collections.abc import Mapping, Sequence
from html import escape

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from graph.model import ReadDocument
from ingest.readers.builder import PassageBuilder
from ingest.readers.html import add_html
from ingest.readers.html_page import parse_html
from ingest.readers.limits import ReadLimits

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)\n?", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?!:)")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_KEYS = {
    "title": ("title",),
    "date": ("date", "published", "publication_date", "date_published", "issued"),
    "author": ("author", "authors", "publisher"),
    "status": ("status",),
    "address": ("address", "url", "source", "canonical"),
}
_LONGEST_FRONT_MATTER = 20_000


def read_markdown(text: str, content: bytes, source: str, limits: ReadLimits) -> ReadDocument:
    """Return the document of a decoded Markdown text: CommonMark with tables, front matter and footnotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    metadata, text = _split_front_matter(text)
    text, notes = _split_notes(text)
    renderer = MarkdownIt("commonmark", {"maxNesting": limits.max_depth}).enable(["table", "strikethrough"])
    renderer.add_render_rule("code_block", _render_indented)
    builder = PassageBuilder(content, source, "markdown", limits)
    rendered = renderer.render(text)
    if rendered.strip():
        add_html(builder, parse_html(rendered, source, limits), trusted=True)
    for label, note in notes:
        builder.note(parse_html(f"<p>{renderer.renderInline(note)}</p>", source, limits).text_content(), label=label)
    return builder.finish(metadata)


def _render_indented(
    _renderer: object, tokens: Sequence[Token], at: int, _options: object, _environment: object
) -> str:
    """In papers, what CommonMark takes for indented code is indented prose, or HTML behind a blank line."""
    text = tokens[at].content
    return text if text.lstrip().startswith("<") else f"<p>{escape(text)}</p>"


def _split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    match = _FRONT_MATTER.match(text)
    if not match or len(match[1]) > _LONGEST_FRONT_MATTER:
        return {}, text
    try:
        # Scalars stay as they are written: "2019-09" is no number and no date object. No aliases, so no expansion.
        data = yaml.load(match[1], Loader=_Scalars) if "&" not in match[1] or "*" not in match[1] else None
    except yaml.YAMLError:
        return {}, text[match.end() :]
    if not isinstance(data, dict):
        return {}, text[match.end() :] if data is not None else text
    found = {}
    for key, names in _KEYS.items():
        values = (data.get(name) for name in names)
        found[key] = next((_to_text(value) for value in values if value), "")
    return found, text[match.end() :]


class _Scalars(yaml.BaseLoader):
    """Reads every scalar as its text; makes no objects."""


def _to_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if isinstance(item, str))
    return value.strip() if isinstance(value, str) else ""


def _split_notes(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Take footnote definitions and their marks out of the text; code blocks are left alone."""
    if "[^" not in text or _FENCE.search(text):
        return text, []
    notes = [(match[1], " ".join(match[2].split())) for match in _NOTE.finditer(text)]
    labels = {label for label, _ in notes}
    text = _NOTE.sub("", text)
    return _NOTE_MARK.sub(lambda mark: "" if mark.group()[2:-1] in labels else mark.group(), text), notes
