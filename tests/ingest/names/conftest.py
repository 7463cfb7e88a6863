"""One finder over the bundled registers for all name tests, and a short way to ask it about a few passages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from graph.model import Document, Entity, Passage, PassageKind, ReadDocument
from ingest.language import build_language
from ingest.names import NameFinder, Names
from ingest.registers import load_registers


@dataclass(frozen=True, slots=True)
class Found:
    """What a document names: `ids` by mention text, entities by id."""

    names: Names
    entities: dict[str, Entity]

    def ids(self, text: str) -> set[str]:
        return {mention.entity_id for mention in self.names.mentions if mention.text == text}

    def types(self, text: str) -> set[str]:
        return {self.entities[key].type for key in self.ids(text)}

    def rules(self, text: str) -> set[str]:
        return {mention.rule for mention in self.names.mentions if mention.text == text}

    @property
    def texts(self) -> list[str]:
        return [mention.text for mention in self.names.mentions]


def make_read(
    texts: Sequence[str], *, title: str = "", source: str = "paper-2019.txt", kinds: Sequence[PassageKind] = ()
) -> ReadDocument:
    passages = tuple(
        Passage(f"p{number}", "doc:1", number, text, kinds[number] if number < len(kinds) else PassageKind.PARAGRAPH)
        for number, text in enumerate(texts)
    )
    return ReadDocument(Document("doc:1", title, source, "0", "text"), passages)


@pytest.fixture(scope="session")
def find() -> Callable[..., Found]:
    registers = load_registers()
    nlp, finder = build_language(registers), NameFinder(registers)

    def ask(*texts: str, title: str = "", source: str = "paper-2019.txt", kinds: Sequence[PassageKind] = ()) -> Found:
        read = make_read(texts, title=title, source=source, kinds=kinds)
        names = finder.find(read, list(nlp.pipe(texts)))
        return Found(names, {entity.id: entity for entity in names.entities})

    return ask
