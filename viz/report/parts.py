"""Parts that more than one report has."""

from collections.abc import Iterable, Sequence

from graph.analysis.model import Meaning
from viz.report.model import Bullets, Heading, Paragraph, Part, plain
from viz.report.words import sentence


def meaning(meanings: Iterable[Meaning], key: str) -> list[Part]:
    """Return what a list means and how it is computed as a quiet paragraph; nothing where the answer does not say."""
    return [
        Paragraph(plain(f"{sentence(item.says)} {sentence(item.computed)}".strip()), quiet=True)
        for item in meanings
        if item.name == key
    ]


def gist(meanings: Iterable[Meaning], key: str) -> list[Part]:
    """Return what a list means, without how it is computed."""
    return [Paragraph(plain(sentence(item.says)), quiet=True) for item in meanings if item.name == key]


def remarks(notes: Sequence[str], *, truncated: bool) -> list[Part]:
    """Return what a reader must bear in mind with an answer."""
    lines = [sentence(note) for note in notes]
    if truncated:
        lines.append("A limit was reached and more is there than was looked at.")
    return [Heading("To bear in mind"), Bullets(tuple(plain(text) for text in lines))] if lines else []
