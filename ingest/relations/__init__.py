"""Relations with evidence: of each proposition, and between the bodies, places and levers of a document."""

from ingest.relations.bodies import add_columns, add_patterns, add_stated
from ingest.relations.collect import Collector
from ingest.relations.deals import add_deals
from ingest.relations.described import add_described
from ingest.relations.facts import RegisterFacts, make_facts
from ingest.relations.propositions import PropositionRelations
from ingest.relations.references import add_references
from ingest.relations.rules import load_rules
from ingest.relations.wording import GOVERNMENT

__all__ = [
    "GOVERNMENT",
    "Collector",
    "PropositionRelations",
    "RegisterFacts",
    "add_columns",
    "add_deals",
    "add_described",
    "add_patterns",
    "add_references",
    "add_stated",
    "load_rules",
    "make_facts",
]
