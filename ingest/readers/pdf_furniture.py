"""What is printed on pages but is not their text: running headers and footers, page numbers, contents lists."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.readers.pdf_model import Line, PageContent, Run

_ZONE = 0.11  # of the page's height, at top and bottom
_CLEAR = 2.5  # letter sizes between a running line and the text
_NUMBER = re.compile(r"(?:page\s*)?[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_TITLE_SHARE = 0.4  # of the pages: a title may stand on left pages alone, a chapter's runs on fewer
_ENDS_IN_PAGE = re.compile(r"(?:^|\s)(?:\d{1,3}|[ivxlc]{1,5})$")
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?|list of (?:figures|tables|boxes)", re.IGNORECASE)


def drop_furniture(pages: Sequence[PageContent]) -> list[str]:
    """Take running headers, footers and page numbers out of `pages`; return what ran on most of them, oftenest first.

    Words near the top or bottom edge are furniture where they come again, but for their numbers, at the same height on
    at least three pages (two of a document of up to five), or are a page number alone with nothing beyond them."""
    seen: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for page in pages:
        for run in _at_edges(page):
            if run.mark or not any(letter.isalpha() for letter in run.text):
                continue  # notes may come again; numbers of paragraphs look the same as those of pages
            seen[_key(run)][round(run.base / 6)].add(page.number)
    least = 3 if len(pages) > 5 else 2
    titles: Counter[str] = Counter()
    for page in pages:
        gone = {
            id(run) for run in _at_edges(page) if not run.mark and _repeats(seen[_key(run)], round(run.base / 6), least)
        }
        titles.update({" ".join(run.text.split()) for run in page.runs if id(run) in gone and _is_title(run.text)})
        kept = [run for run in page.runs if id(run) not in gone]
        page.runs = _without_page_numbers(_without_numbered_edge(kept, page), page)
    often = [title for title in titles if titles[title] >= _TITLE_SHARE * len(pages)]
    return sorted(often, key=lambda title: (-titles[title], title))


def _is_title(text: str) -> bool:
    """Say whether a running line may be the paper's title: a few words, the long ones of its beginning in capitals."""
    if _NUMBER.fullmatch(text.strip()):
        return False
    words = [word for word in text.split() if word[0].isalpha()]
    return (
        2 <= len(words) <= 14 and all(word[0].isupper() for word in words[:3] if len(word) > 3) and text[-1] not in ".;"
    )


def _at_edges(page: PageContent) -> list[Run]:
    zone = _ZONE * page.height
    return [run for run in page.runs if run.base < zone or run.base > page.height - zone]


def _key(run: Run) -> str:
    return _DIGITS.sub("#", " ".join(run.text.lower().split()))


def _repeats(heights: dict[int, set[int]], height: int, least: int) -> bool:
    pages = heights.get(height, set()) | heights.get(height - 1, set()) | heights.get(height + 1, set())
    return len(pages) >= least


def _without_numbered_edge(runs: list[Run], page: PageContent) -> list[Run]:
    """Take out a line of small letters that ends in a page number, at the very top or bottom and clear of the text."""
    zone = _ZONE * page.height
    for is_top in (True, False):
        if not runs:
            return runs
        edge = min(runs, key=lambda run: run.base) if is_top else max(runs, key=lambda run: run.base)
        row = sorted((run for run in runs if abs(run.base - edge.base) < 3), key=lambda run: run.x0)
        others = [abs(run.base - edge.base) for run in runs if run not in row]
        clear = min(others, default=page.height) > _CLEAR * edge.size
        near = edge.base < zone if is_top else edge.base > page.height - zone
        numbered = _NUMBER.fullmatch(row[-1].text) or (is_top and _NUMBER.fullmatch(row[0].text))
        if near and clear and numbered and 1 < len(row) <= 4 and sum(len(run.text) for run in row) < 120:
            runs = [run for run in runs if run not in row]
    return runs


def _without_page_numbers(runs: list[Run], page: PageContent) -> list[Run]:
    zone = _ZONE * page.height
    kept: list[Run] = []
    for run in runs:
        if _NUMBER.fullmatch(run.text.strip()):
            is_top = run.base < zone and not any(o.base < run.base - 2 for o in runs)
            is_bottom = run.base > page.height - zone and not any(o.base > run.base + 2 for o in runs)
            alone = not any(abs(o.base - run.base) < 2 and o is not run and not _NUMBER.fullmatch(o.text) for o in runs)
            if (is_top or is_bottom) and alone:
                continue
        kept.append(run)
    return kept


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page but for a contents list: leaders, or page numbers at most line ends under a title."""
    titles = [index for index, line in enumerate(lines) if is_contents_title(line.text)]
    first = titles[0] if titles else 0
    entries = [index for index in range(first, len(lines)) if _LEADER.search(lines[index].text)]
    if len(entries) < 3:
        entries = [index for index in range(first, len(lines)) if _is_entry(lines[index], bool(titles))]
        if len(entries) < 3 or len(entries) < 0.4 * (entries[-1] + 1 - max(first, entries[0])):
            return list(lines)
    start = min(first, entries[0]) if titles else entries[0]
    return [line for index, line in enumerate(lines) if not start <= index <= entries[-1]]


def _is_entry(line: Line, is_titled: bool) -> bool:
    if len(line.text) > 160 or not _ENDS_IN_PAGE.search(line.text):
        return False
    return is_titled or (line.tail.isdigit() and line.gaps > 0)


def is_contents_title(text: str) -> bool:
    """Say whether these words are the title of a contents list."""
    return bool(_CONTENTS.fullmatch(text.strip()))
