import pytest

from ingest.relations import wording

NAME = "Harbour Fund"


def at(text: str) -> tuple[str, int, int]:
    start = text.index(NAME)
    return text, start, start + len(NAME)


@pytest.mark.parametrize(
    "text",
    [
        "build it with £5 million from the Harbour Fund",
        "build it with £5m of new Harbour Fund",
        "build it, funded by the Harbour Fund",
        "build it, backed by the national Harbour Fund",
        "spend Harbour Fund money on it",
        "use the Harbour Fund's budget",
        "use Harbour Fund investment for it",
        "draw on existing funding from the Harbour Fund",
    ],
)
def test_money_comes_from_the_name(text: str) -> None:
    assert wording.pays(*at(text))


@pytest.mark.parametrize(
    "text",
    [
        "build it with the Harbour Fund",
        "set up the Harbour Fund",
        "build on the Harbour Fund and its work",
        "spend £5 million. The Harbour Fund will stay",
        "learn from the Harbour Fund",
        "the Harbour Fund opens",
    ],
)
def test_name_without_words_of_paying_does_not_pay(text: str) -> None:
    assert not wording.pays(*at(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a board led by Harbour Fund", True),
        ("a board chaired by the Harbour Fund", True),
        ("a board run by A, B, Harbour Fund", True),
        ("a board that leads Harbour Fund", False),
        ("a board paid by Harbour Fund", False),
        ("a board led by firms with Harbour Fund", False),
    ],
)
def test_led_by_names_who_leads(text: str, expected: bool) -> None:
    assert wording.leads(text, text.index(NAME)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set up a new Harbour Fund", True),
        ("a possible Harbour Fund", True),
        ("two regional Harbour Fund branches", True),
        ("a planned Harbour Fund", True),
        ("work with the Harbour Fund", False),
        ("Harbour Fund", False),
        ("the old Harbour Fund", False),
    ],
)
def test_indefinite_name_is_brought_up(text: str, expected: bool) -> None:
    assert wording.is_brought_up(text, text.index(NAME)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("beyond the Harbour Fund", True),
        ("trains that run to Harbour Fund", True),
        ("unlike Harbour Fund", True),
        ("links with the Harbour Fund", True),
        ("as in Harbour Fund", True),
        ("in Harbour Fund", False),
        ("at the Harbour Fund", False),
        ("homes beyond the walls in Harbour Fund", False),
    ],
)
def test_place_may_be_named_as_somewhere_else(text: str, expected: bool) -> None:
    assert wording.is_elsewhere(text, text.index(NAME)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for which the Harbour Fund would be asked for a grant", True),
        ("that the Harbour Fund be asked for a grant", True),
        ("the Harbour Fund (HF) is also urged to pay", True),
        ("a matter for the Harbour Fund", True),
        ("a matter for the Fylde Board and the Harbour Fund", True),
        ("that the Harbour Fund asked for a grant", False),
        ("that the Harbour Fund be told", False),
        ("it matters for the Harbour Fund", False),
        ("a matter of the Harbour Fund", False),
    ],
)
def test_name_may_be_asked_in_passing(text: str, expected: bool) -> None:
    assert wording.is_asked(*at(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fylde Council will lead a new forum.", True),
        ("Fylde Council would jointly chair the board.", True),
        ("Fylde Council has agreed to lead on a new forum.", True),
        ("Fylde Council is to lead it.", True),
        ("Fylde Council will lead the way.", False),
        ("Fylde Council will lead to more jobs.", False),
        ("Fylde Council led a forum.", False),
        ("With partners, Fylde Council will lead a forum.", False),
    ],
)
def test_promise_to_lead_is_read_in_its_verb(text: str, expected: bool) -> None:
    assert wording.will_lead(text) is expected
