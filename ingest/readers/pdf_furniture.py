"""What is printed on pages but is not their text: running headers and footers, page numbers, contents lists."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.readers.pdf_model import Line, PageContent, Run

_ZONE = 0.11  # of the page's height, at top and bottom
_CLEAR = 2.5  # letter sizes between a running line and the text
_NUMBER = re.compile(r"(?:page\s*)?[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_LETTER = re.compile(r"[^\W\d_]")
_LEADER = re.compile(r"\.\s?\.\s?\.\s?\.|……|____")
_TWO_DOTS = re.compile(r"\.\s?\.")
_TITLE_SHARE = 0.4  # of the pages: a title may stand on left pages alone, a chapter's runs on fewer
_ENDS_IN_PAGE = re.compile(r"(?:^|\s)(?:\d{1,3}|[ivxlc]{1,5})$")
_PAGE_AT_END = re.compile(r"^\d{1,3}\s+(?:\|\s+)?|\s+(?:\|\s+)?\d{1,3}$")
_CONTENTS = re.compile(r"(?=[tcl])(?:(?:table of )?contents(?: page)?|list of (?:figures|tables|boxes))", re.IGNORECASE)


def drop_furniture(pages: Sequence[PageContent]) -> list[str]:
    """Take running headers, footers and page numbers out of `pages`; return what ran on most of them, oftenest first.

    Words near the top or bottom edge are furniture where they come again, but for their numbers, at the same height on
    at least three pages (two of a document of up to five), or are a page number alone with nothing beyond them."""
    seen: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    edges = [[(run, _key(run), round(run.base / 6)) for run in _at_edges(page) if not run.mark] for page in pages]
    for page, found in zip(pages, edges, strict=True):
        for run, key, height in found:
            if _LETTER.search(run.text):  # numbers of paragraphs look the same as those of pages
                seen[key][height].add(page.number)
    least = 3 if len(pages) > 5 else 2
    titles: Counter[str] = Counter()
    for page, found in zip(pages, edges, strict=True):
        running = [run for run, key, height in found if key in seen and _repeats(seen[key], height, least)]
        if running:
            titles.update(
                {words for run in running if _is_title(words := _PAGE_AT_END.sub("", " ".join(run.text.split())))}
            )
        gone = set(map(id, running))
        kept = [run for run in page.runs if id(run) not in gone] if gone else page.runs
        page.runs = _without_page_numbers(_without_numbered_edge(kept, page), page)
    often = [title for title in titles if titles[title] >= _TITLE_SHARE * len(pages)]
    return sorted(often, key=lambda title: (-titles[title], title))


def _is_title(text: str) -> bool:
    """Say whether a running line may be the paper's title: a few words, the long ones of its beginning in capitals."""
    if not text or _NUMBER.fullmatch(text):
        return False
    words = [word for word in text.split() if word[0].isalpha()]
    return (
        2 <= len(words) <= 14 and all(word[0].isupper() for word in words[:3] if len(word) > 3) and text[-1] not in ".;"
    )


def _at_edges(page: PageContent) -> list[Run]:
    zone = _ZONE * page.height
    floor = page.height - zone
    return [run for run in page.runs if not zone <= run.base <= floor]


def _key(run: Run) -> str:
    return _DIGITS.sub("#", " ".join(run.text.lower().split()))


def _repeats(heights: dict[int, set[int]], height: int, least: int) -> bool:
    pages = heights.get(height, set()) | heights.get(height - 1, set()) | heights.get(height + 1, set())
    return len(pages) >= least


def _without_numbered_edge(runs: list[Run], page: PageContent) -> list[Run]:
    """Take out a line of small letters that ends in a page number, at the very top or bottom and clear of the text."""
    zone = _ZONE * page.height
    bases = [run.base for run in runs]
    for find_edge, is_top in ((min, True), (max, False)):
        base = find_edge(bases, default=page.height / 2)
        if zone <= base <= page.height - zone or (base < zone) != is_top:
            continue
        edge = runs[bases.index(base)]
        row = [run for run, at in zip(runs, bases, strict=True) if abs(at - base) < 3]
        if not 1 < len(row) <= 4:
            continue
        row.sort(key=lambda run: run.x0)
        numbered = _NUMBER.fullmatch(row[-1].text) or (is_top and _NUMBER.fullmatch(row[0].text))
        if numbered and sum(len(run.text) for run in row) < 120:
            others = [run for run in runs if abs(run.base - edge.base) >= 3]
            if min((abs(run.base - edge.base) for run in others), default=page.height) > _CLEAR * edge.size:
                runs = others
                bases = [run.base for run in runs]
    return runs


def _without_page_numbers(runs: list[Run], page: PageContent) -> list[Run]:
    zone = _ZONE * page.height
    floor = page.height - zone

    def is_page_number(run: Run) -> bool:
        if not _NUMBER.fullmatch(run.text.strip()):
            return False
        is_top = run.base < zone and not any(o.base < run.base - 2 for o in runs)
        is_bottom = run.base > floor and not any(o.base > run.base + 2 for o in runs)
        alone = not any(abs(o.base - run.base) < 2 and o is not run and not _NUMBER.fullmatch(o.text) for o in runs)
        return (is_top or is_bottom) and alone

    return [run for run in runs if zone <= run.base <= floor or not is_page_number(run)]


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page but for a contents list: leaders, or page numbers at most line ends under a title."""
    texts = [line.text for line in lines]
    titles = [index for index, text in enumerate(texts) if len(text) < 30 and is_contents_title(text)]
    first = titles[0] if titles else 0
    entries = [
        index
        for index, text in enumerate(texts if _may_lead("\n".join(texts)) else ())
        if (text.count(".") > 3 or "…" in text or "_" in text) and index >= first and _LEADER.search(text)
    ]
    if len(entries) < 3:
        entries = [
            index
            for index, line in enumerate(lines)
            if (titles or line.gaps) and index >= first and _is_entry(line, bool(titles))
        ]
        if len(entries) < 3 or len(entries) < 0.4 * (entries[-1] + 1 - max(first, entries[0])):
            return list(lines)
    start = min(first, entries[0]) if titles else entries[0]
    return [line for index, line in enumerate(lines) if not start <= index <= entries[-1]]


def _may_lead(text: str) -> bool:
    """Say whether there may be leaders in `text`: a few searches spare most pages those of their lines."""
    return "…" in text or "_" in text or _TWO_DOTS.search(text) is not None


def _is_entry(line: Line, is_titled: bool) -> bool:
    if not is_titled and not (line.gaps and line.tail.isdigit()):
        return False
    return len(line.text) <= 160 and bool(_ENDS_IN_PAGE.search(line.text))


def is_contents_title(text: str) -> bool:
    """Say whether these words are the title of a contents list."""
    return bool(_CONTENTS.fullmatch(text.strip()))
