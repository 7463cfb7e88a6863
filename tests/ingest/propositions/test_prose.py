"""What sentences of prose give: which are propositions, how firm, whose, and why the others are passed over."""

import pytest
from paper_samples import Desk


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Fylde Council will build a new quay at Lytham.", "will-body"),
        ("We will build a new quay at Lytham.", "will-we"),
        ("Lancashire will open five new colleges.", "will-place"),
        ("Lancashire will receive £3 million for colleges.", "will-place"),
        ("We are initiating a trial of ferries.", "is-giving"),
        ("The Government is working with Fylde Council to build a quay.", "is-giving"),
        ("The Government is putting in place a ferry for schools.", "is-giving"),
        ("From May the Department for Transport will require every ferry to be electric.", "will-body"),
        ("A further £5 million will allow the port to grow.", "will-pay"),
        ("Every pound of harbour rates will be spent on the quay.", "will-be-spent"),
        ("Every young person will be offered a place at college.", "will-receive"),
        ("The industry, through ZZQ, also pledges that women will hold a third of its posts.", "will-body"),
        ("On the side of industry ZZQ has pledged to put £2 billion into research.", "agreed-to"),
        ("These and other universities will host new fellowships.", "will-body"),
        ("For our part, the Chamber will recruit mentors.", "will-body"),
        ("The Government is asking the sector to train more sailors.", "standing-plan"),
        ("We suggest that Fylde Council appoint a champion of the port.", "standing-plan"),
        ("Lytham and Preston could become pilots for a new scheme.", "could"),
        ("The Department for Transport is embarking on a new programme of quays.", "is-giving"),
        ("Fylde Council has agreed to fund a new quay.", "agreed-to"),
        ("Fylde Council intends to open a laboratory.", "intends-to"),
        ("Partners are seeking to develop a rail plan.", "intends-to"),
        ("The Government is investing £40 million in a new laboratory.", "is-giving"),
        ("The programme will launch a new grant scheme.", "will-plan"),
        ("The strategy will establish a new research centre.", "will-plan"),
        ("A new innovation centre will be set up in Preston.", "will-be-made"),
        ("A new unit will invest in small firms.", "will-new-body"),
        ("A new laboratory will open its doors in Lytham in 2027.", "will-new-body"),
        ("Fylde Council is also going to build a quay.", "will-body"),
        ("Two new colleges will be built at Lytham.", "will-be-made"),
        ("The old mill will be turned into workshops by Fylde Council.", "will-be-done"),
        ("Every home will be connected to the grid with a grant from the Local Growth Fund.", "will-be-done"),
        ("Through the Local Growth Fund, support will be given to growers.", "will-be-done"),
        ("Bus travel will be free for apprentices.", "will-be-there"),
        ("In 2022 there will be an additional ferry to Lytham.", "will-be-there"),
        ("Fylde Council is prepared to match any grant.", "agreed-to"),
        ("Fylde Council has offered to host the school.", "agreed-to"),
        ("Fylde Council has agreed for its part to fund a new quay.", "agreed-to"),
        ("We have it in mind to start a loan fund.", "intends-to"),
        ("We aim, with partners, to have ten ferries in use by 2030.", "intends-to"),
        ("Our ambition is to double exports by 2030.", "standing-plan"),
        ("A skills school at Lytham, to be set up jointly with Fylde Council.", "standing-plan"),
        ("Fylde Council could extend its grants to Lytham.", "could"),
        ("A pilot quay might be built at Lytham.", "could"),
        ("We are looking at a bus pass for apprentices.", "explores"),
        ("Working with partners, Fylde Council proposes an innovation district.", "standing-plan"),
        ("Fylde Council wishes to yarnbomb 12 quays.", "intends-to"),
        ("If the bid succeeds, Fylde Council would build a quay.", "would-if"),
        ("Subject to the sums adding up, buses would be brought back under public control.", "would-if"),
        ("Fylde Council confirmed that it would build a new quay.", "will-body"),
        ("The clerk reported that Fylde Council intended to open a school.", "intends-to"),
        ("The Government is working on a Freight Growth Plan.", "is-giving"),
    ],
)
def test_promise_is_taken_by_what_its_subject_is(desk: Desk, text: str, rule: str) -> None:
    paper = desk(text)
    assert paper.whats == [text]
    assert paper.rules == [f"sentence.{rule}"]


@pytest.mark.parametrize(
    "text",
    [
        "Fylde Council built a quay in 2015.",
        "The county has built a new quay.",
        "The county was to have a quay.",
        "The Department for Transport is widening the road.",
        "Fylde Council has a quay at Lytham.",
    ],
)
def test_past_and_present_promise_nothing(desk: Desk, text: str) -> None:
    assert desk(text).whats == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will Fylde Council build a quay?", "question"),
        ("We expect that these will grow over time.", "elaboration"),
        ("We estimate this will include a tenth of the county.", "elaboration"),
        ("We know that Lytham needs more help than the market will provide.", "relative-clause"),
        ("The quay is an investment in trade, to meet the demand the county is going to face.", "tells-what-for"),
        ("These actions seek to build a quay at Lytham.", "aim-without-object"),
        ("If that rate holds, the county will build five quays a year.", "forecast"),
        ("We are not going to build a quay.", "negated"),
        ("Fylde Council has agreed to be the first to take part.", "state"),
        ("We are sure that the college will want to join.", "procedure"),
        ("How will Fylde Council fund it?", "question"),
        ("Fylde Council will not build a quay.", "negated"),
        ("Lytham has a quay which will open in 2020.", "relative-clause"),
        ("Our aim will be to help firms.", "aim-without-object"),
        ("Prices will fall by 2030.", "forecast"),
        ("Everyone will have a fair chance.", "forecast"),
        ("Lancashire will become a leader in textiles.", "forecast"),
        ("The programme will help firms to grow.", "effect"),
        ("People will be helped.", "passive-without-doer"),
        ("Fylde Council will be a leader.", "state"),
        ("The county could build a quay.", "mere-possibility"),
        ("Firms could build a quay.", "mere-possibility"),
        ("Firms are exploring a quay.", "mere-possibility"),
        ("We put forward three things.", "no-promise"),
        ("The line would be open by 2023.", "no-promise"),
        ("The chair said that she would look at the quay.", "hearsay"),
        ("Fylde Council intended to build a quay.", "history"),
        ("Our ambition is to be the best county by 2030.", "aim-without-object"),
        ("The board will consider them, with the replies.", "procedure"),
        ("Fylde Council will send in a fuller business case by March.", "procedure"),
        ("BEIS will gather replies from other departments.", "procedure"),
        ("The road, which Fylde Council will lead, is long.", "relative-clause"),
        ("Fylde Council should fund a quay.", "opinion"),
        ("Fylde Council will match it.", "about-the-one-before"),
    ],
)
def test_sentence_is_passed_over_for_a_reason(desk: Desk, text: str, reason: str) -> None:
    paper = desk(text)
    assert paper.whats == []
    assert paper.reasons == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "Board members will be kept informed.",
        "The report will be published in May.",
        "Fylde Council will receive a report in March.",
        "Fylde Council will write to the Treasury.",
        "Fylde Council will meet in June.",
        "The Board will publish an annual report.",
        "The Board will finalise the draft.",
        "Fylde Council will discuss the plan at its next meeting.",
        "This paper will set out a plan.",
        "We will read every reply to this consultation.",
        "Officers will report back in June.",
    ],
)
def test_handling_of_papers_and_meetings_is_procedure(desk: Desk, text: str) -> None:
    paper = desk(text)
    assert paper.whats == []
    assert set(paper.reasons) <= {"procedure", "paper-or-people"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Fylde Council will build a quay.", "firm"),
        ("Fylde Council will build a quay as soon as possible.", "firm"),
        ("Fylde Council has agreed to build a quay.", "firm"),
        ("Fylde Council intends to build a quay.", "tentative"),
        ("We could build a quay at Lytham.", "tentative"),
        ("Fylde Council will explore a new quay.", "tentative"),
        ("Fylde Council will consider whether to build a quay.", "tentative"),
        ("Fylde Council will draw up proposals for a quay.", "tentative"),
        ("There are plans to build a quay at Lytham.", "tentative"),
        ("Subject to funding, Fylde Council will build a quay.", "conditional"),
        ("Fylde Council will build a quay, provided that the county pays.", "conditional"),
    ],
)
def test_status_follows_the_wording(desk: Desk, text: str, status: str) -> None:
    assert desk(text).statuses == [status]


def test_firm_promises_of_a_draft_are_tentative(desk: Desk) -> None:
    assert desk("Fylde Council will build a quay.", draft=True).statuses == ["tentative"]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Fylde Council will build a quay.", "This will bring jobs."),
        ("Fylde Council will build a quay.", "The quay will help firms."),
        ("Fylde Council has a fund.", "It will create jobs."),
    ],
)
def test_elaboration_is_no_proposition_of_its_own(desk: Desk, before: str, text: str) -> None:
    assert text not in desk(f"{before} {text}").whats


def test_it_goes_on_with_the_promise_of_the_body_before(desk: Desk) -> None:
    paper = desk("Fylde Council will build a quay. It will also open a training school.")
    assert paper.whats == ["Fylde Council will build a quay.", "It will also open a training school."]
    assert paper.actors == [["Fylde Council"], ["Fylde Council"]]


@pytest.mark.parametrize("words", ["lead it", "deliver this", "be responsible for it"])
def test_who_will_lead_it_leads_the_proposition_before(desk: Desk, words: str) -> None:
    paper = desk(f"Fylde Council will build a quay. Homes England will {words}.")
    assert paper.whats == ["Fylde Council will build a quay."]
    assert paper.part("lead") == [["Homes England"]]


@pytest.mark.parametrize(
    ("text", "whats"),
    [
        (
            "Fylde Council will build a quay and will open a school.",
            ["Fylde Council will build a quay", "will open a school."],
        ),
        (
            "Fylde Council will fund a mast; the county will build a road.",
            ["Fylde Council will fund a mast", "the county will build a road."],
        ),
        (
            "Fylde Council will build a quay, and Homes England will open a school.",
            ["Fylde Council will build a quay", "Homes England will open a school."],
        ),
        (
            "Fylde Council will build a quay and a school for seamen.",
            ["Fylde Council will build a quay and a school for seamen."],
        ),
    ],
)
def test_sentence_of_several_promises_is_cut_between_them(desk: Desk, text: str, whats: list[str]) -> None:
    assert [what.strip(" ;") for what in desk(text).whats] == whats


@pytest.mark.parametrize("heading", ["References", "Glossary", "Contents", "How to respond"])
def test_sections_beside_the_matter_hold_no_propositions(desk: Desk, heading: str) -> None:
    assert desk("# Plan", f"## {heading}", "Fylde Council will build a quay.").whats == []


def test_headings_and_captions_are_no_propositions(desk: Desk) -> None:
    assert desk("# Fylde Council will build a quay", "It has sand.").whats == []


@pytest.mark.parametrize(
    "text",
    [
        "Plans are being made to build a quay at Lytham.",
        "The proposal is for a new body to run the quay.",
        "There are proposals for firms to open a quay.",
        "The intention is to open a quay.",
    ],
)
def test_standing_plan_is_promised_by_the_paper(desk: Desk, text: str) -> None:
    paper = desk(text)
    assert paper.whats == [text]
    assert paper.rules == ["sentence.standing-plan"]
    assert paper.statuses == ["tentative"]


def test_plans_as_a_noun_intend_nothing(desk: Desk) -> None:
    assert desk("The county has detailed plans to grow.").reasons == ["plans-as-a-noun"]


@pytest.mark.parametrize("verb", ["tasked with a review", "devolved to the county", "allocated to the county"])
def test_what_is_tasked_devolved_or_allocated_is_promised(desk: Desk, verb: str) -> None:
    assert desk(f"Powers over buses will be {verb}.").rules == ["sentence.will-be-made"]


@pytest.mark.parametrize(
    "text",
    [
        "£5 million will be invested in a new quay.",
        "Up to £20 million will be made available to firms.",
        "A new quay will be funded with £5 million.",
    ],
)
def test_money_that_will_be_given_is_promised_whoever_gives_it(desk: Desk, text: str) -> None:
    assert desk(text).rules == ["sentence.will-be-made"]


@pytest.mark.parametrize(
    "text",
    [
        "Fylde Council would build a quay.",
        "Fylde Council planned to build a quay.",
        "Fylde Council was to build a quay.",
    ],
)
def test_minutes_tell_promises_in_reported_speech(desk: Desk, text: str) -> None:
    assert desk(text).whats == []
    assert desk(text, genre="minutes").whats == [text]


def test_wish_counts_where_it_names_something(desk: Desk) -> None:
    assert desk("We want to tell better stories.").whats == []
    assert desk("We want to tell 12 schools about the quay.").whats == ["We want to tell 12 schools about the quay."]


def test_points_of_a_paper_that_lists_actions_are_actions(desk: Desk) -> None:
    points = ("- Opening a school", "- £5 million for quays", "- Complete the trial")
    assert desk("# Ports", *points).whats == []
    assert desk("# Ports", *points, title="Summary of headline actions").whats == [point[2:] for point in points]


def test_bodies_that_are_to_act_need_no_verb(desk: Desk) -> None:
    paper = desk("Government to publish the plan of Lytham by May; Fylde Council to open two schools.")
    assert paper.rules == ["sentence.body-to"] * 2
    assert paper.actors == [["Government"], ["Fylde Council"]]
    assert desk("Action: Fylde Council, with Homes England, to open a school.").actors == [["Fylde Council"]]
    assert desk("Fylde Council wrote to Homes England to open a school.").whats == []


@pytest.mark.parametrize(
    ("procedure", "promise"),
    [
        ("publish its annual survey", "publish its timetable of ferries"),
        ("publish the quarterly dashboard", "publish a map of quays"),
        ("hold its annual conference", "hold an annual regatta"),
        ("hold an extraordinary general meeting", "hold a boat race"),
        ("send any comments", "send its boats to Lytham"),
        ("review delivery", "review business rates"),
        ("look at this strategy", "look at the cost of ferries"),
        ("take over these asks", "take over the quay"),
    ],
)
def test_upkeep_of_a_plan_is_procedure_and_the_same_verb_else_a_promise(
    desk: Desk, procedure: str, promise: str
) -> None:
    assert desk(f"Fylde Council will {procedure}.").reasons == ["procedure"]
    assert desk(f"Fylde Council will {promise}.").rules == ["sentence.will-body"]


@pytest.mark.parametrize(
    "text",
    [
        "We think that Fylde Council will build a quay.",
        "I hope that Fylde Council will build a quay.",
        "A member asked whether Fylde Council could build a quay.",
        "Fylde Council will build on that.",
        "The clerk will pass on what was said.",
        "Fylde Council will publish a scorecard each spring.",
    ],
)
def test_hope_question_and_housekeeping_promise_nothing(desk: Desk, text: str) -> None:
    assert desk(text).whats == []


def test_name_with_a_comma_or_and_is_one_subject(desk: Desk) -> None:
    text = (
        "Government will pay for a hub through the Department for Business, Energy and Industrial Strategy, and Fylde"
        " Council will open a school."
    )
    assert desk(text).whats == [text.partition(", and Fylde")[0], text.partition(", and ")[2]]


@pytest.mark.parametrize("opening", ["Here is what", "So here's what", "That's what"])
def test_sentence_that_only_opens_what_follows_promises_nothing(desk: Desk, opening: str) -> None:
    assert desk("I will build a quay.", genre="manifesto").rules == ["sentence.will-we"]
    assert desk(f"{opening} I will do.", genre="manifesto").rules == []
    assert desk(f"{opening} I will build at Lytham.", genre="manifesto").rules == []
