"""Small helpers of the sentences that answers are written in."""

from collections.abc import Iterable


def join(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun: "1 document", "2 documents"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def upper(text: str) -> str:
    """Return a text with its first letter in capitals."""
    return text[:1].upper() + text[1:]


def on_one_line(text: str) -> str:
    """Return a text of several points on one line, parted by semicolons."""
    points = [" ".join(line.split()) for line in text.splitlines()]
    return "; ".join(
        point.rstrip(";,") if place < len(points) - 1 else point for place, point in enumerate(points) if point
    )


def shorten(text: str, limit: int = 160) -> str:
    """Return a text on one line, cut at a word with an ellipsis where it is longer than `limit` characters."""
    line = on_one_line(text)
    return line if len(line) <= limit else f"{line[: limit - 1].rsplit(' ', 1)[0]} …"
