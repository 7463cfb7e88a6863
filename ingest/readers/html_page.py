"""A page as a tree, bounded, and what its head says of it."""

import json
import re
from collections.abc import Mapping

from lxml import etree, html

from graph.errors import UnreadableDocument
from ingest.readers.limits import ReadLimits, over_limit

_SITE_SUFFIX = re.compile(r"\s+(?:[|–—-]|::)\s+[^|–—]{2,40}$")
_DATE_META = (
    "dcterms.date",
    "dcterms.issued",
    "dc.date",
    "dc.date.issued",
    "article:published_time",
    "datepublished",
    "date",
)
_DATE_META_LAST = (
    "govuk:first-published-at",
    "govuk:public-updated-at",
    "pubdate",
    "publish-date",
    "og:published_time",
)
_TITLE_META = ("dcterms.title", "dc.title", "citation_title", "og:title")
_AUTHOR_META = ("dcterms.creator", "dc.creator", "author", "article:author")
_ADDRESS_META = ("og:url", "dcterms.identifier", "dc.identifier")


def parse_html(text: str, source: str, limits: ReadLimits) -> html.HtmlElement:
    """Return the tree of a page.

    Raises: UnreadableDocument: it holds no element, or elements nested deeper than `limits.max_depth`."""
    # The parser refuses a declared encoding in text that is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(source, f"it is no HTML that can be read ({error})", "save the page again") from error
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.max_depth:
            raise over_limit(source, "max_depth", f"an element nested {depth} deep", limits.max_depth)
    return tree


def find_metadata(tree: html.HtmlElement) -> Mapping[str, str]:
    """Return what the head of a page says of it, and the one <time> that its text has."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        meta.setdefault(name, (element.get("content") or "").strip())
    title = " ".join((tree.findtext(".//title") or "").split())
    times = {element.get("datetime", "").strip() for element in tree.iter("time")} - {""}
    canonical = [link.get("href", "") for link in tree.iter("link") if link.get("rel") == "canonical"]
    date = (
        _first(meta, (*_DATE_META, *_DATE_META_LAST))
        or _find_linked_date(tree)
        or (times.pop() if len(times) == 1 else "")
    )
    return {
        "title": _SITE_SUFFIX.sub("", title) or _first(meta, _TITLE_META),
        "date": date,
        "author": _first(meta, _AUTHOR_META),
        "status": _first(meta, ("status", "dcterms.status")),
        "address": (canonical[0] if canonical else "") or _first(meta, _ADDRESS_META),
    }


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _find_linked_date(tree: html.HtmlElement) -> str:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict) and isinstance(data.get("datePublished"), str):
            return str(data["datePublished"])
    return ""
