"""How each entity type looks and is called: one colour and shape a type, told apart without colour too.

The colours keep a contrast of at least 4.5 against white, so that they serve as text; `static/site.css` holds the same
ones by class, since the pages allow no style of their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """The look of a type in a network, and its name for one and for many."""

    colour: str
    shape: str
    one: str
    many: str


STYLES = {
    "LEP": TypeStyle("#0b6e6e", "square", "Local enterprise partnership", "Local enterprise partnerships"),
    "CombinedAuthority": TypeStyle("#1d5c8f", "square", "Combined authority", "Combined authorities"),
    "LocalAuthority": TypeStyle("#4a6a8a", "square", "Local authority", "Local authorities"),
    "Department": TypeStyle("#8a1538", "triangle", "Department", "Departments"),
    "Institution": TypeStyle("#5b3a9e", "diamond", "Institution", "Institutions"),
    "Strategy": TypeStyle("#1f3a6e", "hexagon", "Strategy", "Strategies"),
    "Proposition": TypeStyle("#b3470b", "dot", "Proposition", "Propositions"),
    "SectorDeal": TypeStyle("#7a5a00", "star", "Sector deal", "Sector deals"),
    "Programme": TypeStyle("#8f4a8f", "triangleDown", "Programme", "Programmes"),
    "Foundation": TypeStyle("#356b2c", "diamond", "Foundation of productivity", "Foundations of productivity"),
    "GrandChallenge": TypeStyle("#20704f", "star", "Grand Challenge", "Grand Challenges"),
    "Sector": TypeStyle("#6b5438", "dot", "Sector", "Sectors"),
    "Place": TypeStyle("#595f69", "dot", "Place", "Places"),
}
OTHER = TypeStyle("#4d4d4d", "dot", "Other", "Other")


def style_of(entity_type: str) -> TypeStyle:
    """Return the look of a type; one that is not known looks plain."""
    return STYLES.get(entity_type, OTHER)


# A relation as a heading on the page of its source, and of its target.
_PHRASES = {
    "PUBLISHES": ("Publishes", "Published by"),
    "COVERS": ("Covers", "Covered by"),
    "PROPOSES": ("Proposes", "Proposed in"),
    "ASKS": ("Asks something of", "Is asked for something by"),
    "COMMITS": ("Commits to", "Agreed to by"),
    "PARTNERS_IN": ("Takes part in", "Partners"),
    "LEADS": ("Leads", "Led by"),
    "ADDRESSES": ("Addresses", "Addressed by"),
    "IN_SECTOR": ("In the sector", "In this sector"),
    "IN_PLACE": ("At the place", "At this place"),
    "ALIGNS_WITH": ("Builds on", "Built on by"),
    "FUNDED_BY": ("Funded by", "Funds"),
    "PART_OF": ("Part of", "Has as parts"),
    "SUCCEEDED_BY": ("Succeeded by", "Succeeds"),
}


def phrase_of(relation_type: str, *, outgoing: bool) -> str:
    """Return a relation as a heading, read from its source (`outgoing`) or from its target."""
    plain = relation_type.replace("_", " ").capitalize()
    return _PHRASES.get(relation_type, (plain, f"{plain} (from)"))[0 if outgoing else 1]
