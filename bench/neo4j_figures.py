"""What the benches of Neo4j measured, kept in a file between runs, and the page that shows it."""

import json
import platform
from pathlib import Path
from typing import Any

BEGIN = "<!-- figures of Neo4j: begin (written by `python -m bench.neo4j_load --write`) -->"
END = "<!-- figures of Neo4j: end -->"
FLAT = 1.3  # goal: the slowest tenth against the quickest
TURN = 25  # documents that are written in turns
SHARE = 0.6  # goal: this store's rate beside the raw driver's

Figures = dict[str, Any]


def keep(path: Path | None, part: str, values: Any) -> Figures:
    """Return the figures of a file with one part renewed, answers and peers run by run, and write them back."""
    figures: Figures = json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}
    figures[part] = {**figures.get(part, {}), **values} if part in {"answers", "peers"} else values
    if path:
        path.write_text(json.dumps(figures, indent=1, sort_keys=True), encoding="utf-8")
    return figures


def show(figures: Figures) -> str:
    """Return the figures as Markdown, those parts that were measured."""
    parts = {
        "server": _server,
        "beside": _beside,
        "peers": _peers,
        "growth": _growth,
        "turns": _turns,
        "answers": _answers,
    }
    return "\n\n".join(make(figures[name]) for name, make in parts.items() if name in figures) + "\n"


def write(page: Path, figures: Figures) -> None:
    """Renew the figures between their marks in a page; raise ValueError where it has none."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page} has no marks {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{show(figures)}\n{END}{after}", encoding="utf-8")


def _server(values: dict[str, str]) -> str:
    return (
        f"Neo4j {values['version']} ({values['edition']}), heap {values['heap']}, page cache {values['pagecache']}, "
        f"server and client on the same {values['cores']} cores; Python {platform.python_version()}, driver "
        f"{values['driver']}{', without' if values['rust'] == 'no' else ', with'} its Rust extension."
    )


def _beside(values: dict[str, float]) -> str:
    share = values["ours"] / values["raw"]
    return (
        f"| {values['relations']:,} relations each, in turns of {TURN} documents into one database "
        "| relations a second |\n|---|---:|\n"
        f"| this store | {values['ours']:,.0f} |\n| the raw driver with the rows this store sends "
        f"| {values['raw']:,.0f} |\n\n"
        f"This store reaches {share:.2f} of the raw driver's rate (goal: {SHARE}, {_met(share >= SHARE)})."
    )


def _peers(runs: dict[str, dict[str, float]]) -> str:
    lines = ["| writer, the same documents in turns | relations a second | this store beside it |", "|---|---:|---:|"]
    for what, rates in runs.items():
        ours = rates["this store"]
        for name, rate in sorted(rates.items(), key=lambda item: item[0] != "this store"):
            beside = "" if name == "this store" else f"{ours / rate:.1f} times"
            shown = f"{name}, {what}" if name == "this store" else name
            lines.append(f"| {shown} | {rate:,.0f} | {beside} |")
    return "\n".join(lines)


def _growth(values: dict[str, Any]) -> str:
    rates = values["rates"]
    warm, rest = rates[0], rates[1:]
    spread = max(rest) / min(rest)
    shown = ", ".join(f"{rate:,.0f}" for rate in rest)
    return (
        f"To {values['relations']:,} relations, one document after another ({values['seconds'] / 60:.0f} minutes, "
        f"{values['relations'] / values['seconds']:,.0f} relations a second over all): the first tenth, which warms "
        f"the server, at {warm:,.0f} relations a second, the others at {shown}, by the median document of each. The "
        f"quickest is {spread:.2f} times the slowest (goal: {FLAT}, {_met(spread <= FLAT)})."
    )


def _turns(values: dict[str, float]) -> str:
    times = values["small"] / values["large"]
    return (
        f"Rates of one run depend on what else the machine does. In turns of {TURN} documents, {values['relations']:,} "
        f"relations went into that store of {values['size']:,} at {values['large']:,.0f} a second and the same into "
        f"one of 10,000 at {values['small']:,.0f}: the small one is {times:.2f} times as fast (goal: {FLAT}, "
        f"{_met(times <= FLAT)})."
    )


def _answers(values: dict[str, dict[str, dict[str, list[float]]]]) -> str:
    sizes = sorted(values, key=int)
    engines = ("Neo4j", "embedded")
    head = " | ".join(f"{engine}, {int(size):,}" for size in sizes for engine in engines)
    lines = [
        "Milliseconds of an answer, median and, after the stroke, the 99th percentile (of fewer than 100 answers the "
        "slowest):",
        "",
        f"| question | {head} |",
        "|---|" + "---:|" * (len(sizes) * len(engines)),
    ]
    for name in values[sizes[-1]][engines[0]]:
        cells = (_times(values[size][engine].get(name)) for size in sizes for engine in engines)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _times(found: list[float] | None) -> str:
    return "" if found is None else " / ".join(f"{value:,.1f}" if value < 100 else f"{value:,.0f}" for value in found)


def _met(is_met: bool) -> str:
    return "met" if is_met else "not met"
