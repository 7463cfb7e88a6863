"""Links across Government: who is asked for what, by whom and with whom, and who holds the matter on a date."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from graph.analysis.central import MEANINGS as CENTRAL_MEANINGS
from graph.analysis.central import find_central
from graph.analysis.index import Index, build_index, sources_of
from graph.analysis.matrix import area_label
from graph.analysis.model import (
    Ask,
    AskedTogether,
    Card,
    DepartmentLine,
    HmgAnswer,
    Holder,
    Lead,
    Material,
    Meaning,
    NeverAsked,
    Ref,
    RowKind,
    SeveralDepartments,
    ThemeCount,
)
from graph.analysis.profiles import Profile, is_collective, make_profiles
from graph.analysis.repeats import MEANINGS as REPEATS_MEANINGS
from graph.analysis.repeats import join_repeats
from graph.analysis.succession import find_holder, matter
from graph.analysis.wording import find_terms
from graph.analysis.words import count_of, join
from graph.model import Relation
from graph.stores.text import entity_names, fold_text

FEW = 5  # propositions that ask several departments; below, a network of them says little
THEMES = (RowKind.FOUNDATION, RowKind.CHALLENGE, RowKind.SECTOR)

MEANINGS = (
    Meaning(
        "asks",
        "What propositions ask of a department, in their own words.",
        "Relations ASKS; where an ask has several points and only some name the department, those are shown.",
    ),
    Meaning(
        "several_departments",
        "Asks that two or more departments must agree to.",
        "Propositions that ask at least two departments by name; HM Government as a whole counts for none.",
    ),
    Meaning(
        "asked_together",
        "Which departments the same propositions ask: those that have to talk to each other.",
        "For each pair of departments the number of propositions that ask both.",
    ),
    Meaning(
        "leads",
        "Which department leads a deal or programme that propositions build on.",
        "Relations LEADS of the register and the documents; `unasked` are propositions that build on it and do not ask "
        "that department by name.",
    ),
    Meaning(
        "holders",
        "Which department holds the matter on the date asked for.",
        "Moves of work between departments by that date (register of succession and documents), followed until a body "
        "that exists then; where a department was split, words of the proposition choose among the heirs.",
    ),
    Meaning(
        "never_asked",
        "Departments that lead or agreed to what propositions build on, and that no proposition asks by name.",
        "Departments in `leads` or with a commitment, less those in `asks`.",
    ),
)


@dataclass(frozen=True, slots=True)
class HmgOptions:
    """One department, theme or area, or all (empty); holders on `as_of` (ISO date, perhaps partial), none if empty."""

    department: str = ""
    theme: str = ""
    area: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class _Scope:
    index: Index
    profiles: Mapping[str, Profile]  # of the theme and area asked for
    options: HmgOptions

    def asked(self, profile: Profile) -> tuple[str, ...]:
        """Return the departments that a proposition asks by name, HM Government left out."""
        found = {item.target_id for item in self.index.out(profile.id, "ASKS")}
        return tuple(sorted(item for item in found if not is_collective(self.index, item)))

    def shows(self, department: str) -> bool:
        """Say whether the answer is about a department."""
        return self.options.department in ("", department)


def hmg(material: Material, options: HmgOptions) -> HmgAnswer:
    """Return the links between propositions and departments.

    Args: material: propositions with their asks and commitments, their levers with who leads them, and successions.
    Cost: O(relations), and as often again for the stability of centrality; reads no store."""
    material, repeats = join_repeats(material)
    index = build_index(material)
    scope = _Scope(index, _in_scope(index, make_profiles(index), options), options)
    asks = _asks(scope)
    leads = _leads(scope)
    lines = _lines(scope, asks)
    several = _several(scope, leads)
    together = _together(scope)
    holders = _holders(scope, lines)
    shown = {ask.proposition for ask in asks} | {item for line in lines for item in line.agreed}
    shown |= {item for lead in leads for item in lead.propositions}
    answer = HmgAnswer(
        version=material.version,
        departments=lines,
        asks=tuple(_with_holder(scope, ask, holders) for ask in asks),
        several_departments=several,
        asked_together=together,
        leads=leads,
        holders=holders,
        never_asked=_never_asked(scope, leads),
        central=find_central(index, {key: (scope.asked(item), item.documents) for key, item in scope.profiles.items()}),
        propositions=_cards(scope, shown),
        documents=index.document_refs(document for item in shown for document in scope.profiles[item].documents),
        meanings=(*MEANINGS, *CENTRAL_MEANINGS, *REPEATS_MEANINGS),
        notes=_notes(scope, asks, shown & repeats.keys()),
        truncated=material.sub.truncated,
    )
    return index.with_cited(answer)


def _in_scope(index: Index, profiles: Mapping[str, Profile], options: HmgOptions) -> Mapping[str, Profile]:
    below = {options.theme, *(item.source_id for item in index.into(options.theme, "PART_OF"))} - {""}
    return {
        key: profile
        for key, profile in profiles.items()
        if (not options.area or any(item.source_id == options.area for item in profile.proposes))
        and (not below or any(below & profile.of(kind).keys() for kind in THEMES))
    }


# ---- asks


def _asks(scope: _Scope) -> tuple[Ask, ...]:
    found = [
        _ask(scope, profile, relation)
        for profile in scope.profiles.values()
        for relation in scope.index.out(profile.id, "ASKS")
        if scope.shows(relation.target_id)
    ]
    return tuple(sorted(found, key=lambda ask: (ask.department.name, ask.area or "~", ask.name, ask.proposition)))


def _ask(scope: _Scope, profile: Profile, relation: Relation) -> Ask:
    index, card = scope.index, profile.card
    return Ask(
        proposition=card.id,
        name=card.name,
        area=card.area,
        department=index.ref(relation.target_id),
        words=_own_points(index, relation.target_id, str(relation.properties.get("words", "")) or card.ask),
        date=_since(scope, [card.id]) or None,
        status=card.status,
        evidence=index.cite([relation]),
    )


def _own_points(index: Index, department_id: str, words: str) -> str:
    """Return the points of an ask that name a department; all of them where none or all do."""
    points = [point for point in words.splitlines() if point.strip()]
    entity = index.entities[department_id]
    names = [fold_text(name) for name in (*entity_names(entity), index.text(department_id, "acronym")) if name]
    own = [point for point in points if any(_has_name(fold_text(point), name) for name in names)]
    return "\n".join(own or points)


def _has_name(text: str, name: str) -> bool:
    return f" {name} " in f" {''.join(char if char.isalnum() else ' ' for char in text)} "


def _lines(scope: _Scope, asks: Sequence[Ask]) -> tuple[DepartmentLine, ...]:
    asked: dict[str, dict[str, None]] = {}
    for ask in asks:
        asked.setdefault(ask.department.id, {})[ask.proposition] = None
    agreed: dict[str, dict[str, None]] = {}
    for profile in scope.profiles.values():
        for relation in scope.index.into(profile.id, "COMMITS"):
            if scope.shows(relation.source_id):
                agreed.setdefault(relation.source_id, {})[profile.id] = None
    found = [
        _line(scope, item, [*asked.get(item, ())], [*agreed.get(item, ())]) for item in asked.keys() | agreed.keys()
    ]
    return tuple(sorted(found, key=lambda line: (-len(line.asked), -len(line.agreed), line.name, line.id)))


def _line(scope: _Scope, department: str, asked: list[str], agreed: list[str]) -> DepartmentLine:
    index = scope.index
    both = sorted({*asked, *agreed})
    areas: dict[str, list[str]] = {}
    themes: dict[tuple[str, str], list[str]] = {}
    for item in both:
        profile = scope.profiles[item]
        if profile.card.area:
            areas.setdefault(profile.card.area, []).append(item)
        for kind in THEMES:
            for key in profile.named(kind):
                themes.setdefault((kind, key), []).append(item)
    relations = [relation for item in asked for relation in index.out(item, "ASKS") if relation.target_id == department]
    relations += [
        relation for item in agreed for relation in index.into(item, "COMMITS") if relation.source_id == department
    ]
    return DepartmentLine(
        id=department,
        name=index.name(department),
        asked=tuple(sorted(asked)),
        agreed=tuple(sorted(agreed)),
        areas=_counts([("area", key, area_label(index, key), held) for key, held in areas.items()]),
        themes=_counts([(kind, key, index.name(key), held) for (kind, key), held in themes.items()]),
        evidence=index.cite(relations),
    )


def _counts(found: Iterable[tuple[str, str, str, list[str]]]) -> tuple[ThemeCount, ...]:
    counts = [ThemeCount(str(kind), key, name, tuple(sorted(held))) for kind, key, name, held in found]
    return tuple(sorted(counts, key=lambda item: (-len(item.propositions), item.kind, item.name, item.id)))


# ---- several departments


def _several(scope: _Scope, leads: Sequence[Lead]) -> tuple[SeveralDepartments, ...]:
    found = []
    for profile in scope.profiles.values():
        asked = scope.asked(profile)
        if len(asked) < 2 or not any(scope.shows(item) for item in asked):
            continue
        index, card = scope.index, profile.card
        refs = tuple(index.ref(item) for item in asked)
        says = f"Asks {join(ref.name for ref in refs)}"
        more = [lead for lead in leads if card.id in lead.unasked and lead.department.id not in asked]
        says += "".join(f"; also builds on {lead.lever.name}, which {lead.department.name} leads" for lead in more[:2])
        relations = [item for item in index.out(card.id, "ASKS") if item.target_id in asked]
        found.append(
            SeveralDepartments(card.id, card.name, card.area, refs, card.ask, says + ".", index.cite(relations))
        )
    return tuple(sorted(found, key=lambda item: (-len(item.departments), item.name, item.proposition)))


def _together(scope: _Scope) -> tuple[AskedTogether, ...]:
    pairs: dict[tuple[str, str], list[str]] = {}
    for profile in scope.profiles.values():
        for pair in combinations(scope.asked(profile), 2):
            if scope.shows(pair[0]) or scope.shows(pair[1]):
                pairs.setdefault(pair, []).append(profile.id)
    index = scope.index
    found = []
    for (first, second), held in pairs.items():
        relations = [item for key in held for item in index.out(key, "ASKS") if item.target_id in (first, second)]
        ids = tuple(sorted(held))
        found.append(AskedTogether(index.ref(first), index.ref(second), len(ids), ids, index.cite(relations)))
    return tuple(sorted(found, key=lambda item: (-item.weight, item.first.id, item.second.id)))


# ---- levers and who leads them


def _leads(scope: _Scope) -> tuple[Lead, ...]:
    index = scope.index
    users: dict[str, list[str]] = {}
    for profile in scope.profiles.values():
        for lever in profile.named(RowKind.PROGRAMME):
            users.setdefault(lever, []).append(profile.id)
    found = []
    for lever, held in users.items():
        for department, relations in _leaders(scope, lever, held).items():
            heirs = {department, *_heirs(scope, relations, held)}
            unasked = [item for item in held if not heirs & {*scope.asked(scope.profiles[item])}]
            tied = [tie for item in held for tie in scope.profiles[item].named(RowKind.PROGRAMME)[lever].relations]
            found.append(
                Lead(
                    index.ref(department),
                    index.ref(lever),
                    tuple(sorted(held)),
                    tuple(sorted(item for item in unasked if index.out(item, "ASKS"))),
                    index.cite([*relations, *tied]),
                    sources_of(relations),
                )
            )
    return tuple(
        sorted(found, key=lambda item: (item.department.name, -len(item.propositions), item.lever.name, item.lever.id))
    )


def _leaders(scope: _Scope, lever: str, users: Sequence[str]) -> Mapping[str, list[Relation]]:
    """Return the departments that lead a lever at the time of its users: a sole heir stands for one that has ended."""
    index = scope.index
    found: dict[str, list[Relation]] = {}
    for relation in index.into(lever, "LEADS", "PUBLISHES"):
        if index.ref(relation.source_id).type == "Department" and not is_collective(index, relation.source_id):
            heirs = _heirs(scope, [relation], users)
            department = heirs[0] if len(heirs) == 1 else relation.source_id
            if scope.shows(department):
                found.setdefault(department, []).append(relation)
    return found


def _heirs(scope: _Scope, relations: Iterable[Relation], users: Sequence[str]) -> tuple[str, ...]:
    """Return who held the work of a lever's leaders when its users were written."""
    on = _since(scope, users)
    bodies = dict.fromkeys(relation.source_id for relation in relations)
    found = [holder.id for body in bodies for holder in find_holder(scope.index, body, on).holders] if on else []
    return tuple(dict.fromkeys(found)) or tuple(bodies)


def _never_asked(scope: _Scope, leads: Sequence[Lead]) -> tuple[NeverAsked, ...]:
    index = scope.index
    asked = {item for profile in scope.profiles.values() for item in scope.asked(profile)}
    levers: dict[str, list[Lead]] = {}
    for lead in leads:
        if lead.department.id not in asked and lead.unasked:
            levers.setdefault(lead.department.id, []).append(lead)
    found = []
    for department, held in levers.items():
        propositions = tuple(sorted({item for lead in held for item in lead.unasked}))
        named = join(lead.lever.name for lead in held[:4])
        builds = "proposition builds" if len(propositions) == 1 else "propositions build"
        says = f"Leads {named}; {len(propositions)} {builds} on it with an ask of Government, and none names it."
        evidence = tuple(dict.fromkeys(citation for lead in held for citation in lead.evidence))[:3]
        sources = tuple(dict.fromkeys(source for lead in held for source in lead.sources))
        found.append(NeverAsked(department, index.name(department), says, propositions, evidence, sources))
    return tuple(sorted(found, key=lambda item: (-len(item.propositions), item.name, item.id)))


# ---- who holds it on a date


def _holders(scope: _Scope, lines: Sequence[DepartmentLine]) -> tuple[Holder, ...]:
    if not scope.options.as_of:
        return ()
    named = [line for line in lines if not is_collective(scope.index, line.id)]
    return tuple(
        find_holder(scope.index, line.id, scope.options.as_of, since=_since(scope, (*line.asked, *line.agreed)))
        for line in named
    )


def _since(scope: _Scope, propositions: Iterable[str]) -> str:
    """Return the date of the earliest document that puts one of some propositions forward; empty without one."""
    documents = {item for key in propositions for item in scope.profiles[key].documents}
    return min(
        (document.published for document in scope.index.document_refs(documents) if document.published), default=""
    )


def _with_holder(scope: _Scope, ask: Ask, holders: Sequence[Holder]) -> Ask:
    holder = next((item for item in holders if item.department.id == ask.department.id), None)
    if holder is None:
        return ask
    if len(holder.holders) < 2:
        return replace(ask, holders=holder.holders, holder_says=holder.says)
    text = find_terms(scope.profiles[ask.proposition].text)
    shared = {item.id: sorted(text.keys() & _policy_terms(holder, item)) for item in holder.holders}
    best = max(len(words) for words in shared.values())
    chosen = tuple(item for item in holder.holders if best and len(shared[item.id]) == best)
    if not chosen or len(chosen) == len(holder.holders):
        return replace(ask, holders=holder.holders, holder_says=holder.says)
    heirs = count_of(len(holder.holders), "heir")
    says = f"{join(item.name for item in chosen)}: of {heirs} the one whose matters this proposition speaks of."
    return replace(ask, holders=chosen, holder_says=says)


def _policy_terms(holder: Holder, heir: Ref) -> frozenset[str]:
    """Return the words of what moved to an heir, by the register."""
    moved = " ".join(matter(step.moved) for step in holder.steps if step.after.id == heir.id)
    return frozenset(find_terms(moved))


def _cards(scope: _Scope, ids: Iterable[str]) -> tuple[Card, ...]:
    return tuple(scope.profiles[item].card for item in sorted(set(ids)))


def _notes(scope: _Scope, asks: Sequence[Ask], repeated: Collection[str]) -> tuple[str, ...]:
    notes = []
    if repeated:
        verb = "is" if len(repeated) == 1 else "are"
        notes.append(f"{count_of(len(repeated), 'proposition')} {verb} said by several documents and counted once.")
    collective = len({ask.proposition for ask in asks if is_collective(scope.index, ask.department.id)})
    if collective:
        verb = "asks" if collective == 1 else "ask"
        notes.append(f"{count_of(collective, 'proposition')} {verb} Government without naming a department.")
    several = sum(1 for profile in scope.profiles.values() if len(scope.asked(profile)) > 1)
    if 0 < several < FEW:
        verb = "asks" if several == 1 else "ask"
        notes.append(f"Only {count_of(several, 'proposition')} {verb} several departments: who is central says little.")
    return tuple(notes)
