from dataclasses import FrozenInstanceError

import pytest

from graph.model import Edit, Passage

# "The five-\nfold plan" normalised: the hyphen at the line end was dropped, and "ﬁ" became "fi".
EDITS = (Edit(8, 8, "-\n"), Edit(14, 16, "ﬁ"))
PASSAGE = Passage("passage:1", "doc:1", 0, "The fivefold  fi plan", edits=EDITS)


@pytest.mark.parametrize(
    ("start", "end", "source"),
    [
        (0, 21, "The five-\nfold  ﬁ plan"),
        (0, 3, "The"),
        (4, 12, "five-\nfold"),
        (14, 16, "ﬁ"),
        (15, 21, "ﬁ plan"),  # an edit that overlaps comes whole
        (9, 12, "old"),
        (17, 21, "plan"),
    ],
)
def test_source_quote_gives_the_source_characters(start: int, end: int, source: str) -> None:
    assert PASSAGE.source_quote(start, end) == source


def test_source_quote_without_edits_is_the_text() -> None:
    assert Passage("passage:1", "doc:1", 0, "plain").source_quote(1, 4) == "lai"


def test_values_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        PASSAGE.text = "other"  # type: ignore[misc]
