import pytest

from graph.model import Entity
from graph.stores.text import entity_names, find_words, fold_name, make_snippet, rank_near


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        (
            "The Department for Business, Energy & Industrial Strategy",
            "department for business energy and industrial strategy",
        ),
        ("  GREATER   Manchester ", "greater manchester"),
        ("King’s College", "kings college"),
        ("King's College", "kings college"),
        ("Ynys Môn", "ynys mon"),
        ("The", "the"),
        ("R&D", "r and d"),
        ("🙂", "🙂"),
        ("", ""),
    ],
)
def test_fold_name_makes_spellings_equal(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_entity_names_are_its_own_then_aliases_once() -> None:
    def names(aliases: str | tuple[str, ...]) -> tuple[str, ...]:
        return entity_names(Entity("lep:x", "LEP", "Name", properties={"aliases": aliases, "note": "no name"}))

    assert names(("B", "Name", " ", "A")) == ("Name", "B", "A")
    assert names("B") == ("Name", "B")
    assert names(()) == ("Name",)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ('"Skills hub" AND (skills)', ("Skills", "hub", "AND")),
        ("R&D", ("R", "D")),
        ("snake_case a-b", ("snake", "case", "a", "b")),
        ("🙂 & —", ()),
    ],
)
def test_find_words_keeps_words_only(query: str, words: tuple[str, ...]) -> None:
    assert find_words(query) == words


def test_snippet_shows_the_stretch_with_most_words() -> None:
    filler = " ".join(f"filler{n}" for n in range(60))
    text = f"alpha {filler} Alpha and bétas here {filler}"
    snippet = make_snippet(text, ("alpha", "beta"))
    assert "[Alpha] and [bétas] here" in snippet
    assert snippet.startswith("…filler")
    assert snippet.endswith("…")
    assert len(snippet.split()) == 30


@pytest.mark.parametrize(
    ("text", "snippet"), [("", ""), ("🙂", "🙂"), ("no match", "no match"), ("<b>x</b>", "<b>[x]</b>")]
)
def test_snippet_of_short_texts(text: str, snippet: str) -> None:
    assert make_snippet(text, ("x",)) == snippet


def test_rank_near_orders_by_closeness_then_name() -> None:
    candidates = [(name, fold_name(name)) for name in ["London", "Leeds City", "Leeds", "Leads", "Leek"]]
    assert rank_near("leds", candidates, limit=3) == ("Leads", "Leeds")
    assert rank_near("leds", candidates[::-1], limit=1) == ("Leads",)
    assert rank_near("zzz", candidates, limit=5) == ()
