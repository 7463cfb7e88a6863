"""Pages a second of the PDF reader beside bare pypdfium2 on the same files, and peak memory, in one run.

`python bench/pdf.py FILE_OR_FOLDER...`: the reader gives passages in reading order with tables and headings; the bare
loop asks pypdfium2 for each page's text and does nothing with it. CPU time of one process each, the best of several
turns taken alternately, so that a busy machine harms both alike.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pypdfium2

from graph.errors import UnreadableDocument
from ingest.readers.limits import ReadLimits
from ingest.readers.pdf import read_pdf


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("paths", nargs="+", type=Path)
    arguments.add_argument("--turns", type=int, default=3)
    arguments.add_argument("--peak", choices=("reader", "bare"), help="run one side once and print its peak memory")
    options = arguments.parse_args()
    files = [path.read_bytes() for path in find_files(options.paths)]
    if options.peak:
        (read_all if options.peak == "reader" else read_bare)(files)
        print(find_peak_kb() // 1024)
        return
    pages = read_bare(files)
    times: dict[str, list[float]] = {"bare pypdfium2": [], "reader": []}
    for _ in range(options.turns):
        times["bare pypdfium2"].append(measure(read_bare, files))
        times["reader"].append(measure(read_all, files))
    best = {name: pages / min(seconds) for name, seconds in times.items()}
    print(f"{len(files)} files, {pages} pages")
    for name, rate in best.items():
        print(f"{name:16} {rate:8.0f} pages/s  {1000 / rate:6.2f} ms/page")
    print(f"ratio            {best['reader'] / best['bare pypdfium2']:8.2f}")
    for side in ("bare", "reader"):
        print(f"peak memory, {side:7} {peak(side, options.paths):5} MB")


def find_files(paths: list[Path]) -> Iterator[Path]:
    """Give the PDF files in `paths`, folders one level deep, by name."""
    for path in paths:
        yield from sorted(path.glob("*.pdf")) if path.is_dir() else [path]


def read_bare(files: list[bytes]) -> int:
    """Ask pypdfium2 for the text of every page; return the number of pages."""
    pages = 0
    for content in files:
        document = pypdfium2.PdfDocument(content)
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range()
            textpage.close()
            page.close()
            pages += 1
        document.close()
    return pages


def read_all(files: list[bytes]) -> int:
    """Read every file to passages, in this process; return the number of passages."""
    passages = 0
    for content in files:
        try:
            passages += len(read_pdf(content, "bench.pdf", ReadLimits(), isolate=False).passages)
        except UnreadableDocument:
            continue
    return passages


def measure(read: Callable[[list[bytes]], int], files: list[bytes]) -> float:
    """Return the CPU seconds of one turn."""
    start = time.process_time()
    read(files)
    return time.process_time() - start


def find_peak_kb() -> int:
    """Return the peak memory of this process; `ru_maxrss` would count the one that started it, on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def peak(side: str, paths: list[Path]) -> int:
    """Return the peak memory in MB of a process that does one side alone; the files themselves count."""
    command = [sys.executable, __file__, "--peak", side, *map(str, paths)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
