"""Open classes: names by the noun at their head ("X Catapult", "University of X", "X programme").

Finding is apart from deciding: everything here looks at one passage; what the document says elsewhere is weighed later.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.names.beside import part_from_known
from ingest.names.rules import Head, OpenRules, Words, load_open_rules, load_words
from ingest.names.runs import Run, Word, iter_runs
from ingest.names.types import Form, Hit, make_target

_QUOTED = re.compile(
    r"['\"](?<!\w.)([A-Z](?:[^'\".]|(?<=s)'(?= [A-Z])){2,48})['\"]"
    r" (programme|scheme|initiative|campaign|fund|pilot|project)s?\b"
)
_LOWER = re.compile(r"(?: \([A-Z]\w{1,7}\))? (?:growth |innovation |enterprise |industrial |economic )?([a-z]+)\b")
_COMMA_WORDS = re.compile(r"(?:[A-Z]\w+(?: [A-Z]\w+)?, )+$")
_MOST_WORDS = 9
_SHORT = 4  # letters of a word that is rather initials
_YEAR = 4  # digits
_NUMBER = re.compile(r"[1-9]|20\d\d")
_ON_A_MATTER = frozenset(("Committee", "Commission", "Conference", "Convention"))
_ARTICLES = frozenset(
    ("The", "A", "An", "Our", "This", "Its", "In", "At", "On", "By", "From", "With", "And", "But", "If")
)
_OWNED_PLANS = frozenset(
    ("Plan", "Strategy", "Framework", "Programme")
)  # "the Welsh Government's Economic Action Plan"
_LED = ("-led", "-funded", "-based", "-backed")
_END_WORDS = frozenset(("in", "at", "on", "with", "to", "from", "by", "upon"))


class OpenPatterns:
    """Finds open-class names in a passage."""

    def __init__(self, lexicon: Mapping[str, Form]) -> None:
        self._lexicon = lexicon
        self._rules: OpenRules = load_open_rules()
        self._words: Words = load_words()
        pairs = (pair.rpartition(" ")[2] for pair in self._rules.pairs)
        self._heads = frozenset((*self._rules.tails, *self._rules.fronts, *pairs))

    def find(self, text: str, known: Sequence[Hit]) -> list[Hit]:
        """Return the hits of `text`; `known` are its register bodies, at whose edges "and" parts two names."""
        hits = []
        starts = frozenset(hit.start for hit in known)
        ends = frozenset(hit.end for hit in known)
        for run in iter_runs(text, self._words.possessives, self._may_name):
            for hit in self._in_run(text, run, starts, ends):
                kept = part_from_known(text, hit, known, self._rules)
                if kept:
                    hits.append(kept)
        for match in _QUOTED.finditer(text) if "'" in text or '"' in text else ():
            target = make_target("Programme", f"{match[1]} {match[2]}")
            hits.append(Hit(match.start(1), match.end(1), match[1], (target,), "pattern.quoted", score=0.8))
        return hits

    def _may_name(self, text: str, start: int, end: int) -> bool:
        """Say whether a head stands in a run or after it, or may stand before an "'s"; most runs have none."""
        words = text[start:end]
        if "'s" in words or not self._heads.isdisjoint(words.split(" ")):
            return True
        after = _LOWER.match(text, end)
        return after is not None and after[1] in self._rules.lower

    def _in_run(self, text: str, run: Run, starts: frozenset[int], ends: frozenset[int]) -> Iterator[Hit]:
        words = run.words
        done = -1
        for index in range(len(words) - 1, -1, -1):
            if done >= 0 and index >= done:
                continue
            found = self._front(words, index, starts, ends, run.at_start) or self._tail(run, index, ends)
            if found:
                first, last, type_, rule = found
                yield self._hit(text, words, first, last, type_, rule)
                done = first
        if done != len(words):
            yield from self._lower_head(text, run, ends)

    def _tail(self, run: Run, index: int, ends: frozenset[int]) -> tuple[int, int, str, str] | None:
        """The name that ends with the head noun at `index`, as (first, last, type, rule)."""
        words, at_start = run.words, run.at_start
        head = self._rules.tails.get(words[index].text)
        pair = self._rules.pairs.get(f"{words[index - 1].text} {words[index].text}") if index else None
        if head is None and pair is None:
            return None
        if self._goes_on(words, index):
            return None
        if words[index].text == "LEP" and not self._is_area(words, index, ends, at_start):
            return None
        first = self._titled(run, self._left_edge(words, index, ends, at_start), ends)
        type_ = pair or (head.type if head else "")
        modifiers = [word.text for word in words[first : index - (1 if pair else 0)] if word.is_capital]
        is_plan = words[index].text in _OWNED_PLANS and run.is_owned and index - first > 1
        if not (is_plan or self._is_name(modifiers, head if pair is None else None)):
            return None
        last = index
        if index + 1 < len(words):
            after = words[index + 1]
            if words[index].text in ("Deal", "Act") and _NUMBER.fullmatch(after.text):
                last += 1
            elif after.is_capital and after.text[0].isalpha():
                return None  # the name goes on beyond its apparent head ("Lifelong Loan Entitlement")
        if " ".join(word.text for word in words[last + 1 : last + 3]) == "of Excellence":
            last += 2
        if last - first >= _MOST_WORDS:
            return None  # cells or columns run together
        return first, last, type_, f"pattern.{words[index].text.lower()}"

    def _is_area(self, words: tuple[Word, ...], index: int, ends: frozenset[int], at_start: bool) -> bool:
        first = self._left_edge(words, index, ends, at_start)
        form = self._lexicon.get(" ".join(word.text for word in words[first:index] if word.text[0] != "(").lower())
        return form is not None and form.targets[0].type == "Place"

    def _left_edge(self, words: tuple[Word, ...], index: int, ends: frozenset[int], at_start: bool) -> int:
        first = index
        while first > 0:
            left = words[first - 1]
            if left.is_capital:
                if self._is_edge(words, first - 1, at_start):
                    break
                first -= 1
                continue
            if first < 2 or not words[first - 2].is_capital:
                if (
                    left.text == "the"
                    and first > 2
                    and words[first - 2].text == "of"
                    and words[first - 3].text in self._words.before_of
                ):
                    first -= 3
                    continue
                break
            if (left.text == "of" and words[first - 2].text in self._words.before_of) or (
                left.text in ("and", "&") and self._joins(words, first - 1, ends, at_start)
            ):
                first -= 2
            else:
                break
        return first

    def _titled(self, run: Run, first: int, ends: frozenset[int]) -> int:
        """Widen a name over "to", "in" or "through" to its article: "the Pathways to Work Commission"."""
        words = run.words
        if first < 2 or words[first - 1].text not in ("to", "in", "through") or not run.after_article:
            return first
        left = words[: first - 1]
        if any(word.end in ends or not word.is_capital for word in left) or left[0].text in self._words.starters:
            return first
        return 0

    def _is_edge(self, words: tuple[Word, ...], index: int, at_start: bool) -> bool:
        """Say whether the capitalised word stands before the name: an article, or a verb that opens the sentence."""
        text = words[index].text
        if text in self._words.starters and ((index == 0 and at_start) or text in _ARTICLES):
            return True
        if text.endswith(_LED):
            return True
        if text in self._words.calendar or (text[0].isdigit() and not re.search("[A-Z,]", text)):
            return True
        return index == 0 and at_start and text in self._words.verbs

    def _joins(self, words: tuple[Word, ...], index: int, ends: frozenset[int], at_start: bool) -> bool:
        """Say whether "and" at `index` is inside one name: what stands left of it is no name of its own."""
        left = words[index - 1]
        begin = index - 1
        while begin > 0 and words[begin - 1].is_capital:
            begin -= 1
        if begin > 0 and words[begin - 1].text in ("in", "at", "on", "from", "with"):
            return False  # "BAME in Games and PRS Foundation": two names
        if left.text in self._rules.tails or left.text.removesuffix("s") in self._rules.tails or left.end in ends:
            return False
        if any(
            word.text in self._rules.fronts and after.text in ("of", "for") for word, after in pairwise(words[:index])
        ):
            return False
        return not self._is_edge(words, index - 1, at_start)

    def _front(
        self, words: tuple[Word, ...], index: int, starts: frozenset[int], ends: frozenset[int], at_start: bool
    ) -> tuple[int, int, str, str] | None:
        """The name that begins with the head noun at `index` ("Centre for X"), as (first, last, type, rule)."""
        head = self._rules.fronts.get(words[index].text)
        if head is None or index + 2 >= len(words) or words[index + 1].text not in self._after(index, words):
            return None
        first = self._left_edge(words, index, ends, at_start)
        if first < index and self._find_form(" ".join(word.text for word in words[first : index + 1])):
            return None  # "Croydon Council for the Fairfield Quarter"
        joint = next((at for at, word in enumerate(words) if at > index + 2 and word.text in ("and", "&")), None)
        is_of_place = words[index].text == "University" and joint is not None  # of one town, whatever "and" adds
        last = self._right_edge(words[:joint] if is_of_place else words, index + 2, starts)
        if words[index].text == "Transport" and not self._is_place(" ".join(word.text for word in words[index + 2 :])):
            return None  # "Transport for Greater Manchester"; other such names are programmes
        if words[index].start in starts or words[first].start in starts or last is None:
            return None
        if words[last].text in self._rules.no_names or (head.is_weak and first == index):
            return None
        if last - first >= _MOST_WORDS + 2:
            return None
        return first, last, head.type, f"pattern.{words[index].text.lower()}-{words[index + 1].text}"

    @staticmethod
    def _after(index: int, words: tuple[Word, ...]) -> tuple[str, ...]:
        """What joins a head to what it is of: a committee or conference sits "on" its matter too."""
        return ("of", "for", "on") if words[index].text in _ON_A_MATTER else ("of", "for")

    def _right_edge(self, words: tuple[Word, ...], index: int, starts: frozenset[int]) -> int | None:
        last = None
        while index < len(words):
            word = words[index]
            if word.is_capital:
                if word.text[0] == "(":
                    break
                last = index
            elif word.text in _END_WORDS:
                break
            elif word.text in ("and", "&", "for") and last is not None:
                rest = words[index + 1 :]
                if not rest or rest[0].text == "the" or any(self._begins_name(next_, starts) for next_ in rest):
                    break
            index += 1
        return last

    def _begins_name(self, word: Word, starts: frozenset[int]) -> bool:
        return word.start in starts or word.text in self._rules.tails or word.text in self._rules.fronts

    def _find_form(self, name: str) -> Form | None:
        """The register form of `name`, also where a hyphen stands for a blank or is left over from a line end."""
        key = name.lower()
        form = self._lexicon.get(key)
        if form is None and "-" in key:
            form = self._lexicon.get(key.replace("-", " "))
            for part in re.finditer("-", key) if form is None else ():
                form = form or self._lexicon.get(key[: part.start()] + key[part.end() :])
        return form

    def _goes_on(self, words: tuple[Word, ...], index: int) -> bool:
        """Say whether a name begins with the head rather than ends with it: "Bank of England"."""
        if words[index].text not in self._rules.fronts or index + 2 >= len(words):
            return False
        after = words[index + 2]
        return words[index + 1].text in ("of", "for") and after.is_capital and after.text not in self._rules.no_names

    def _parts(self, left: str, right: str) -> bool:
        """Say whether "and" parts two places ("Bovington and Portland Port") rather than joining one name."""
        return self._is_place(left) or (" " not in left and " " in right)

    def _is_place(self, name: str) -> bool:
        form = self._lexicon.get(name.lower())
        return form is not None and form.targets[0].type == "Place"

    def find_head(self, name: str) -> str | None:
        """Return the type of a capitalised name by its last word, or None where that is no head or nothing is named."""
        words = name.split(" ")
        head = self._rules.tails.get(words[-1])
        if head is None or not any(word not in self._rules.generic for word in words[:-1] if word[0].isupper()):
            return None
        return head.type

    def _is_name(self, modifiers: list[str], head: Head | None) -> bool:
        if not modifiers:
            return False
        naming = [word for word in modifiers if word not in self._rules.generic and word[0] != "("]
        if naming and not (len(naming) == len(modifiers) == 1 and naming[0] in self._words.starters):
            return True
        if head is None:
            return False
        if modifiers[0] in self._rules.proper and len(modifiers) > 1:
            return True  # "National Investment Bank"
        return len(modifiers) >= (3 if head.is_weak else 2)

    def _hit(self, text: str, words: tuple[Word, ...], first: int, last: int, type_: str, rule: str) -> Hit:
        start, end = words[first].start, words[last].end
        if words[last].text in self._rules.organs and any(word.text == "and" for word in words[first:last]):
            more = _COMMA_WORDS.search(
                text, max(0, start - 60), start
            )  # "Environment, Economy, Housing and Transport Board"
            if more and not any(word.strip(",") in self._rules.tails for word in more[0].split()):
                start = more.start()
                return Hit(start, end, text[start:end], (make_target(type_, text[start:end]),), rule, score=0.7)
        name = " ".join(word.text for word in words[first : last + 1] if word.text[0] != "(")
        form = self._find_form(name)
        if form:  # initials inside the name, or a footnote number glued to it, hid it from the phrase matcher
            return Hit(start, end, text[start:end], form.targets, "register.inside")
        if type_ == "Place" and (joint := name.rfind(" and ")) > 0 and self._parts(name[:joint], name[joint + 5 :]):
            cut = end - len(name) + joint + 5  # "the West Midlands and Glasgow City Region": two places
            return Hit(cut, end, text[cut:end], (make_target(type_, text[cut:end]),), rule, score=0.8)
        if type_ == "Place":  # "Enjoy Tees Valley": the known place at the end is the name
            for cut in range(first + 1, last):
                form = self._lexicon.get(text[words[cut].start : end].lower())
                if form and form.targets[0].type == "Place" and words[cut].is_capital:
                    return Hit(words[cut].start, end, text[words[cut].start : end], form.targets, "register.inside")
        return Hit(start, end, text[start:end], (make_target(type_, name),), rule, score=0.8)

    def _whole_title(self, run: Run, first: int, ends: frozenset[int]) -> int:
        """Widen a name before a small head to its article: "the Friends and Family Test programme"."""
        left = run.words[:first]
        if not left or len(run.words) > _MOST_WORDS - 2 or not run.after_article:
            return self._titled(run, first, ends)
        joins = all(word.is_capital or word.text in ("and", "of", "in", "for", "to") for word in left)
        known = any(word.end in ends or word.text in self._rules.tails for word in left)
        return 0 if joins and not known and left[0].text not in self._words.starters else self._titled(run, first, ends)

    def _lower_head(self, text: str, run: Run, ends: frozenset[int]) -> Iterator[Hit]:
        """A capitalised name before a head in small letters: "Creative Kickstart programme"."""
        words = run.words
        match = _LOWER.match(text, words[-1].end)
        type_ = self._rules.lower.get(match[1]) if match else None
        if match is None or type_ is None:
            return
        first = len(words) - 1
        is_numbered = (
            first > 0 and words[first].text.isdigit() and len(words[first].text) < _YEAR
        )  # "Skynet 6 programme"
        if self._is_edge(words, first, run.at_start) and not is_numbered:
            return
        while first > 0 and words[first - 1].is_capital and not self._is_edge(words, first - 1, run.at_start):
            first -= 1
        is_led = first > 0 and words[first - 1].text.endswith(_LED)  # "the NASA-led Artemis programme"
        first = first if is_led else self._whole_title(run, first, ends)
        modifiers = [word.text for word in words[first:] if word.is_capital]
        naming = [word for word in modifiers if word not in self._rules.lower_stop and word not in self._rules.generic]
        whole = text[words[first].start : words[-1].end]
        if not naming or whole.lower() in self._lexicon:
            return
        owned = text[: words[first].start].endswith("'s ") and len(naming[0]) > _SHORT and naming[0].isalpha()
        if (
            len(modifiers) == 1
            and not (owned or is_led)
            and (match[1] != "school" or naming[0] in self._words.starters or naming[0].isupper())
        ):
            return  # one capitalised word ("English college", "PhD programme") is a description more often than a name
        start, end = words[first].start, match.end()
        rule = f"pattern.{match[1]}"
        target = make_target(type_, text[start:end])
        if type_ == "Programme":  # the name is "Creative Kickstart"; "programme" says what it is
            end = words[-1].end
        yield Hit(start, end, text[start:end], (target,), rule, score=0.7)
