"""What the words around a name say of its part: does it pay, does it lead, is it somewhere else."""

import re

_MONEY = r"[£$€]\s?[\d.,]+\s*(?:million|billion|m|bn|k)?"
_FILLERS = r"(?:(?:the|its|our|their|a|new|government's|existing|devolved|national|local|up to|just under)\s+)*$"
_PAYS_BEFORE = re.compile(
    rf"(?i)(?:{_MONEY}\b[^.;]{{0,60}}?\b(?:from|of|through|via|by|in)"
    rf"|\b(?:funded|financed|paid for|backed|supported|investment|funding|money|(?-i:budgets?)|grants?)"
    rf" (?:by|through|from|via)|\bfrom (?:existing|within|available)|{_MONEY})\s+{_FILLERS}"
)
_PAYS_AFTER = re.compile(r"(?i)^(?:'s)?\s*(?:budgets?|funding|money|investment|grant|allocation)\b")
_LED_BY = re.compile(
    r"(?i)\b(?:led|chaired|run|overseen|managed|coordinated|co-ordinated|headed) by (?:the )?(?:[\w'&-]+, )*$"
)
_WILL_LEAD = re.compile(
    r"(?i)[^,;.]{3,80}? (?:will|would|is to|shall|(?:has )?(?:agreed|offered|plans|intends|proposes) to)"
    r" (?:jointly |also |now )?(?:lead|chair) (?:an?|the|it|this|on)\b(?! way\b)"
)
_ELSEWHERE = re.compile(
    r"(?i)\b(?:outside(?: of)?|beyond|other than|unlike|run to|travel to|export to|links? (?:to|with)"
    r"|compared (?:to|with)|as in|(?:similar to|like) (?:that|those|the ones?) (?:in|of|at)|than)\s+(?:the )?$"
)
_THROUGH = re.compile(r"(?i)\b(?:through|via) (?:the )?$")
_ASKED_AFTER = re.compile(
    r"(?i)^(?:\s*\([^)]*\))?\s*(?:(?:would |will |should |could |is to |are to |can )?be|is|are|is being) (?:\w+ )?"
    r"(?:asked|invited|urged|lobbied)\b"
)
_ASKED_BEFORE = re.compile(
    r"(?i)\b(?:to be put to|(?:bid|application|request|case|appeal|submission) (?:will be made |made |be made )?to"
    r"|(?:applying|apply|bidding) to|(?:sought|requested|asked for|needed|required|wanted) (?:from|of)"
    r"|\bmatter for(?: the)?(?: [\w&' ]{2,70} and)?)\s+(?:the )?$"
)
GOVERNMENT = "dept:hmg"
_BROUGHT_UP = re.compile(
    r"(?i)\b(?:an?|one|two|new|possible|potential|proposed|planned|first)\s+(?:(?!(?:at|in|of|with|for|by|from|to|on|near|and)\s)[\w-]+\s+){0,2}$"
)
_REACH_BEFORE, _REACH_AFTER = 110, 30


def pays(text: str, start: int, end: int) -> bool:
    """Say whether the name at `text[start:end]` is where money comes from: "£5m from the X Fund", "X Fund money"."""
    return (
        _PAYS_BEFORE.search(text[max(0, start - _REACH_BEFORE) : start]) is not None
        or _PAYS_AFTER.match(text[end : end + _REACH_AFTER]) is not None
    )


def is_channel(text: str, start: int) -> bool:
    """Say whether money goes through the body that begins at `start`: "£245 million, through Network Rail"."""
    return _THROUGH.search(text[max(0, start - _REACH_BEFORE) : start]) is not None


def is_asked(text: str, start: int, end: int) -> bool:
    """Say whether the name at `text[start:end]` is asked for something in passing: "towards which X would be asked"."""
    return (
        _ASKED_AFTER.match(text[end : end + _REACH_BEFORE]) is not None
        or _ASKED_BEFORE.search(text[max(0, start - _REACH_BEFORE) : start]) is not None
    )


def leads(text: str, start: int) -> bool:
    """Say whether the name that begins at `start` leads: "led by X", "chaired by A, B and X"."""
    return _LED_BY.search(text[max(0, start - _REACH_BEFORE) : start]) is not None


def will_lead(sentence: str) -> bool:
    """Say whether the subject of a promise leads what it speaks of: "X will lead a new forum"."""
    return _WILL_LEAD.match(sentence) is not None


def is_brought_up(text: str, start: int) -> bool:
    """Say whether a body is what is to be made rather than who takes part: "set up a new X Hub", "a possible X"."""
    return _BROUGHT_UP.search(text[max(0, start - _REACH_BEFORE) : start]) is not None


def is_elsewhere(text: str, start: int) -> bool:
    """Say whether a place is named as somewhere else: "beyond the Arc", "trains that run to London"."""
    return _ELSEWHERE.search(text[max(0, start - _REACH_BEFORE) : start]) is not None
