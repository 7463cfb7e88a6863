from collections.abc import Callable
from typing import Any

import pytest

from graph.model import PassageKind

Find = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "name", "entity_id"),
    [
        ("We met the Department for Business, Energy & Industrial Strategy.", None, "dept:beis"),
        ("It was led by Lancashire LEP.", "Lancashire LEP", "lep:lancashire"),
        ("the D2N2 local enterprise partnership agreed", "D2N2 local enterprise partnership", "lep:d2n2"),
        ("in the Sheffield City Region (SCR) LEP area", "Sheffield City Region (SCR) LEP", "lep:sheffield-city-region"),
        ("Advice from DfE.", "DfE", "dept:dfe"),
        ("the automotive sector deal helps", "automotive sector deal", "deal:automotive"),
        (
            "published a UK Innovation Strategy.18 This sets out",
            "UK Innovation Strategy",
            "programme:uk-innovation-strategy",
        ),
        ("the stronger towns fund", "stronger towns fund", "programme:stronger-towns-fund"),
        ("a strategy for Greater Manchester", "Greater Manchester", "place:greater-manchester"),
        ("The Solent LEP met", "Solent LEP", "lep:solent"),
    ],
)
def test_finder_links_register_names(find: Find, text: str, name: str | None, entity_id: str) -> None:
    found = find(text)
    assert entity_id in found.entities
    if name:
        assert found.ids(name) == {entity_id}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("They want an International Centre for Healthy Ageing.", "Institution"),
        ("It gave £5 million to the Greater Manchester Cyber Innovation Hub.", "Institution"),
        ("The Young Person's Guarantee comes first.", "Programme"),
        ("join the Translational Medicine and Med-Tech Commission today", "Institution"),
        ("under the English Zedland White Paper it may", "Programme"),
        ("the West Zedland Chamber of Commerce agreed", "Institution"),
        ("use the Creative Sparks programme to", "Programme"),
        ("in the Temple Quarter Enterprise Campus now", "Place"),
        ("it is the 250,000 Zedland Trees Project that", "Programme"),
    ],
)
def test_finder_makes_names_by_their_head(find: Find, text: str, type_: str) -> None:
    made = [entity for entity in find(text).entities.values() if not entity.register]
    assert [entity.type for entity in made] == [type_]
    assert made[0].name in text


@pytest.mark.parametrize(
    "text",
    [
        "People who live here know best. Ideas are welcome. Places that feel left out should say so.",
        "In March we met. Over 90,000 adults did. Next steps follow. Three firms came.",
        "There is new space for commerce, and firms use energy and materials well.",
        "The Executive Board approved the Annual Report and the National Programme.",
        "local government and self-government matter",
        "Deal with the shortage of technicians",
        "Mr Preston Boston spoke; Baroness Lincoln of York replied",
        "© Crown copyright 2019. The National Archives, Kew. Open Government Licence",
        "The Board agreed. Gross Value Added (GVA) rose.",
        "every Primary school and an English college",
    ],
)
def test_finder_leaves_ordinary_words_alone(find: Find, text: str) -> None:
    assert find(text).texts == []


def test_finder_parts_names_that_and_joins(find: Find) -> None:
    found = find("We back the University of the West of England and Bristol Robotics Laboratory, with DCMS and BEIS.")
    assert found.ids("University of the West of England") == {"inst:university-of-the-west-of-england-bristol"}
    assert found.ids("Bristol Robotics Laboratory") == {"inst:bristol-robotics-laboratory"}
    assert found.ids("BEIS") == {"dept:beis"}


@pytest.mark.parametrize(
    ("source", "entity_id"),
    [("a-2016.txt", "dept:dcms-1997"), ("a-2019.txt", "dept:dcms-2017"), ("a-2024-06.txt", "dept:dcms-2023")],
)
def test_finder_takes_the_ministry_of_the_documents_date(find: Find, source: str, entity_id: str) -> None:
    assert find("The paper asks DCMS to help.", source=source).ids("DCMS") == {entity_id}


def test_finder_is_unsure_of_namesakes_without_a_date(find: Find) -> None:
    found = find("The paper asks DCMS to help.", source="paper.txt")
    assert found.texts == []
    assert found.names.unsure[0].name == "DCMS"
    assert "dept:dcms-2017" in found.names.unsure[0].candidates


def test_finder_reads_initials_as_the_document_defines_them(find: Find) -> None:
    space = find("The UK Space Agency (UKSA) paid.", "Then UKSA left.")
    counts = find("The UK Statistics Authority (UKSA) paid.", "Then UKSA left.")
    assert space.ids("UKSA") == {"dept:uk-space-agency"}
    assert counts.ids("UKSA") == {"dept:uksa-stats"}
    made = find("the Quantum Widget Centre (QWC) opens", "QWC will grow")
    assert made.ids("QWC") == made.ids("Quantum Widget Centre")
    assert made.rules("QWC") == {"acronym.defined"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We write for the universities of Leicester, Loughborough and Nottingham.",
            {"Leicester": "inst:university-of-leicester", "Loughborough": "inst:loughborough-university"},
        ),
        ("Craven, Harrogate and Selby district councils agree", {"Craven": "la:craven", "Harrogate": "la:harrogate"}),
        ("the Departments for Education and Transport", {"Education": "dept:dfe", "Transport": "dept:dft"}),
        ("the Lancashire and Cumbria LEPs", {"Lancashire": "lep:lancashire", "Cumbria LEPs": "lep:cumbria"}),
    ],
)
def test_finder_shares_a_noun_among_a_list(find: Find, text: str, expected: dict[str, str]) -> None:
    found = find(text)
    assert {name: found.ids(name) for name in expected} == {name: {key} for name, key in expected.items()}


def test_finder_knows_foundations_in_lists_and_as_labels(find: Find) -> None:
    found = find("five foundations: ideas, people, infrastructure, business environment and places")
    assert {entity.type for entity in found.entities.values()} == {"Foundation"}
    assert len(found.entities) == 5
    label = find("Business environment", "It is good.", kinds=[PassageKind.HEADING])
    assert label.ids("Business environment") == {"foundation:business-environment"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We met in Reading.", "Reading"),
        ("Leeds, Settle and York are named", "Settle"),
        ("The Member for Settle asked", "Settle"),
        ("It goes from Filtonby to Frenchaywell by bus", "Filtonby"),
        ("a base at Zedwick, which grows", "Zedwick"),
        ("Preston Central Business District", "Preston"),
        ("jobs in North Lancashire rose", "North Lancashire"),
        ("At Culham, it is built", "Culham"),
    ],
)
def test_finder_takes_places_by_their_cues(find: Find, text: str, name: str) -> None:
    assert find(text).types(name) == {"Place"}


def test_finder_makes_unknown_members_of_a_list_what_the_known_ones_are(find: Find) -> None:
    found = find("with the support of Facebook, Zed Aegis, Kwing and Lewis Wilkin.")
    assert found.types("Zed Aegis") == found.types("Kwing") == {"Institution"}
    assert find("employers like Zed Thermo and Kwing Works.").types("Kwing Works") == {"Institution"}


def test_finder_merges_a_short_form_with_its_long_form(find: Find) -> None:
    found = find("the Evidence Widget Centre for Film Studies opened", "the Evidence Widget Centre grew")
    assert found.ids("Evidence Widget Centre") == found.ids("Evidence Widget Centre for Film Studies")


def test_finder_keeps_two_bodies_joined_by_and_apart(find: Find) -> None:
    found = find("Zed and Kwing Park lie there.", "Kwing Park has its own name.")
    assert len({entity.id for entity in found.entities.values()}) == 1


def test_finder_gives_quotes_that_stand_in_the_text(find: Find) -> None:
    texts = ("The LEP and HM Treasury met Lancaster University (LU) in Preston.", "LU and the LEP will do more.")
    found = find(*texts)
    passages = {f"p{number}": text for number, text in enumerate(texts)}
    assert found.names.mentions
    for mention in found.names.mentions:
        assert passages[mention.passage_id][mention.start : mention.end] == mention.text
    assert [entity.id for entity in found.names.entities] == sorted(found.entities)


def test_finder_gives_mentions_in_order_that_do_not_overlap(find: Find) -> None:
    found = find("Leeds City Region LEP, Leeds City Council and the Leeds City Region Enterprise Zone")
    ends = [0]
    for mention in found.names.mentions:
        assert mention.start >= ends[-1]
        ends.append(mention.end)
    assert len(found.names.mentions) == 3


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("the ground was let before Ocean Zedinity has taken a floor", "Ocean Zedinity", "Institution"),
        ("on land owned by Duchy Zedates Trading, subject to drainage", "Duchy Zedates Trading", "Institution"),
        ("a touring fund for village halls, Stage Zeft, worth £400,000", "Stage Zeft", "Programme"),
        ("They want MK:U, a new university in the town", "MK:U", "Institution"),
        ("the deepest hole is at Zunited Kdowns, near the coast", "Zunited Kdowns", "Place"),
        ("we back the 'Zkills Chain'; the Zkills Chain is new", "Zkills Chain", "Programme"),
        ("with money for initiatives such as the GREAT Zritish Classroom.", "GREAT Zritish Classroom", "Programme"),
    ],
)
def test_finder_takes_unlisted_names_by_their_neighbours(find: Find, text: str, name: str, type_: str) -> None:
    assert find(text).types(name) == {type_}


@pytest.mark.parametrize(
    "text",
    [
        "Then Ruth Adeyemi has spoken and the Prime Minister will reply",  # people and offices
        "It rained at Harvest Supper, and a harvest supper is no place",  # words that are also in small letters
        "They sold goods to LEPs, HEIs and MPs of several counties",
    ],
)
def test_finder_takes_no_unlisted_name_without_a_witness(find: Find, text: str) -> None:
    assert find(text).texts == []


def test_finder_reads_a_ministers_title_as_the_department(find: Find) -> None:
    assert find("The Secretary of State for Transport agreed.").ids("Secretary of State for Transport") == {"dept:dft"}
    assert find("The Minister for Loneliness agreed.").texts == []


def test_finder_tells_namesakes_apart_by_the_area_a_document_speaks_of(find: Find) -> None:
    mersey = find("Liverpool City Region Combined Authority met.", "The LCR LEP agreed.")
    aire = find("Leeds City Region Enterprise Partnership met.", "The LCR LEP agreed.")
    assert mersey.ids("LCR LEP") == {"lep:liverpool-city-region"}
    assert aire.ids("LCR LEP") == {"lep:leeds-city-region"}
    assert [unsure.name for unsure in find("The LCR LEP agreed.").names.unsure] == ["LCR LEP"]


def test_finder_takes_the_first_word_of_a_place_for_the_place_named_in_full(find: Find) -> None:
    found = find("The yard at Barrow-in-Furness grows.", "Trains run from Barrow to Leeds.")
    assert found.ids("Barrow") == found.ids("Barrow-in-Furness")


def test_finder_takes_the_local_industrial_strategy_of_a_working_paper_for_its_areas_own(find: Find) -> None:
    paper = ("Report to the Marches LEP Board, 12 November 2019", "Three ideas for the Local Industrial Strategy.")
    assert find(*paper).names.describes == "lis:the-marches"
    assert find(*paper).ids("Local Industrial Strategy") == {"lis:the-marches"}
    assert find(paper[0].replace("2019", "2024"), paper[1]).names.describes is None
    assert find("Report to the Marches LEP Board", "Three ideas.").names.describes is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A trial by the University of Brighton and Wired Sussex", ["the University of Brighton", "Wired Sussex"]),
        ("They met the University of Zedwick & Kwing Labs", ["University of Zedwick", "Kwing Labs"]),
        ("They met the Institute of Zeds and Kwings", ["Institute of Zeds and Kwings"]),
    ],
)
def test_finder_ends_a_university_of_a_town_before_and(find: Find, text: str, names: list[str]) -> None:
    assert find(text).texts == names


@pytest.mark.parametrize("day", ["Wednesday 29 January", "January 2020"])
def test_finder_ends_a_name_before_a_day_or_month(find: Find, day: str) -> None:
    assert find(f"We met in Brighton and Crawley {day}.").texts == ["Brighton", "Crawley"]


def test_finder_keeps_the_last_word_of_a_name_that_is_no_day(find: Find) -> None:
    assert find("We met in Brighton and Crawley Zedwick.").texts == ["Brighton", "Crawley Zedwick"]


RESPONSE = "Response to the consultation on ports"
CHAMBER = "Lytham Chamber of Commerce"
LONG = "Lytham Town Hall, on the square beside the quay, 24 January 2020"


@pytest.mark.parametrize(
    ("title", "line", "is_owner"),
    [
        (RESPONSE, f"{CHAMBER}, 24 January 2020", True),
        (RESPONSE, f"From the {CHAMBER}, {LONG}", True),
        (RESPONSE, f"Response from: {CHAMBER}, {LONG}", True),
        (RESPONSE, f"{CHAMBER} met in May.", False),
        (RESPONSE, f"Many firms of the coast then spoke of the {CHAMBER}", False),
        ("Ports", f"{CHAMBER}, 24 January 2020", False),
    ],
)
def test_finder_takes_a_response_for_that_of_the_body_that_signs_it(
    find: Find, title: str, line: str, is_owner: bool
) -> None:
    found = find("Ports", line, "Lancashire LEP and Lancashire County Council like ports.", title=title)
    (chamber,) = found.ids(CHAMBER)
    assert (found.names.owners[:1] == (chamber,)) is is_owner


def test_finder_takes_a_governments_response_for_a_departments_own(find: Find) -> None:
    line = "BEIS thanks the harbour board."
    assert find(line, title="Government response to the review of ports").names.owners == ("dept:beis",)
    assert find(line, title=RESPONSE).names.owners == ()


@pytest.mark.parametrize(
    ("title", "line", "name"),
    [
        ("Made in West Midlands: our Local Growth Plan", "West Midlands Combined Authority met.", "West Midlands"),
        ("Made in West Midlands: our Local Growth Plan", "Birmingham City Council met.", None),
        ("Made in West Midlands", "West Midlands Combined Authority met.", None),
    ],
)
def test_finder_names_a_combined_authoritys_growth_plan_after_its_area(
    find: Find, title: str, line: str, name: str | None
) -> None:
    found = find(line, "Our Local Growth Plan has quays.", "Other Local Growth Plans have none.", title=title)
    assert found.ids("Local Growth Plans") == {"programme:local-growth-plans"}
    if name is None:
        assert found.names.describes is None
        assert found.ids("Local Growth Plan") == {"programme:local-growth-plans"}
    else:
        assert found.entities[found.names.describes].name == f"{name} Local Growth Plan"
        assert found.ids("Local Growth Plan") == {found.names.describes}


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("This annex belongs to the draft", "lis:lancashire"),
        ("It accompanies the", "lis:lancashire"),
        ("Annex to the", "lis:lancashire"),
        ("It cites the draft", None),
        ("It is part of the", None),
    ],
)
def test_finder_takes_an_annex_for_a_part_of_the_strategy_it_belongs_to(
    find: Find, words: str, subject: str | None
) -> None:
    found = find(
        *["Rain fell."] * 4, f"{words} Lancashire Local Industrial Strategy.", "Cumbria Local Industrial Strategy"
    )
    assert found.names.describes == subject


@pytest.mark.parametrize("name", ["Combined Authority", "Mayoral Combined Authority", "Local Enterprise Partnership"])
@pytest.mark.parametrize(
    "text",
    ["Partners such as the {}, the Harbour Board and Homes England met.", "It is led by the {} with Homes England."],
)
def test_finder_makes_no_body_of_a_noun_that_stands_for_one(find: Find, text: str, name: str) -> None:
    assert name not in {entity.name for entity in find(text.format(name)).entities.values()}
    assert "Fylde Burgh Union" in find(text.format("Fylde Burgh Union")).texts


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("We will bid to the Faraday battery challenge.", True),
        ("We will bid to the faraday battery challenge.", False),
        ("We ask for a national retraining scheme.", False),
    ],
)
def test_finder_takes_a_long_name_whose_first_word_alone_is_capitalised(find: Find, text: str, is_name: bool) -> None:
    assert any(entity.type == "Programme" for entity in find(text).entities.values()) is is_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Future of Mobility: Urban Strategy", "Future of Mobility: Urban Strategy"),
        ("Our Growth Plan 2030", None),  # says nothing of which
        ("A new strategy for hospitals", None),  # no name
    ],
)
def test_finder_takes_a_paper_for_the_strategy_that_its_title_names(find: Find, title: str, name: str | None) -> None:
    found = find(title, "Rain fell.", title=title, kinds=(PassageKind.HEADING,))
    described = found.entities[found.names.describes].name if found.names.describes else None
    assert described == name
    assert found.rules(title) == ({"own-strategy.title"} if name else set())
