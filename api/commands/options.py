"""Options that many commands share, and the runtime they lead to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.runtime import Runtime

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        show_default=False,
        help="Store to use: sqlite:///PATH or bolt://HOST. Else STRATEGY_GRAPH_STORE, else strategy-graph.db here.",
    ),
]
RegistersOption = Annotated[
    Path | None,
    typer.Option(
        "--registers",
        metavar="DIR",
        show_default=False,
        exists=True,
        file_okay=False,
        help="Folder with register rows of your own, added to the packaged ones. Else STRATEGY_GRAPH_REGISTERS.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=0, max=256, help="Processes that read documents; 0 chooses by itself.")
]
PathsArgument = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]


def open_runtime(*, store: str | None = None, registers: Path | None = None) -> "Runtime":
    """Return the runtime of this run: options before environment before defaults."""
    from pydantic import ValidationError

    from api.errors import Misuse
    from api.runtime import Runtime
    from api.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise Misuse(f"setting STRATEGY_GRAPH_{name}: {first['msg']}; docs/cli.md lists the settings") from error
    changes = {"store": store, "registers": registers}
    return Runtime(settings.model_copy(update={key: value for key, value in changes.items() if value is not None}))
