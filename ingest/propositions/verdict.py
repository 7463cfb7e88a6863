"""What a judgement on a clause says, and the words that several judgements look at."""

import re
from dataclasses import dataclass

MONEY = re.compile(
    r"(?:provide|offer|give) (?:[\w-]+ ){0,2}(?:investment|funding|grants|loans|finance)\b"
    r"|[£$€]\s?\d|\b\d[\d,.]*\s?(?:million|billion|m\b|bn\b)"
)
IT = re.compile(r"(?i)(?:it|this|they|these)$")  # what was just promised, told of further
LETS = frozenset(
    (
        *("help", "enable", "allow", "ensure", "mean", "include", "run"),
        *("last", "begin", "cover", "require", "continue", "make"),
    )
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Taken or passed over, by which rule or for which reason."""

    taken: bool
    why: str


def either(taken: bool, rule: str, reason: str) -> Verdict:
    """Return the verdict with its rule where the clause is taken, its reason where it is passed over."""
    return Verdict(taken, rule if taken else reason)
