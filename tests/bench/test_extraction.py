"""The benchmark runs on any documents and says whether its goals are met."""

from pathlib import Path

import pytest

from bench.extraction import Bench, Speed, find_documents, format_bench, run_bench

BENCH = Bench(
    documents=2,
    words=1000,
    texts=(Speed("ours", 1000, 0.1), Speed("ner", 1000, 0.5)),
    pages=(Speed("ours", 10, 1.0), Speed("bare", 10, 0.25)),
    stages=(("ingest/names", 0.75), ("graph/stores", 0.25)),
    peak_mib=120.0,
)


def test_figures_say_whether_the_goals_are_met() -> None:
    text = format_bench(BENCH)
    assert "3 times the ner pipeline's words: met (5.00)" in text
    assert "0.5 of bare PDFium's pages: not met (0.25)" in text
    assert "| `ingest/names` | 75% |" in text


def test_bench_measures_documents(tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("The LEP will build a tram in Leeds.\n\nLeeds is a city.\n" * 20, encoding="utf-8")
    bench = run_bench([paper], runs=1)
    assert bench.words == 12 * 20
    assert all(speed.rate > 0 for speed in bench.texts)
    assert bench.pages == ()
    assert bench.peak_mib > 10
    assert abs(sum(share for _, share in bench.stages) - 1) < 1e-6 or not bench.stages


def test_bench_names_what_cannot_be_read_and_leaves_it_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.txt").write_text("Leeds is a city.", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert [path.name for path in find_documents([tmp_path])] == ["paper.txt"]
    assert "broken.pdf" in capsys.readouterr().err
