"""Which parts of a page are its text, which its furniture, and which nobody sees."""

import re

from lxml import html

_UNSEEN = frozenset(
    (
        *(
            "audio",
            "button",
            "canvas",
            "datalist",
            "dialog",
            "embed",
            "head",
            "iframe",
            "input",
            "map",
            "math",
            "meter",
        ),
        *("noscript", "object", "progress", "script", "select", "style", "svg", "template", "textarea", "video"),
    )
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader(?:-text|-only)?|skip(?:-?link|-?to\S*|-?nav)?|hidden|d-none|js-hidden|print-only)(?:$|\s)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|cookie-?(?:banner|bar|notice|consent|message)|global-?(?:header|bar|footer)|"
    r"site-?(?:header|footer|nav\w*|menu)|page-?footer|masthead|nav|navbar|navigation|menu|sidebar|related(?:-?\w+)?|see-?also|"
    r"feedback|share|sharing|social|pagination|pager|toc|table-of-contents|contents-list|contextual-\w+|"
    r"newsletter|subscribe|advert\w*|promo|banner|footer|phase-?banner|change-?history|publication-?updates?|print-?link)(?:$|[\s_]|--|-\d)",
    re.IGNORECASE,
)
_ROLES = frozenset(
    (
        *("alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar"),
        *("navigation", "search", "toolbar"),
    )
)
_NOTES = re.compile(r"(?:^|[\s_-])(?:fn|fns|footnotes?|endnotes?)(?:$|[\s_-])", re.IGNORECASE)
_LEAST_SHARE = 0.2  # of the body's text that a marked main part must hold to be believed


def is_unseen(element: html.HtmlElement) -> bool:
    """Return whether a reader of the page does not see `element`."""
    if element.tag in _UNSEEN or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    return _HIDDEN_CLASS.search(_names(element)) is not None


def is_furniture(element: html.HtmlElement, size: int) -> bool:
    """Return whether `element` belongs to the site and not to the text: navigation, banners, related links.

    `size` is the length of the whole text: what holds half of it is no furniture, whatever it is called."""
    tag = element.tag
    if tag in ("nav", "aside", "footer", "menu") or element.get("role") in _ROLES:
        return True
    if tag == "header":
        return element.find(".//h1") is None and not any(
            a.tag in ("main", "article", "section") for a in element.iterancestors()
        )
    if tag in ("div", "section", "ul", "ol", "p", "form", "span", "details") and _FURNITURE.search(_names(element)):
        return element.find(".//h1") is None and 2 * len(element.text_content()) <= size
    if tag == "a":
        return _FURNITURE.search(_names(element)) is not None
    return tag in ("ul", "ol") and _is_page_contents(element)


def is_note(element: html.HtmlElement) -> bool:
    """Return whether `element` holds footnotes."""
    return element.get("role") in ("doc-endnotes", "doc-footnote", "note") or _NOTES.search(_names(element)) is not None


def find_roots(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the parts that hold the text: the marked main part, else the articles, else the body."""
    body = tree.find("body")
    if body is None:
        return [tree]
    size = len(body.text_content())
    mains = body.xpath(".//main | .//*[@role='main']")
    articles = body.xpath(".//article[not(ancestor::article)]")
    for roots in (mains[:1], articles):
        if roots and sum(len(root.text_content()) for root in roots) >= _LEAST_SHARE * size:
            return list(roots)
    return [body]


def _names(element: html.HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _is_page_contents(element: html.HtmlElement) -> bool:
    """A list of links to places on the same page, and nothing else, is its contents list."""
    links = element.findall(".//a")
    if len(links) < 3 or not all(
        (link.get("href") or "").startswith("#") and len(link.get("href", "")) > 1 for link in links
    ):
        return False
    linked = sum(len(link.text_content().strip()) for link in links)
    return linked * 10 >= len("".join(element.text_content().split())) * 8
