"""The three questions under /api/v1/: parse, ask, convert; `Accept: text/csv` gives the table of an answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from api import tables
from api.deps import StoreDep
from api.paging import number_key, to_cursor
from api.questions import (
    CompareParams,
    HmgParams,
    NearestParams,
    PartnersParams,
    PathsParams,
    RolesParams,
    answer_compare,
    answer_hmg,
    answer_nearest,
    answer_partners,
    answer_paths,
    answer_precedents,
    answer_roles,
    answer_similar,
)
from api.schemas import ErrorOut, Page
from graph.analysis.model import (
    Comparison,
    HmgAnswer,
    Nearest,
    PartnerAnswer,
    PathAnswer,
    Precedent,
    RoleAnswer,
    Similar,
    to_json,
)

router = APIRouter(
    prefix="/api/v1",
    tags=["questions"],
    responses={
        400: {"model": ErrorOut, "description": "A parameter means nothing"},
        404: {"model": ErrorOut, "description": "Nothing has this name, or there is nothing to compare"},
        409: {"model": ErrorOut, "description": "A name stands for several entities"},
        422: {"model": ErrorOut, "description": "A parameter is out of bounds or unknown"},
        503: {"model": ErrorOut, "description": "The store cannot be reached now"},
    },
)
CSV, JSON = "text/csv", "application/json"


class ListedCompareParams(CompareParams):
    """A comparison of which one list is asked for, part by part."""

    after: str | None = Field(default=None, max_length=1000, description="`next` of the part before")
    limit: int = Field(default=50, ge=1, le=500, description="Most items to return")


def _wants_csv(request: Request) -> bool:
    """Say whether the caller would rather have CSV than JSON; `*/*` is content with JSON."""
    return _weight(request, CSV) > max(_weight(request, JSON), 0.0)


def _weight(request: Request, media_type: str) -> float:
    for part in request.headers.get("accept", "").split(","):
        name, _, rest = part.partition(";")
        if name.strip().lower() == media_type:
            weight = rest.replace(" ", "").removeprefix("q=")
            return float(weight) if weight.replace(".", "", 1).isdigit() else 1.0
    return -1.0


CsvWanted = Annotated[bool, Depends(_wants_csv)]


def _answer(answer: object, table: Callable[[], tables.Rows], *, csv: bool) -> Response:
    headers = {"vary": "accept"}
    if csv:
        return Response(tables.to_csv(table()), media_type=f"{CSV}; charset=utf-8", headers=headers)
    return JSONResponse(to_json(answer), headers=headers)


def _answer_page(items: Sequence[object], query: ListedCompareParams, table: tables.Rows, *, csv: bool) -> Response:
    offset = max(number_key(query.after, start=0), 0)
    if csv:
        return _answer(None, lambda: table, csv=True)
    end = offset + query.limit
    following = to_cursor(end) if len(items) > end else None
    body = {"items": to_json(tuple(items[offset:end])), "next": following}
    return JSONResponse(body, headers={"vary": "accept"})


def _example(body: Mapping[str, Any], row: str) -> dict[int | str, dict[str, Any]]:
    """Describe a good answer: an example of the object, shortened, and of the table."""
    return {200: {"content": {JSON: {"example": body}, CSV: {"schema": {"type": "string"}, "example": row}}}}


_CITATION = {
    "document": "doc:3f2a9c0d1e5b7a684c21", "passage": "passage:9b1d4be0c7a25f3e8d60", "page": 2, "start": 0, "end": 38,
    "quote": "The Drone Zone needs BEIS to lift rules.",
}  # fmt: skip
_REF = {"id": "lis:west-midlands", "type": "Strategy", "name": "West Midlands Local Industrial Strategy"}


@router.get(
    "/compare",
    response_model=Comparison,
    responses=_example(
        {"version": "f0e1…", "area": "lis:lancashire", "matrix": {"columns": ["lis:lancashire"], "rows": []}},
        "kind,row,Lancashire,West Midlands\r\nsector,Aerospace,5,3\r\n",
    ),
)
def compare(store: StoreDep, query: Annotated[CompareParams, Query()], csv: CsvWanted) -> Response:
    """Set an area's strategy beside others: matrix, shared, distinctive, missing, nearest, precedents, similar."""
    with store.view() as view:
        found = answer_compare(view, query)
    return _answer(found, lambda: tables.matrix_rows(found), csv=csv)


@router.get(
    "/precedents",
    response_model=Page[Precedent],
    responses=_example(
        {"items": [{"proposition": "prop:drone-zone", "name": "Drone Zone", "evidence": [_CITATION]}], "next": None},
        "our ask,asked,agreed by,words,agreed in,date,score\r\nDrone Zone,BEIS,BEIS,…,…,2019,0.41\r\n",
    ),
)
def list_precedents(store: StoreDep, query: Annotated[ListedCompareParams, Query()], csv: CsvWanted) -> Response:
    """List, for each ask of an area, what Government has agreed to elsewhere, or that nothing was found."""
    with store.view() as view:
        found = answer_precedents(view, query)
    return _answer_page(found, query, tables.precedent_rows(found), csv=csv)


@router.get(
    "/similar",
    response_model=Page[Similar],
    responses=_example(
        {"items": [{"area": _REF["id"], "name": _REF["name"], "score": 0.52}], "next": None},
        "strategy,score,score made of,in words\r\nWest Midlands Local Industrial Strategy,0.52,…,…\r\n",
    ),
)
def list_similar(store: StoreDep, query: Annotated[ListedCompareParams, Query()], csv: CsvWanted) -> Response:
    """List the strategies most like an area's, with what they share."""
    with store.view() as view:
        found = answer_similar(view, query)
    return _answer_page(found, query, tables.similar_rows(found), csv=csv)


@router.get(
    "/nearest",
    response_model=Nearest,
    responses=_example(
        {"proposition": "prop:drone-zone", "name": "Drone Zone", "found": []},
        "proposition,area,score,score made of,shared words\r\n",
    ),
)
def list_nearest(store: StoreDep, query: Annotated[NearestParams, Query()], csv: CsvWanted) -> Response:
    """List the propositions elsewhere that are most like one, with the parts of each score."""
    with store.view() as view:
        found = answer_nearest(view, query)
    return _answer(found, lambda: tables.match_rows(found.found), csv=csv)


@router.get(
    "/partners",
    response_model=PartnerAnswer,
    responses=_example(
        {"version": "f0e1…", "candidates": [{"id": "inst:amrc", "name": "AMRC", "kind": "catapult", "score": 0.6}]},
        "name,kind,score,why,score made of,id\r\nAMRC,catapult,0.6,…,…,inst:amrc\r\n",
    ),
)
def list_partners(store: StoreDep, query: Annotated[PartnersParams, Query()], csv: CsvWanted) -> Response:
    """Rank who could deliver a proposition, each with the paths that suggest it; partners it has stand apart."""
    with store.view() as view:
        found = answer_partners(view, query)
    return _answer(found, lambda: tables.candidate_rows(found), csv=csv)


@router.get(
    "/roles",
    response_model=RoleAnswer,
    responses=_example(
        {"version": "f0e1…", "body": {"id": "inst:amrc", "type": "Institution", "name": "AMRC"}, "candidates": []},
        "name,kind,score,why,score made of,id\r\nDrone Zone,proposition,0.6,…,…,prop:drone-zone\r\n",
    ),
)
def list_roles(store: StoreDep, query: Annotated[RolesParams, Query()], csv: CsvWanted) -> Response:
    """Rank the propositions that a body could help to deliver: partners the other way round."""
    with store.view() as view:
        found = answer_roles(view, query)
    return _answer(found, lambda: tables.candidate_rows(found), csv=csv)


@router.get(
    "/hmg-links",
    response_model=HmgAnswer,
    responses=_example(
        {"version": "f0e1…", "asks": [{"proposition": "prop:drone-zone", "name": "Drone Zone", "words": "lift rules"}]},
        "department,proposition,area,words,date,status,id\r\nBEIS,Drone Zone,Lancashire,lift rules,2019-12,firm,…\r\n",
    ),
)
def get_hmg_links(store: StoreDep, query: Annotated[HmgParams, Query()], csv: CsvWanted) -> Response:
    """Return what is asked of each department, who is asked together, who leads what and who holds it."""
    with store.view() as view:
        found = answer_hmg(view, query)
    return _answer(found, lambda: tables.ask_rows(found), csv=csv)


@router.get(
    "/paths",
    response_model=PathAnswer,
    responses=_example(
        {"version": "f0e1…", "start": {"id": "prop:drone-zone"}, "end": {"id": "dept:beis"}, "shortest": []},
        "kind,path,from,relation,to,words\r\nshortest,1,Drone Zone,ASKS ->,BEIS,…\r\n",
    ),
)
def get_paths(store: StoreDep, query: Annotated[PathsParams, Query()], csv: CsvWanted) -> Response:
    """Return the shortest and the best-evidenced chains of relations between two entities."""
    with store.view() as view:
        found = answer_paths(view, query)
    return _answer(found, lambda: tables.path_rows(found), csv=csv)
