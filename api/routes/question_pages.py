"""The pages of the three questions, their reports as files, and the way from a citation to its words."""

from collections.abc import Set as AbstractSet
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from api import choices
from api.deps import MAX_ID, StoreDep
from api.errors import Misuse, UnknownPassage, http_status
from api.questions import (
    Areas,
    CompareParams,
    HmgParams,
    Names,
    PartnersParams,
    QuestionParams,
    RolesParams,
    answer_compare,
    answer_hmg,
    answer_partners,
    answer_roles,
    each_area,
    make_params,
)
from api.reports import Question, make_report
from graph.analysis.model import Comparison, HmgAnswer, PartnerAnswer, RoleAnswer
from graph.analysis.names import resolve_area, resolve_name
from graph.errors import AmbiguousEntity, KgError, NothingToCompare, UnknownEntity
from graph.model import Entity
from graph.stores.base import View
from viz.palette import style_of
from viz.questions import (
    Choice,
    Form,
    Links,
    Option,
    Problem,
    render_compare,
    render_hmg,
    render_partners,
    render_unanswered,
)
from viz.report.formats import WRITINGS, ReportFormat

router = APIRouter(include_in_schema=False)
UNANSWERED = (AmbiguousEntity, UnknownEntity, NothingToCompare)


class ComparePageParams(QuestionParams):
    """The form of a comparison; `row` and `column` open one figure."""

    area: str = Field(default="", max_length=300)
    beside: Literal["wave-1", "wave-2", "published", "chosen"] | None = None
    with_: Areas = Field(default=[], alias="with")
    wave: int | None = Field(default=None, ge=1, le=3)
    published: bool = False
    rows: Names = Field(default=[])
    nearest: int = Field(default=3, ge=1, le=20)
    precedents: int = Field(default=3, ge=1, le=20)
    row: str = Field(default="", max_length=300)
    column: str = Field(default="", max_length=300)

    def chosen_beside(self) -> str:
        """Return which choice of the form stands."""
        if self.beside:
            return self.beside
        if self.with_:
            return "chosen"
        return "published" if self.published else f"wave-{self.wave or 1}"

    def to_params(self) -> CompareParams:
        """Return the parameters of the question itself."""
        beside = self.chosen_beside()
        values = self.model_dump(by_alias=True, exclude_defaults=True, exclude={"beside", "row", "column"})
        for name in ("with", "wave", "published"):
            values.pop(name, None)
        if beside == "chosen":
            if not self.with_:
                raise Misuse("tick the strategies to compare with, or choose the published ones")
            values["with"] = self.with_
        elif beside == "published":
            values["published"] = True
        elif beside != "wave-1" or self.wave is not None:
            values["wave"] = int(beside.removeprefix("wave-"))
        return make_params(CompareParams, **values)


class HmgPageParams(HmgParams):
    """The form of the links to Government; `row` and `column` open one figure."""

    row: str = Field(default="", max_length=300)
    column: str = Field(default="", max_length=300)


class PartnersPageParams(QuestionParams):
    """The form of partners: a proposition, or a body for the other way round."""

    proposition: str = Field(default="", max_length=300)
    body: str = Field(default="", max_length=300)
    in_: str | None = Field(default=None, alias="in", max_length=300)
    kind: Names = Field(default=[])
    near: bool = False
    wave: list[int] = Field(default=[], max_length=3)
    limit: int = Field(default=10, ge=1, le=100)


@router.get("/compare")
def show_compare(store: StoreDep, request: Request, query: Annotated[ComparePageParams, Query()]) -> HTMLResponse:
    """Show how a strategy stands beside others."""
    with store.view() as view:
        params = query.to_params() if query.area else None
        try:
            found = answer_compare(view, params) if params else None
        except UNANSWERED as error:
            return _explain("compare", _compare_form(view, query, None), _problem(view, request, error), error)
        form = _compare_form(view, query, found)
    behind = (query.row, query.column) if query.row and query.column else None
    return HTMLResponse(render_compare(form, Links(_query(params)), found, behind=behind))


@router.get("/partners")
def show_partners(store: StoreDep, request: Request, query: Annotated[PartnersPageParams, Query()]) -> HTMLResponse:
    """Show who could deliver a proposition, or what a body could take part in."""
    with store.view() as view:
        params = _partners_params(query)
        try:
            found = None if params is None else _answer(view, params)
        except UNANSWERED as error:
            return _explain("partners", _partners_form(view, query, None), _problem(view, request, error), error)
        form = _partners_form(view, query, found)
    if isinstance(found, Comparison | HmgAnswer):
        raise TypeError("partners were asked for")
    return HTMLResponse(render_partners(form, Links(_query(params)), found))


@router.get("/hmg")
def show_hmg(store: StoreDep, request: Request, query: Annotated[HmgPageParams, Query()]) -> HTMLResponse:
    """Show what is asked of Government."""
    with store.view() as view:
        form = _hmg_form(view, query)
        try:
            found = answer_hmg(view, query)
        except UNANSWERED as error:
            return _explain("hmg", form, _problem(view, request, error), error)
    behind = (query.row, query.column) if query.row and query.column else None
    return HTMLResponse(render_hmg(form, Links(_query(query, without={"row", "column"})), found, behind=behind))


@router.get("/reports/{name}")
def get_report(store: StoreDep, request: Request, name: Annotated[str, Path(max_length=40)]) -> Response:
    """Return an answer as a file to table: compare, partners or hmg, as docx, html, md or xlsx."""
    question, report_format = _parse_report(name)
    with store.view() as view:
        found = _answer(view, _report_params(question, request))
        content = make_report(view, found, report_format)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=WRITINGS[report_format].media_type, headers=headers)


@router.get("/passages/{passage_id}")
def open_passage(store: StoreDep, passage_id: Annotated[str, Path(max_length=MAX_ID)]) -> RedirectResponse:
    """Lead from the id of a passage, as every citation carries it, to its place in the document."""
    with store.view() as view:
        found = view.get_passages([passage_id])
    if not found:
        raise UnknownPassage(passage_id)
    place = found[0]
    return RedirectResponse(f"/documents/{place.document_id}?at={place.ordinal}#p{place.ordinal}", status_code=303)


def _explain(question: str, form: Form, problem: Problem, error: KgError) -> HTMLResponse:
    return HTMLResponse(render_unanswered(question, form, problem), http_status(error))


def _problem(view: View, request: Request, error: KgError) -> Problem:
    """Return why there is no answer, with links that ask again for each thing that could have been meant."""
    if isinstance(error, AmbiguousEntity):
        entities = [entity for name in error.choices if (entity := view.get_entity(name)) is not None]
        choices = tuple(
            Choice(_again(request, error.value, entity.id), entity.name, _note(view, entity)) for entity in entities
        )
        return Problem(f"“{error.value}” stands for several things here.", choices)
    if isinstance(error, UnknownEntity):
        near = tuple(Choice(_again(request, error.value, name), name) for name in error.near)
        says = f"Nothing here is called “{error.value}”."
        return Problem(
            f"{says} Did you mean one of these?" if near else f"{says} The search finds what there is.", near
        )
    return Problem(f"{str(error)[:1].upper()}{str(error)[1:]}.")


def _again(request: Request, value: str, instead: str) -> str:
    """Return the address of this request with one value in place of another."""
    pairs = [(key, instead if given == value else given) for key, given in request.query_params.multi_items()]
    return f"{request.url.path}?{urlencode([pair for pair in pairs if pair[1]])}"


def _note(view: View, entity: Entity) -> str:
    """Say of which strategy a proposition is, or what else a thing is."""
    found = view.relations(entity.id, relation_types=("PROPOSES",), limit=1) if entity.type == "Proposition" else ()
    owner = view.get_entity(found[0].source_id) if found else None
    what = str(entity.properties.get("what", ""))[:160]
    return ", ".join(part for part in (owner.name if owner else style_of(entity.type).one, what) if part)


def _answer(view: View, params: BaseModel) -> Comparison | PartnerAnswer | RoleAnswer | HmgAnswer:
    if isinstance(params, CompareParams):
        return answer_compare(view, params)
    if isinstance(params, PartnersParams):
        return answer_partners(view, params)
    if isinstance(params, RolesParams):
        return answer_roles(view, params)
    if isinstance(params, HmgParams):
        return answer_hmg(view, params)
    raise TypeError(f"{type(params).__name__} asks no question")


def _parse_report(name: str) -> tuple[Question, ReportFormat]:
    question, _, ending = name.partition(".")
    found = next((item for item in Question if item.value == question), None)
    report_format = next((item for item in ReportFormat if item.value == ending), None)
    if found is None or report_format is None:
        raise Misuse(
            f"there is no report {name!r}; known: {', '.join(Question)}, each as {', '.join(ReportFormat)}, "
            "such as /reports/compare.docx?area=lancashire"
        )
    return found, report_format


def _report_params(question: Question, request: Request) -> CompareParams | PartnersParams | RolesParams | HmgParams:
    values: dict[str, object] = {}
    for key in request.query_params:
        given = request.query_params.getlist(key)
        values[key] = given if key in ("with", "rows", "kind", "genre", "only", "wave") else given[-1]
    if question is Question.COMPARE:
        waves = values.pop("wave", None)
        return make_params(CompareParams, **values, **({"wave": waves[-1]} if isinstance(waves, list) else {}))
    if question is Question.HMG:
        return make_params(HmgParams, **values)
    return make_params(RolesParams, **values) if "body" in values else make_params(PartnersParams, **values)


def _partners_params(query: PartnersPageParams) -> PartnersParams | RolesParams | None:
    values = query.model_dump(by_alias=True, exclude_defaults=True)
    if query.body:
        return make_params(RolesParams, **{key: value for key, value in values.items() if key not in _NOT_OF_ROLES})
    return make_params(PartnersParams, **values) if query.proposition else None


_NOT_OF_ROLES = ("proposition", "kind")


def _query(params: BaseModel | None, *, without: AbstractSet[str] = frozenset()) -> str:
    """Return the query string that asks the same again."""
    if params is None:
        return ""
    values = params.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(without))
    return urlencode(sorted(values.items()), doseq=True)


def _values(query: QuestionParams) -> dict[str, str]:
    """Return what stands in the text fields of a form."""
    found = query.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {key: str(value[0] if isinstance(value, list) else value) for key, value in found.items() if value}


def _compare_form(view: View, query: ComparePageParams, found: Comparison | None) -> Form:
    areas = choices.list_areas(view)
    beside = query.chosen_beside()
    ticked = {_find_area(view, name) for name in each_area(view, query.with_)}
    values = {**_values(query), "beside": beside}
    options = {
        **choices.filter_options(view, values),
        "area": choices.area_options(areas, found.area if found else ""),
        "beside": choices.beside_options(beside),
        "with": tuple(
            option if option.value not in ticked else Option(option.value, option.label, option.group, True)
            for option in choices.area_options([pair for pair in areas if pair[1] or pair[0].id in ticked])
            if found is None or option.value != found.area
        ),
        "rows": choices.row_options(query.rows),
    }
    return Form(options, values)


def _partners_form(view: View, query: PartnersPageParams, found: object) -> Form:
    areas = choices.list_areas(view)
    values = _values(query)
    chosen = found.proposition.id if isinstance(found, PartnerAnswer) else ""
    options = {
        **choices.filter_options(view, values),
        "proposition": choices.proposition_options(view, areas, chosen),
        "kind": choices.kind_options(values.get("kind", "")),
    }
    return Form(options, values)


def _hmg_form(view: View, query: HmgParams) -> Form:
    values = _values(query)
    department = _find_id(view, query.department, ("Department",))
    theme = _find_id(view, query.theme, tuple(choices.THEMES))
    area = _find_area(view, query.area)
    themes = choices.theme_options(view, theme)
    if query.theme and not any(option.chosen for option in themes):
        themes = (Option(query.theme, query.theme, "", True), *themes)
    documented = [pair for pair in choices.list_areas(view) if pair[1] or pair[0].id == area]
    options = {
        **choices.filter_options(view, values),
        "department": choices.department_options(view, department),
        "theme": themes,
        "area": tuple(
            Option(item.value, item.label, "", item.chosen) for item in choices.area_options(documented, area)
        ),
    }
    return Form(options, values)


def _find_id(view: View, name: str, types: tuple[str, ...]) -> str:
    """Return the id behind a name that the answer was found by; empty where it stands for no single entity."""
    try:
        return resolve_name(view, name, types=types).id if name else ""
    except (UnknownEntity, AmbiguousEntity):
        return ""


def _find_area(view: View, name: str) -> str:
    try:
        return resolve_area(view, name).id if name else ""
    except (UnknownEntity, AmbiguousEntity):
        return ""
