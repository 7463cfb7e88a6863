"""From passages to names: find every hit, keep the longest, say what each stands for."""

from collections.abc import Sequence

from spacy.tokens import Doc

from graph.model import Entity, Mention, ReadDocument
from ingest.dating import find_published
from ingest.names.lexicon import build_lexicon
from ingest.names.types import Form, Hit, Names
from ingest.registers import Registers


class NameFinder:
    """Finds the names of a document; built once, used for any number of documents."""

    def __init__(self, registers: Registers) -> None:
        self._lexicon = build_lexicon(registers.rows.values())

    def find(self, read: ReadDocument, docs: Sequence[Doc]) -> Names:
        """Return the names of `read`; `docs[i]` is passage i as the project's `Language` read it."""
        entities: dict[str, Entity] = {}
        mentions: list[Mention] = []
        for passage, doc in zip(read.passages, docs, strict=True):
            for hit in _longest(self._register_hits(doc)):
                target = hit.targets[0]
                entities[target.id] = Entity(target.id, target.type, target.name, target.register)
                mentions.append(Mention(target.id, passage.id, hit.start, hit.end, hit.text, hit.rule, hit.score))
        return Names(
            entities=tuple(entities[key] for key in sorted(entities)),
            mentions=tuple(mentions),
            published=find_published(read),
        )

    def _register_hits(self, doc: Doc) -> list[Hit]:
        hits = []
        for span in doc.spans["register"]:
            form = self._lexicon[span.label_]
            if _counts(form, span.text):
                hits.append(
                    Hit(span.start_char, span.end_char, span.text, form.targets, "register.exact", form.is_cued)
                )
        return hits


def _counts(form: Form, text: str) -> bool:
    if form.case == "any" or text in form.surfaces:
        return True
    if form.case == "exact":
        return False
    return all(word[:1].isupper() or not word[:1].isalpha() or len(word) < 4 for word in text.split())


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return kept
