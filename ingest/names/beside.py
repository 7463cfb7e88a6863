"""Made names around register names: what stands beside a known name is often no name of its own."""

from collections.abc import Sequence

from ingest.names.rules import OpenRules
from ingest.names.types import Hit, Target, make_target

_STATE = ("Department", "LEP", "CombinedAuthority", "LocalAuthority")
_LOCAL = ("LEP", "CombinedAuthority", "LocalAuthority")
_PAPERS = ("Agreement", "Deal", "Strategy", "Plan", "Prospectus", "Manifesto", "Compact")
_LEVERS = ("Programme", "Strategy", "SectorDeal", "GrandChallenge")


def part_from_known(text: str, hit: Hit, known: Sequence[Hit], rules: OpenRules) -> Hit | None:
    """Return `hit`, or what remains of it beside the register names of `known` inside it, or None."""
    if hit.rule.startswith("register."):
        return hit
    for other in known:
        first = other.start + 4 if text[other.start : hit.start].lower() == "the " else other.start
        if first < hit.start or other.end > hit.end or other.targets[0].id in rules.classes:
            continue
        is_challenge = other.targets[0].type == "GrandChallenge"
        if is_challenge and (other.end < hit.end or hit.rule.endswith(("-of", "-for"))):
            continue  # "Clean Growth Mission", "Centre for Healthy Ageing"
        if other.end == hit.end:
            if first == hit.start or _ends_with(hit, other.targets[0]):
                return None
        elif first == hit.start:
            kept = _after(text, hit, other, rules)
            if kept is not hit:
                return kept
    return hit


def _ends_with(hit: Hit, target: Target) -> bool:
    """ "Industrial Strategy Creative Industries Sector Deal": two names side by side, the second is known."""
    return target.type == hit.targets[0].type or target.type not in ("Institution", "Place")


def _after(text: str, hit: Hit, known: Hit, rules: OpenRules) -> Hit | None:
    rest = text[known.end + 1 : hit.end].split(" ")
    naming = [word for word in rest[:-1] if word not in rules.generic]
    type_ = known.targets[0].type
    if known.targets[0].kind == "enterprise zone":
        return hit  # "Infinity Park Investment Zone": the site has another zone
    if rest[-1] == "Committee" and not known.text.startswith(("Department", "Ministry")):
        return hit  # "Business, Energy and Industrial Strategy Select Committee" is Parliament's
    if type_ in _LOCAL and rest[-1] in _PAPERS:
        return hit  # "Lancashire LEP Growth Plan", "WMCA Skills Agreement"
    if type_ in _STATE:
        if rest[-1] in rules.organs or (len(rest) < 3 and not naming):
            return None  # "UKRI Board", "UK Space Agency Programme": an organ, or a description
        if " " not in known.text and len(rest) > 2 and rest[0][:1].isupper():
            name = " ".join(rest)  # "MHCLG Social Integration Pilot": the pilot has a name without its owner
            return Hit(known.end + 1, hit.end, name, (make_target(hit.targets[0].type, name),), hit.rule, score=0.7)
        return hit if naming else None
    if type_ in _LEVERS and hit.targets[0].type in _LEVERS and not naming:
        return None  # "Nuclear Sector Deal Master Plan"
    return hit
