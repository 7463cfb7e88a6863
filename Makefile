# `make` lists what there is; every target sets up first where that is needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
PACKAGES := api bench corpus graph ingest scripts tests viz

.DEFAULT_GOAL := help
.PHONY: help demo test test-neo4j check lint format types imports docs docs-write bench lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  PYTHON=python3.12 chooses the interpreter (3.11 to 3.13)"

$(READY): requirements.lock pyproject.toml scripts/setup
	@scripts/setup "$(PYTHON)" "$(VENV)"

demo: $(READY) ## Build a graph from the bundled documents and serve it on http://127.0.0.1:8000
	@$(BIN)/strategy-graph demo

test: $(READY) ## Run all tests
	@$(BIN)/python -m pytest -q

test-neo4j: $(READY) ## Run the tests that need Neo4j on a real server, started and stopped here
	@scripts/neo4j-server start
	@status=0; KG_TEST_NEO4J_URI="$$(scripts/neo4j-server uri)" STRATEGY_GRAPH_TEST_NEO4J=required \
	  $(BIN)/python -m pytest -q -m neo4j || status=$$?; scripts/neo4j-server stop; exit $$status

check: lint types imports docs test ## Lint, format, types, imports, docs and all tests

lint: $(READY) ## Check style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(READY) ## Put the code into its format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(READY) ## Check types (mypy, strict)
	@$(BIN)/mypy

imports: $(READY) ## Check which package imports which
	@$(BIN)/python -m pytest -q tests/test_layers.py

docs: $(READY) ## Check that the documentation is true and whole
	@$(BIN)/python -m pytest -q tests/test_docs.py

docs-write: $(READY) ## Renew what the documentation takes from the code
	@$(BIN)/python scripts/make_docs.py

bench: $(READY) ## Measure words and pages a second
	@$(BIN)/python -m bench.extraction

lock: $(READY) ## Renew requirements.lock within the bounds of pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

clean: ## Remove the environment and what the tools keep
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
