"""The command that serves the pages and the HTTP interface."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import StoreOption, open_runtime
from api.commands.output import say

if TYPE_CHECKING:
    from api.settings import Settings


def serve(
    store: StoreOption = None,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on; beyond this machine a token is needed.")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port to listen on. Else 8000.")] = None,
) -> None:
    """Serve the graph as web pages and as an HTTP interface, on this machine unless told otherwise.

    Examples:

      strategy-graph serve

      strategy-graph serve --port 9000 --store sqlite:///papers.db
    """
    with open_runtime(store=store) as runtime:
        runtime.require_store()
        settings = runtime.settings
    changes = {"host": host, "port": port}
    run_server(settings.model_copy(update={key: value for key, value in changes.items() if value is not None}))


def run_server(settings: "Settings") -> None:
    """Serve until told to stop."""
    import gc
    import socket

    import uvicorn

    from api.app import create_app
    from api.errors import Misuse

    app = create_app(settings)
    sockets = None
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning", server_header=False)
    try:
        sockets = [config.bind_socket()]
        sockets[0].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the end of an answer waits for 40 ms
    except SystemExit as error:  # how uvicorn says that it cannot listen
        place = f"{settings.host} port {settings.port}"
        raise Misuse(f"cannot listen on {place}; another program may, so try --port {settings.port + 1}") from error
    # Answers are large and have no cycles: looking for some through all that is remembered would hold requests up.
    gc.set_threshold(100_000, 50, 100)
    host, port = sockets[0].getsockname()[:2]
    say(f"serving {settings.store} on http://{f'[{host}]' if ':' in host else host}:{port} (Ctrl-C stops)")
    uvicorn.Server(config).run(sockets=sockets)
