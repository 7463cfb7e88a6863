"""From a draft to the graph's Proposition: its id, name, typed properties and mentions."""

from graph.ids import make_id
from graph.model import Entity, Mention, PropertyValue
from ingest.propositions.types import Draft, Reading, Span, Status
from ingest.values import find_values

_NAME_WORDS = 12
_SHORTEST_NAME = 40  # characters that a name keeps when it is cut at a comma


def make_proposition(draft: Draft, reading: Reading, document_id: str, *, taken: set[str]) -> Entity:
    """Return the entity of a draft; its id is made of document and name, counted on where a name comes again."""
    name = _tidy(reading.text(draft.name)) if draft.name else _short_name(reading.text(draft.what))
    entity_id = make_id("prop", document_id, name)
    count = 2
    while entity_id in taken:
        entity_id = make_id("prop", document_id, name, count)
        count += 1
    return Entity(entity_id, "Proposition", name, properties=dict(sorted(_properties(draft, reading).items())))


def _properties(draft: Draft, reading: Reading) -> dict[str, PropertyValue]:
    what = draft.parts.get("what", (draft.what,))
    properties: dict[str, PropertyValue] = {
        "what": "\n".join(reading.text(span) for span in what),
        "form": str(draft.form),
        "status": str(draft.status),
        "tentative": draft.status is Status.TENTATIVE,
    }
    for role in ("why", "how", "ask"):
        if draft.parts.get(role):
            properties[role] = "\n".join(reading.text(span) for span in draft.parts[role])
    actor = " ".join(reading.text(span) for span in draft.actors)
    if actor:
        properties["actor"] = actor
    words = [reading.text(span) for span in dict.fromkeys((draft.what, *draft.scope))]
    cells = {role: [reading.text(span) for span in draft.parts.get(role, ())] for role in ("money", "date")}
    return {**properties, **find_values(words, money=cells["money"], dates=cells["date"])}


def make_mentions(draft: Draft, proposition_id: str, reading: Reading) -> list[Mention]:
    """Return the mentions of a proposition: its words, and its name where that stands elsewhere."""
    spans = [draft.what]
    if draft.name and not _lies_in(draft.name, draft.what):
        spans.append(draft.name)
    return [
        Mention(proposition_id, reading.passages[s.passage].id, s.start, s.end, reading.text(s), draft.rule)
        for s in spans
    ]


def _lies_in(inner: Span, outer: Span) -> bool:
    return inner.passage == outer.passage and inner.start >= outer.start and inner.end <= outer.end


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" .:;–—-") or name


def _short_name(what: str) -> str:
    """Return the first words of a proposition, cut where a clause ends if that leaves enough."""
    words = _tidy(what).split(" ")
    if len(words) <= _NAME_WORDS:
        return " ".join(words).rstrip(",;:")
    head = " ".join(words[:_NAME_WORDS])
    cut = max(head.rfind(", "), head.rfind("; "), head.rfind(": "))
    return (head[:cut] if cut > _SHORTEST_NAME else head).rstrip(",;: ") + " …"
