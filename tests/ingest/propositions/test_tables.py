"""Rows of a table as propositions: under any sensible headings, by what the columns hold."""

import pytest
from paper_samples import Desk

QUAY = "| Quay | Build a quay at Lytham | Ships come | BEIS to fund it |"
SCHOOL = "| School | Open a school | Few can read | DfE to fund it |"


@pytest.mark.parametrize(
    "headings",
    [
        "| Proposition | What | Why | Ask |",
        "| Project | Description | Rationale | Ask of Government |",
        "| Initiative | What we will do | The case | What we need from Government |",
        "| Title | Our offer | Evidence | Asks of HMG |",
        "| Title | Our offer | Evidence | What we would like in return |",
        "| Scheme | Summary | Need | Government support |",
    ],
)
def test_columns_have_roles_by_any_sensible_headings(desk: Desk, headings: str) -> None:
    paper = desk(headings, QUAY, SCHOOL)
    assert paper.whats == ["Build a quay at Lytham", "Open a school"]
    assert paper.names == ["Quay", "School"]
    assert paper.part("why") == [["Ships come"], ["Few can read"]]
    assert paper.part("ask") == [["BEIS to fund it"], ["DfE to fund it"]]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Lead", "lead"),
        ("Who leads", "lead"),
        ("Pledged by", "lead"),
        ("Partners", "partners"),
        ("Cost", "money"),
        ("How much", "money"),
        ("When", "date"),
        ("Where", "place"),
        ("Foundation", "foundation"),
        ("Department", "departments"),
        ("How", "how"),
        ("Next steps", "how"),
        ("Status", "status"),
    ],
)
def test_further_columns_have_roles(desk: Desk, heading: str, role: str) -> None:
    paper = desk(f"| Project | What | {heading} |", "| Quay | Build a quay | so and so |")
    assert paper.part(role) == [["so and so"]]


def test_columns_of_headings_of_ones_own_have_roles_by_their_cells(desk: Desk) -> None:
    paper = desk(
        "| Title | How it would be done | What would unlock it |",
        "| Quay | Build a quay at Lytham | BEIS to fund it |",
        "| School | Open a school | DfE to fund it |",
        "| Road | Widen the road | Department for Transport to say yes |",
    )
    assert paper.whats == ["Build a quay at Lytham", "Open a school", "Widen the road"]
    assert paper.part("ask")[2] == ["Department for Transport to say yes"]


@pytest.mark.parametrize(
    "lines",
    [
        ("| Milestone | Date |", "| Open a quay | 2021 |", "| Open a school | 2022 |", "| Open a road | 2023 |"),
        ("| Milestone | What | Lead |", "| Spring | Open a quay | BEIS |", "| Summer | Open a road | BEIS |"),
        ("| Risk | Mitigation | Owner |", "| Late quays | Open a school | BEIS |"),
        ("| Indicator | Baseline | Target |", "| Jobs | 10 | 20 |"),
        ("| Strengths | Challenges |", "| Build a name for cloth | Open a road |"),
        ("| Question | Answer |", "| Why build? | Open a road |"),
    ],
)
def test_table_that_lists_something_else_is_refused(desk: Desk, lines: tuple[str, ...]) -> None:
    assert desk(*lines).whats == []


def test_promise_in_a_cell_of_another_table_counts_once_with_the_cell_as_its_words(desk: Desk) -> None:
    paper = desk("| Town | Note |", "| Lytham | Fylde Council will build a quay. It will open a shed there. |")
    assert paper.whats == ["Fylde Council will build a quay."]
    assert paper.reading.text(paper.drafts[0].scope[-1]).strip() == "It will open a shed there."


@pytest.mark.parametrize(
    "empty", ["", "None", "N/A", "No ask of Government", "-", "tbc", "To be confirmed", "See above"]
)
def test_cell_that_says_nothing_has_no_part(desk: Desk, empty: str) -> None:
    paper = desk(
        "| Project | What | Ask |", f"| Quay | Build a quay | {empty} |", "| Road | Widen a road | BEIS to pay |"
    )
    assert paper.part("ask") == [[], ["BEIS to pay"]]


@pytest.mark.parametrize("status", ["Completed", "done", "Closed", "Delivered in 2018", "Withdrawn"])
def test_row_of_what_is_over_is_noted(desk: Desk, status: str) -> None:
    paper = desk("| Project | What | Status |", f"| Quay | Build a quay at Lytham for all ships | {status} |")
    assert (paper.whats, paper.reasons) == ([], ["done"])


@pytest.mark.parametrize("status", ["Under way", "Not started", "Amber", "To be done"])
def test_row_of_what_goes_on_counts(desk: Desk, status: str) -> None:
    paper = desk("| Project | What | Status |", f"| Quay | Build a quay at Lytham for all ships | {status} |")
    assert paper.whats == ["Build a quay at Lytham for all ships"]


def test_row_of_one_merged_cell_heads_a_section(desk: Desk) -> None:
    paper = desk("| Project | What | Why |", "| Open a way to skills | < | < |", "| Quay | Build a quay | Ships come |")
    assert paper.names == ["Quay"]
    assert "section-row" in paper.reasons


def test_cell_merged_over_rows_belongs_to_each(desk: Desk) -> None:
    paper = desk(
        "| Place | Project | What | Why |",
        "| Lytham | Quay | Build a quay | Ships come |",
        "| ^ | School | Open a school | Few can read |",
    )
    assert paper.part("place") == [["Lytham"], ["Lytham"]]


def test_text_shared_by_rows_leaves_each_row_its_name(desk: Desk) -> None:
    paper = desk(
        "| Project | What | Why |",
        "| Quay | Build what the port needs | Ships come |",
        "| Crane | ^ | Loads are heavy |",
    )
    assert paper.whats == ["Quay", "Crane"]


def test_row_without_a_name_or_action_is_noted(desk: Desk) -> None:
    paper = desk("| Project | What | Why |", "| Quay | Build a quay | Ships come |", "| - | - | Few can read |")
    assert paper.whats == ["Build a quay"]
    assert paper.reasons == ["row-without-action"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Build a quay", "firm"),
        ("Potential quay at Lytham", "tentative"),
        ("Explore a new quay", "tentative"),
        ("Build a quay, subject to funding", "conditional"),
    ],
)
def test_row_is_as_firm_as_its_words(desk: Desk, text: str, status: str) -> None:
    assert desk("| Project | What | Why |", f"| Quay | {text} | Ships come |").statuses == [status]


def test_names_of_a_row_lie_in_its_scope_but_for_status_and_theme(desk: Desk) -> None:
    paper = desk(
        "| Project | What | Why | Foundation | Status |", "| Quay | Build a quay | Ships come | Ideas | Under way |"
    )
    assert {paper.reading.text(span) for span in paper.drafts[0].scope} == {"Quay", "Build a quay", "Ships come"}


@pytest.mark.parametrize("heading", ["Commitment", "Project", "Scheme", "Proposal", "Ideas"])
def test_heading_that_says_that_its_rows_are_propositions_is_enough_beside_one_more(desk: Desk, heading: str) -> None:
    paper = desk(f"| {heading} | Lead | When |", "| A quay for forty ships | Fylde Council | 2022 |")
    assert paper.whats == ["A quay for forty ships"]


def test_what_this_means_is_what_is_done(desk: Desk) -> None:
    lines = ("| Commitment | What this means | Lead |", "| Harbour quay | A quay for forty ships | Fylde Council |")
    assert desk(*lines).whats == ["A quay for forty ships"]


@pytest.mark.parametrize("action", ["Circulate the final draft", "Report back to the board", "Update members"])
def test_row_that_handles_papers_is_procedure(desk: Desk, action: str) -> None:
    paper = desk("| Project | What | Lead |", f"| Paper | {action} | Clerk |", "| Quay | Build it | Clerk |")
    assert paper.whats == ["Build it"]
    assert paper.reasons == ["procedure"]


def test_second_table_says_more_of_the_rows_of_the_first(desk: Desk) -> None:
    paper = desk(
        "| Scheme | Description | Cost |",
        "| Quay | Build a quay at Lytham | £5m |",
        "## What the schemes need",
        "| Scheme | Request | Department |",
        "| Quay | Put it into the plan | BEIS |",
    )
    assert paper.names == ["Quay"]
    assert paper.part("money") == [["£5m"]]
    assert paper.part("ask") == [["Put it into the plan"]]


@pytest.mark.parametrize("cell", ["Withdrawn by the council", "Dropped", "Cancelled in 2019"])
def test_row_taken_off_the_list_is_none(desk: Desk, cell: str) -> None:
    paper = desk(
        "| Project | What | Local share |", f"| Quay | Build a quay | {cell} |", "| School | Open a school | £1m |"
    )
    assert paper.whats == ["Open a school"]


def test_row_of_totals_is_none(desk: Desk) -> None:
    paper = desk("| Project | What | Cost |", "| Quay | Build a quay | £5m |", "| Total | Two schemes | £6m |")
    assert paper.whats == ["Build a quay"]


def test_column_of_actions_is_what_is_done_where_the_column_so_headed_holds_none(desk: Desk) -> None:
    paper = desk(
        "| What the deal said | A year later | What happens next |",
        "| Jobs | It began | Extend the fund to ten firms |",
        "| Farms | Evidence came | Set up a farm service |",
        "| Trade | Two officials came | Draw up a joint plan |",
        "| Board | It met | Nothing further |",
    )
    assert paper.whats == ["Extend the fund to ten firms", "Set up a farm service", "Draw up a joint plan"]


def test_each_line_of_a_cell_of_timed_actions_is_one(desk: Desk) -> None:
    rows = (
        "| By 2020 | Every school has a quay / New contracts for ferries in place |",
        "| By 2021 | A review of tides |",
    )
    paper = desk("| Timing | Actions |", *rows)
    assert paper.whats == ["Every school has a quay", "New contracts for ferries in place", "A review of tides"]
    assert paper.part("date") == [["By 2020"], ["By 2020"], ["By 2021"]]
    assert desk("| Timing | Actions |", *rows, genre="minutes").whats == []


def test_next_step_is_what_is_done_where_the_table_tells_what_was_said_before(desk: Desk) -> None:
    paper = desk(
        "| What we said in 2018 | Where we are | Next step |",
        "| Lower the cost of ferries | Costs down | Fylde Council to publish the cost of each ferry |",
        "| Share the quay | Charter signed | HM Treasury to open a common store |",
        "| Help firms to export | One mission | Fylde Council to take ten firms to Berlin |",
    )
    assert [what.split()[-1] for what in paper.whats] == ["ferry", "store", "Berlin"]


def test_what_we_bring_names_partners_beside_an_ask(desk: Desk) -> None:
    paper = desk(
        "| Theme | Ask | Departments | What we bring |", "| Ports | Fund a quay | DfT | Land of Fylde Council |"
    )
    assert (paper.whats, paper.part("partners")) == (["Fund a quay"], [["Land of Fylde Council"]])


ASKED = ("| Fund a quay | Ships come | HM Treasury |", "| Open a school | Few can read | DfE; Home Office |")


@pytest.mark.parametrize("heading", ["To", "Whom we ask", "Date"])
def test_column_of_departments_alone_beside_an_ask_is_whom_it_asks(desk: Desk, heading: str) -> None:
    paper = desk(f"| Ask | Why | {heading} |", *ASKED, "| Widen the road | It is slow | Department for Transport |")
    assert paper.part("departments") == [["HM Treasury"], ["DfE; Home Office"], ["Department for Transport"]]


@pytest.mark.parametrize(
    ("headings", "last"),
    [
        ("| Idea | Why | To |", "Department for Transport"),  # nothing is asked
        ("| Ask | Why | Who |", "Department for Transport"),  # the heading says what they are
        ("| Ask | Why | To |", "ten firms"),  # not all are departments
        ("| Ask | Why | To |", "Home Office, once it has met the friends of the road at Lytham"),
    ],
)
def test_other_column_that_names_departments_is_not_whom_an_ask_asks(desk: Desk, headings: str, last: str) -> None:
    paper = desk(headings, *ASKED, f"| Widen the road | It is slow | {last} |")
    assert len(paper.whats) == 3
    assert paper.part("departments") == [[], [], []]


@pytest.mark.parametrize("heading", ["What partners will do", "What partners are going to do"])
def test_what_partners_will_do_is_what_is_done(desk: Desk, heading: str) -> None:
    paper = desk(f"| Theme | {heading} |", "| Ports | Build a quay at Lytham |", "| Skills | Open a school |")
    assert paper.whats == ["Build a quay at Lytham", "Open a school"]
    assert paper.part("partners") == [[], []]


@pytest.mark.parametrize(
    ("cells", "whats"),
    [
        (("Build a quay", "Open a school", "Widen the road"), ["Build a quay", "Open a school", "Widen the road"]),
        (("Fylde Council", "Homes England", "Firms of Lytham"), []),
    ],
)
def test_column_of_partners_that_holds_actions_is_what_is_done(
    desk: Desk, cells: tuple[str, ...], whats: list[str]
) -> None:
    assert desk("| Theme | Local partners |", *(f"| Ports | {cell} |" for cell in cells)).whats == whats


@pytest.mark.parametrize(
    ("heading", "cell", "role"),
    [
        ("Sponsor", "Fylde Council and Homes England", "partners"),
        ("Who will do it", "Fylde Council and Homes England", "partners"),
        ("Sponsor", "Fylde Council", "lead"),
        ("Who will do it", "Fylde Council", "lead"),
        ("Lead body", "Fylde Council and Homes England", "lead"),
        ("Owner", "Fylde Council and Homes England", "lead"),
    ],
)
def test_several_bodies_of_a_cell_are_partners_unless_its_heading_calls_them_the_lead(
    desk: Desk, heading: str, cell: str, role: str
) -> None:
    paper = desk(f"| Project | What | {heading} |", f"| Quay | Build a quay | {cell} |")
    (draft,) = paper.drafts
    assert {role for role in ("lead", "partners") if draft.parts.get(role)} == {role}
    assert paper.part(role) == [[cell]]


@pytest.mark.parametrize("heading", ["Who we go to", "Whom we would write to", "Who they turn to"])
def test_column_of_whom_one_goes_to_is_an_ask(desk: Desk, heading: str) -> None:
    paper = desk(
        f"| Project | What | {heading} |", "| Quay | Build a quay | HM Treasury |", "| School | Open a school | DfE |"
    )
    assert paper.part("ask") == [["HM Treasury"], ["DfE"]]
    assert paper.edges("ASKS") == {("ASKS", "HM Treasury"), ("ASKS", "Department for Education")}
