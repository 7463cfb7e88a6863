"""Propositions: the concrete initiatives that a document puts forward or agrees."""

from ingest.propositions.find import find_propositions
from ingest.propositions.make import make_mentions, make_proposition
from ingest.propositions.rules import PropositionRules, load_rules
from ingest.propositions.types import Draft, Form, Note, Reading, Span, Status

__all__ = [
    "Draft",
    "Form",
    "Note",
    "PropositionRules",
    "Reading",
    "Span",
    "Status",
    "find_propositions",
    "load_rules",
    "make_mentions",
    "make_proposition",
]
