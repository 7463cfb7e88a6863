from collections.abc import Callable
from typing import Any

import pytest

Find = Callable[..., Any]


@pytest.mark.parametrize(
    ("texts", "name", "entity_id"),
    [
        (("Lancashire LEP reports.", "The LEP will act."), "The LEP", "lep:lancashire"),
        (("Fylde Council met.", "Then the Council agreed."), "the Council", "la:fylde"),
        (
            ("The University of Leicester invests.", "The University will match it."),
            "The University",
            "inst:university-of-leicester",
        ),
        (
            ("The Secretary of State for Business, Energy and Industrial Strategy: I rise.", "My Department helps."),
            "My Department",
            "dept:beis",
        ),
        (
            ("Greater Manchester Combined Authority (GMCA) met.", "The Combined Authority agreed."),
            "The Combined Authority",
            "ca:greater-manchester",
        ),
        (
            ("the Oxford-Cambridge Arc grows", "across the Arc more is done"),
            "the Arc",
            "place:oxford-cambridge-arc",
        ),
    ],
)
def test_anaphora_resolve_to_what_was_named(find: Find, texts: tuple[str, ...], name: str, entity_id: str) -> None:
    assert find(*texts).ids(name) == {entity_id}


def test_anaphora_take_the_nearest_of_several_in_the_passage(find: Find) -> None:
    found = find("Fylde Council agreed.", "Wyre Council met and the Council refused.")
    assert found.ids("the Council") == {"la:wyre"}


def test_anaphora_leave_a_letters_department_unsure_between_two(find: Find) -> None:
    found = find("To DfE and BEIS.", "We ask that your Department help.")
    assert found.ids("your Department") == set()
    assert [unsure.candidates for unsure in found.names.unsure] == [("dept:beis", "dept:dfe")]


def test_anaphora_without_any_antecedent_are_passed_over(find: Find) -> None:
    assert find("The Council and the University agreed with the Fund.").texts == []


BEIS = "The Secretary of State for Business, Energy and Industrial Strategy"
OTHERS = ("HM Treasury pays.", "We met HM Treasury. The Department will help.")


@pytest.mark.parametrize(
    ("speeches", "entity_id"),
    [
        ((f"{BEIS} (Jane Doe): I rise.",), "dept:beis"),
        ((f"{BEIS}: I rise.",), "dept:beis"),
        (("The Parliamentary Under-Secretary of State for Transport (Jane Doe): I rise.",), "dept:dft"),
        ((f"{BEIS} met us.",), "dept:hmt"),
        ((f"Then {BEIS} (Jane Doe) spoke.",), "dept:hmt"),
        ((f"{BEIS} (Jane Doe): I rise.", "The Secretary of State for Education (Jo Roe): I rise."), "dept:hmt"),
    ],
)
def test_department_in_a_debate_is_that_of_the_one_minister_who_speaks(
    find: Find, speeches: tuple[str, ...], entity_id: str
) -> None:
    assert find(*speeches, *OTHERS).ids("The Department") == {entity_id}
