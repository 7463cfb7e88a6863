"""Cut the pages that `tests/data/real` has gold for out of public papers, which are not part of the project.

`python -m bench.real_pages OUT --papers FOLDER` takes the papers that somebody has put into FOLDER under the names of
`tests/data/real/pages.toml` and writes one document for each gold file to OUT, the same bytes each time. It fetches
nothing: papers that are missing are named, with the place where they come from. Then
`strategy-graph evaluate --gold tests/data/real/gold --documents OUT` measures. Exit 0: all written; 1: none; 3: some.
"""

import argparse
import hashlib
import io
import re
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parents[1]
LIST = ROOT / "tests" / "data" / "real" / "pages.toml"
# What PDFium writes anew on each run: the clock, and a random name of the file, twice.
_CLOCK = re.compile(rb"(/CreationDate ?\(D:)\d{14}")
_NAMES = re.compile(rb"(/ID ?\[)<[0-9A-Fa-f]{32}><[0-9A-Fa-f]{32}>")


@dataclass(frozen=True, slots=True)
class Paper:
    """A public paper: what it is, who published it, on what terms, and where it can be had."""

    title: str
    publisher: str
    date: str
    licence: str
    repository: str
    commit: str
    path: str
    file: str = ""

    @property
    def file_name(self) -> str:
        """Name to look for: `file`, else the last part of `path`."""
        return self.file or self.path.rpartition("/")[2]

    def __str__(self) -> str:
        where = f"GitHub repository {self.repository} at commit {self.commit}, {self.path}"
        return f"{self.file_name}\n    {self.title} ({self.publisher}, {self.date}; {self.licence})\n    from {where}"


@dataclass(frozen=True, slots=True)
class Cut:
    """A document to be made of a paper: some `pages`, counted from 1, or the first `lines` of one in Markdown."""

    stem: str
    paper: Paper
    pages: tuple[int, ...] = ()
    lines: int = 0

    @property
    def file_name(self) -> str:
        return self.stem + Path(self.paper.file_name).suffix


def load_cuts(path: Path = LIST) -> tuple[Cut, ...]:
    """Read the list of papers and cuts, in its order; KeyError or TypeError where an entry lacks or misspells a key."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    papers = {name: Paper(**row) for name, row in raw["papers"].items()}
    return tuple(
        Cut(stem, papers[row["paper"]], tuple(row.get("pages", ())), row.get("lines", 0))
        for stem, row in raw["cuts"].items()
    )


def cut_pages(content: bytes, pages: Sequence[int]) -> bytes:
    """Return a PDF of these pages, counted from 1, with their layout; the same bytes each time."""
    held = io.BytesIO()
    with pypdfium2.PdfDocument(content) as whole:
        part = pypdfium2.PdfDocument.new()
        part.import_pages(whole, [page - 1 for page in pages])
        part.save(held)
        part.close()
    return _settle(held.getvalue())


def _settle(content: bytes) -> bytes:
    """Return a PDF with a fixed date, named by the rest of what it holds: one document, one id, whoever cuts it."""
    undated = _CLOCK.sub(rb"\g<1>20000101000000", content)
    name = b"<%s>" % hashlib.md5(_NAMES.sub(rb"\1", undated), usedforsecurity=False).hexdigest().upper().encode()
    return _NAMES.sub(rb"\g<1>" + name * 2, undated)


def cut_all(cuts: Sequence[Cut], papers: Path, out: Path) -> tuple[list[Cut], dict[Paper, list[Cut]]]:
    """Write what can be cut of the papers in a folder; return it, and the missing papers with their cuts."""
    done: list[Cut] = []
    missing: dict[Paper, list[Cut]] = {}
    for cut in cuts:
        source = papers / cut.paper.file_name
        if not source.is_file():
            missing.setdefault(cut.paper, []).append(cut)
            continue
        content = source.read_bytes()
        lines = content.splitlines(keepends=True)[: cut.lines]
        (out / cut.file_name).write_bytes(cut_pages(content, cut.pages) if cut.pages else b"".join(lines))
        done.append(cut)
    return done, missing


def describe_missing(missing: dict[Paper, list[Cut]], papers: Path) -> str:
    """Return in plain words which papers a folder lacks, where each comes from and what needs it; "" for none."""
    if not missing:
        return ""
    entries = [f"  {paper}\n    for {', '.join(cut.stem for cut in cuts)}" for paper, cuts in missing.items()]
    noun = "paper is" if len(missing) == 1 else "papers are"
    return "\n".join([f"{len(missing)} {noun} not in {papers}; put them there under these names:", *entries])


def main(arguments: Sequence[str] | None = None) -> int:
    """Cut what the folder of papers allows and say what is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.real_pages", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the documents; it is made where it is not there")
    parser.add_argument("--papers", type=Path, required=True, metavar="FOLDER", help="folder with the whole papers")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    done, missing = cut_all(load_cuts(), options.papers, options.out)
    print(f"{len(done)} documents written to {options.out}")
    if missing:
        print(describe_missing(missing, options.papers), file=sys.stderr)
    return 0 if not missing else 3 if done else 1


if __name__ == "__main__":
    sys.exit(main())
