"""How long a question takes as the graph grows: over HTTP from the real server, beside a bare route of equal size.

`python -m bench.questions_scale [RELATIONS ...]` fills an embedded store of each size with generated papers
(`bench.generated`), starts `strategy-graph serve` on it and asks every question with 1 and 16 clients; with
`--neo4j URI` (as `scripts/neo4j-server uri` prints it) it asks the graph there, filled by `--fill` first where it is
empty. Every question is asked once, about the papers that are the same at every size, so that answers are equally long
and none is remembered. `--write docs/performance.md` puts the tables into the page.
"""

import argparse
import http.client
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import mean, median
from threading import local
from urllib.parse import unquote, urlencode, urlsplit

from bench.generated import PROPOSITIONS, World, fill, make_world
from graph.ids import make_id
from graph.stores import open_store
from graph.stores.base import Login
from ingest.registers import load_registers

SIZES = (10_000, 100_000, 1_000_000)
CLIENTS = (1, 16)
BESIDE = 5  # areas that one is set beside
GOAL = 3.0  # times the p99 at the smallest size
BARE = """
import socket as net
import sys
import uvicorn
from fastapi import FastAPI, Response
app = FastAPI()
body = b"x" * 5_000_000
@app.get("/bare")
def bare(size: int) -> Response:
    return Response(body[:size], media_type="application/json")
config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
socket = config.bind_socket()
socket.setsockopt(net.IPPROTO_TCP, net.TCP_NODELAY, 1)
print(f"serving on http://127.0.0.1:{socket.getsockname()[1]}", file=sys.stderr, flush=True)
uvicorn.Server(config).run(sockets=[socket])
"""
BEGIN, END = "<!-- questions at scale: begin -->", "<!-- questions at scale: end -->"


@dataclass(frozen=True, slots=True)
class Timed:
    """What the answers to one question took, in milliseconds, and how long they were on average."""

    first_ms: float  # the first of its kind after the server's start
    times_ms: Sequence[float]
    size_bytes: int
    cpu_ms: float = 0.0  # that the server's process used for one, on average; what else the machine does leaves it be

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.times_ms)

    @property
    def p99(self) -> float:
        """The time that one in a hundred takes longer than."""
        ordered = sorted(self.times_ms)
        return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


def iter_questions(kind: str, world: World, seed: int) -> Iterator[str]:
    """Yield addresses of questions of a kind, no two the same, all about the papers that every size has."""
    rng = random.Random(f"{kind} {seed}")
    areas = [area.id for area in world.asked]
    propositions = [
        make_id("prop", make_id("doc", number), place) for number in range(len(areas)) for place in range(PROPOSITIONS)
    ]
    departments = [world.departments.draw(rng, 1)[0] for _ in range(40)]
    asked: set[str] = set()
    for _ in count():
        area = rng.choice(areas)
        others = ",".join(rng.sample([item for item in areas if item != area], BESIDE))
        asks: dict[str, dict[str, object]] = {
            "compare": {"area": area, "with": others},
            "precedents": {"area": area, "with": others, "limit": 50},
            "similar": {"area": area, "with": others, "limit": 50},
            "partners": {"proposition": rng.choice(propositions), "limit": rng.choice((9, 10, 11))},
            "hmg-links": {"area": area, "as_of": f"{rng.randint(2018, 2026)}-{rng.randint(1, 12):02}"},
            "paths": {"start": rng.choice(propositions), "end": rng.choice([*departments, *propositions[:40]])},
        }
        address = f"/api/v1/{kind}?{urlencode(asks[kind])}"
        if address not in asked:
            asked.add(address)
            yield address


KINDS = ("compare", "partners", "hmg-links", "precedents", "similar", "paths")


Server = tuple[str, int, int]  # host, port, process id


@contextmanager
def serving(command: Sequence[str], **environment: str) -> Iterator[Server]:
    """Run a server in a process of its own; give the host and port that it names, and its process id."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **environment}, cwd=Path(__file__).parents[1]
        )
        try:
            for _ in range(600):
                log.seek(0)
                if (found := re.search(r"http://([\d.]+):(\d+)", log.read())) or process.poll() is not None:
                    break
                time.sleep(0.1)
            if found is None:
                raise SystemExit("the server did not start")
            yield found[1], int(found[2]), process.pid
        except SystemExit:
            log.seek(0)
            print(log.read()[-5_000:], file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait(30)


def read_cpu_ms(process: int) -> float:
    """Return the processor time that a process has used, where the system tells (Linux); else 0."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(place: Server, addresses: Sequence[str], clients: int) -> tuple[list[float], list[int]]:
    """Return milliseconds and bytes of each answer; so many clients ask at once, each on a connection it keeps."""
    kept = local()

    def one(address: str) -> tuple[float, int]:
        if not hasattr(kept, "connection"):
            kept.connection = http.client.HTTPConnection(*place[:2], timeout=600)
        start = time.perf_counter()
        kept.connection.request("GET", address)
        answer = kept.connection.getresponse()
        body = answer.read()
        took = 1000 * (time.perf_counter() - start)
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status} {body[:500].decode(errors='replace')}")
        return took, len(body)

    with ThreadPoolExecutor(clients) as pool:
        found = list(pool.map(one, addresses))
    return [took for took, _ in found], [size for _, size in found]


@dataclass(frozen=True, slots=True)
class Place:
    """A store to ask, and what its server needs to know."""

    store: str
    environment: Mapping[str, str]


def measure(places: Mapping[int, Place], world: World, number: int) -> dict[int, "Found"]:
    """Return for every size, question and number of clients the times of the server and of the bare route.

    The servers of all sizes run side by side and are asked in turns, a few questions each, so that whatever else the
    machine does falls on all of them alike."""
    found: dict[int, dict[tuple[str, int], tuple[Timed, Timed]]] = {size: {} for size in places}
    with ExitStack() as stack:
        bare = stack.enter_context(serving([sys.executable, "-c", BARE]))
        servers = {}
        for size, place in places.items():
            command = [str(Path(sys.executable).with_name("strategy-graph")), "serve", "--store", place.store]
            servers[size] = stack.enter_context(serving([*command, "--port", "0"], **place.environment))
        for kind in KINDS:
            questions = {size: iter_questions(kind, world, 7) for size in places}
            first = {size: ask(servers[size], [next(questions[size])], 1)[0][0] for size in places}
            for size in places:  # connections, and pages of the store
                ask(servers[size], [next(questions[size]) for _ in range(4)], 4)
            for clients in CLIENTS:
                rounds = [
                    {size: _round(servers[size], bare, questions[size], clients) for size in places}
                    for _ in range(-(-number // _a_round(clients)))
                ]
                for size in places:
                    own, plain = _sum_up([turn[size] for turn in rounds], first[size])
                    found[size][kind, clients] = own, plain
                    print(
                        f"{size:9,} {kind:11} {clients:2} clients: first {own.first_ms:8.1f} p50 {own.p50:8.1f} "
                        f"p99 {own.p99:8.1f} ms cpu {own.cpu_ms:6.1f} bare p50 {plain.p50:6.2f} size {own.size_bytes}",
                        file=sys.stderr,
                        flush=True,
                    )
    return dict(found.items())


Round = tuple[list[float], list[int], float, list[float]]  # times, sizes and CPU of answers; times of the bare route


def _a_round(clients: int) -> int:
    return 10 if clients == 1 else clients


def _round(place: Server, bare: Server, questions: Iterator[str], clients: int) -> Round:
    asked = [next(questions) for _ in range(_a_round(clients))]
    before = read_cpu_ms(place[2])
    times, sizes = ask(place, asked, clients)
    cpu = read_cpu_ms(place[2]) - before
    plain, _ = ask(bare, [f"/bare?size={round(mean(sizes))}"] * len(asked), clients)
    return times, sizes, cpu, plain


def _sum_up(rounds: Sequence[Round], first_ms: float) -> tuple[Timed, Timed]:
    times = [took for turn in rounds for took in turn[0]]
    size = round(mean(item for turn in rounds for item in turn[1]))
    cpu = sum(turn[2] for turn in rounds) / len(times)
    return Timed(first_ms, times, size, cpu), Timed(0.0, [took for turn in rounds for took in turn[3]], size)


Found = Mapping[tuple[str, int], tuple[Timed, Timed]]


def to_table(found: Mapping[int, Found]) -> list[str]:
    """Return a Markdown table of one store: a line a question and number of clients."""
    sizes = sorted(found)
    lines = [
        "| question | clients | " + " | ".join(f"p50, p99 at {size:,}" for size in sizes)
        + " | CPU a question | times the bare route, p50 | p99, largest to smallest | bytes | first answer |",
        "|---|---:|" + "---:|" * (len(sizes) + 5),
    ]  # fmt: skip
    for kind, clients in found[sizes[0]]:
        timed = [found[size][kind, clients] for size in sizes]
        cells = [f"{item.p50:,.0f}, {item.p99:,.0f}" for item, _ in timed]
        bare = "; ".join(f"{item.p50 / plain.p50:,.0f}" for item, plain in timed)
        growth = timed[-1][0].p99 / timed[0][0].p99
        lengths = "; ".join(f"{item.size_bytes:,}" for item, _ in timed)
        first = "; ".join(f"{item.first_ms:,.0f}" for item, _ in timed) if clients == 1 else ""
        cells += ["; ".join(f"{item.cpu_ms:,.0f}" for item, _ in timed), bare, f"{growth:.1f}", lengths, first]
        lines.append(f"| {kind} | {clients} | {' | '.join(cells)} |")
    worst = max(found[sizes[-1]][key][0].p99 / found[sizes[0]][key][0].p99 for key in found[sizes[0]])
    met = "met" if worst <= GOAL else "not met"
    return [
        *lines,
        "",
        f"Goal, p99 at the largest size within {GOAL:g} times that at the smallest: {met} ({worst:.1f}).",
    ]


def fill_file(folder: Path, world: World, size: int) -> str:
    """Return the address of an embedded store of a size, filled where it is not there yet."""
    path = folder / f"{size}.db"
    if not path.exists():
        part = folder / f"{size}.part"
        with open_store(f"sqlite:///{part}") as store:
            fill(store, world, size)
        part.rename(path)
    return f"sqlite:///{path}"


def fill_server(url: str, login: Login, world: World, size: int) -> None:
    """Fill an empty graph on a server."""
    with open_store(url, login=login) as store:
        with store.view() as view:
            held = sum(view.counts().quoted.values())
        if held:
            print(f"{url} holds {held:,} relations already", file=sys.stderr)
            return
        fill(store, world, size)


def renew(text: str, lines: Sequence[str]) -> str:
    """Return the page with the tables between its markers."""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: "\n".join([BEGIN, "", *lines, "", END]), text, flags=re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("relations", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--number", type=int, default=100, help="questions of a kind and number of clients")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the filled stores here, and use those there")
    parser.add_argument("--neo4j", action="append", default=[], metavar="URI", help="a server for each of RELATIONS")
    parser.add_argument("--fill", action="store_true", help="fill the servers first, where they are empty")
    parser.add_argument("--save", type=Path, metavar="FILE", help="add the tables to a file of results")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the results of --save into a page")
    options = parser.parse_args(arguments)
    world = make_world(load_registers())
    places: dict[int, Place] = {}
    with tempfile.TemporaryDirectory() as folder:
        for turn, size in enumerate(options.relations):
            if options.neo4j:
                parts = urlsplit(options.neo4j[turn])
                url, password = f"bolt://{parts.hostname}:{parts.port}", unquote(parts.password or "")
                if options.fill:
                    fill_server(url, Login(password=password), world, size)
                places[size] = Place(url, {"STRATEGY_GRAPH_NEO4J_PASSWORD": password})
            else:
                places[size] = Place(fill_file(options.keep or Path(folder), world, size), {})
        found = measure(places, world, options.number)
    title = "**Neo4j.**" if options.neo4j else "**Embedded store.**"
    lines = [f"{title} Milliseconds, {options.number} or a few more questions a cell.", "", *to_table(found)]
    print("\n".join(lines))
    if options.save:
        known = json.loads(options.save.read_text(encoding="utf-8")) if options.save.exists() else {}
        options.save.write_text(json.dumps({**known, title: lines}), encoding="utf-8")
        if options.write:
            held = [line for part in {**known, title: lines}.values() for line in [*part, ""]][:-1]
            machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}."
            page = options.write.read_text(encoding="utf-8")
            options.write.write_text(renew(page, [machine, "", *held]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
