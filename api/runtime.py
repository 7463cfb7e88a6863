"""Builds what a run needs, each thing once and only when it is first asked for.

Heavy packages (spaCy, the parsers) are imported here on first use, so a command that reads no document starts fast.
"""

import gc
import hashlib
from collections.abc import Iterator
from functools import cached_property
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from api.errors import Misuse
from api.settings import Settings
from graph.errors import StoreError
from graph.stores.base import Login, Store

if TYPE_CHECKING:
    from ingest.pipeline import Extractor
    from ingest.registers import Registers

SQLITE = "sqlite:///"
PATIENCE_S = 30.0


class Runtime:
    """The store, registers and extractor of one run; closes what it opened on leaving its `with` block."""

    def __init__(self, settings: Settings, *, patience_s: float = PATIENCE_S) -> None:
        """Prepare a run; `patience_s` is how long it waits for a database server that is away."""
        self.settings, self.patience_s = settings, patience_s

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> Store:
        """The store, made where it is not there yet."""
        return self.open_store(self.settings.store)

    def open_store(self, url: str, *, read_only: bool = False) -> Store:
        """Open the store at an address, with the login of the settings; the caller closes it."""
        from graph.stores import open_store

        login = read_login(self.settings)
        return open_store(url, read_only=read_only, login=login, patience_s=self.patience_s)

    def require_store(self) -> Store:
        """Return the store; raise StoreError with what to do where there is none to read."""
        path = sqlite_path(self.settings.store)
        if path is not None and not path.exists():
            raise StoreError(
                f"there is no graph at {path} yet; `strategy-graph ingest PATH` or `strategy-graph demo` makes one, "
                "or name another with --store"
            )
        if path is None:
            with self.store.view() as view:  # a server answers, or says why not, before anything else is done
                view.documents(kind=None, limit=1)
        return self.store

    @cached_property
    def registers(self) -> "Registers":
        """The packaged registers with the user's own rows."""
        from ingest.registers import load_registers

        return load_registers(self.settings.registers)

    @cached_property
    def extractor(self) -> "Extractor":
        """The reader of documents, built once a process."""
        from ingest.pipeline import Extractor

        extractor = Extractor(self.registers, model=self.settings.spacy_model)
        gc.freeze()  # registers and rules stay to the end: the collector need not look through them each time
        return extractor

    @cached_property
    def rules_version(self) -> str:
        """A digest of all that decides what is read in a document: code, rules, ontology, registers, spaCy."""
        digest = hashlib.sha256(metadata.version("spacy").encode())
        for package in ("graph", "ingest"):
            for name, item in _iter_files(resources.files(package), package):
                digest.update(name.encode() + b"\0" + hashlib.sha256(item.read_bytes()).digest())
        digest.update((self.settings.spacy_model or "").encode())
        if self.settings.registers is not None:
            for path in sorted(self.settings.registers.rglob("*.csv")):
                digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]


def read_login(settings: Settings) -> Login:
    """Return who asks a server; raise Misuse where the password's file cannot be read."""
    password = "" if settings.neo4j_password is None else settings.neo4j_password.get_secret_value()
    path = settings.neo4j_password_file
    if not password and path is not None:
        try:
            password = path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Misuse(f"STRATEGY_GRAPH_NEO4J_PASSWORD_FILE: cannot read {path} ({error.strerror})") from error
    return Login(settings.neo4j_user, password, settings.neo4j_database)


def sqlite_path(url: str) -> Path | None:
    """Return the file of an embedded store's address; None for a server's or one in memory."""
    name = url.removeprefix(SQLITE)
    return Path(name) if url.startswith(SQLITE) and name != ":memory:" else None


def version() -> str:
    """Return the version of the installed distribution."""
    return metadata.version("strategy-graph")


def _iter_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    """Yield name and file of what decides an extraction, in the order of names; stores and analysis do not."""
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{prefix}/{item.name}"
        if item.is_dir() and item.name not in {"__pycache__", "stores", "analysis", "export"}:
            yield from _iter_files(item, name)
        elif item.is_file() and not item.name.endswith(".pyc"):
            yield name, item
