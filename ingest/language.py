"""The one spaCy `Language` of the project: a blank English tokenizer and our components, used through `nlp.pipe`."""

from collections.abc import Mapping
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import compile_suffix_regex

from graph.errors import KgError
from ingest.names.lexicon import build_lexicon
from ingest.names.types import Form
from ingest.registers import Registers

CACHED_WORDS = 100_000  # the registers' names alone fill the 10,000 that spaCy keeps by itself
REGISTER_NAMES = "register"  # what `Doc.user_data` has them under: (name in small letters, start, end)


class RegisterNames:
    """Marks every stretch whose lower-cased text is a register name; which of them count is decided later.

    A phrase matcher with a table of our own: an entity ruler with ids counts its patterns on each call. Plain values,
    since a group of spans makes each of them anew when it is read.
    """

    def __init__(self, nlp: Language) -> None:
        self._tokenizer = cast(Any, nlp.tokenizer)
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")

    def add(self, lexicon: Mapping[str, Form]) -> None:
        """Look for every form of `lexicon` too."""
        for key, doc in zip(lexicon, self._tokenizer.pipe(lexicon), strict=True):
            self._matcher.add(key, [doc])

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc.user_data["register"]`."""
        spans = self._matcher(doc, as_spans=True)
        doc.user_data[REGISTER_NAMES] = [(span.label_, span.start_char, span.end_char) for span in spans]
        return doc


@Language.factory("register_names")
def _make_register_names(nlp: Language, name: str) -> RegisterNames:  # noqa: ARG001 - the signature is spaCy's
    return RegisterNames(nlp)


def build_language(registers: Registers, *, model: str | None = None) -> Language:
    """Return the project's pipeline for English text of up to 1,000,000 characters a passage.

    Args: model: name or path of an installed pipeline to build on, such as "en_core_web_trf"; its named entities then
    join those of our rules. None is a blank pipeline.
    Raises: KgError: that pipeline is not installed, or does not fit this spaCy.
    Cost: well under a second for the bundled registers, and the model's own time."""
    nlp = spacy.blank("en") if model is None else _load(model)
    tokenizer = cast(Any, nlp.tokenizer)
    tokenizer.max_cache_size = CACHED_WORDS
    # "DfE." and "Strategy.14" are one token to the stock rules: a full stop after a capital, a footnote mark after one.
    suffixes = (*(nlp.Defaults.suffixes or ()), r"(?<=[a-z][A-Z])\.", r"(?<=[a-z])\.\d{1,3}")
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    cast(RegisterNames, nlp.add_pipe("register_names")).add(build_lexicon(registers.rows.values()))
    return nlp


def _load(model: str) -> Language:
    try:
        return spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        raise KgError(
            f"pipeline {model!r} cannot be loaded: {error}; install it (pip install, or spacy download) or leave it out"
        ) from error
