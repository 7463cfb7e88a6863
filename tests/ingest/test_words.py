import pytest

from ingest.names.rules import load_anaphor_rules, load_list_rules, load_unlisted_rules, load_words
from ingest.words import find_words, first_words

NEEDED = (
    *load_unlisted_rules().place_before,
    *load_unlisted_rules().body_before,
    *load_unlisted_rules().body_after,
    *load_unlisted_rules().lever_before,
    *load_list_rules().body_cues,
    *load_list_rules().lever_cues,
    *load_list_rules().apposition,
    *load_words().titles,
    *(noun for rule in load_anaphor_rules() for noun in rule.nouns),
)


def test_words_are_runs_of_letters_whatever_their_case() -> None:
    assert find_words("Re-use of R&D2 in São Paulo's LEPs") == {
        "re", "use", "of", "r", "d", "in", "s", "o", "paulo", "leps",
    }  # fmt: skip


def test_first_words_are_those_that_phrases_begin_with() -> None:
    assert first_words(["Led by", "not-for-profit", "charity,", "1 of"]) == {"led", "not", "charity"}


@pytest.mark.parametrize("phrase", NEEDED)
def test_text_with_a_phrase_has_its_first_word(phrase: str) -> None:
    assert first_words([phrase]) <= find_words(f"It is {phrase} Quill")
    assert first_words([phrase])
