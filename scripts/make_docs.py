"""Writes the parts of docs/ that follow from the code: `python scripts/make_docs.py` renews them in place.

Each stands between `<!-- NAME begins -->` and `<!-- NAME ends -->`; the rest is written by hand. A test compares.
"""

import inspect
import os
import re
import shlex
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from typer.main import get_command  # noqa: E402 - the folder above must be known first
from typer.testing import CliRunner  # noqa: E402

from api.app import create_app  # noqa: E402
from api.cli import app  # noqa: E402
from api.commands import output  # noqa: E402
from api.settings import Settings  # noqa: E402
from graph.model import DropReason, PassageKind  # noqa: E402
from graph.ontology import load_ontology  # noqa: E402


def make_commands() -> Iterator[str]:
    """Yield the reference of every command: what it does, examples, arguments and options."""
    for path, command in _walk(get_command(app), ()):
        yield f"### `strategy-graph {' '.join(path)}`\n"
        text = inspect.cleandoc(command.help or "")
        says, _, examples = text.partition("Examples:")
        yield f"{says.strip()}\n"
        lines = [line.strip() for line in examples.splitlines() if line.strip()]
        yield "```sh\n" + "\n".join(lines) + "\n```\n"
        rows = [_parameter_row(item) for item in command.params if item.name != "help"]
        yield from _table(("argument or option", "default", "meaning"), rows)


def make_settings() -> Iterator[str]:
    """Yield the table of settings."""
    rows = [
        (f"`STRATEGY_GRAPH_{name.upper()}`", "" if field.default is None else f"`{field.default}`", field.description)
        for name, field in Settings.model_fields.items()
    ]
    yield from _table(("variable", "default", "meaning"), rows)


def make_routes() -> Iterator[str]:
    """Yield the reference of every operation of the HTTP interface."""
    schema = create_app(Settings(store="sqlite:///:memory:")).openapi()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            yield f"### `{method.upper()} {path}`\n"
            yield f"{operation['description']}\n"
            parameters = operation.get("parameters", ())
            if parameters:
                rows = [(f"`{item['name']}`", item["in"], _shape(item["schema"]), _says(item)) for item in parameters]
                yield from _table(("parameter", "in", "kind", "meaning"), rows)
            answer = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
            yield f"Answers `{answer}`.\n"


def make_answers() -> Iterator[str]:
    """Yield the shape of every answer."""
    schemas = create_app(Settings(store="sqlite:///:memory:")).openapi()["components"]["schemas"]
    for name, schema in sorted(schemas.items()):
        if name in ("HTTPValidationError", "ValidationError"):
            continue
        yield f"### `{name}`\n"
        yield f"{inspect.cleandoc(schema.get('description', ''))}\n"
        rows = [
            (f"`{key}`", _shape(value), value.get("description", ""))
            for key, value in schema.get("properties", {}).items()
        ]
        yield from _table(("key", "kind", "meaning"), rows)


def make_entities() -> Iterator[str]:
    """Yield the table of entity types."""
    yield from _table(("type", "is"), [(f"`{name}`", says) for name, says in load_ontology().entities.items()])


def make_relations() -> Iterator[str]:
    """Yield the table of relation types."""
    order = list(load_ontology().entities)

    def names(types: frozenset[str]) -> str:
        return ", ".join(name for name in order if name in types)

    rows = [
        (f"`{item.name}`", item.says, names(item.source_types), names(item.target_types))
        for item in load_ontology().relations.values()
    ]
    yield from _table(("type", "says", "from", "to"), rows)


def make_drops() -> Iterator[str]:
    """Yield the table of reasons for which something is left out."""
    yield from _table(("reason", "means"), [(f"`{reason.value}`", DROP_MEANINGS[reason]) for reason in DropReason])


def make_kinds() -> Iterator[str]:
    """Yield the kinds of passage."""
    yield "Kinds of passage: " + ", ".join(f"`{kind.value}`" for kind in PassageKind) + ".\n"


DROP_MEANINGS: Mapping[DropReason, str] = {
    DropReason.UNREADABLE_FILE: "A file cannot be read: damaged, encrypted, or of a kind that is not read.",
    DropReason.UNREADABLE_PAGE: "A page of a file cannot be read; the other pages are.",
    DropReason.NEEDS_OCR: "A page is a picture of text; run it through text recognition and load it again.",
    DropReason.OVER_LIMIT: "A file or a part of one is larger than a reader takes on.",
    DropReason.BAD_RELATION: "A rule gave a relation that the ontology does not know between these ends.",
    DropReason.DUPLICATE_DOCUMENT: "The same bytes came under a second name; they are read once.",
}


@contextmanager
def example_store() -> Iterator[None]:
    """Let commands use a new store, and show tables as a terminal does."""
    with TemporaryDirectory() as folder:
        kept, watched = os.environ.get("STRATEGY_GRAPH_STORE"), output.is_watched
        os.environ["STRATEGY_GRAPH_STORE"] = f"sqlite:///{folder}/graph.db"
        output.is_watched = lambda: True
        try:
            yield
        finally:
            output.is_watched = watched
            os.environ.pop("STRATEGY_GRAPH_STORE")
            if kept is not None:
                os.environ["STRATEGY_GRAPH_STORE"] = kept


def make_example() -> Iterator[str]:
    """Yield commands on the bundled documents with what they really print."""
    with example_store():
        for words, cut in EXAMPLES:
            result = CliRunner(env={"COLUMNS": "110"}).invoke(app, list(words))
            if result.exit_code:
                raise RuntimeError(f"{' '.join(words)} ended with {result.exit_code}: {result.stderr}")
            lines = textwrap.dedent(result.stdout.strip("\n")).splitlines()
            shown = [line.rstrip() for line in lines if not line.startswith("seconds")]
            rest = ["..."] if len(shown) > cut else []
            typed = shlex.join(["strategy-graph", *words]).replace("'", '"')
            yield "```console\n" + "\n".join([f"$ {typed}", *shown[:cut], *rest]) + "\n```\n"


# A command and how many lines of its output are shown.
EXAMPLES = (
    (("ingest", str(Path("corpus") / "documents")), 24),
    (("search", "drone", "--limit", "3"), 12),
    (("show", "Drone Zone"), 14),
)

PARTS: Mapping[str, Mapping[str, Callable[[], Iterator[str]]]] = {
    "README.md": {"example": make_example},
    "docs/cli.md": {"commands": make_commands, "settings": make_settings},
    "docs/api.md": {"routes": make_routes, "answers": make_answers},
    "docs/ontology.md": {
        "entities": make_entities, "relations": make_relations, "drops": make_drops, "kinds": make_kinds,
    },
}  # fmt: skip


def renew(text: str, parts: Mapping[str, Callable[[], Iterator[str]]]) -> str:
    """Return a page with each of its parts made anew; a page that lacks a part's marks is an error."""
    for name, make in parts.items():
        begins, ends = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
        if text.count(begins) != 1 or text.count(ends) != 1:
            raise ValueError(f"the page needs {begins} and {ends}, once each")
        before, _, rest = text.partition(begins)
        text = f"{before}{begins}\n\n" + "\n".join(make()) + f"\n{ends}{rest.partition(ends)[2]}"
    return text


def _walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if not children:
        yield path, command
    for name, child in (children or {}).items():
        yield from _walk(child, (*path, name))


def _parameter_row(item: Any) -> tuple[str, str, str]:
    is_option = item.param_type_name == "option"
    names = ", ".join(f"`{name}`" for name in [*item.opts, *item.secondary_opts]) if is_option else f"`{item.metavar}`"
    default = item.default if item.default not in (None, False, ()) and not callable(item.default) else ""
    return names, f"`{getattr(default, 'value', default)}`" if default != "" else "", item.help or ""


def _says(item: Mapping[str, Any]) -> str:
    return str(item.get("description") or item["schema"].get("description", ""))


def _shape(shape: Mapping[str, Any]) -> str:
    """Return the kind of a value in words: its type, its bounds, its choices."""
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(_shape(part) for part in shape["anyOf"]))
    if "$ref" in shape:
        return f"`{shape['$ref'].rsplit('/', 1)[-1]}`"
    if "enum" in shape:
        return " or ".join(f"`{value}`" for value in shape["enum"])
    if "prefixItems" in shape:
        return f"list of {len(shape['prefixItems'])}: {', '.join(_shape(part) for part in shape['prefixItems'])}"
    if shape.get("type") == "array":
        return f"list of {_shape(shape['items'])}"
    bounds = [f"from {shape['minimum']}"] if "minimum" in shape else []
    bounds += [f"to {shape['maximum']}"] if "maximum" in shape else []
    return " ".join([str(shape.get("type", "any")), *bounds])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Iterator[str]:
    if rows:
        lines = [heads, ["---"] * len(heads), *rows]
        cells = [[re.sub(r"\s+", " ", (cell or "").replace("|", "\\|")) for cell in line] for line in lines]
        yield "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


def main() -> None:
    """Renew every page."""
    for name, parts in PARTS.items():
        path = ROOT / name
        path.write_text(renew(path.read_text(encoding="utf-8"), parts), encoding="utf-8")


if __name__ == "__main__":
    main()
