"""What the benches of Neo4j keep and show; the measuring itself needs servers and time."""

from pathlib import Path

import pytest

from bench.neo4j_figures import BEGIN, END, keep, show, write
from bench.neo4j_load import rates, summary


def test_median_and_99th_percentile() -> None:
    assert summary([float(n) for n in range(1, 101)]) == [50.5, 99.0]
    assert summary([3.0, 1.0, 2.0]) == [2.0, 3.0]


def test_rates_are_those_of_each_tenth_by_its_median_document() -> None:
    found = rates([0.5] * 10 + [0.1] * 80 + [0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 9.0])
    assert (found["relations"], len(found["rates"])) == (10_000, 10)
    assert (found["rates"][0], found["rates"][-1]) == (200, 500)


def test_parts_are_kept_between_runs(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    keep(path, "answers", {"100": {"Neo4j": {"version": [1.0, 2.0]}, "embedded": {"version": [0.1, 0.2]}}})
    keep(path, "beside", {"relations": 100, "raw": 200.0, "ours": 150.0})
    figures = keep(path, "answers", {"1000": {"Neo4j": {"version": [3.0, 400.0]}, "embedded": {"version": [0.3, 0.4]}}})
    shown = show(figures)
    assert "| question | Neo4j, 100 | embedded, 100 | Neo4j, 1,000 | embedded, 1,000 |" in shown
    assert "| version | 1.0 / 2.0 | 0.1 / 0.2 | 3.0 / 400 | 0.3 / 0.4 |" in shown
    assert "reaches 0.75 of the raw driver's rate (goal: 0.6, met)" in shown


def test_flat_is_judged_without_the_first_tenth() -> None:
    growth = {"relations": 1000, "seconds": 60.0, "rates": [10.0, *[100.0] * 8, 80.0], "means": []}
    assert "1.25 times the slowest (goal: 1.3, met)" in show({"growth": growth})


def test_this_store_comes_first_among_the_peers() -> None:
    shown = show({"peers": {"20 documents": {"other 1.0": 50.0, "this store": 100.0}}}).splitlines()
    assert shown[2:] == ["| this store, 20 documents | 100 |  |", "| other 1.0 | 50 | 2.0 times |"]


def test_page_is_renewed_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write(page, {"beside": {"relations": 100, "raw": 200.0, "ours": 100.0}})
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n\n|")
    assert text.endswith(f"\n\n{END}\nafter\n")
    assert "old" not in text
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no marks"):
        write(page, {})
