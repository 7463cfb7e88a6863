"""One-to-one matching between what gold has and what was predicted."""

from collections.abc import Mapping, Sequence


def match_pairs(candidates: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return gold -> predicted, each at most once, as many as can be.

    Gold comes in the order of the mapping, and once matched stays so: required items first keep them from being lost to
    optional ones. Each takes its first free candidate, and moves an earlier one on to another only when it must.
    """
    holder: dict[int, int] = {}  # predicted -> gold

    def place(gold: int, tried: set[int]) -> bool:
        free = [predicted for predicted in candidates[gold] if predicted not in holder]
        if free:
            holder[free[0]] = gold
            return True
        for predicted in candidates[gold]:
            if predicted not in tried:
                tried.add(predicted)
                if place(holder[predicted], tried):
                    holder[predicted] = gold
                    return True
        return False

    for gold in candidates:
        place(gold, set())
    return {gold: predicted for predicted, gold in holder.items()}
