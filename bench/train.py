"""Train the second opinion on sentences, points and cells, and measure it on documents that it was not trained on.

`python -m bench.train` reads documents with gold, leaves out one set after another (`--by-document`: ten documents),
trains on the rest, and prints how well rules alone and rules with the model find the units of what was left out.
`--write` then trains on all and renews the weights, the same bytes each time. Rules have been corrected on these sets,
so their own figures flatter; the model had not seen them. `tests/data/unseen/report` is refused. Cost: a quarter of a
second for each document, a second or two for each training.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from ingest.evaluation.gold import GoldDocument, load_gold
from ingest.evaluation.judge_items import HALF, covered_share, gold_stretches
from ingest.evaluation.runner import find_documents
from ingest.evaluation.score import Tally
from ingest.evaluation.text import SquashedText
from ingest.genre import is_draft
from ingest.pipeline import Extractor
from ingest.propositions import Reading, Span, find_propositions
from ingest.propositions.features import Features, iter_units
from ingest.propositions.learned import Weights
from ingest.readers import read_document
from ingest.registers import load_registers

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
REPORT = DATA / "unseen" / "report"
SHARED = Path(os.environ.get("STRATEGY_GRAPH_SHARED") or ROOT.parent / "shared")
WEIGHTS = ROOT / "ingest" / "rules" / "proposition_weights.json"
MISSING = "training needs scikit-learn, which is not installed: pip install 'strategy-graph[train]'"
LEAST_UNITS, LEAST_WEIGHT, DIGITS, FOLD = 2, 0.01, 3, 10  # rarer features, smaller weights drop; documents a fold
Set = tuple[str, Path, Path]  # name, gold, documents
DEFAULTS: tuple[Set, ...] = (
    ("corpus", DATA / "gold" / "corpus", ROOT / "corpus" / "documents"),
    ("tune", DATA / "unseen" / "tune" / "gold", DATA / "unseen" / "tune" / "documents"),
    ("dev", SHARED / "gold" / "dev", SHARED / "documents" / "dev"),
    ("real-dev", SHARED / "gold" / "real-dev", SHARED / "documents" / "real-dev"),
    ("lancashire", SHARED / "gold" / "lancashire-lis-board-report-2019-12.json", SHARED / "documents"),
)


class Label(StrEnum):
    """What gold says of a unit; OPTIONAL ones count neither way and teach nothing."""

    WANTED, OPTIONAL, OTHER = "wanted", "optional", "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, point or cell with its features, in the order in which they are found."""

    span: Span
    label: Label
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A document of a set, read, with its units."""

    set_name: str
    reading: Reading
    is_draft: bool
    units: tuple[Unit, ...]


def make_sample(extractor: Extractor, name: str, gold: GoldDocument, path: Path) -> Sample:
    """Return a document of a set with its units labelled; those without letters or digits are left out."""
    read = read_document(path.read_bytes(), path.name)
    reading = extractor.find_names(read)
    return Sample(name, reading, is_draft(read, reading.genre), tuple(_iter_labelled(gold, reading)))


def _iter_labelled(gold: GoldDocument, reading: Reading) -> Iterator[Unit]:
    """Yield the units: wanted where one covers half of a required proposition's stretch, optional likewise."""
    text, features = SquashedText(reading.passages), Features(reading)
    stretches, _, optional = gold_stretches(gold, text)
    required = [s for item, found in zip(gold.propositions, stretches, strict=True) if not item.optional for s in found]
    optional += [s for item, found in zip(gold.propositions, stretches, strict=True) if item.optional for s in found]
    for span, position in iter_units(reading):
        place = text.span(reading.passages[span.passage].id, span.start, span.end)
        if place is not None:
            label = Label.OPTIONAL if covered_share([place], optional) >= HALF else Label.OTHER
            label = Label.WANTED if covered_share([place], required) >= HALF else label
            yield Unit(span, label, tuple(features.of(span, position)))


def fit(samples: Iterable[Sample]) -> Weights:
    """Return weights trained on all units but optional ones (logistic regression, L2, C = 1); needs scikit-learn."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    units = [unit for sample in samples for unit in sample.units if unit.label is not Label.OPTIONAL]
    seen = Counter(key for unit in units for key in set(unit.features))
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([{key: 1 for key in unit.features if seen[key] >= LEAST_UNITS} for unit in units])
    model = LogisticRegression(C=1.0, max_iter=3000).fit(table, [unit.label is Label.WANTED for unit in units])
    pairs = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {str(key): round(float(weight), DIGITS) for key, weight in pairs if abs(weight) >= LEAST_WEIGHT}
    return Weights(round(float(model.intercept_[0]), DIGITS), kept)


def measure(sample: Sample, weights: Weights | None) -> Tally:
    """Count the units that a proposition meets, found by rules alone or with a model of these weights."""
    drafts, _ = find_propositions(sample.reading, draft_document=sample.is_draft, learned=weights or False)
    found: dict[int, list[Span]] = {}
    for draft in drafts:
        found.setdefault(draft.what.passage, []).append(draft.what)
    counts: Counter[tuple[bool, Label]] = Counter()
    for unit in sample.units:
        met = any(s.start < unit.span.end and unit.span.start < s.end for s in found.get(unit.span.passage, ()))
        counts[met, unit.label] += 1
    return Tally(counts[True, Label.WANTED], counts[True, Label.OTHER], counts[False, Label.WANTED])


Row = tuple[str, int, Tally, Tally]  # set of a document, units, what is found by rules alone and with the model


def leave_out(samples: Sequence[Sample], *, by_document: bool) -> Iterator[Row]:
    """Yield the figures of each document, by a model trained without its set, or without it and nine others."""
    folds = -(-len(samples) // FOLD)
    keys = [str(at % folds) if by_document else sample.set_name for at, sample in enumerate(samples)]
    for held_out in dict.fromkeys(keys):
        weights = fit(sample for key, sample in zip(keys, samples, strict=True) if key != held_out)
        for key, sample in zip(keys, samples, strict=True):
            if key == held_out:
                yield sample.set_name, len(sample.units), measure(sample, None), measure(sample, weights)


def format_rows(rows: Sequence[Row]) -> str:
    """Return the figures of each set as a Markdown table, all together last."""
    lines = ["| set | units | rules: precision | recall | F1 | with the model: precision | recall | F1 |"]
    lines += ["|---|" + "---:|" * 7]
    for name in (*dict.fromkeys(row[0] for row in rows), "all"):
        chosen = [row for row in rows if name in (row[0], "all")]
        tallies = sum((row[2] for row in chosen), Tally()), sum((row[3] for row in chosen), Tally())
        figures = [f"{figure:.3f}" for tally in tallies for figure in (tally.precision, tally.recall, tally.f1)]
        lines.append(f"| {name} | {sum(row[1] for row in chosen):,} | {' | '.join(figures)} |")
    return "\n".join(lines)


def write_weights(weights: Weights, path: Path = WEIGHTS) -> None:
    """Write weights with sorted keys, one a line."""
    raw = json.dumps({"bias": weights.bias, "weights": dict(weights.weights)}, indent=0, sort_keys=True)
    path.write_text(raw + "\n", encoding="utf-8")


def _choose_sets(options: argparse.Namespace, parser: argparse.ArgumentParser) -> list[Set]:
    """Return the sets asked for, else those that are there; no set that holds, or lies in, what is only reported."""
    sets = [(gold.parent.name if gold.name == "gold" else gold.stem, gold, where) for gold, where in options.gold]
    sets = sets or [row for row in DEFAULTS if row[1].exists() and row[2].is_dir()]
    sets += [("real", DATA / "real" / "gold", options.real)] if options.real else []
    for path in (path.resolve() for row in sets for path in row[1:]):
        if path == REPORT or path in REPORT.parents or REPORT in path.parents:
            parser.error(f"{path} has documents that are only reported, never trained on ({REPORT})")
    if len(sets) < 2 and not options.by_document:
        parser.error("one set cannot be left out of itself; give more, or --by-document")
    return sets


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure by leaving out, print, and write the weights if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.train", description=__doc__)
    add = parser.add_argument
    add("--gold", nargs=2, type=Path, action="append", default=[], metavar=("GOLD", "DOCUMENTS"), help="other sets")
    add("--real", type=Path, metavar="FOLDER", help="pages cut by bench.real_pages join the sets")
    add("--by-document", action="store_true", help=f"leave out {FOLD} documents at a time, not a set")
    add("--write", action="store_true", help=f"train on all and renew {WEIGHTS.relative_to(ROOT)}")
    options = parser.parse_args(arguments)
    sets = _choose_sets(options, parser)
    if find_spec("sklearn") is None:
        sys.exit(MISSING)
    extractor = Extractor(load_registers())
    pairs = [(name, *pair) for name, gold, documents in sets for pair in find_documents(load_gold(gold), documents)]
    samples = [make_sample(extractor, *pair) for pair in pairs]
    print(format_rows(list(leave_out(samples, by_document=options.by_document))))
    if options.write:
        write_weights(fit(samples))


if __name__ == "__main__":
    main()
