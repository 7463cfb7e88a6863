"""Each pattern of `rules/relations.toml` with a sentence that states its relation and one that only names both ends."""

import pytest
from paper_samples import Desk

from ingest.relations import load_rules

POSITIVE = {
    "addresses.offer": ("Lancashire set out its work on Clean Growth.", "ADDRESSES"),
    "part-of.member": ("Preston City Council is a member of the Central Lancashire Board.", "PART_OF"),
    "part-of.belongs": ("Companies House, which belongs to BEIS, files accounts.", "PART_OF"),
    "part-of.at": ("The Advanced Wave Research Centre at the University of Leicester tests hulls.", "PART_OF"),
    "part-of.parent": ("Sellafield Ltd and its parent, the Nuclear Decommissioning Authority, met.", "PART_OF"),
    "part-of.owned": ("Sellafield Ltd is owned by the Nuclear Decommissioning Authority.", "PART_OF"),
    "part-of.runs": ("Fareham College runs the Advanced Wave Research Centre.", "PART_OF"),
    "aligns.builds-on": ("The Harbour Growth Strategy builds on the Offshore Wind Sector Deal.", "ALIGNS_WITH"),
    "leads.on-which": ("The Tourism Sector Deal, on which BEIS leads, is new.", "LEADS"),
    "part-of.its": (
        "The Cambridgeshire and Peterborough Combined Authority and its Business Board met.",
        "PART_OF",
    ),
    "part-of.one-of": (
        "The Oxfordshire Local Industrial Strategy is one of four strategies for Oxfordshire.",
        "PART_OF",
    ),
    "part-of.place": ("Oxfordshire is at the heart of the Oxford-Cambridge Arc.", "PART_OF"),
    "succeeded.became": ("The Department of Energy and Climate Change became BEIS.", "SUCCEEDED_BY"),
    "succeeded.replaced": ("BEIS took over from the Department of Energy and Climate Change.", "SUCCEEDED_BY"),
    "publishes.active": ("Leicester City Council published the Harbour Growth Strategy.", "PUBLISHES"),
    "publishes.passive": ("The Harbour Growth Strategy was published by Leicester City Council.", "PUBLISHES"),
    "leads.deal-of": ("The Automotive Sector Deal, led by BEIS, is old.", "LEADS"),
    "leads.agreed": ("BEIS agreed the Automotive Sector Deal.", "LEADS"),
    "leads.active": ("Homes England runs the Harbour Homes Fund.", "LEADS"),
    "leads.possessive": ("Firms like BEIS's Harbour Homes Fund.", "LEADS"),
    "funded.by": ("The Advanced Wave Research Centre is funded by BEIS.", "FUNDED_BY"),
    "covers.takes-in": ("Lancashire Enterprise Partnership covers Preston.", "COVERS"),
    "covers.lies-in": ("Preston lies in the area of Lancashire Enterprise Partnership.", "COVERS"),
    "partners.brings-together": (
        "The Advanced Wave Research Centre brings together the University of Leicester.",
        "PARTNERS_IN",
    ),
}
NEGATIVE = {
    "addresses.offer": "Lancashire heard of Clean Growth.",
    "part-of.member": "Preston City Council met the Central Lancashire Board.",
    "part-of.belongs": "Companies House, which differs from BEIS, files accounts.",
    "part-of.at": "The Advanced Wave Research Centre near the University of Leicester tests hulls.",
    "part-of.parent": "Sellafield Ltd and its neighbour, the Nuclear Decommissioning Authority, met.",
    "part-of.owned": "Sellafield Ltd is visited by the Nuclear Decommissioning Authority.",
    "part-of.runs": "Fareham College praised the Advanced Wave Research Centre.",
    "aligns.builds-on": "The Harbour Growth Strategy came long before the Offshore Wind Sector Deal.",
    "leads.on-which": "The Tourism Sector Deal was read at BEIS.",
    "part-of.its": "The Cambridgeshire and Peterborough Combined Authority met the Business Board of Kent.",
    "part-of.one-of": "The Oxfordshire Local Industrial Strategy was written with care for Oxfordshire.",
    "part-of.place": "Oxfordshire is far from the Oxford-Cambridge Arc.",
    "succeeded.became": "The Department of Energy and Climate Change met BEIS.",
    "succeeded.replaced": "BEIS wrote to the Department of Energy and Climate Change.",
    "publishes.active": "Leicester City Council praised the Harbour Growth Strategy.",
    "publishes.passive": "The Harbour Growth Strategy was praised by Leicester City Council.",
    "leads.deal-of": "The Automotive Sector Deal, praised by BEIS, is old.",
    "leads.agreed": "BEIS praised the Automotive Sector Deal.",
    "leads.active": "Homes England likes the Harbour Homes Fund.",
    "leads.possessive": "Firms like BEIS and the Harbour Homes Fund.",
    "funded.by": "The Advanced Wave Research Centre was visited by BEIS.",
    "covers.takes-in": "Lancashire Enterprise Partnership met in Preston.",
    "covers.lies-in": "Preston wrote to Lancashire Enterprise Partnership.",
    "partners.brings-together": "The Advanced Wave Research Centre visited the University of Leicester.",
}


def rules_of(desk: Desk, text: str) -> set[str]:
    batch = desk(text).batch
    return {f"{r.type} {found.rule}" for r in batch.relations for found in r.evidence}


def test_every_pattern_has_its_sentences() -> None:
    known = {pattern.id for pattern in load_rules().patterns}
    assert set(POSITIVE) == known
    assert set(NEGATIVE) == known


@pytest.mark.parametrize("pattern", sorted(POSITIVE))
def test_pattern_states_its_relation(desk: Desk, pattern: str) -> None:
    text, type_ = POSITIVE[pattern]
    assert f"{type_} pattern.{pattern}" in rules_of(desk, text)


@pytest.mark.parametrize("pattern", sorted(NEGATIVE))
def test_names_beside_each_other_state_nothing(desk: Desk, pattern: str) -> None:
    text = NEGATIVE[pattern]
    names = {mention.entity_id for mention in desk(text).reading.names.mentions}
    assert len(names) >= 2, "the sentence must name both ends"
    _, type_ = POSITIVE[pattern]
    assert not [rule for rule in rules_of(desk, text) if rule.startswith(f"{type_} pattern")]


def test_list_of_names_shares_the_relation(desk: Desk) -> None:
    links = desk("Preston, Blackburn and Burnley lie in the area of Lancashire Enterprise Partnership.").links
    covered = {target for source, type_, target in links if type_ == "COVERS"}
    assert {"Preston", "Blackburn", "Burnley"} <= covered


def test_direction_follows_the_voice(desk: Desk) -> None:
    active = desk("BEIS took over from the Department of Energy and Climate Change.").links
    passive = desk("The Department of Energy and Climate Change was replaced by BEIS.").links
    wanted = (
        "Department of Energy and Climate Change",
        "SUCCEEDED_BY",
        "Department for Business, Energy and Industrial Strategy",
    )
    assert wanted in active
    assert wanted in passive


def test_names_of_two_sentences_are_not_joined(desk: Desk) -> None:
    rules = rules_of(desk, "Firms met BEIS. Replaced the Department of Energy and Climate Change.")
    assert not [rule for rule in rules if "pattern." in rule]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The old name of BEIS was the Department of Energy and Climate Change.", True),
        ("Now BEIS holds what was once done by the Department of Energy and Climate Change.", False),
    ],
)
def test_register_fact_counts_where_the_words_state_it(desk: Desk, text: str, stated: bool) -> None:
    assert ("SUCCEEDED_BY register.stated" in rules_of(desk, text)) is stated


@pytest.mark.parametrize(
    ("lines", "link"),
    [
        (
            ("| Body | Now |", "| Department of Energy and Climate Change | BEIS |"),
            (
                "Department of Energy and Climate Change",
                "SUCCEEDED_BY",
                "Department for Business, Energy and Industrial Strategy",
            ),
        ),
        (
            ("| Deal | For Government |", "| Automotive Sector Deal | HM Treasury |"),
            ("HM Treasury", "LEADS", "Automotive Sector Deal"),
        ),
        (
            ("| Deal | Sector |", "| Automotive Sector Deal | Aerospace |"),
            ("Automotive Sector Deal", "IN_SECTOR", "Aerospace"),
        ),
        (
            ("| Deal | Grand Challenge |", "| Automotive Sector Deal | Clean Growth |"),
            ("Automotive Sector Deal", "ADDRESSES", "Clean Growth"),
        ),
    ],
)
def test_column_states_a_relation_of_the_first_name_of_its_row(
    desk: Desk, lines: tuple[str, ...], link: tuple[str, str, str]
) -> None:
    assert link in desk(*lines).links


def test_column_of_another_heading_states_nothing(desk: Desk) -> None:
    assert not desk("| Deal | Read by |", "| Automotive Sector Deal | HM Treasury |").links


def test_it_goes_on_about_the_body_of_the_sentence_before(desk: Desk) -> None:
    told = desk("# Ports", "The Fylde Harbour Board builds quays. It took over the work of the Lytham Harbour Board.")
    assert ("Lytham Harbour Board", "SUCCEEDED_BY", "Fylde Harbour Board") in told.links
    words = "Much of what was built in those years was built by the Fylde Harbour Board."
    far = desk("# Ports", f"{words} It took over the work of the Lytham Harbour Board.")
    assert not far.links


BOARDS = ("Lytham Harbour Board", "SUCCEEDED_BY", "Fylde Harbour Board")
DLUHC = "Department for Levelling Up, Housing and Communities"
WAS_MHCLG = ("Ministry of Housing, Communities and Local Government", "SUCCEEDED_BY", DLUHC)


@pytest.mark.parametrize(
    ("text", "link", "holds"),
    [
        ("The Lytham Harbour Board, whose work now falls to the Fylde Harbour Board, is old.", BOARDS, True),
        ("The Lytham Harbour Board, whose duties passed to the Fylde Harbour Board, is old.", BOARDS, True),
        ("The Lytham Harbour Board, whose work now pleases the Fylde Harbour Board, is old.", BOARDS, False),
        ("The Lytham Harbour Board, whose chair now goes to see the Fylde Harbour Board, is old.", BOARDS, False),
        (f"MHCLG has been the {DLUHC} since 2021.", WAS_MHCLG, True),
        (f"MHCLG has been near the {DLUHC} since 2021.", WAS_MHCLG, False),
        ("Lancashire Enterprise Partnership looks after Preston.",
         ("Lancashire Enterprise Partnership", "COVERS", "Preston"), True),
        ("Lancashire Enterprise Partnership looks at Preston.",
         ("Lancashire Enterprise Partnership", "COVERS", "Preston"), False),
        ("Preston has been part of Lancashire Enterprise Partnership since 2011.",
         ("Lancashire Enterprise Partnership", "COVERS", "Preston"), True),
        ("Preston will be fond of Lancashire Enterprise Partnership.",
         ("Lancashire Enterprise Partnership", "COVERS", "Preston"), False),
    ],
)  # fmt: skip
def test_other_words_state_the_relation_too(desk: Desk, text: str, link: tuple[str, str, str], holds: bool) -> None:
    assert (link in desk(text).links) is holds
