"""The pages of the three questions: forms that need no script, answers in which every figure leads to its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.model import (
    Area,
    Card,
    Comparison,
    DepartmentLine,
    DocumentRef,
    HmgAnswer,
    MatrixCell,
    MatrixRow,
    Meaning,
    PartnerAnswer,
    RoleAnswer,
    RowKind,
    ThemeCount,
)
from viz.rendering import render
from viz.report.cite import make_citer
from viz.report.compare import KIND_NAMES, summarise_comparison
from viz.report.hmg import summarise_hmg
from viz.report.model import Line, shade
from viz.report.partners import summarise_partners
from viz.together import draw_together

COLUMNS = 8  # departments that a table of figures has room for
THEME_KINDS = {"foundation": "Foundations of productivity", "grand challenge": "Grand Challenges", "sector": "Sectors"}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a form."""

    value: str
    label: str
    group: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a form shows: its choices by field, and the texts that were typed or chosen."""

    options: Mapping[str, tuple[Option, ...]]
    values: Mapping[str, str]

    def groups(self, field: str) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Return the choices of a field by group, in the order given."""
        found = self.options.get(field, ())
        names = dict.fromkeys(option.group for option in found)
        return tuple((name, tuple(option for option in found if option.group == name)) for name in names)

    def value(self, field: str) -> str:
        """Return what stands in a field, empty where nothing does."""
        return self.values.get(field, "")

    def is_filtered(self) -> bool:
        """Say whether a filter is set, so that the page shows the filters open."""
        return any(self.value(field) for field in ("since", "until", "certainty", "status", "genre", "min_score"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a name could have meant, and the address that asks for it."""

    address: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a question has no answer, in words, and what could have been meant."""

    says: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that a page leads to: `query` asks the same again, without what a link adds."""

    query: str


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind one figure of the matrix."""

    row: MatrixRow
    area: Area
    cell: MatrixCell
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pages of all three questions need of an answer."""

    documents: Mapping[str, DocumentRef]
    cards: Mapping[str, Card]
    meanings: Mapping[str, Meaning]
    summary: tuple[Line, ...]

    def named(self, ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return id and name of propositions; of those that go by one name the first stands for all."""
        found: dict[str, tuple[str, str]] = {}
        for name in ids:
            card = self.cards.get(name)
            text = card.name if card else name
            found.setdefault(text.casefold(), (name, text))
        return tuple(found.values())


def render_unanswered(question: str, form: Form, problem: Problem) -> str:
    """Return the page of a question (compare, partners or hmg) that says why there is no answer, with its form."""
    return render(f"{question}.html", form=form, links=Links(""), found=None, answer="", problem=problem)


def render_compare(
    form: Form, links: Links, found: Comparison | None = None, *, behind: tuple[str, str] | None = None
) -> str:
    """Return the page that sets a strategy beside others.

    Args: behind: ids of the row and area whose figure is to be opened.
    """
    if found is None:
        return render("compare.html", form=form, links=links, found=None, problem=None)
    areas = {area.id: area for area in found.areas}
    return render(
        "compare.html",
        form=form,
        links=links,
        problem=None,
        found=found,
        shown=_shown(found, summarise_comparison(found, make_citer(found.documents, ()))),
        areas=areas,
        own=areas[found.area],
        coverage={item.area: item for item in found.coverage},
        groups=_matrix_groups(found.matrix.rows),
        shade=shade,
        behind=_behind(found, areas, *behind) if behind else None,
        lists=(
            ("shared", "Shared", "with others", found.shared),
            ("distinctive", "Distinctive", "only here", found.distinctive),
            ("missing", "Missing", "others have it", found.missing),
        ),
    )


def render_partners(form: Form, links: Links, found: PartnerAnswer | RoleAnswer | None = None) -> str:
    """Return the page that suggests partners for a proposition, or propositions for a body."""
    if found is None:
        return render("partners.html", form=form, links=links, found=None, answer="", problem=None)
    if isinstance(found, RoleAnswer):
        return render(
            "partners.html",
            form=form,
            links=links,
            problem=None,
            found=found,
            answer="roles",
            shown=_shown(found, ()),
            card=None,
            areas={option.value: option.group for option in form.options.get("proposition", ())},
        )
    summary = summarise_partners(found, make_citer(found.documents, ()))
    return render(
        "partners.html",
        form=form,
        links=links,
        problem=None,
        found=found,
        answer="partners",
        shown=_shown(found, summary),
        card=found.proposition,
        areas={},
    )


@dataclass(frozen=True, slots=True)
class BehindDepartment:
    """What stands behind one figure of a department's: its propositions under a theme, of an area, asked or agreed."""

    name: str
    department: DepartmentLine
    cards: tuple[Card, ...]


def render_hmg(form: Form, links: Links, found: HmgAnswer, *, behind: tuple[str, str] | None = None) -> str:
    """Return the page on what is asked of Government.

    Args: behind: the row (id of a theme or area, "asked" or "agreed") and department whose figure is to be opened.
    """
    asked = tuple(item for item in found.departments if item.asked)
    return render(
        "hmg.html",
        form=form,
        links=links,
        problem=None,
        found=found,
        shown=_shown(found, summarise_hmg(found, make_citer(found.documents, ()))),
        asked=asked,
        themes=_theme_table(found.departments),
        areas=_area_columns(found.departments),
        area_names={area.id: area.name for item in found.departments for area in item.areas},
        asks={item.id: tuple(ask for ask in found.asks if ask.department.id == item.id) for item in asked},
        shade=shade,
        network=draw_together(found) if found.asked_together else None,
        behind=_behind_department(found, *behind) if behind else None,
    )


def _shown(found: Comparison | PartnerAnswer | RoleAnswer | HmgAnswer, summary: tuple[Line, ...]) -> Shown:
    return Shown(
        documents={item.id: item for item in found.documents},
        cards={item.id: item for item in found.propositions},
        meanings={item.name: item for item in found.meanings},
        summary=summary,
    )


def _matrix_groups(rows: Sequence[MatrixRow]) -> tuple[tuple[str, tuple[MatrixRow, ...]], ...]:
    """Return the rows that have a figure, by kind, the fullest first."""
    groups = []
    for kind in RowKind:
        members = [row for row in rows if row.kind is kind and any(cell.count for cell in row.cells)]
        if members:
            members.sort(key=lambda row: (-sum(cell.count or 0 for cell in row.cells), row.name, row.id))
            groups.append((KIND_NAMES[kind], tuple(members)))
    return tuple(groups)


def _behind(found: Comparison, areas: Mapping[str, Area], row_id: str, area_id: str) -> Behind | None:
    cards = {item.id: item for item in found.propositions}
    for row in found.matrix.rows:
        for cell in row.cells:
            if row.id == row_id and cell.area == area_id and area_id in areas:
                named = tuple(cards[name] for name in cell.propositions if name in cards)
                return Behind(row, areas[area_id], cell, named)
    return None


def _behind_department(found: HmgAnswer, row_id: str, department_id: str) -> BehindDepartment | None:
    department = next((item for item in found.departments if item.id == department_id), None)
    if department is None:
        return None
    rows = {item.id: (item.name, item.propositions) for item in (*department.themes, *department.areas)}
    rows |= {"asked": ("Asks", department.asked), "agreed": ("Agreed to", department.agreed)}
    if row_id not in rows:
        return None
    name, ids = rows[row_id]
    cards = {item.id: item for item in found.propositions}
    return BehindDepartment(name, department, tuple(cards[item] for item in ids if item in cards))


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme with its propositions at each department, in the order of the columns."""

    id: str
    name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """Themes by department: `wholes` are the propositions of each column, for the shares."""

    columns: tuple[DepartmentLine, ...]
    groups: tuple[tuple[str, tuple[ThemeRow, ...]], ...]
    wholes: tuple[int, ...]


def _theme_table(departments: Sequence[DepartmentLine]) -> ThemeTable:
    columns = tuple(departments[:COLUMNS])
    names = {theme.id: theme for item in columns for theme in item.themes}
    groups = []
    for kind, heading in THEME_KINDS.items():
        rows = [_theme_row(theme, columns) for theme in names.values() if theme.kind == kind]
        if rows:
            groups.append((heading, tuple(sorted(rows, key=lambda row: (-row.total, row.name, row.id)))))
    return ThemeTable(columns, tuple(groups), tuple(len({*item.asked, *item.agreed}) for item in columns))


def _theme_row(theme: ThemeCount, columns: Sequence[DepartmentLine]) -> ThemeRow:
    counts = tuple(_count(item.themes, theme.id) for item in columns)
    return ThemeRow(theme.id, theme.name, counts, sum(counts))


def _area_columns(departments: Sequence[DepartmentLine]) -> tuple[tuple[ThemeCount, tuple[int, ...]], ...]:
    """Return each area with its propositions at each department, in the order of the departments shown."""
    columns = departments[:COLUMNS]
    names = {area.id: area for item in columns for area in item.areas}
    found = [(area, tuple(_count(item.areas, area.id) for item in columns)) for area in names.values()]
    return tuple(sorted(found, key=lambda pair: (-sum(pair[1]), pair[0].name, pair[0].id)))


def _count(items: Sequence[ThemeCount], wanted: str) -> int:
    return next((len(item.propositions) for item in items if item.id == wanted), 0)
