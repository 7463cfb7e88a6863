"""From passages to names: find every hit, keep those that count, say what each stands for.

Three passes. The first looks at each passage by itself and learns what the document defines and names in full; the
second decides what the first left open, and links; the third resolves nouns that stand for a name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc

from graph.model import Entity, Mention, Passage, ReadDocument, Unsure
from ingest.dating import find_published
from ingest.genre import find_genre
from ingest.names.acronyms import find_definitions, find_unnamed
from ingest.names.anaphora import Anaphora, Antecedents
from ingest.names.choose import Choice, Surroundings, choose, infer_date
from ingest.names.lexicon import build_lexicon
from ingest.names.own_strategy import find_own_strategy
from ingest.names.owners import Owners
from ingest.names.scan import PassageHits, Scanner, select
from ingest.names.trained import find_trained
from ingest.names.types import Hit, Names, Target
from ingest.names.unlisted import Unlisted, find_small_words
from ingest.names.variants import merge_variants
from ingest.registers import Registers


class NameFinder:
    """Finds the names of a document; built once, used for any number of documents."""

    def __init__(self, registers: Registers) -> None:
        self._scanner = Scanner(build_lexicon(registers.rows.values()))
        self._owners = Owners(registers)
        self._anaphora = Anaphora()
        self._unlisted = Unlisted()

    def find(self, read: ReadDocument, docs: Sequence[Doc]) -> Names:
        """Return the names of `read`; `docs[i]` is passage i as the project's `Language` read it.

        Returns: entities by id, mentions by passage and place, what stayed unsure, the date, the subject, the owners.
        Cost: about 10 microseconds a word.
        """
        passages = read.passages
        scans = [self._scanner.scan(passage, doc) for passage, doc in zip(passages, docs, strict=True)]
        published = find_published(read)
        around = _surroundings(scans, published)
        definitions = self._definitions(passages, scans, around)
        small = find_small_words(passages)
        hits = [
            self._scanner.settle(passage, scan, named=around.named, definitions=definitions, small=small)
            for passage, scan in zip(passages, scans, strict=True)
        ]
        hits = self._unlisted.find(passages, hits, small)
        for doc, here in zip(docs, hits, strict=True):
            if doc.ents:
                here += find_trained(doc, here)
        linked, unsure = _link(passages, hits, around, definitions)
        targets = merge_variants(linked)
        mentions = [
            _mention(passage, hit, targets[target.id])
            for passage, found in zip(passages, linked, strict=True)
            for hit, target in found
        ]
        known = {target.id: target for target in targets.values()}
        titled = [choose(hit, around).target for hit in self._scanner.find_known(read.document.title)]
        in_title = tuple(target for target in titled if target)
        genre = find_genre(read)
        subject = self._owners.find_subject(read, mentions, known, in_title, genre=genre, published=published)
        if subject and subject not in known:
            known[subject] = next(target for target in in_title if target.id == subject)
        owners = self._owners.find_owners(read, mentions, known, subject, genre=genre)
        own = (
            None
            if subject
            else find_own_strategy(read, mentions, owners, self._owners, genre=genre, published=published)
        )
        if own:
            known[own[0].id], mentions = own
            subject = own[0].id
        by_passage: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_passage[mention.passage_id].append(mention)
        for found in self._anaphora.find(passages, by_passage, Antecedents(owners, subject, known)):
            if isinstance(found, Mention):
                mentions.append(found)
            else:
                unsure.append(found)
        return Names(
            entities=_entities(mentions, known, subject),
            mentions=_in_order(passages, mentions),
            unsure=tuple(unsure),
            published=published,
            describes=subject,
            owners=owners,
        )

    def _definitions(
        self, passages: Sequence[Passage], scans: Sequence[PassageHits], around: Surroundings
    ) -> Mapping[str, Target]:
        """Short form -> target as the document defines it; the first definition stands."""
        found: dict[str, Target] = {}
        for passage, scan in zip(passages, scans, strict=True):
            if "(" not in passage.text and " is " not in passage.text:
                continue
            sure = select(scan.sure)
            chosen = {(hit.start, hit.end): choose(hit, around).target for hit in sure}
            spans = {span: target for span, target in chosen.items() if target}
            for definition in find_definitions(passage, sure, spans):
                found.setdefault(definition.short, definition.target)
            for start, end, short in find_unnamed(passage.text):
                if short not in found and not any(hit.start < end and start < hit.end for hit in scan.sure):
                    target = self._scanner.make_unnamed(passage.text[start:end], short)
                    if target:
                        found[short] = target
                        scan.sure.append(
                            Hit(start, end, passage.text[start:end], (target,), "acronym.expansion", score=0.7)
                        )
        return found


def _surroundings(scans: Sequence[PassageHits], published: str | None) -> Surroundings:
    named: Counter[str] = Counter()
    leps: Counter[str] = Counter()
    names: Counter[str] = Counter()
    full: dict[str, Target] = {}
    for scan in scans:
        for hit in scan.sure:
            if scan.is_short(hit):
                continue
            for target in hit.targets:
                named[target.id] += 1
                full[target.id] = target
                if target.type == "LEP":
                    leps[target.id] += 1
            if len({target.name for target in hit.targets}) == 1:
                names[hit.targets[0].name.lower()] += 1
            if len(hit.targets) == 1 and hit.targets[0].lep:
                leps[hit.targets[0].lep] += 1
    date = published or infer_date(full[key] for key in sorted(full))
    return Surroundings(date, dict(named), frozenset(lep for lep, _ in leps.most_common(3)), dict(names))


def _link(
    passages: Sequence[Passage], hits: Sequence[Sequence[Hit]], around: Surroundings, definitions: Mapping[str, Target]
) -> tuple[list[list[tuple[Hit, Target]]], list[Unsure]]:
    linked: list[list[tuple[Hit, Target]]] = []
    unsure: list[Unsure] = []
    for passage, found in zip(passages, hits, strict=True):
        here = []
        for hit in found:
            choice = Choice(definitions[hit.text]) if hit.text in definitions else choose(hit, around)
            if choice.target:
                here.append((hit, choice.target))
            else:
                candidates = tuple(sorted(target.id for target in choice.candidates))
                unsure.append(Unsure(hit.text, candidates, passage.id, "the document does not say which"))
        linked.append(here)
    return linked, unsure


def _mention(passage: Passage, hit: Hit, target: Target) -> Mention:
    return Mention(target.id, passage.id, hit.start, hit.end, hit.text, hit.rule, hit.score)


def _entities(mentions: Iterable[Mention], targets: Mapping[str, Target], subject: str | None) -> tuple[Entity, ...]:
    ids = sorted({mention.entity_id for mention in mentions} | ({subject} if subject else set()))
    return tuple(Entity(key, targets[key].type, targets[key].name, targets[key].register) for key in ids)


def _in_order(passages: Sequence[Passage], mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    ordinals = {passage.id: passage.ordinal for passage in passages}
    return tuple(sorted(mentions, key=lambda mention: (ordinals[mention.passage_id], mention.start, -mention.end)))
