"""How good the answers to the three questions are, and the page that shows them.

`python -m bench.questions` measures the bundled corpus and prints two tables; `--markdown` prints them for the page;
`--write docs/questions.md` puts tables and worked examples into the page. Nearest propositions: precision at 3 on
hand-labelled pairs (tests/data/nearest_pairs.csv). Partners: each known partner is taken out, with its name in the
text, and has to be found again; with `--more FOLDER` further documents join in.
"""

import argparse
import csv
import math
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from bench.worked import EXAMPLES
from graph.analysis.fit import BODY_TYPES, ROLES
from graph.analysis.index import Index, build_index
from graph.analysis.likeness import Likeness, make_likeness, total
from graph.analysis.model import Material
from graph.analysis.partners import Bench, prepare
from graph.analysis.profiles import make_profiles, without_names
from graph.analysis.select import partner_material, whole_material
from graph.analysis.wording import bm25_scores, make_wording
from graph.model import Entity, Subgraph
from graph.stores import open_store
from graph.stores.base import View
from graph.stores.text import entity_names
from ingest.pipeline import Extractor
from ingest.registers import load_registers, registers_batch

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus" / "documents"
PAIRS = ROOT / "tests" / "data" / "nearest_pairs.csv"
TOP, HITS = 3, 5
TFIDF, SHIPPED = "TF-IDF with headings, without names of bodies and places", "**structured + TF-IDF (shipped)**"
SAME_WORDS = 0.8  # of the words of a judged proposition, where a reading begins it otherwise


@contextmanager
def corpus_view(*folders: Path) -> Iterator[View]:
    """Give a view of a fresh store with the registers and every document of some folders."""
    registers = load_registers()
    extractor = Extractor(registers)
    with tempfile.TemporaryDirectory() as place, open_store(f"sqlite:///{place}/questions.db") as store:
        with store.writer() as writer:
            writer.put(registers_batch(registers))
            for path in sorted(path for folder in folders for path in folder.iterdir()):
                if path.is_file():
                    writer.put(extractor.extract_file(path.read_bytes(), f"{path.parent.name}/{path.name}"))
        with store.view() as view:
            yield view


# ---- nearest propositions

Scores = Mapping[str, Mapping[str, float]]  # query -> candidate -> score


@dataclass(frozen=True, slots=True)
class Labels:
    """Judged pairs: `alike` holds what was judged similar to each query; `lost` counts pairs that were not found."""

    alike: Mapping[str, frozenset[str]]
    candidates: Mapping[str, tuple[str, ...]]
    pairs: int
    lost: int


def read_labels(likeness: Likeness) -> Labels:
    """Return the labelled pairs whose propositions the material holds, known by document and first words."""
    texts = _first_words(likeness)
    alike: dict[str, set[str]] = {}
    pairs = lost = 0
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pairs += 1
            query = _find(texts, row["query_document"], row["query"])
            other = _find(texts, row["other_document"], row["other"])
            if query is None or other is None:
                lost += 1
                continue
            alike.setdefault(query, set()).update({other} if row["similar"] == "1" else ())
    judged = {query: frozenset(found) for query, found in sorted(alike.items()) if found}
    return Labels(judged, {query: _elsewhere(likeness, query) for query in judged}, pairs, lost)


def _first_words(likeness: Likeness) -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for profile in likeness.profiles.values():
        for document in profile.documents:
            stem = Path(likeness.index.documents[document].source).stem
            found.setdefault(stem, []).append((" ".join((profile.card.what or profile.card.name).split()), profile.id))
    return found


def _find(texts: Mapping[str, list[tuple[str, str]]], stem: str, words: str) -> str | None:
    """Return the proposition of a document that begins with some words, else the one that holds most of them."""
    held = texts.get(stem, [])
    begun = next((item for text, item in held if text.startswith(words.rstrip())), None)
    if begun is not None or not held:
        return begun
    wanted = set(re.findall(r"\w+", words.casefold()))
    share, found = max(
        (len(wanted & set(re.findall(r"\w+", text.casefold()))) / len(wanted), item) for text, item in held
    )
    return found if share >= SAME_WORDS else None


def _elsewhere(likeness: Likeness, query: str) -> tuple[str, ...]:
    """Return the propositions of other documents and other areas."""
    own = likeness.profiles[query]
    return tuple(
        key
        for key, item in likeness.profiles.items()
        if not {*item.documents} & {*own.documents} and (item.card.area is None or item.card.area != own.card.area)
    )


def score_methods(likeness: Likeness, labels: Labels) -> Mapping[str, Scores]:
    """Return the scores of every method for every query."""
    texts = {key: profile.text for key, profile in likeness.profiles.items()}
    plain = make_wording({key: _plain_text(likeness.index, key) for key in texts})
    parts = {query: {item: likeness.parts(query, item) for item in found} for query, found in labels.candidates.items()}

    def by_part(query: str, wanted: bool) -> Mapping[str, float]:
        return {
            item: sum(part.value for part in held if (part.name == "wording") is wanted)
            for item, held in parts[query].items()
        }

    return {
        "structured parts alone": {query: by_part(query, False) for query in parts},
        "BM25": {query: bm25_scores(texts, texts[query]) for query in parts},
        "TF-IDF of the texts as they stand": {
            query: {item: plain.cosine(query, item) for item in found} for query, found in labels.candidates.items()
        },
        TFIDF: {query: by_part(query, True) for query in parts},
        SHIPPED: {query: {item: total(held) for item, held in found.items()} for query, found in parts.items()},
    }


def _plain_text(index: Index, key: str) -> str:
    return "\n".join([index.name(key), *(index.text(key, name) for name in ("what", "why", "how", "ask"))])


def precision(scores: Scores, labels: Labels) -> list[float]:
    """Return for each query the part of its first three that was judged alike."""
    found = []
    for query, alike in labels.alike.items():
        held = scores[query]
        ranked = sorted(labels.candidates[query], key=lambda item: (-held.get(item, 0.0), item))[:TOP]
        found.append(sum(item in alike and held.get(item, 0.0) > 0 for item in ranked) / TOP)
    return found


def average_precision(scores: Scores, labels: Labels) -> list[float]:
    """Return for each query the mean, over what was judged alike, of the precision down to each of them."""
    found = []
    for query, alike in labels.alike.items():
        held = scores[query]
        ranked = sorted(labels.candidates[query], key=lambda item: (-held.get(item, 0.0), item))
        at = [rank for rank, item in enumerate(ranked, 1) if item in alike and held.get(item, 0.0) > 0]
        found.append(sum(number / rank for number, rank in enumerate(at, 1)) / len(alike))
    return found


def find_interval(ours: Sequence[float], others: Sequence[float], *, seed: int = 7) -> tuple[float, float]:
    """Return the 95% interval of the mean gain, by drawing the queries again 2,000 times."""
    mix = random.Random(seed)
    gains = [one - two for one, two in zip(ours, others, strict=True)]
    means = sorted(mean(mix.choices(gains, k=len(gains))) for _ in range(2_000))
    return means[49], means[1949]


def nearest_table(material: Material) -> list[str]:
    """Return the table of nearest propositions."""
    index = build_index(material)
    likeness = make_likeness(index, make_profiles(index))
    labels = read_labels(likeness)
    ceiling = mean(min(TOP, len(alike)) / TOP for alike in labels.alike.values())
    scored = score_methods(likeness, labels).items()
    found = {name: (precision(held, labels), average_precision(held, labels)) for name, held in scored}
    low, high = find_interval(found[SHIPPED][1], found[TFIDF][1])
    return [
        f"{len(labels.alike)} propositions, {labels.pairs} judged pairs"
        + (f" ({labels.lost} not found in this reading)" if labels.lost else "")
        + f"; the best possible precision at {TOP} is {ceiling:.2f}.",
        "",
        f"| method | precision at {TOP} | mean average precision |",
        "|---|---|---|",
        *(f"| {name} | {mean(first):.2f} | {mean(second):.2f} |" for name, (first, second) in found.items()),
        "",
        f"Gain of what is shipped over TF-IDF alone, mean average precision: 95% interval {low:+.2f} to {high:+.2f}.",
    ]


def embedding_lines(material: Material) -> list[str]:
    """Return what a packaged embedding reaches on the same pairs, alone and on top of what is shipped."""
    from static_model import get_embeddings  # type: ignore[import-not-found]  # pip install tokenlearn-static-model

    index = build_index(material)
    likeness = make_likeness(index, make_profiles(index))
    labels = read_labels(likeness)
    keys = list(likeness.profiles)
    vectors = dict(zip(keys, get_embeddings([likeness.profiles[key].text for key in keys]), strict=True))
    alone = {
        query: {item: max(0.0, _cosine(vectors[query], vectors[item])) for item in found}
        for query, found in labels.candidates.items()
    }
    ours = {query: {item: likeness.score(query, item) for item in found} for query, found in labels.candidates.items()}
    both = {
        query: {item: score + 0.2 * alone[query][item] for item, score in held.items()} for query, held in ours.items()
    }
    low, high = find_interval(average_precision(both, labels), average_precision(ours, labels))
    return [
        f"static embedding alone: precision at {TOP} {mean(precision(alone, labels)):.2f}, "
        f"mean average precision {mean(average_precision(alone, labels)):.2f}",
        f"its gain on top of what is shipped, mean average precision: 95% interval {low:+.2f} to {high:+.2f}",
    ]


def _cosine(first: Sequence[float], second: Sequence[float]) -> float:
    lengths = math.hypot(*first) * math.hypot(*second)
    return sum(one * two for one, two in zip(first, second, strict=True)) / lengths if lengths else 0.0


# ---- partners, each left out in turn


@dataclass(frozen=True, slots=True)
class Trial:
    """One known partner, taken out: the rank at which each method finds it again, among `bodies` candidates."""

    kind: str
    bodies: int
    ranks: Mapping[str, int]


def run_trials(view: View) -> list[Trial]:
    """Return a trial for every body that documents name as partner or lead of a proposition."""
    known = sorted(
        {
            (relation.target_id, relation.source_id)
            for relation in view.iter_relations()
            if relation.type in ROLES and relation.evidence and relation.target_id.startswith("prop:")
        }
    )
    trials = []
    materials: dict[str, Material] = {}
    for proposition, body in known:
        entity = view.get_entity(body)
        if entity is None or entity.type not in BODY_TYPES:
            continue
        if proposition not in materials:
            materials = {proposition: partner_material(view, proposition)}
        trials.append(_try(leave_out(materials[proposition], proposition, entity), proposition, entity))
    return trials


def leave_out(material: Material, proposition: str, body: Entity) -> Material:
    """Return the material as if a body were not in a proposition, nor its name in the proposition's texts."""
    relations = tuple(
        item
        for item in material.sub.relations
        if not (item.type in ROLES and item.source_id == body.id and item.target_id == proposition)
    )
    names = entity_names(body)
    entities = tuple(_silent(entity, names) if entity.id == proposition else entity for entity in material.sub.entities)
    return replace(material, sub=Subgraph(entities, relations, material.sub.truncated))


def _silent(entity: Entity, names: Sequence[str]) -> Entity:
    texts = {
        key: without_names(value, names) if isinstance(value, str) else value
        for key, value in entity.properties.items()
    }
    return replace(entity, name=without_names(entity.name, names), properties=texts)


def _try(material: Material, proposition: str, body: Entity) -> Trial:
    bench = prepare(material)
    target = bench.target(proposition)
    inside = target.profile.partners.keys()
    ids = [entity.id for entity in bench.bodies if entity.id not in inside]
    parts = {item: bench.fit.score(item, target)[0] for item in ids}
    methods = {
        "most connected": {item: float(_known_roles(bench, item)) for item in ids},
        "same sector only": {item: sum(part.value for part in parts[item] if part.name == "sector") for item in ids},
        "PageRank alone": {item: target.reach.get(item, 0.0) for item in ids},
        "**all parts (shipped)**": {item: total(parts[item]) for item in ids},
    }
    ranks = {name: _rank(scores, body.id) for name, scores in methods.items()}
    return Trial("institution" if body.type == "Institution" else "local body", len(ids), ranks)


def _known_roles(bench: Bench, body: str) -> int:
    return len({relation.target_id for relation in bench.index.out(body, *ROLES)})


def _rank(scores: Mapping[str, float], wanted: str) -> int:
    """Return the rank of a body, ties by id; 0 where it has no score at all."""
    if scores.get(wanted, 0.0) <= 0:
        return 0
    return 1 + sum((-score, item) < (-scores[wanted], wanted) for item, score in scores.items())


def partner_table(trials: Sequence[Trial]) -> list[str]:
    """Return the table of partners found again."""
    institutions = [trial for trial in trials if trial.kind == "institution"]
    unknown = sum(not any(trial.ranks.values()) for trial in trials)
    rows = [("random", [cell for group in (trials, institutions) for cell in _random(group)])]
    rows += [
        (name, [cell for group in (trials, institutions) for cell in _found(group, name)]) for name in trials[0].ranks
    ]
    return [
        f"{len(trials)} known partners, {len(institutions)} of them institutions, each among "
        f"{mean(trial.bodies for trial in trials):.0f} candidates on average. Of {unknown} nothing else is known: no "
        "method could find them.",
        "",
        f"| method | hit@{HITS} | MRR | hit@{HITS}, institutions | MRR, institutions |",
        "|---|---|---|---|---|",
        *(f"| {name} | {' | '.join(f'{cell:.2f}' for cell in cells)} |" for name, cells in rows),
    ]


def _found(trials: Sequence[Trial], name: str) -> tuple[float, float]:
    """Return hit@5 and mean reciprocal rank of a method."""
    ranks = [trial.ranks[name] for trial in trials]
    return mean(0 < rank <= HITS for rank in ranks), mean(1 / rank if rank else 0.0 for rank in ranks)


def _random(trials: Sequence[Trial]) -> tuple[float, float]:
    """Return what a blind guess would reach on average."""
    hits = mean(min(1.0, HITS / trial.bodies) for trial in trials)
    return hits, mean(sum(1 / rank for rank in range(1, trial.bodies + 1)) / trial.bodies for trial in trials)


# ---- the page


def make_parts(view: View) -> dict[str, list[str]]:
    """Return the generated parts of docs/questions.md by name."""
    parts = {name: make(view) for name, make in EXAMPLES.items()}
    return {**parts, "nearest": nearest_table(whole_material(view)), "partners-found": partner_table(run_trials(view))}


def renew(text: str, parts: Mapping[str, Sequence[str]]) -> str:
    """Return a page with its generated parts put in, each between `<!-- NAME begins -->` and `<!-- NAME ends -->`."""
    for name, lines in parts.items():
        begin, end = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"the page has no part {name!r}; put {begin} and {end} where it belongs")
        body = "\n".join(lines)
        text = pattern.sub(lambda _, body=body, begin=begin, end=end: f"{begin}\n\n{body}\n\n{end}", text)  # type: ignore[misc]
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print or write what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markdown", action="store_true", help="print the tables and worked examples as Markdown")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put tables and worked examples into a page")
    parser.add_argument("--more", type=Path, action="append", default=[], metavar="FOLDER", help="further documents")
    parser.add_argument("--embedding", action="store_true", help="measure the package tokenlearn-static-model instead")
    options = parser.parse_args(arguments)
    with corpus_view(CORPUS, *options.more) as view:
        if options.write:
            page = renew(options.write.read_text(encoding="utf-8"), make_parts(view))
            options.write.write_text(page, encoding="utf-8")
        elif options.markdown:
            sys.stdout.write("\n".join(line for lines in make_parts(view).values() for line in [*lines, ""]))
        elif options.embedding:
            sys.stdout.write("\n".join([*embedding_lines(whole_material(view)), ""]))
        else:
            lines = [*nearest_table(whole_material(view)), "", *partner_table(run_trials(view)), ""]
            sys.stdout.write("\n".join(lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
