"""The command that writes the whole graph in other programs' formats."""

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import StoreOption, open_runtime
from api.commands.output import say
from graph.export import ExportFormat


def export(
    store: StoreOption = None,
    export_format: Annotated[
        ExportFormat,
        typer.Option("--format", "-f", help="jsonl keeps everything and loads again; csv is for spreadsheets."),
    ] = ExportFormat.JSONL,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="File to write; for csv a folder or a .zip. Else stdout."),
    ] = None,
) -> None:
    """Write all nodes and relations in a fixed order: the same graph gives the same bytes.

    Examples:

      strategy-graph export --format graphml --out strategies.graphml

      strategy-graph export --format csv --out tables/

      strategy-graph export | strategy-graph load - --store sqlite:///copy.db
    """
    from graph.export import export_to_path, export_to_stream

    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        if out is not None:
            for path in export_to_path(view, export_format, out):
                say(f"written: {path}")
            return
        sys.stdout.flush()
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
        try:
            export_to_stream(view, export_format, stream)
        finally:
            stream.detach()
