"""How fast documents become a graph, beside plainer pipelines on the same texts and bare PDF text.

`python -m bench.extraction` measures the bundled corpus, `python -m bench.extraction PATH...` other documents; with
`--write docs/performance.md` the figures and the machine go into that page. Everything is warm: each pipeline reads the
texts once before its best of fifteen runs counts; models, registers and an empty store are there before the clock
starts. The pipelines take turns, so that what else the machine does meets all alike. Ratios say more than figures: both
sides come from one run.
"""

import argparse
import os
import platform
import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from graph.stores.base import Store
    from ingest.registers import Registers

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus" / "documents"
RUNS = 15
SWITCH_S = 0.0001
SUFFIXES = frozenset({".txt", ".md", ".html", ".docx", ".pptx", ".pdf"})
WORDS_GOAL, PAGES_GOAL = 3.0, 0.5
BEGIN = "<!-- figures: begin (written by `python -m bench.extraction --write`) -->"
END = "<!-- figures: end -->"


@dataclass(frozen=True, slots=True)
class Speed:
    """So many units of work in the best run."""

    name: str
    units: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.units / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Bench:
    """All figures of one run."""

    documents: int
    words: int
    texts: tuple[Speed, ...]  # the product first, the ner pipeline last
    pages: tuple[Speed, ...]  # the product, then bare PDFium; empty without a PDF
    stages: tuple[tuple[str, float], ...]  # share of the product's time
    peak_mib: float

    @property
    def words_ratio(self) -> float:
        return self.texts[0].rate / self.texts[-1].rate

    @property
    def pages_ratio(self) -> float | None:
        return self.pages[0].rate / self.pages[1].rate if self.pages else None


def run_bench(paths: Sequence[Path], *, runs: int = RUNS) -> Bench:
    """Measure everything on the documents at `paths`; the best of `runs` counts."""
    from api.ingestion import Tally, load_outcomes
    from api.runtime import Runtime
    from api.settings import Settings
    from ingest.readers import read_document

    runtime = Runtime(Settings())
    extractor = runtime.extractor
    reads = [read_document(path.read_bytes(), path.name) for path in paths]
    texts = [passage.text for read in reads for passage in read.passages]
    words = sum(len(text.split()) for text in texts)

    def whole_path() -> float:
        with _temporary_store() as store:
            return _seconds(lambda: load_outcomes(store, map(extractor.extract, reads), tally=Tally()))

    works: list[Work] = [("text to committed graph", whole_path)]
    works += [(name, partial(_seconds, partial(_drain, pipe, texts))) for name, pipe in _pipelines(runtime.registers)]
    speeds = _best_of(words, works, runs)
    with _sampled() as stages:
        for _ in range(runs):
            whole_path()
    pdfs = [path for path in paths if path.suffix == ".pdf"]
    return Bench(
        documents=len(paths),
        words=words,
        texts=speeds,
        pages=_page_speeds(pdfs, runs) if pdfs else (),
        stages=_shares(stages),
        peak_mib=_peak_memory(paths),
    )


Work = tuple[str, Callable[[], float]]  # its name, and what does it and returns the seconds it took


def _best_of(units: int, works: Sequence[Work], runs: int) -> tuple[Speed, ...]:
    """Run all works in turn, `runs` times and once before; return the best of each."""
    rounds = [[work() for _, work in works] for _ in range(runs + 1)]
    return tuple(
        Speed(name, units, min(seconds))
        for (name, _), seconds in zip(works, zip(*rounds[1:], strict=True), strict=True)
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def _temporary_store() -> Iterator["Store"]:
    """Give a new store on disk."""
    from graph.stores import open_store

    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/bench.db") as store:
        yield store


Pipe = Callable[[Sequence[str]], Iterator[object]]


def _pipelines(registers: "Registers") -> Iterator[tuple[str, Pipe]]:
    """Yield plainer spaCy pipelines by name: tokenizer, tokenizer and names, tok2vec and ner of stock size."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank("en")
    yield "spaCy, blank tokenizer", blank.pipe
    names = sorted({name for row in registers.rows.values() for name in (row.name, *row.aliases)})
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("name", [blank.make_doc(name) for name in names])
    matched = f"spaCy, PhraseMatcher of the {len(names):,} register names"
    yield matched, lambda texts: (matcher(doc) for doc in blank.pipe(texts))
    yield "spaCy, tok2vec and ner of stock size, untrained", _build_ner().pipe


def _build_ner() -> "Language":
    """Return `ner` as spaCy builds it by itself (HashEmbedCNN, width 96, depth 4) with the labels of its models."""
    import spacy
    from spacy.training import Example

    labels = (
        "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT QUANTITY TIME "
        "WORK_OF_ART"
    )
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [
        Example.from_dict(nlp.make_doc("One two three"), {"entities": [(4, 7, label)]}) for label in labels.split()
    ]
    nlp.initialize(lambda: examples)
    return nlp


def _drain(pipe: Pipe, texts: Sequence[str]) -> None:
    for _ in pipe(texts):
        pass


def _page_speeds(pdfs: Sequence[Path], runs: int) -> tuple[Speed, Speed]:
    """Return pages a second of our reader and of PDFium's text alone."""
    import pypdfium2

    from ingest.readers import read_document

    contents = [(path.name, path.read_bytes()) for path in pdfs]

    def read_bare() -> int:
        count = 0
        for _, content in contents:
            pdf = pypdfium2.PdfDocument(content)
            for page in pdf:
                text = page.get_textpage()
                text.get_text_range()
                text.close()
                page.close()
                count += 1
            pdf.close()
        return count

    def read_ours() -> None:
        for name, content in contents:
            read_document(content, name)

    works: list[Work] = [
        ("PDF to passages and tables", partial(_seconds, read_ours)),
        ("pypdfium2, bare text", partial(_seconds, read_bare)),
    ]
    ours, bare = _best_of(read_bare(), works, runs)
    return ours, bare


@contextmanager
def _sampled() -> Iterator[Counter[str]]:
    """Count, every few milliseconds, which of our packages this thread is in while the block runs.

    Python hands over to the sampler at once, not when the thread next waits for the disk, which would count too often.
    """
    counts: Counter[str] = Counter()
    thread_id, stop = threading.get_ident(), threading.Event()

    def sample() -> None:
        while not stop.wait(0.002):
            frame = sys._current_frames().get(thread_id)
            while frame is not None:
                stage = _stage(frame.f_code.co_filename)
                if stage:
                    counts[stage] += 1
                    break
                frame = frame.f_back

    sampler = threading.Thread(target=sample, daemon=True)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    sampler.start()
    try:
        yield counts
    finally:
        sys.setswitchinterval(interval)
        stop.set()
        sampler.join()


def _stage(filename: str) -> str:
    """Return the stage whose code a file is: `ingest/names`, `graph/stores`, ...; "" for code that is not ours."""
    try:
        parts = Path(filename).relative_to(ROOT).with_suffix("").parts
    except ValueError:
        return ""
    return "/".join(parts[:2]) if parts[0] in ("ingest", "graph") else ""


def _shares(counts: Counter[str]) -> tuple[tuple[str, float], ...]:
    total = sum(counts.values()) or 1
    return tuple(
        (stage, count / total) for stage, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _peak_memory(paths: Sequence[Path]) -> float:
    """Return the greatest memory, in MiB, of a new process that takes every document from bytes to the store."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_run_whole, [str(path) for path in paths]).result()


def _run_whole(paths: Sequence[str]) -> float:
    from api.ingestion import Tally, load_outcomes
    from api.runtime import Runtime
    from api.settings import Settings

    extractor = Runtime(Settings()).extractor
    batches = (extractor.extract_file(path.read_bytes(), path.name) for path in map(Path, paths))
    with _temporary_store() as store:
        load_outcomes(store, batches, tally=Tally())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def format_bench(bench: Bench) -> str:
    """Return the figures as Markdown tables with the goals and the machine."""
    slowest = bench.texts[-1].rate
    lines = [f"{bench.documents} documents, {bench.words:,} words, {_machine()}.", ""]
    lines += ["| on the same texts | words a second | times the ner pipeline |", "|---|---:|---:|"]
    lines += [f"| {speed.name} | {speed.rate:,.0f} | {speed.rate / slowest:.1f} |" for speed in bench.texts]
    if bench.pages:
        bare = bench.pages[1].rate
        lines += ["", f"| {bench.pages[0].units} PDF pages | pages a second | times bare PDFium |", "|---|---:|---:|"]
        lines += [f"| {speed.name} | {speed.rate:,.0f} | {speed.rate / bare:.2f} |" for speed in bench.pages]
    lines += ["", "| stage of text to committed graph | share of time |", "|---|---:|"]
    lines += [f"| `{stage}` | {share:.0%} |" for stage, share in bench.stages if share >= 0.005]
    lines += [
        "",
        f"Peak memory of the whole path in a process of its own: {bench.peak_mib:,.0f} MiB.",
        "",
        _goals(bench),
    ]
    return "\n".join(lines) + "\n"


def _goals(bench: Bench) -> str:
    words = f"at least {WORDS_GOAL:g} times the ner pipeline's words: {_met(bench.words_ratio, WORDS_GOAL)}"
    if bench.pages_ratio is None:
        return f"Goals: {words}."
    return f"Goals: {words}; at least {PAGES_GOAL:g} of bare PDFium's pages: {_met(bench.pages_ratio, PAGES_GOAL)}."


def _met(value: float, goal: float) -> str:
    return f"{'met' if value >= goal else 'not met'} ({value:.2f})"


def _machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = named[0] if named else cpu
    versions = f"Python {platform.python_version()}, spaCy {metadata.version('spacy')}"
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, {versions}, one process"


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """Return the documents at `paths` and in folders there that can be read, in order."""
    found = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return [file for file in found if file.is_file() and file.suffix in SUFFIXES and _is_readable(file)]


def _is_readable(path: Path) -> bool:
    """Say whether a document can be read; one that cannot (a scan) is named on standard error and left out."""
    from graph.errors import UnreadableDocument
    from ingest.readers import read_document

    try:
        read_document(path.read_bytes(), path.name)
    except UnreadableDocument as error:
        print(error, file=sys.stderr)
        return False
    return True


def _write(page: Path, figures: str) -> None:
    text = page.read_text(encoding="utf-8") if page.exists() else "# Performance\n"
    part = f"{BEGIN}\n\n{figures}\n{END}"
    before, begin, rest = text.partition(BEGIN)
    whole = before + part + rest.partition(END)[2] if begin else f"{text.rstrip()}\n\n{part}\n"
    page.write_text(whole, encoding="utf-8")


def main() -> None:
    """Measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[CORPUS], help="documents or folders")
    parser.add_argument("--write", type=Path, metavar="FILE", help="page whose figures are renewed")
    arguments = parser.parse_args()
    documents = find_documents(arguments.paths)
    if not documents:
        parser.error(f"no documents at {', '.join(map(str, arguments.paths))}")
    figures = format_bench(run_bench(documents))
    print(figures)
    if arguments.write:
        _write(arguments.write, figures)


if __name__ == "__main__":
    main()
