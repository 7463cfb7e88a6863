"""Text in XML: escaped, and without the characters that XML cannot hold."""

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """Return `text` with U+FFFD for each character that XML 1.0 forbids."""
    return _FORBIDDEN.sub("\ufffd", text)


def element(text: str) -> str:
    """Return text to stand between tags."""
    return escape(clean(text), {"\r": "&#13;"})


def attribute(text: str) -> str:
    """Return text with the quotes of an attribute around it."""
    return quoteattr(clean(text))
