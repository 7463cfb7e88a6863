"""Small words of reports: lists in a sentence, numbers with their noun, names that fit a line."""

from collections.abc import Sequence

from graph.analysis.words import on_one_line

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def listed(names: Sequence[str], *, most: int = 6, last: str = "and") -> str:
    """Return names as in a sentence: "a, b and c", or "a, b and 4 more" beyond `most`."""
    if len(names) > most:
        return f"{', '.join(names[:most])} {last} {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def counted(number: int, noun: str, many: str = "") -> str:
    """Return a number with its noun: "no asks", "one ask", "14 asks"."""
    word = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{word} {noun if number == 1 else many or f'{noun}s'}"


def sentence(text: str) -> str:
    """Return text that begins with a capital and ends like a sentence."""
    words = " ".join(text.replace("`", "").split())
    if not words:
        return ""
    return f"{words[0].upper()}{words[1:]}{'' if words[-1] in '.!?…' else '.'}"


def clip(text: str, longest: int) -> str:
    """Return text on one line, cut between words where it is longer than `longest` characters."""
    words = on_one_line(text)
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]} …"


def percent(score: float) -> str:
    """Return a score of 0..1 as two decimals, as pages and answers show it."""
    return f"{score:.2f}"
