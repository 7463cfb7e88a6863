"""Names that a document writes longer and shorter: "Policy and Evidence Centre" for the one "for the Creative Industries"."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.names.types import Hit, Target


def merge_variants(linked: Sequence[Sequence[tuple[Hit, Target]]]) -> Mapping[str, Target]:
    """Return target id -> the target it is the same as, over one document.

    A made name of two or more words that begins or ends exactly one longer name of its type is that longer one;
    a difference of case alone is none. A register name is never taken into another.
    """
    counts: Counter[str] = Counter()
    targets: dict[str, Target] = {}
    for found in linked:
        for _, target in found:
            counts[target.id] += 1
            targets[target.id] = target
    same = {key: target for key, target in targets.items()}
    named = {key: target.name.lower() for key, target in targets.items()}
    by_name = {name.removeprefix("the "): key for key, name in sorted(named.items())}
    by_edge: dict[tuple[str, str], list[str]] = {}
    for key, name in named.items():
        words = name.removeprefix("the ").split()
        for edge in {words[0], words[-1]}:
            by_edge.setdefault((targets[key].type, edge), []).append(key)
    for key in sorted(targets):
        target = targets[key]
        words = named[key].split()
        if target.register or len(words) < 2:
            continue
        part = words.index("and") + 1 if "and" in words else 0
        right = by_name.get(" ".join(words[part:]))
        if part and right and " " in named[right]:  # "Westcott and Silverstone Park", where the park has its own name
            same[key] = targets[right]
            continue
        longer = set()
        for edge in {words[0], words[-1]}:
            for other in by_edge.get((target.type, edge), ()):
                full = named[other].removeprefix("the ")
                if (
                    other != key
                    and len(full) > len(named[key])
                    and (full.endswith(" " + named[key]) or full.startswith(named[key] + " "))
                ):
                    longer.add(other)
        if len(longer) == 1:
            same[key] = targets[longer.pop()]
    return {key: _last(same, key) for key in same}


def _last(same: Mapping[str, Target], key: str) -> Target:
    target = same[key]
    while same[target.id].id != target.id:
        target = same[target.id]
    return target
