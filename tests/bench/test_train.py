"""Training on two tiny documents with gold: how units are labelled, what is refused, that weights come out alike."""

import json
from pathlib import Path

import pytest

from bench import train
from bench.train import Label, Sample, fit, leave_out, main, make_sample, measure, write_weights
from ingest.evaluation.gold import load_gold
from ingest.evaluation.score import Tally
from ingest.pipeline import Extractor
from ingest.propositions.learned import Weights
from ingest.registers import load_registers

PAPERS = {
    "ports": "The river is deep. We will build a quay at Heysham. A crane may be wanted. Rain fell.",
    "yards": "The hill is steep. We will open a yard in Lancaster. A lorry may be wanted. Snow fell.",
}
STARTS = {"ports": ("We will build", "A crane may"), "yards": ("We will open", "A lorry may")}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    """Two papers, each with a wanted and an optional proposition, each a set of its own."""
    folder = tmp_path_factory.mktemp("train")
    extractor = Extractor(load_registers())
    found = []
    for stem, text in PAPERS.items():
        wanted, optional = ({"name": start, "starts": start} for start in STARTS[stem])
        raw = {"document": f"{stem}.txt", "entities": [], "propositions": [wanted, {**optional, "optional": True}]}
        (folder / f"{stem}.json").write_text(json.dumps(raw), encoding="utf-8")
        (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
        (gold,) = load_gold(folder / f"{stem}.json")
        found.append(make_sample(extractor, stem, gold, folder / f"{stem}.txt"))
    return found


def test_units_are_labelled_by_the_gold_that_they_cover(samples: list[Sample]) -> None:
    expected = [Label.OTHER, Label.WANTED, Label.OPTIONAL, Label.OTHER]
    assert [[unit.label for unit in sample.units] for sample in samples] == [expected, expected]


def test_measure_counts_units_that_propositions_meet_and_no_optional_one(samples: list[Sample]) -> None:
    assert measure(samples[0], None) == Tally(right=1)
    assert measure(samples[0], Weights(9.0, {})) == Tally(right=1, wrong=2)


def test_training_finds_the_words_of_propositions_and_gives_the_same_bytes(
    samples: list[Sample], tmp_path: Path
) -> None:
    pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install 'strategy-graph[train]'")
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in files:
        write_weights(fit(samples), path)
    raw = json.loads(files[0].read_text(encoding="utf-8"))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert raw["weights"]["b:we will"] > 0 > raw["weights"]["i:0"]
    assert "w:quay" not in raw["weights"]  # in one unit alone


@pytest.mark.parametrize("by_document", [False, True])
def test_each_document_is_measured_by_weights_that_had_not_seen_it(
    samples: list[Sample], by_document: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []

    def note(chosen: object) -> Weights:
        seen.append({sample.set_name for sample in chosen})  # type: ignore[attr-defined]
        return Weights(-9.0, {})

    monkeypatch.setattr(train, "fit", note)
    monkeypatch.setattr(train, "FOLD", 1)
    rows = list(leave_out(samples, by_document=by_document))
    assert [row[0] for row in rows] == ["ports", "yards"]
    assert seen == [{"yards"}, {"ports"}]


def test_table_has_each_set_and_all_together() -> None:
    rows = [("one", 4, Tally(1, 1, 0), Tally(1, 0, 0)), ("two", 6, Tally(1, 0, 1), Tally(2, 0, 0))]
    lines = train.format_rows(rows).splitlines()
    assert lines[2] == "| one | 4 | 0.500 | 1.000 | 0.667 | 1.000 | 1.000 | 1.000 |"
    assert lines[-1] == "| all | 10 | 0.667 | 0.667 | 0.667 | 1.000 | 1.000 | 1.000 |"


@pytest.mark.parametrize("folder", [train.REPORT / "gold", train.REPORT, train.REPORT.parent])
def test_documents_that_are_only_reported_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--gold", str(folder), str(folder), "--by-document"])
    assert "never trained on" in capsys.readouterr().err


def test_defaults_leave_out_what_is_only_reported() -> None:
    paths = [path.resolve() for _, *both in train.DEFAULTS for path in both]
    assert [path for path in paths if path == train.REPORT or train.REPORT in path.parents] == []


def test_without_the_package_the_command_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match=r"pip install 'strategy-graph\[train\]'"):
        main([])
