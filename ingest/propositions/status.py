"""How far the words of a proposition promise."""

import re

from ingest.propositions.clauses import Trigger
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import Status


def find_status(text: str, rules: PropositionRules, trigger: Trigger | None) -> Status:
    """Return how far the words promise: tentative wording first, then conditions, else firm."""
    if trigger in (Trigger.COULD, Trigger.WOULD, Trigger.INTENDS, Trigger.EXPLORES) and not re.search(
        r"(?i)\b(?:aims?|seeks?) to\b", text
    ):
        return Status.TENTATIVE
    if rules.tentative.are_in(text):
        return Status.TENTATIVE
    return Status.CONDITIONAL if rules.conditional.are_in(text) else Status.FIRM
