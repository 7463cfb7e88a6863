"""The three questions as every way in asks them: bounded parameters in, an answer of the analysis out.

A command, a route and a page build the same parameters, so they refuse the same and give the same answer.
"""

import datetime
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from api.deps import Params
from api.errors import Misuse
from api.remembered import Remembered
from graph.analysis.ask import (
    CompareRequest,
    HmgRequest,
    PartnersRequest,
    ask_compare,
    ask_hmg,
    ask_nearest,
    ask_partners,
    ask_paths,
    ask_precedents,
    ask_roles,
    ask_similar,
)
from graph.analysis.model import (
    Comparison,
    Filters,
    HmgAnswer,
    Nearest,
    PartnerAnswer,
    PathAnswer,
    Precedent,
    RoleAnswer,
    RowKind,
    Similar,
)
from graph.analysis.names import resolve_area, split_areas
from graph.stores.base import View

MAX_NAME = 300
MAX_AREAS = 40
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
ParamsT = TypeVar("ParamsT", bound=Params)
AnswerT = TypeVar("AnswerT")
REMEMBERED = Remembered()
# Which part of an answer is shown, and which figure is opened, changes no answer.
NOT_OF_THE_QUESTION = ("after", "row", "column")


class RowName(StrEnum):
    """What the rows of a comparison can be, as a person asks for them."""

    FOUNDATIONS = "foundations"
    CHALLENGES = "challenges"
    SECTORS = "sectors"
    DEPARTMENTS = "departments"
    PROGRAMMES = "programmes"
    PARTNERS = "partners"


ROW_KINDS = dict(zip(RowName, RowKind, strict=True))


def _split(value: object) -> object:
    """Take `a,b` as well as a parameter given twice."""
    items = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(item, str) for item in items):
        return value
    return [part.strip() for item in items for part in str(item).split(",") if part.strip()]


def _listed(value: object) -> object:
    """Take one text as well as a list; names that hold a comma are told from lists of names when a store is there."""
    return [value] if isinstance(value, str) else value


Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Names = Annotated[list[Name], BeforeValidator(_split), Field(max_length=40)]
Areas = Annotated[list[Name], BeforeValidator(_listed), Field(max_length=MAX_AREAS)]
Date = Annotated[str | None, Field(pattern=DATE)]


def each_area(view: View, given: Sequence[str]) -> list[str]:
    """Return the names of areas that were given, several in one text by commas."""
    found = [name for text in given for name in split_areas(view, text)]
    if len(found) > MAX_AREAS:
        raise Misuse(f"{len(found)} areas are named; give {MAX_AREAS} at most")
    return found


class QuestionParams(Params):
    """What every question can leave out; a field that a form sends empty counts as not given."""

    since: Date = Field(default=None, description="Only documents of this date or later", examples=["2019"])
    until: Date = Field(default=None, description="Only documents of this date or earlier", examples=["2019-12"])
    genre: Names = Field(default=[], description="Only documents of these genres", examples=[["board paper"]])
    certainty: Literal["firm", "tentative"] | None = Field(
        default=None, description="Only propositions that are firm, or only those that are tentative"
    )
    status: Literal["published", "draft"] | None = Field(
        default=None, description="Only strategies that are published, or only those that are not"
    )
    only: Areas = Field(default=[], description="Only these areas, by any of their names", examples=[["lancashire"]])
    min_score: float = Field(default=0.0, ge=0, le=1, description="Leave out of ranked lists what scores less")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {key: value for key, value in values.items() if value not in ("", [""], None)}

    def to_filters(self, view: View, *, waves: Sequence[int] = ()) -> Filters:
        """Return the filters, with the areas as ids."""
        return Filters(
            waves=tuple(waves),
            areas=tuple(resolve_area(view, name).id for name in each_area(view, self.only)),
            published=None if self.status is None else self.status == "published",
            since=self.since or "",
            until=self.until or "",
            genres=tuple(self.genre),
            tentative=None if self.certainty is None else self.certainty == "tentative",
            min_score=self.min_score,
        )


class CompareParams(QuestionParams):
    """Which area, and what it is set beside: by itself the published strategies of Wave 1."""

    area: Name = Field(description="The strategy, area or body, by any of its names", examples=["lancashire"])
    with_: Areas = Field(default=[], alias="with", description="Set beside these areas", examples=[["west-midlands"]])
    wave: int | None = Field(default=None, ge=1, le=3, description="Set beside the strategies of this wave")
    published: bool = Field(default=False, description="Set beside all strategies that are published")
    rows: Annotated[list[RowName], BeforeValidator(_split), Field(max_length=6)] = Field(
        default=[], description="Rows of the matrix; all where none is given", examples=[["sectors", "departments"]]
    )
    nearest: int = Field(default=3, ge=1, le=20, description="Most propositions elsewhere for each of ours")
    precedents: int = Field(default=3, ge=1, le=20, description="Most precedents for each ask")

    @model_validator(mode="after")
    def _one_choice(self) -> Self:
        if sum((bool(self.with_), self.wave is not None, self.published)) > 1:
            raise ValueError("give one of `with`, `wave` and `published`, or none for the published Wave 1")
        return self

    def to_request(self, view: View) -> CompareRequest:
        """Return what the analysis is asked."""
        return CompareRequest(
            others=tuple(each_area(view, self.with_)),
            wave=self.wave,
            published=self.published,
            rows=tuple(kind for name, kind in ROW_KINDS.items() if name in self.rows) or tuple(RowKind),
            filters=self.to_filters(view),
            nearest=self.nearest,
            precedents=self.precedents,
        )


class PartnersParams(QuestionParams):
    """Which proposition, and which partners."""

    proposition: Name = Field(description="The proposition, by id or name", examples=["Drone Zone"])
    in_: str | None = Field(
        default=None, alias="in", max_length=MAX_NAME, description="The area whose proposition is meant"
    )
    kind: Names = Field(default=[], description="Only partners of these kinds", examples=[["university"]])
    near: bool = Field(default=False, description="Only partners of the proposition's own area")
    wave: list[int] = Field(default=[], max_length=3, description="Learn only from strategies of these waves")
    limit: int = Field(default=10, ge=1, le=100, description="Most candidates to return")

    def to_request(self, view: View) -> PartnersRequest:
        """Return what the analysis is asked."""
        return PartnersRequest(
            area=self.in_ or "",
            kinds=tuple(self.kind),
            near=self.near,
            filters=self.to_filters(view, waves=self.wave),
            limit=self.limit,
        )


class RolesParams(QuestionParams):
    """Which body looks for propositions to take part in."""

    body: Name = Field(description="An institution or other body, by id or name", examples=["University of Salford"])
    in_: str | None = Field(default=None, alias="in", max_length=MAX_NAME, description="Only propositions of this area")
    near: bool = Field(default=False, description="Only propositions of the body's own area")
    wave: list[int] = Field(default=[], max_length=3, description="Only strategies of these waves")
    limit: int = Field(default=10, ge=1, le=100, description="Most candidates to return")

    def to_request(self, view: View) -> PartnersRequest:
        """Return what the analysis is asked."""
        filters = self.to_filters(view, waves=self.wave)
        return PartnersRequest(area=self.in_ or "", near=self.near, filters=filters, limit=self.limit)


class HmgParams(QuestionParams):
    """Which department, theme and date; all departments and themes where none is given."""

    department: str = Field(default="", max_length=MAX_NAME, description="Only this department", examples=["BEIS"])
    theme: str = Field(
        default="",
        max_length=MAX_NAME,
        description="Only this foundation, Grand Challenge or sector",
        examples=["skills"],
    )
    area: str = Field(default="", max_length=MAX_NAME, description="Only this area's asks", examples=["lancashire"])
    today: bool = Field(default=False, description="Say who holds each department's work today")
    as_of: Date = Field(default=None, description="Say who held it on this date", examples=["2019-12"])
    wave: list[int] = Field(default=[], max_length=3, description="Only strategies of these waves")

    @model_validator(mode="after")
    def _one_date(self) -> Self:
        if self.today and self.as_of:
            raise ValueError("give `today` or `as_of`, not both")
        return self

    def to_request(self, view: View) -> HmgRequest:
        """Return what the analysis is asked."""
        return HmgRequest(
            department=self.department,
            theme=self.theme,
            as_of=self.as_of or (read_today() if self.today else ""),
            area=self.area,
            filters=self.to_filters(view, waves=self.wave),
        )


class PathsParams(Params):
    """Between which two entities."""

    start: Name = Field(description="An entity, by id or name", examples=["Drone Zone"])
    end: Name = Field(description="Another entity, by id or name", examples=["BEIS"])
    max_hops: int = Field(default=4, ge=1, le=6, description="Most relations in a path")
    limit: int = Field(default=5, ge=1, le=20, description="Most paths of each kind")


class NearestParams(QuestionParams):
    """Which proposition, and where to look for ones like it."""

    proposition: Name = Field(description="The proposition, by id or name", examples=["Drone Zone"])
    limit: int = Field(default=5, ge=1, le=20, description="Most propositions to return")


def read_today() -> str:
    """Return the date of today, in UTC."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def answer_compare(view: View, params: CompareParams) -> Comparison:
    """Answer how an area's strategy stands beside others."""
    return _remember("compare", view, params, lambda: ask_compare(view, params.area, params.to_request(view)))


def answer_precedents(view: View, params: CompareParams) -> tuple[Precedent, ...]:
    """Answer what Government has agreed to elsewhere for each ask of an area."""
    return _remember("precedents", view, params, lambda: ask_precedents(view, params.area, params.to_request(view)))


def answer_similar(view: View, params: CompareParams) -> tuple[Similar, ...]:
    """Answer which strategies are most like an area's."""
    return _remember("similar", view, params, lambda: ask_similar(view, params.area, params.to_request(view)))


def answer_partners(view: View, params: PartnersParams) -> PartnerAnswer:
    """Answer who could deliver a proposition."""
    return _remember("partners", view, params, lambda: ask_partners(view, params.proposition, params.to_request(view)))


def answer_roles(view: View, params: RolesParams) -> RoleAnswer:
    """Answer what a body could help to deliver."""
    return _remember("roles", view, params, lambda: ask_roles(view, params.body, params.to_request(view)))


def answer_hmg(view: View, params: HmgParams) -> HmgAnswer:
    """Answer which departments are asked for what, and by whom."""
    request = params.to_request(view)
    return _remember("hmg", view, params, lambda: ask_hmg(view, request), day=request.as_of)


def answer_paths(view: View, params: PathsParams) -> PathAnswer:
    """Answer how two entities hang together."""
    return ask_paths(view, params.start, params.end, max_hops=params.max_hops, limit=params.limit)


def answer_nearest(view: View, params: NearestParams) -> Nearest:
    """Answer which propositions elsewhere are most like one."""
    request = CompareRequest(filters=params.to_filters(view), nearest=params.limit)
    return ask_nearest(view, params.proposition, request)


def _remember(kind: str, view: View, params: QuestionParams, ask: Callable[[], AnswerT], *, day: str = "") -> AnswerT:
    asked = params.model_dump_json(by_alias=True, exclude=set(NOT_OF_THE_QUESTION))
    return REMEMBERED.get((kind, asked, day, view.version()), ask)


def make_params(model: type[ParamsT], **values: object) -> ParamsT:
    """Return checked parameters from the options of a command; raise Misuse with what is allowed."""
    given = {key: value for key, value in values.items() if value not in (None, [], ())}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems = []
        for item in error.errors(include_url=False, include_input=False):
            place = ".".join(str(part) for part in item["loc"] if isinstance(part, str))
            text = item["msg"].removeprefix("Value error, ")
            problems.append(f"{place}: {text}" if place else text)
        raise Misuse("; ".join(problems)) from error
