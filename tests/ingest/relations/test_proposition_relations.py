"""The part that a name has in a proposition, by wording and by column, not by nearness."""

import pytest
from paper_samples import Desk, Paper

HEAD = ("# Lancashire Local Industrial Strategy", "Published by Lancashire Enterprise Partnership in 2019.")
LIS = "Lancashire Local Industrial Strategy"
LEP = "Lancashire Enterprise Partnership"
FYLDE = "Fylde Borough Council"
DFT = "Department for Transport"
UCLAN = "University of Central Lancashire"


def read(desk: Desk, *lines: str) -> Paper:
    paper = desk(*HEAD, *lines)
    assert paper.propositions
    return paper


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("The Department for Transport will fund a mast.", ("COMMITS", DFT)),
        ("The Department for Transport has agreed to fund a mast.", ("COMMITS", DFT)),
        ("Government will work with firms to open a school.", ("COMMITS", "HM Government")),
        ("We ask the Department for Transport to fund a mast.", ("ASKS", DFT)),
        ("The Department for Transport is asked to fund a mast.", ("ASKS", DFT)),
        ("The Department for Transport should fund a mast.", ("ASKS", DFT)),
        ("Fylde Council will build a quay.", ("PARTNERS_IN", FYLDE)),
        ("We will build a quay.", ("PARTNERS_IN", LEP)),
        ("Fylde Council will open a school with the Department for Transport.", ("PARTNERS_IN", DFT)),
        ("Fylde Council will lead a new forum.", ("LEADS", FYLDE)),
        ("Fylde Council will lead the way with a new quay.", ("PARTNERS_IN", FYLDE)),
        ("The Department for Transport will lead a new forum.", ("COMMITS", DFT)),
        ("Fylde Council will open a school, led by the University of Central Lancashire.", ("LEADS", UCLAN)),
        ("Fylde Council will open a school. The University of Central Lancashire will lead it.", ("LEADS", UCLAN)),
        ("Fylde Council will build it with £5 million from the Transforming Cities Fund.",
         ("FUNDED_BY", "Transforming Cities Fund")),
        ("Fylde Council will build it with £5 million from HM Treasury.", ("FUNDED_BY", "HM Treasury")),
        ("Fylde Council will build a quay with £5 million of Transforming Cities Fund money.",
         ("FUNDED_BY", "Transforming Cities Fund")),
        ("A new school funded by HM Treasury will be built at Preston.", ("FUNDED_BY", "HM Treasury")),
        ("Fylde Council will build on the Automotive Sector Deal.", ("ALIGNS_WITH", "Automotive Sector Deal")),
        ("Fylde Council will build on the Transforming Cities Fund.", ("ALIGNS_WITH", "Transforming Cities Fund")),
        ("Fylde Council will build homes in Preston.", ("IN_PLACE", "Preston")),
        ("Fylde Council will help the aerospace sector with a new fund.", ("IN_SECTOR", "Aerospace")),
        ("Fylde Council will tackle the Ageing Society Grand Challenge with a new centre.",
         ("ADDRESSES", "Ageing Society")),
    ],
)  # fmt: skip
def test_part_of_a_name_follows_from_the_wording(desk: Desk, text: str, edge: tuple[str, str]) -> None:
    paper = read(desk, text)
    edges = paper.edges()
    assert edge in edges
    assert {kind for kind, name in edges if name == edge[1]} == {edge[0]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fylde Council will set up a new Lytham Innovation Hub.", "Lytham Innovation Hub"),
        ("Fylde Council will build homes beyond Preston.", "Preston"),
        ("Fylde Council will run trains that travel to Preston.", "Preston"),
        ("Fylde Council will build a quay similar to that in Preston.", "Preston"),
        ("HM Government will build a road across the United Kingdom.", "United Kingdom"),
        ("Fylde Council will carry out this Lancashire Local Industrial Strategy by 2030.", LIS),
    ],
)
def test_name_that_takes_no_part_has_none(desk: Desk, text: str, name: str) -> None:
    others = {edge for edge in read(desk, text).edges() if edge[0] != "PROPOSES"}
    assert name not in {named for _, named in others}


def test_strategy_of_the_paper_proposes(desk: Desk) -> None:
    assert ("PROPOSES", LIS) in read(desk, "Fylde Council will build a quay.").edges()


def test_deal_of_the_paper_is_a_lever_rather_than_a_proposer(desk: Desk) -> None:
    lines = ("# Automotive Sector Deal", "Published by BEIS.", "Government will invest £5 million in new batteries.")
    edges = desk(*lines).edges()
    assert ("ALIGNS_WITH", "Automotive Sector Deal") in edges
    assert not [edge for edge in edges if edge[0] == "PROPOSES"]


def test_heading_gives_theme_and_place(desk: Desk) -> None:
    edges = read(desk, "## Ideas", "Fylde Council will build a quay.").edges()
    assert ("ADDRESSES", "Ideas") in edges
    edges = read(desk, "## Preston", "Fylde Council will build a quay.").edges()
    assert ("IN_PLACE", "Preston") in edges


def test_names_of_a_neighbouring_sentence_take_no_part(desk: Desk) -> None:
    text = "Preston has the Department for Transport's eye. Fylde Council will build a quay."
    edges = read(desk, text).edges()
    assert edges == {("PROPOSES", LIS), ("PARTNERS_IN", FYLDE)}


def test_subject_of_the_lead_promises_each_point(desk: Desk) -> None:
    paper = read(desk, "The Department for Transport will:", "- fund a mast", "- open a station")
    commits = [relation for relation in paper.batch.relations if relation.type == "COMMITS"]
    assert len({relation.target_id for relation in commits}) == 2


def test_names_of_parts_of_a_lead_take_part_in_it(desk: Desk) -> None:
    paper = read(desk, "Fylde Council will build a quay with:", "- the University of Central Lancashire", "- firms")
    assert ("PARTNERS_IN", UCLAN) in paper.edges()


@pytest.mark.parametrize(
    ("heading", "cell", "edge"),
    [
        ("Ask", "BEIS to fund it", ("ASKS", "Department for Business, Energy and Industrial Strategy")),
        ("Ask", "More money for it", ("ASKS", "HM Government")),
        ("Lead", "Fylde Council", ("LEADS", FYLDE)),
        ("Lead", "HM Treasury", ("COMMITS", "HM Treasury")),
        ("Partners", "University of Central Lancashire", ("PARTNERS_IN", UCLAN)),
        ("Where", "Preston", ("IN_PLACE", "Preston")),
        ("Foundation", "Ideas", ("ADDRESSES", "Ideas")),
        ("Funding", "£5m from the Transforming Cities Fund", ("FUNDED_BY", "Transforming Cities Fund")),
    ],
)
def test_part_of_a_name_follows_from_the_column(desk: Desk, heading: str, cell: str, edge: tuple[str, str]) -> None:
    paper = read(desk, f"| Project | What | {heading} |", f"| Quay | Build a quay | {cell} |")
    edges = paper.edges()
    assert edge in edges
    assert {kind for kind, name in edges if name == edge[1]} == {edge[0]}


def test_column_of_departments_is_asked_rather_than_those_in_the_words(desk: Desk) -> None:
    paper = read(
        desk,
        "| Project | What | Ask | Department |",
        "| Quay | Build a quay | More money, as HM Treasury gave to others | BEIS and Department for Education |",
    )
    asked = {name for _, name in paper.edges("ASKS")}
    assert asked == {"Department for Business, Energy and Industrial Strategy", "Department for Education"}


def test_ask_carries_its_words(desk: Desk) -> None:
    paper = read(desk, "| Project | What | Ask |", "| Quay | Build a quay | BEIS to fund it |")
    (ask,) = [relation for relation in paper.batch.relations if relation.type == "ASKS"]
    assert ask.properties["words"] == "BEIS to fund it"


def test_row_without_an_ask_asks_nobody(desk: Desk) -> None:
    paper = read(
        desk, "| Project | What | Ask |", "| Quay | Build a quay | None |", "| Road | Widen it | BEIS to pay |"
    )
    quay = next(entity.id for entity in paper.propositions if entity.name == "Quay")
    assert not [r for r in paper.batch.relations if r.type == "ASKS" and r.source_id == quay]


def test_every_relation_of_a_proposition_quotes_words_of_the_paper(desk: Desk) -> None:
    paper = read(desk, "The Department for Transport will:", "- fund a mast at Preston with Fylde Council")
    texts = {passage.id: passage.text for passage in paper.batch.passages}
    for relation in paper.batch.relations:
        assert relation.evidence
        for found in relation.evidence:
            assert texts[found.passage_id][found.start : found.end] == found.quote != ""


def test_ask_of_nobody_by_name_is_of_government(desk: Desk) -> None:
    assert ("ASKS", "HM Government") in read(desk, "We are calling for a new quay at Preston.").edges()


def test_ask_of_nobody_by_name_in_a_letter_is_of_its_addressee(desk: Desk) -> None:
    paper = desk(
        "To: the Secretary of State for Transport",
        "Dear Secretary of State,",
        "Lancashire Enterprise Partnership writes about ports.",
        "We are calling for a new quay at Preston.",
        "Yours sincerely",
    )
    assert paper.edges("ASKS") == {("ASKS", DFT)}


def test_we_of_a_paper_of_departments_is_the_government(desk: Desk) -> None:
    paper = desk("# Industrial Strategy", "Published by BEIS and HM Treasury.", "We will open a new quay at Preston.")
    assert ("COMMITS", "HM Government") in paper.edges()


def test_promise_of_an_area_belongs_to_its_strategy_in_a_paper_on_several(desk: Desk) -> None:
    paper = desk(
        "# Ports",
        "The Lancashire Local Industrial Strategy and the Cumbria Local Industrial Strategy differ.",
        "Cumbria will open a new quay.",
    )
    ((_, name),) = paper.edges("PROPOSES")
    assert "Cumbria" in name


def test_proposition_of_a_deal_is_in_the_deals_sector_whatever_it_names(desk: Desk) -> None:
    lines = ("# Automotive Sector Deal", "The automotive industry grows.", "Government will open a new quay.")
    assert ("IN_SECTOR", "Automotive") in desk(*lines).edges()
    lines = (*lines[:2], "Government will open a new quay for the aerospace sector.")
    assert desk(*lines).edges("IN_SECTOR") == {
        ("IN_SECTOR", "Aerospace"),
        ("IN_SECTOR", "Automotive"),
    }


def test_body_that_the_lead_works_with_takes_part(desk: Desk) -> None:
    paper = read(desk, "Fylde Council will work with the University of Central Lancashire to:", "- build a quay")
    assert {("PARTNERS_IN", FYLDE), ("PARTNERS_IN", UCLAN)} <= paper.edges()


def test_grand_challenge_that_the_paragraph_opens_with_is_addressed(desk: Desk) -> None:
    edges = read(desk, "The Clean Growth Grand Challenge matters. Fylde Council will build a quay.").edges()
    assert ("ADDRESSES", "Clean Growth") in edges
    edges = read(desk, "Clean Growth matters. Fylde Council will build a quay.").edges()
    assert ("ADDRESSES", "Clean Growth") not in edges


def test_mission_named_after_a_grand_challenge_serves_it(desk: Desk) -> None:
    edges = read(desk, "Clean Growth matters. Fylde Council will build on the Clean Growth Mission.").edges()
    assert {("ALIGNS_WITH", "Clean Growth Mission"), ("ADDRESSES", "Clean Growth")} <= edges


def test_department_that_only_describes_a_deal_takes_no_part(desk: Desk) -> None:
    edges = read(desk, "Fylde Council will build on the Automotive Sector Deal of BEIS.").edges()
    assert not [name for _, name in edges if name.startswith("Department for Business")]


def test_institution_alone_in_a_cell_that_names_the_row_takes_no_part_in_itself(desk: Desk) -> None:
    lines = ("| Project | What | Why |", "| Lytham Innovation Hub | Open it | Ships come |")
    assert ("PARTNERS_IN", "Lytham Innovation Hub") not in read(desk, *lines).edges()


def test_section_on_a_deal_leaves_the_proposition_to_the_papers_own_strategy(desk: Desk) -> None:
    edges = read(desk, "## Automotive Sector Deal", "Fylde Council will build a quay.").edges()
    assert {("PROPOSES", LIS), ("ALIGNS_WITH", "Automotive Sector Deal")} <= edges


def test_unknown_names_of_columns_of_partners_and_places_are_bodies_and_places(desk: Desk) -> None:
    edges = desk(
        "| Scheme | What | With whom | Location | Paid for by |",
        "| Homes | Warm 40 homes | Karbon Homes; Bernicia; the councils | Studland | Local Growth Fund |",
    ).edges()
    assert {("PARTNERS_IN", "Karbon Homes"), ("PARTNERS_IN", "Bernicia"), ("IN_PLACE", "Studland")} <= edges
    assert ("FUNDED_BY", "Local Growth Fund") in edges


@pytest.mark.parametrize(
    "text",
    [
        "Fylde Council will open a trial, towards which HM Treasury would be asked for £8 million.",
        "Fylde Council will make a bid to HM Treasury.",
        "Fylde Council will open a ferry, a matter for the Department for Transport and HM Treasury.",
    ],
)
def test_department_asked_in_passing_is_asked(desk: Desk, text: str) -> None:
    assert ("ASKS", "HM Treasury") in read(desk, text).edges()


def test_with_partners_we_will_makes_partners_of_them(desk: Desk) -> None:
    edges = read(desk, "With Homes England and Fylde Council we will build a quay.").edges()
    assert {("PARTNERS_IN", "Homes England"), ("PARTNERS_IN", FYLDE)} <= edges
    assert ("COMMITS", "Homes England") not in edges


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Fylde Council will open a school at Lytham. It will be run with the University of Central Lancashire.", True),
        ("Fylde Council will open a school at Lytham. The school would be led by us with the University of Central "
         "Lancashire.", True),
        ("Fylde Council will open a school at Lytham. The quay suits the University of Central Lancashire.", False),
        ("Fylde Council will open a school at Lytham. It was founded by the University of Central Lancashire.", False),
        ("Fylde Council will open a school at Lytham. The school is the pride of the University of Central Lancashire.",
         False),
    ],
)  # fmt: skip
def test_names_of_a_sentence_that_tells_more_of_a_proposition_take_part(desk: Desk, text: str, holds: bool) -> None:
    paper = read(desk, text)
    assert len(paper.whats) == 1
    assert (("PARTNERS_IN", UCLAN) in paper.edges()) is holds


def test_sentence_that_only_asks_what_the_proposition_needs_is_its_ask(desk: Desk) -> None:
    paper = read(desk, "Fylde Council will build a quay. We ask the Department for Transport to fund it.")
    assert paper.whats == ["Fylde Council will build a quay."]
    assert ("ASKS", DFT) in paper.edges()
    paper = read(desk, "Fylde Council will build a quay. We ask the Department for Transport to fund a mast.")
    assert len(paper.whats) == 2


def test_words_of_a_sector_place_a_proposition_only_where_the_paper_names_the_sector(desk: Desk) -> None:
    text = "Fylde Council will launch a satellite."
    assert ("IN_SECTOR", "Space") not in read(desk, text).edges()
    assert ("IN_SECTOR", "Space") in read(desk, "The space sector grows.", text).edges()
    assert ("IN_SECTOR", "Space") not in read(desk, "The space sector grows.", "Fylde Council will build it.").edges()


def test_proposition_under_a_deals_heading_is_in_its_sector_where_the_paper_names_that(desk: Desk) -> None:
    lines = ("## Automotive Sector Deal", "Fylde Council will build a quay.")
    assert ("IN_SECTOR", "Automotive") not in read(desk, *lines).edges()
    assert ("IN_SECTOR", "Automotive") in read(desk, "The automotive industry grows.", *lines).edges()


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("We ask Government to fund a quay with the Department for Transport.", ("ASKS", DFT)),
        ("We ask Government to fund a quay with £5m from HM Treasury.", ("FUNDED_BY", "HM Treasury")),
        ("We ask HM Treasury to fund a quay with the Department for Transport.", ("PARTNERS_IN", DFT)),
        ("Fylde Council will fund a quay with the Department for Transport.", ("PARTNERS_IN", DFT)),
    ],
)
def test_department_in_an_ask_of_government_at_large_is_asked(desk: Desk, text: str, edge: tuple[str, str]) -> None:
    edges = read(desk, text).edges()
    assert [found for found in edges if found[1] == edge[1]] == [edge]


@pytest.mark.parametrize(("line", "holds"), [("Lytham, 3 May", True), ("Westminster Hall, 3 May", False)])
def test_heading_gives_its_place_unless_the_paper_is_a_debate(desk: Desk, line: str, holds: bool) -> None:
    edges = desk("# Ports", line, "## Preston", "Fylde Council will build a quay.").edges()
    assert ("PARTNERS_IN", FYLDE) in edges
    assert (("IN_PLACE", "Preston") in edges) is holds


@pytest.mark.parametrize("line", ["Lytham Chamber of Commerce, 24 January 2020", "From: Lytham Chamber of Commerce"])
def test_we_of_a_response_is_the_body_that_signs_it(desk: Desk, line: str) -> None:
    partner = ("PARTNERS_IN", "Lytham Chamber of Commerce")
    lines = (line, "We will build a new quay.")
    assert partner in desk(*lines, title="Response to the consultation on ports").edges()
    assert partner not in desk(*lines, title="Ports").edges()


def test_ask_in_a_paragraph_that_counts_off_a_measure_is_of_it_unless_it_adds_one(desk: Desk) -> None:
    counted = "First, the quay. Fylde Council will build a quay. We ask the Department for Transport to pay for piers."
    assert len(read(desk, counted).whats) == 1
    assert ("ASKS", DFT) in read(desk, counted).edges()
    assert len(read(desk, counted.removeprefix("First, the quay. ")).whats) == 2
    assert len(read(desk, counted.replace("We ask", "We also ask")).whats) == 2


def test_department_of_which_money_is_sought_is_asked_not_paying(desk: Desk) -> None:
    lines = ("| Scheme | What | Funding |", "| Quay | Build a quay at Lytham | {} |")
    edges = read(desk, lines[0], lines[1].format("£5m sought from HM Treasury")).edges()
    assert ("ASKS", "HM Treasury") in edges
    assert ("FUNDED_BY", "HM Treasury") not in edges
    assert ("FUNDED_BY", "HM Treasury") in read(desk, lines[0], lines[1].format("£5m from HM Treasury")).edges()


def test_strategy_of_a_paper_whose_title_breaks_after_its_area_is_the_areas(desk: Desk) -> None:
    title = ("# Cornwall and Isles of Scilly", "# Industrial Strategy 2030")
    published = "Published by the Cornwall and Isles of Scilly Local Enterprise Partnership in 2020."
    ((_, name),) = desk(*title, published, "We will build a quay.").edges("PROPOSES")
    assert name == "Cornwall and Isles of Scilly Industrial Strategy 2030"


def test_governments_response_puts_nothing_forward_for_a_strategy_that_it_speaks_of(desk: Desk) -> None:
    lines = ("The Lancashire Local Industrial Strategy has gone to ministers.", "The Government will open a new quay.")
    assert not desk("# Ports of the north: Government response", *lines).edges("PROPOSES")
    assert desk("# Ports of the north", *lines).edges("PROPOSES")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Preston has rain. Fylde Council will build a quay there.", {"Preston"}),
        ("Burnley likes Preston. Fylde Council will build a quay there.", {"Preston"}),
        ("Preston has rain. Fylde Council will build a quay.", set()),
        ("Preston has rain. Fylde Council will build a quay, and there will be cranes.", set()),
        ("Rain fell. Fylde Council will build a quay there.", set()),
    ],
)
def test_there_is_the_place_named_last_before(desk: Desk, text: str, places: set[str]) -> None:
    assert {name for _, name in read(desk, text).edges("IN_PLACE")} == places
