"""The server: routes, pages, middleware and error answers put together by `create_app`."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.staticfiles import StaticFiles

from api.errors import Misuse, error_name, http_status
from api.middleware import SECURITY_HEADERS, HeadAsGet, KnownHosts, SecurityHeaders, TokenRequired
from api.routes import data, docs, pages, question_pages, questions, state
from api.runtime import Runtime, version
from api.settings import LOOPBACK_HOSTS, Settings
from graph.errors import KgError
from viz.pages import render_error

API_PREFIX = "/api/"
PATIENCE_S = 2.0  # with a database server that is away: a page says so soon rather than hangs
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_NAMES = {404: "not-found", 405: "method-not-allowed", 413: "body-too-large"}


def create_app(settings: Settings) -> FastAPI:
    """Return the server of one store.

    On this machine reading is open; beyond it every request needs the token.
    Raises: Misuse: `settings.host` is beyond loopback and there is no token.
    """
    if not settings.is_loopback and settings.token is None:
        raise Misuse(
            f"{settings.host} can be reached from other machines; set STRATEGY_GRAPH_TOKEN to a secret of 16 "
            "characters or more first, or listen on 127.0.0.1"
        )
    app = FastAPI(
        title="strategy-graph",
        version=version(),
        description="Local economic strategies as a graph in which every fact opens its quoted evidence.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        max_body_size=settings.max_body_bytes,
    )
    app.state.runtime = Runtime(settings, patience_s=PATIENCE_S)
    for module in (data, questions, state, docs, pages, question_pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=str(resources.files("viz") / "static")), name="static")
    app.add_exception_handler(KgError, _answer_kg_error)
    app.add_exception_handler(RequestValidationError, _answer_validation_error)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(Exception, _answer_defect)
    # The last one added is the first to see a request.
    app.add_middleware(HeadAsGet)
    if settings.token is not None and not settings.is_loopback:
        app.add_middleware(TokenRequired, token=settings.token.get_secret_value())
    if settings.is_loopback:
        app.add_middleware(KnownHosts, hosts=LOOPBACK_HOSTS)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    with app.state.runtime as runtime:
        _ = runtime.store
        yield


def _answer(request: Request, status: int, error: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Answer a failure: one JSON shape under /api, a page elsewhere."""
    if request.url.path.startswith(API_PREFIX):
        return JSONResponse({"error": error, "detail": detail}, status, headers)
    return HTMLResponse(render_error(status, detail), status, headers)


def _answer_kg_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, KgError):
        raise error
    status = http_status(error)
    # A 500 is our defect and tells nothing of the inside; the log has it.
    detail = str(error) if status != 500 else "the server could not answer this; its log says why"
    return _answer(request, status, error_name(error), detail)


def _answer_validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return _answer(request, 422, "bad-parameter", "; ".join(_describe(error.errors())))


def _describe(problems: Sequence[object]) -> list[str]:
    lines = []
    for problem in problems:
        if isinstance(problem, dict):
            name = ".".join(str(part) for part in problem.get("loc", ())[1:])
            lines.append(f"{name}: {problem.get('msg')}" if name else str(problem.get("msg")))
    return lines


def _answer_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    detail = str(error.detail)
    if error.status_code == 404:
        detail = f"there is nothing at {request.url.path}; /docs lists what the server answers"
    if error.status_code == 405:
        headers["allow"] = ", ".join(_allowed_methods(request))
        detail = f"{request.method} is not allowed here; allowed: {headers['allow']}"
    return _answer(request, error.status_code, _NAMES.get(error.status_code, "http-error"), detail, headers)


def _allowed_methods(request: Request) -> list[str]:
    """Return every method that some route takes at this path; the framework names those of one route only."""
    routes = request.app.router.routes
    found = [
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return [*found, "HEAD"] if "GET" in found else found


def _answer_defect(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the log gets the exception
    # This handler runs outside the middleware, which would have put the headers on.
    return _answer(request, 500, "defect", "the server could not answer this; its log says why", SECURITY_HEADERS)
