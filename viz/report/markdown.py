"""A report as Markdown with footnotes, for a wiki or a message."""

import re

from viz.report.model import Bullets, Heading, Line, Matrix, Notes, Paragraph, Part, Report, Table


def to_markdown(report: Report) -> str:
    """Return the report as Markdown; what a document says is escaped, so that it cannot become markup."""
    notes = Notes()
    blocks = [f"# {_escape(report.title)}", _escape(report.subtitle)]
    blocks += [_part(part, notes) for part in report.parts]
    blocks.append("## Documents")
    blocks.append("\n".join(f"- {_escape(_source(item.title, item.genre, item.published))}" for item in report.sources))
    blocks.append(f"Made from data version {report.version}.")
    blocks += [
        f"[^{number}]: {f'“{_escape(quote)}” ' if quote else ''}{_escape(source)}"
        for number, quote, source in notes.iter_texts()
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _part(part: Part, notes: Notes) -> str:
    match part:
        case Heading():
            return f"{'#' * (part.level + 1)} {_escape(part.text)}"
        case Paragraph():
            return f"*{_line(part.line, notes)}*" if part.quiet else _line(part.line, notes)
        case Bullets():
            return "\n".join(f"- {_line(item, notes)}" for item in part.items)
        case Table():
            rows = [[_line(line, notes) for line in row] for row in part.rows]
            return _table([_escape(head) for head in part.heads], rows)
        case Matrix():
            return f"*{_escape(part.caption)}*\n\n{_matrix(part)}"


def _matrix(matrix: Matrix) -> str:
    rows = []
    for group, members in matrix.groups():
        rows.append([f"**{_escape(group)}**", *[""] * len(matrix.columns)])
        for row in members:
            rows.append([_escape(row.label), *("–" if cell.count is None else str(cell.count) for cell in row.cells)])
    return _table(["", *(_escape(name) for name in matrix.columns)], rows)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _line(line: Line, notes: Notes) -> str:
    pieces = []
    for run in line:
        text = _escape(run.text)
        bare = text.strip()
        pieces.append(text.replace(bare, f"**{bare}**", 1) if run.strong and bare else text)
        pieces += [f"[^{notes.add(note)[0]}]" for note in run.notes]
    return "".join(pieces)


def _source(title: str, genre: str, published: str) -> str:
    tail = ", ".join(word for word in (genre, published) if word)
    return f"{title} ({tail})" if tail else title


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split(" ")).replace("\n", " "))
