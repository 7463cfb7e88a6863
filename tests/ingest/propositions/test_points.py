"""Leads and the points below them, through whole papers: what each makes of the other."""

import pytest
from paper_samples import Desk

from ingest.propositions import load_rules
from ingest.propositions.points import find_verb, goes_on


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("build a quay", ""),
        ("Build a quay", ""),
        ("also build a quay", ""),
        ("jointly build a quay", ""),
        ("we will build a quay", "we will "),
        ("and build a quay", "and "),
        ("Working with Homes England, build a quay", "Working with Homes England, "),
        ("Rail: extend the line", "Rail: "),
        ("Westcott. Extend the line", "Westcott. "),
        ("The old mill – restore the roof", "The old mill – "),
        ("bid for grants", ""),
        ("plan and deliver a quay", ""),
    ],
)
def test_point_opens_with_a_verb_perhaps_behind_a_label(text: str, label: str) -> None:
    found = find_verb(text, 0, len(text), load_rules(), gerunds=False)
    assert found == (0, len(label))


@pytest.mark.parametrize(
    "text",
    [
        "Support for firms",
        "Review of the port",
        "Pilot on the quay",
        "Design of a quay",
        "Growth",
        "Build",
        "A new quay",
        "Ports and roads",
        "Plan and budget",
        "opening a school",
        "been to sea",
        "",
    ],
)
def test_noun_that_looks_like_a_verb_opens_nothing(text: str) -> None:
    assert find_verb(text, 0, len(text), load_rules(), gerunds=False) is None


def test_gerund_opens_only_where_the_lead_wants_it() -> None:
    text = "opening a school"
    assert find_verb(text, 0, len(text), load_rules(), gerunds=True) == (0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yarnbomb the quays", True),
        ("with partners, yarnbomb the quays", True),
        ("a better road", False),
        ("more trains", False),
        ("Yarnbomb the quays", False),
        ("yarnbomb", False),
    ],
)
def test_open_lead_lets_any_word_go_on_that_can_be_a_verb(text: str, expected: bool) -> None:
    assert goes_on(text, 0, len(text), load_rules()) is expected


@pytest.mark.parametrize(
    "lead",
    [
        "Fylde Council will:",
        "Fylde Council will –",
        "Fylde Council has agreed to:",
        "Fylde Council will work with partners to:",
        "Working with the county, Fylde Council will:",
        "In the first year, Fylde Council and the county will:",
    ],
)
def test_lead_that_ends_in_a_promise_gives_its_subject_to_each_point(desk: Desk, lead: str) -> None:
    paper = desk(lead, "- build a quay", "- open a school")
    assert paper.whats == ["build a quay", "open a school"]
    assert all("Fylde Council" in actor for actors in paper.actors for actor in actors)
    assert all(paper.actors)


@pytest.mark.parametrize("lead", ["Fylde Council will help firms by:", "Fylde Council will act through:"])
def test_lead_that_ends_in_by_takes_gerunds(desk: Desk, lead: str) -> None:
    assert desk(lead, "- opening a school", "- giving grants to firms").whats == [
        "opening a school",
        "giving grants to firms",
    ]


def test_lead_that_wants_an_object_takes_nouns(desk: Desk) -> None:
    assert len(desk("Fylde Council will invest in:", "- a new college", "- the old port").whats) == 2


@pytest.mark.parametrize(
    "heading", ["Our priorities", "Actions", "What we will do", "Recommendations", "Key interventions", "Commitments"]
)
def test_promising_heading_takes_verb_first_points_alone(desk: Desk, heading: str) -> None:
    paper = desk("# Plan", f"## {heading}", "- Build a quay at Lytham", "- Growth", "- Support for firms")
    assert paper.whats == ["Build a quay at Lytham"]


@pytest.mark.parametrize(
    "lead",
    [
        "So far the county has:",
        "Achievements include:",
        "The strategy of 2017 outlined the aims of Fylde Council to:",
        "The area already has strengths:",
        "The challenges are:",
        "Present:",
    ],
)
def test_points_of_history_or_housekeeping_promise_nothing(desk: Desk, lead: str) -> None:
    assert desk(lead, "- build a quay", "- open a school").whats == []


def test_sentence_within_a_point_of_history_may_promise(desk: Desk) -> None:
    paper = desk("So far the county has:", "- opened a school. Fylde Council will run a new laboratory there.")
    assert paper.whats == ["Fylde Council will run a new laboratory there."]


@pytest.mark.parametrize("lead", ["What should we do first?", "Which of these should come first:", "Would you:"])
def test_points_of_a_question_are_refused_whole(desk: Desk, lead: str) -> None:
    paper = desk(lead, "- build a quay. Fylde Council will run it well.", "- open a school")
    assert paper.whats == []
    assert paper.reasons.count("points-of-a-question") == 2


@pytest.mark.parametrize("verb", ["asked", "recommended", "invited", "requested"])
def test_what_a_board_is_asked_to_do_is_procedure(desk: Desk, verb: str) -> None:
    assert desk(f"The Board is {verb} to:", "- note the report", "- fund a quay").whats == []


def test_what_a_department_is_asked_to_do_is_an_ask(desk: Desk) -> None:
    paper = desk("The Department for Transport is asked to:", "- fund a quay", "- open a station")
    assert paper.rules == ["item.is-asked-to"] * 2
    assert paper.actors == [["The Department for Transport"]] * 2


@pytest.mark.parametrize("lead", ["We should like:", "We would like:", "Fylde Council and partners ask for:"])
def test_points_of_should_like_are_asks_whatever_opens_them(desk: Desk, lead: str) -> None:
    paper = desk(lead, "- a new tram to Lytham", "- HM Treasury to fund a quay")
    assert paper.whats == ["a new tram to Lytham", "HM Treasury to fund a quay"]
    assert {str(draft.trigger) for draft in paper.drafts} == {"asks"}
    assert paper.actors[1] == ["HM Treasury"]


def test_points_below_asks_that_department_ask_it(desk: Desk) -> None:
    paper = desk("We ask that the Department for Transport:", "- fund a quay")
    assert paper.actors == [["the Department for Transport"]]


def test_heading_under_asks_that_names_a_department_asks_it(desk: Desk) -> None:
    lines = ("# Plan", "## Asks of Government", "### To the Department for Transport", "- A new tram", "- Fund a quay")
    paper = desk(*lines)
    assert paper.rules == ["item.asks-heading"] * 2
    assert paper.actors == [["To the Department for Transport"]] * 2


def test_heading_that_names_a_department_asks_nothing_elsewhere(desk: Desk) -> None:
    assert desk("# Plan", "## Our bodies", "### To the Department for Transport", "- A new tram").whats == []


def test_points_of_resolved_are_judged_as_resolutions(desk: Desk) -> None:
    paper = desk("Resolved:", "- That the report be noted", "- That Fylde Council commit £5 million to a quay")
    assert paper.whats == ["That Fylde Council commit £5 million to a quay"]
    assert paper.reasons == ["leads-points", "procedure"]


@pytest.mark.parametrize("lead", ["Fylde Council will build a quay with:", "Fylde Council will build a quay made of:"])
def test_points_of_a_lead_that_is_a_proposition_are_parts_of_it(desk: Desk, lead: str) -> None:
    paper = desk(lead, "- a crane", "- sheds for HM Treasury")
    assert paper.whats == [lead]
    assert [paper.reading.text(span) for span in paper.drafts[0].scope] == [lead, "a crane", "sheds for HM Treasury"]
    assert paper.reasons == ["part-of-the-lead"] * 2


def test_points_below_a_taken_point_are_parts_of_it(desk: Desk) -> None:
    paper = desk("Fylde Council will:", "- build a quay", "-- a crane", "-- open a shed", "- open a school")
    assert paper.whats == ["build a quay", "open a school"]
    assert [paper.reading.text(span) for span in paper.drafts[0].scope] == ["build a quay", "a crane", "open a shed"]


def test_points_below_a_point_that_was_not_taken_stand_under_the_lead_above(desk: Desk) -> None:
    paper = desk("Fylde Council will:", "- Rail", "-- extend the line", "-- open a station", "- build a quay")
    assert paper.whats == ["extend the line", "open a station", "build a quay"]


def test_last_sentence_of_a_point_may_lead_points_of_its_own(desk: Desk) -> None:
    lines = (
        "Fylde Council will:",
        "- build a quay. The Department for Transport will:",
        "-- fund a tram",
        "-- open a road",
    )
    paper = desk(*lines)
    assert paper.whats == ["build a quay.", "fund a tram", "open a road"]
    assert paper.actors[1] == ["The Department for Transport"]


def test_paragraph_ends_a_run_of_points(desk: Desk) -> None:
    paper = desk("Fylde Council will:", "- build a quay", "Rain fell.", "- open a school")
    assert paper.whats == ["build a quay"]


def test_short_label_before_the_verb_names_the_proposition(desk: Desk) -> None:
    paper = desk(
        "Fylde Council will:", "- Westcott. Carry through the plan for it. It has sand.", "- Rail: extend the line"
    )
    assert paper.whats == ["Westcott. Carry through the plan for it.", "Rail: extend the line"]
    assert paper.names == ["Westcott. ", "Rail: "]


@pytest.mark.parametrize("text", ["proposals for a bridge", "potential to open a mine", "explore a new tram"])
def test_tentative_point_is_marked(desk: Desk, text: str) -> None:
    paper = desk("Fylde Council will:", f"- {text}")
    assert paper.whats == [text]
    assert paper.statuses == ["tentative"]


def test_points_of_an_intention_are_tentative(desk: Desk) -> None:
    assert desk("Fylde Council intends to:", "- build a quay").statuses == ["tentative"]


def test_procedure_among_the_points_is_passed_over(desk: Desk) -> None:
    paper = desk("Fylde Council will:", "- build a quay", "- report back to members", "- publish the minutes")
    assert paper.whats == ["build a quay"]
    assert paper.reasons.count("procedure") == 2


def test_further_sentences_of_a_point_are_judged_by_themselves(desk: Desk) -> None:
    paper = desk("Fylde Council will:", "- build a quay. Homes England will build 500 homes. This will help firms.")
    assert paper.whats == ["build a quay.", "Homes England will build 500 homes."]
    assert paper.reasons[-1] == "more-of-the-one-before"


def test_heading_leads_the_points_where_the_paragraph_between_says_nothing(desk: Desk) -> None:
    paper = desk("# Plan", "## Commitments", "Rain fell there.", "- Build a quay", "- Ports")
    assert paper.whats == ["Build a quay"]


ACTIONS = ("- Build a quay at Lytham", "- Open a school there", "- Widen the old road", "- Run a bus")


def test_list_of_actions_without_a_lead_is_one_of_propositions_in_a_strategy(desk: Desk) -> None:
    assert desk("# Plan", "## Notes", "Rain fell there.", *ACTIONS, genre="strategy").rules == ["item.verb-first"] * 4


@pytest.mark.parametrize("genre", ["letter", "consultation", "minutes"])
def test_list_of_actions_without_a_lead_is_not_in_papers_about_others(desk: Desk, genre: str) -> None:
    assert desk("# Plan", "## Notes", "Rain fell there.", *ACTIONS, genre=genre).rules == []


def test_what_the_government_would_like_is_its_intention(desk: Desk) -> None:
    paper = desk("We should like:", "- to open a quay", "- open a school", owners=["dept:beis"], genre="strategy")
    assert {str(draft.trigger) for draft in paper.drafts} == {"intends"}
    assert set(paper.statuses) == {"tentative"}


def test_points_within_a_sentence_are_points(desk: Desk) -> None:
    paper = desk("Fylde Council will: build a quay at Lytham; open a new school; and train sixty cooks.")
    assert paper.whats == ["build a quay at Lytham", "open a new school", "train sixty cooks."]
    assert paper.actors == [["Fylde Council"]] * 3


def test_semicolons_without_a_lead_part_no_points(desk: Desk) -> None:
    assert desk("Three things matter: quays at Lytham; schools; and cooks.").whats == []


@pytest.mark.parametrize(
    ("lead", "point"),
    [
        ("The plan commits Fylde Council to:", "building a quay at Lytham"),
        ("The plan commits Fylde Council to three things:", "building a quay at Lytham"),
        ("Fylde Council will, in its first year:", "build a quay at Lytham"),
        ("The Board agreed that the strategy should contain:", "a trial of quays at Lytham"),
        ("We ask HM Treasury to:", "pay for a quay at Lytham"),
    ],
)
def test_lead_in_other_words_makes_propositions_of_its_points(desk: Desk, lead: str, point: str) -> None:
    assert desk(lead, f"- {point}", f"- {point} again").whats == [point, f"{point} again"]


@pytest.mark.parametrize(
    "point",
    ["HM Treasury: sort how the quay is paid for", "HM Treasury would fund a quay", "HM Treasury to fund a quay"],
)
def test_point_of_a_list_of_asks_names_whom_it_asks(desk: Desk, point: str) -> None:
    paper = desk("I should be grateful if:", f"- {point}", "- BEIS would build a school")
    assert paper.actors[0] == ["HM Treasury"]


@pytest.mark.parametrize(
    ("point", "taken"),
    [
        ("A fund for growers (£2m), run with partners", True),
        ("A development corporation for the docks, subject to consent", True),
        ("A new school of quays at Lytham", True),
        ("A skilled and happy workforce", False),
        ("More people in work by 2030", False),
    ],
)
def test_thing_of_a_promising_list_is_a_proposition_where_it_can_be_held_to(
    desk: Desk, point: str, taken: bool
) -> None:
    assert desk("## How we will get there", f"- {point}").whats == ([point] if taken else [])


def test_point_of_a_heading_that_says_actions_needs_no_verb(desk: Desk) -> None:
    point = "Greater uptake of heat pumps in Lytham"
    assert desk("## Key actions", f"- {point}").whats == [point]
    assert desk("## Minutes", "## Actions", f"- {point}", genre="minutes").whats == []
    assert desk("## Our ambitions", f"- {point}").whats == []


def test_heading_further_up_says_whose_actions_the_points_are(desk: Desk) -> None:
    paper = desk(
        "# Deal",
        "## Industry action to support ports",
        "### Ferries",
        "- Shipyards to build two ferries at Lytham",
        "- Senior figures of the trade will sit on the board",
        "### Skills",
        "- Publish what yards need",
    )
    assert len(paper.whats) == 3


def test_gerunds_follow_a_lead_that_announces_changes(desk: Desk) -> None:
    assert len(desk("Three changes follow:", "- turning the hub into one desk;", "- opening a loan fund.").whats) == 2


POINTS = ("- build a quay", "- open a school at Lytham")


@pytest.mark.parametrize(
    "lead",
    [
        "The Government has agreed to act on three points:",
        "Fylde Council will move on three fronts:",
        "HM Treasury has agreed to the following requests:",
        "Fylde Council will make 5 new commitments:",
    ],
)
def test_lead_that_counts_its_points_gives_them_its_subject(desk: Desk, lead: str) -> None:
    paper = desk(lead, *POINTS)
    assert paper.whats == ["build a quay", "open a school at Lytham"]
    assert all(actor in lead for (actor,) in paper.actors)


@pytest.mark.parametrize(
    "lead",
    [
        "Fylde Council will support three points of the plan:",
        "Fylde Council will build three harbours:",
        "Fylde Council will keep many commitments:",
    ],
)
def test_points_below_a_promise_that_counts_something_else_are_parts_of_it(desk: Desk, lead: str) -> None:
    assert desk(lead, *POINTS).whats == [lead]


def test_line_of_a_timetable_is_no_action(desk: Desk) -> None:
    lines = ("We will take these steps:", "- March: draft to the board", "- open a school")
    assert desk(*lines).whats == ["open a school"]


NOTES = ("- note the report", "- to receive the minutes")


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (("Rain fell.", "- build a quay at Lytham", NOTES[0]), 0),
        (("Rain fell.", "- build a quay at Lytham", NOTES[1]), 0),
        (("Rain fell.", "- build a quay at Lytham", "- open a school"), 2),
        (("- build a quay at Lytham", NOTES[0]), 0),
    ],
)  # fmt: skip
def test_recommendations_to_note_something_are_a_boards_own(desk: Desk, lines: tuple[str, ...], count: int) -> None:
    paper = desk("# Plan", "## 7. Recommendations", *lines)
    assert len(paper.whats) == count
    assert (paper.reasons.count("procedure-of-a-board") == 2) is (count == 0)
