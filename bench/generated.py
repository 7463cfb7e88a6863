"""A generated graph for measurements at scale: papers of local areas in the shape that real ones have.

The register's local strategies each have one paper, the same at every size: they are what is asked about. Everything
else grows: plans of other areas, that name the same departments, sectors, programmes and bodies, so hubs grow with the
graph. Words come from a common vocabulary and one a sector, the commonest most often. A document is the same whatever
the size of the graph it is part of.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from graph.ids import make_id, make_relation_id
from graph.model import Document, Entity, Evidence, GraphBatch, Mention, Passage, PropertyValue, Relation
from graph.stores.base import Store
from ingest.registers import Registers, registers_batch

PROPOSITIONS = 12  # a document
RELATIONS = 100  # a document has about as many
OTHER_PASSAGES = 30  # of a document, that hold no proposition
DOCUMENTS_A_COMMIT = 50
_SYLLABLES = ("ba", "co", "de", "fi", "gu", "ha", "ke", "lo", "mi", "nu", "pa", "re", "si", "to", "va", "we")


class Vocabulary:
    """Words by how common they are: `draw` takes early ones most often (Zipf)."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._weights = list(accumulate(1 / rank for rank in range(2, len(words) + 2)))

    def draw(self, rng: random.Random, number: int) -> list[str]:
        """Return some words, with repeats."""
        return rng.choices(self._words, cum_weights=self._weights, k=number)


@dataclass(frozen=True, slots=True)
class World:
    """What generated documents name: entities of the registers, and words."""

    registers: Registers
    asked: tuple[Entity, ...]  # local strategies that have a paper of their own
    departments: Vocabulary
    programmes: Vocabulary
    bodies: Vocabulary
    places: Vocabulary
    themes: Vocabulary
    sectors: tuple[str, ...]
    entities: dict[str, Entity]
    common: Vocabulary
    special: dict[str, Vocabulary] = field(default_factory=dict)  # by sector


def make_world(registers: Registers) -> World:
    """Return what documents are made of; the same registers give the same."""
    entities = {entity.id: entity for entity in registers_batch(registers).entities}
    rng = random.Random(1)

    def of_type(*types: str) -> Vocabulary:
        ids = sorted(key for key, entity in entities.items() if entity.type in types)
        return Vocabulary(rng.sample(ids, len(ids)))

    sectors = tuple(sorted(key for key, entity in entities.items() if entity.type == "Sector"))
    local = [item for item in entities.values() if item.type == "Strategy" and "lis_status" in item.properties]
    return World(
        registers=registers,
        asked=tuple(sorted(local, key=lambda entity: entity.id)),
        departments=of_type("Department"),
        programmes=of_type("Programme", "SectorDeal"),
        bodies=of_type("Institution", "LEP", "CombinedAuthority", "LocalAuthority"),
        places=of_type("Place"),
        themes=of_type("Foundation", "GrandChallenge"),
        sectors=sectors,
        entities=entities,
        common=Vocabulary(_make_words(rng, 4_000)),
        special={key: Vocabulary([*_cues(entities[key]), *_make_words(rng, 150)]) for key in sectors},
    )


def _make_words(rng: random.Random, number: int) -> list[str]:
    return ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(number)]


def _cues(sector: Entity) -> list[str]:
    cues = sector.properties.get("cue_terms", ())
    return [sector.name.lower(), *cues] if isinstance(cues, tuple) else [sector.name.lower()]


def iter_documents(world: World, relations: int) -> Iterator[GraphBatch]:
    """Yield documents of about so many relations together: the papers asked about first, then others."""
    made, number = 0, 0
    while made < relations or number < len(world.asked):
        batch = make_document(world, number)
        made += len(batch.relations)
        number += 1
        yield batch


def make_document(world: World, number: int) -> GraphBatch:
    """Return document `number`: the paper of a local strategy, or from then on the plan of another area."""
    rng = random.Random(number)
    if number < len(world.asked):
        area = world.asked[number]
    else:
        name = " ".join(world.common.draw(rng, 2)).title()
        area = Entity(f"strategy:plan-{number:07}", "Strategy", f"{name} Growth Plan {number}")
    agreed = number % 3 == 0  # with Government: it commits to some of what is proposed
    document_id = make_id("doc", number)
    document = Document(
        document_id, f"{area.name}, paper {number}", f"generated/{number}.md", f"{number:064x}", "generated",
        published=f"{2018 + number % 8}-{1 + number % 12:02}", genre="published strategy" if agreed else "board paper",
        describes=area.id,
    )  # fmt: skip
    paper = _Paper(world, rng, document_id, area)
    for place in range(PROPOSITIONS):
        paper.propose(place, agreed=agreed)
    for place in range(OTHER_PASSAGES):
        paper.passage(" ".join(world.common.draw(rng, 40)), path=(f"Part {place}",))
    return GraphBatch(
        document, tuple(paper.passages), tuple(paper.entities.values()), tuple(paper.mentions),
        tuple(paper.relations.values()),
    )  # fmt: skip


class _Paper:
    """A document in the making."""

    def __init__(self, world: World, rng: random.Random, document_id: str, area: Entity) -> None:
        self.world, self.rng, self.document_id, self.area = world, rng, document_id, area
        self.passages: list[Passage] = []
        self.entities: dict[str, Entity] = {area.id: area}
        self.mentions: list[Mention] = []
        self.relations: dict[str, Relation] = {}

    def passage(self, text: str, *, path: tuple[str, ...] = ()) -> Passage:
        """Add a passage."""
        ordinal = len(self.passages)
        found = Passage(make_id("passage", self.document_id, ordinal), self.document_id, ordinal, text, path=path)
        self.passages.append(found)
        return found

    def propose(self, place: int, *, agreed: bool) -> None:
        """Add a proposition with its texts, each in a passage, and what it is tied to."""
        world, rng = self.world, self.rng
        sector = rng.choice(world.sectors)
        words = [*world.common.draw(rng, 24), *world.special[sector].draw(rng, 14)]
        rng.shuffle(words)
        texts = {"what": " ".join(words[:14]), "why": " ".join(words[14:26]), "how": " ".join(words[26:])}
        ask = " ".join(["support", *world.common.draw(rng, 5), *world.special[sector].draw(rng, 2)])
        name = " ".join([*world.special[sector].draw(rng, 2), *world.common.draw(rng, 1)]).title()
        key = make_id("prop", self.document_id, place)
        held: dict[str, PropertyValue] = {**texts, "ask": ask, "status": "firm"}
        self.entities[key] = Entity(key, "Proposition", f"{name} {place}", properties=held)
        shown = [self.passage(text, path=(name,)) for text in (*texts.values(), ask)]
        self._tie(self.area.id, "PROPOSES", key, shown[0])
        self._tie(key, "IN_SECTOR", sector, shown[0])
        for theme in dict.fromkeys(world.themes.draw(rng, rng.randint(0, 2))):
            self._tie(key, "ADDRESSES", theme, shown[1])
        for programme in dict.fromkeys(world.programmes.draw(rng, rng.randint(0, 2))):
            self._tie(key, "ALIGNS_WITH", programme, shown[2])
        for body in dict.fromkeys(world.bodies.draw(rng, rng.randint(0, 3))):
            self._tie(body, "PARTNERS_IN", key, shown[2])
        for spot in dict.fromkeys(world.places.draw(rng, rng.randint(0, 2))):
            self._tie(key, "IN_PLACE", spot, shown[0])
        departments = list(dict.fromkeys(world.departments.draw(rng, rng.randint(1, 3))))
        if agreed and place % 2:
            self._tie(departments[0], "COMMITS", key, shown[3])
        else:
            for department in departments:
                self._tie(key, "ASKS", department, shown[3], words=ask)

    def _tie(self, source: str, kind: str, target: str, shown: Passage, **properties: PropertyValue) -> None:
        quote = shown.text[:60].rstrip()
        for key in (source, target):
            if key not in self.entities:
                known = self.world.entities[key]
                self.entities[key] = Entity(known.id, known.type, known.name, register=True)
                self.mentions.append(Mention(key, shown.id, 0, len(quote), quote, "generated"))
        relation_id = make_relation_id(kind, source, target)
        evidence = (Evidence(shown.id, 0, len(quote), quote, "generated"),)
        self.relations.setdefault(relation_id, Relation(relation_id, kind, source, target, properties, evidence))


def fill(store: Store, world: World, relations: int) -> tuple[int, int]:
    """Load the registers and documents of about so many relations; return the documents and relations loaded."""
    documents = made = 0
    with store.writer() as writer:
        writer.put(registers_batch(world.registers))
    batches = iter_documents(world, relations)
    ended = False
    while not ended:
        ended = True
        with store.writer() as writer:
            for _, batch in zip(range(DOCUMENTS_A_COMMIT), batches, strict=False):
                ended = False
                writer.put(batch)
                documents, made = documents + 1, made + len(batch.relations)
    return documents, made
