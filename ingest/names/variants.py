"""Names that a document writes longer and shorter: "Evidence Centre", "Evidence Centre for the Creative Industries"."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.names.types import Hit, Target

_ON_A_RIVER = re.compile(r"(\w+)[ -](?:in|upon|on|le|by|under|next)[ -]")


def merge_variants(linked: Sequence[Sequence[tuple[Hit, Target]]]) -> Mapping[str, Target]:
    """Return target id -> the target it is the same as, over one document.

    A made name of two or more words that begins or ends exactly one longer name of its type is that longer one. A made
    name "A and B" is B where the document also names B alone; "Barrow" is the Barrow-in-Furness that it names in full.
    A register name is never taken into another.
    """
    targets = {target.id: target for found in linked for _, target in found}
    named = {key: targets[key].name.lower().removeprefix("the ") for key in sorted(targets)}
    made = [key for key in named if not targets[key].register and " " in named[key]]
    joined = _joined(named, made) | _shortened(named, targets)
    longer = _longer({key: name for key, name in named.items() if key not in joined}, targets, made)
    same: dict[str, Target] = {}
    for key in named:
        last = joined.get(key, key)
        while last in longer:  # ends: every step leads to a longer name
            last = longer[last]
        same[key] = targets[last]
    return same


def _joined(named: Mapping[str, str], made: Sequence[str]) -> dict[str, str]:
    """ "Westcott and Silverstone Park" -> "Silverstone Park", where that has its own mention."""
    by_name = {name: key for key, name in named.items()}
    joined = {}
    for key in made:
        _, _, right = named[key].partition(" and ")
        if " " in right and right in by_name:
            joined[key] = by_name[right]
    return joined


def _shortened(named: Mapping[str, str], targets: Mapping[str, Target]) -> dict[str, str]:
    """ "Barrow" -> "Barrow-in-Furness", "Newark" -> "Newark-on-Trent", where the document has the long form too."""
    places = [key for key in named if targets[key].type == "Place"]
    full = {match[1]: key for key in places if (match := _ON_A_RIVER.match(named[key]))}
    return {key: full[named[key]] for key in places if not targets[key].register and named[key] in full}


def _longer(named: Mapping[str, str], targets: Mapping[str, Target], made: Sequence[str]) -> dict[str, str]:
    """Short made name -> the one longer name of its type that begins or ends with it."""
    by_edge: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, name in named.items():
        words = name.split()
        for edge in dict.fromkeys((words[0], words[-1])):
            by_edge[targets[key].type, edge].append(key)
    longer = {}
    for key in made:
        if key not in named:
            continue
        name = named[key]
        words = name.split()
        beside = {*by_edge[targets[key].type, words[0]], *by_edge[targets[key].type, words[-1]]}
        found = [other for other in beside if named[other].startswith(name + " ") or named[other].endswith(" " + name)]
        if len(found) == 1:
            longer[key] = found[0]
    return longer
