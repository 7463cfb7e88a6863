"""Names that share a noun: "universities of A and B", "C, D and E councils", "F and G LEPs"."""

import re
from collections.abc import Iterator, Mapping

from ingest.names.types import Form, Hit
from ingest.words import find_words

_ITEM = r"[A-Z][\w'&-]*(?:(?: (?:of|on|upon|the|in|to))* [A-Z][\w'&-]*){0,4}"
_LIST = rf"{_ITEM}(?:, {_ITEM})*,? (?:and|&) {_ITEM}"
_AFTER = re.compile(
    rf"(?P<list>{_LIST}) (?P<noun>[Uu]niversities|[Cc]olleges"
    r"|(?:(?:[Cc]ity|[Cc]ounty|[Bb]orough|[Dd]istrict|[Mm]etropolitan [Bb]orough) )?[Cc]ouncils"
    r"|LEPs|[Ll]ocal [Ee]nterprise [Pp]artnerships|[Cc]ombined [Aa]uthorities|[Ss]ector [Dd]eals"
    r"|Local Industrial Strategies|LISs?"
    r"|[Cc]atapults|[Cc]ity [Dd]eals|[Gg]rowth [Dd]eals|[Ee]nterprise [Zz]ones|[Gg]rowth [Hh]ubs)\b"
)
_BEFORE = re.compile(
    r"\b(?P<noun>[Uu]niversities of|[Dd]epartments (?:for|of)|[Mm]inistries of|[Ss]ector [Dd]eals for)"
    rf" (?:the )?(?P<list>{_LIST})"
)
# The last words of the nouns above: one of them a text must have.
_PLURALS = frozenset(
    {"universities", "colleges", "councils", "leps", "partnerships", "authorities", "deals", "strategies", "lis"}
    | {"liss", "catapults", "zones", "hubs", "departments", "ministries"}
)
_SPLIT = re.compile(r", (?:and |& )?| (?:and|&) ")
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "universities": ("{} university", "university of {}", "the university of {}"),
    "colleges": ("{} college", "{} college group"),
    "councils": (
        "{} council",
        "{} city council",
        "{} borough council",
        "{} district council",
        "{} county council",
        "{} metropolitan borough council",
    ),
    "city councils": ("{} city council", "{} council"),
    "county councils": ("{} county council", "{} council"),
    "borough councils": ("{} borough council", "{} council"),
    "district councils": ("{} district council", "{} council"),
    "metropolitan borough councils": ("{} metropolitan borough council", "{} council"),
    "leps": ("{} lep", "the {} lep"),
    "local enterprise partnerships": ("{} lep",),
    "combined authorities": ("{} combined authority",),
    "sector deals": ("{} sector deal",),
    "local industrial strategies": ("{} local industrial strategy",),
    "lis": ("{} local industrial strategy",),
    "liss": ("{} local industrial strategy",),
    "catapults": ("{} catapult",),
    "city deals": ("{} city deal",),
    "growth deals": ("{} growth deal",),
    "enterprise zones": ("{} enterprise zone",),
    "growth hubs": ("{} growth hub",),
    "universities of": ("university of {}", "the university of {}", "{} university"),
    "departments for": ("department for {}", "department of {}"),
    "departments of": ("department of {}", "department for {}"),
    "ministries of": ("ministry of {}",),
    "sector deals for": ("{} sector deal", "sector deal for {}"),
}


def find_coordinated(text: str, lexicon: Mapping[str, Form]) -> Iterator[Hit]:
    """Yield a hit for each member of a list that shares its noun, where the register knows the whole name.

    The last member of "A and B councils" carries the noun in its stretch; the others stand alone.
    """
    if _PLURALS.isdisjoint(find_words(text)) or not (" and " in text or " & " in text):
        return
    for pattern, rule in ((_AFTER, "coordination.shared-noun"), (_BEFORE, "coordination.shared-head")):
        for match in pattern.finditer(text):
            endings = _ENDINGS[match["noun"].lower()]
            hits = list(_members(match, endings, lexicon, rule))
            yield from hits


def _members(match: re.Match[str], endings: tuple[str, ...], lexicon: Mapping[str, Form], rule: str) -> Iterator[Hit]:
    base = match.start("list")
    at = 0
    items = _SPLIT.split(match["list"])
    for number, item in enumerate(items):
        start = match["list"].index(item, at)
        at = start + len(item)
        name = item.removeprefix("The ").removeprefix("Both ").removeprefix("both ")
        skip = len(item) - len(name)
        form = next(
            (lexicon[key] for key in (ending.format(name.lower()) for ending in endings) if key in lexicon), None
        )
        if form is None:
            continue
        end = base + at
        if number == len(items) - 1 and rule == "coordination.shared-noun":
            end = match.end()
        yield Hit(base + start + skip, end, match.string[base + start + skip : end], form.targets, rule, score=0.9)
