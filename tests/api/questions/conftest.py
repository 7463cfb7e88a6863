"""A store of a few bundled documents, read as a user's are, and the ways in to it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.ingestion import Tally, iter_outcomes, load_outcomes, load_registers_layer
from api.runtime import Runtime
from api.settings import Settings
from corpus import DOCUMENTS
from ingest.sources import SourceFile

NAMES = (
    "lancashire-propositions-board-paper-2019.docx",
    "greater-manchester-lis-2019.html",
    "south-east-midlands-lis-2019.html",
    "national-levers-for-lancashire-2019.docx",
    "buckinghamshire-lis-2019.md",
    "departments-then-and-now-2026.md",
)


@pytest.fixture(scope="session")
def corpus_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('questions') / 'graph.db'}"
    with Runtime(Settings(store=url)) as runtime:
        load_registers_layer(runtime)
        sources = [SourceFile(f"corpus/{name}", DOCUMENTS / name) for name in NAMES]
        tally = Tally()
        load_outcomes(runtime.store, iter_outcomes(runtime, sources), tally=tally)
        assert tally.documents == len(NAMES)
    return url


@pytest.fixture(scope="session")
def asked(corpus_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=corpus_url)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(scope="session")
def get(asked: TestClient) -> Callable[..., Any]:
    """Return a function that asks the API and gives the JSON of a good answer."""

    def ask(path: str, **params: str | int | bool) -> Any:
        answer = asked.get(f"/api/v1/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask


@pytest.fixture(scope="session")
def run(corpus_url: str) -> Callable[..., Any]:
    """Return a function that runs a command on the store."""

    def run_command(*words: str) -> Any:
        return CliRunner().invoke(app, [*words, "--store", corpus_url])

    return run_command


@pytest.fixture(scope="session")
def run_json(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that runs a command and reads the JSON it prints."""

    def run_command(*words: str) -> Any:
        result = run(*words, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return run_command
