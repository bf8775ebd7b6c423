# make demo: the environment, then the graph of examples/ in exports/. make test: the environment and all checks.
# Needs Python >= 3.11, make and git. Both are quick the second time: .make/ holds a stamp for what is done.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := .make
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
JOBS   ?= 2

SOURCES := $(shell find kg ontology -type f -not -name '*.pyc' -not -path '*/__pycache__/*' 2>/dev/null)
INPUTS  := $(shell find examples/documents -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo env test lint typecheck contracts pytest bench lock wheel clean

help:
	@echo "make demo   build the graph of examples/ into exports/"
	@echo "make test   ruff, mypy, import-linter and pytest"
	@echo "make bench  measure speed and memory"
	@echo "make lock   renew requirements*.lock (needs uv)"
	@echo "make wheel  build dist/policy_kg-*.whl"
	@echo "make clean  remove what make made, the environment too"

# The environment: locked packages with their hashes, then this project itself, in place.
$(STAMPS)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kg needs Python 3.11 or newer; say which: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/python requirements.lock
	$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements-dev.lock pyproject.toml
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

env: $(STAMPS)/dev

demo: $(STAMPS)/demo
	@cat $(STAMPS)/summary

$(STAMPS)/demo: $(STAMPS)/run $(SOURCES) $(INPUTS)
	$(BIN)/python -m kg build examples/documents -o exports --format all --jobs $(JOBS) > $(STAMPS)/summary
	@touch $@

test: lint typecheck contracts pytest

lint: $(STAMPS)/dev
	$(BIN)/ruff check --quiet .

typecheck: $(STAMPS)/dev
	$(BIN)/mypy kg

contracts: $(STAMPS)/dev
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

pytest: $(STAMPS)/dev
	$(BIN)/python -m pytest -n $(JOBS) $(PYTEST)

bench: $(STAMPS)/dev
	$(BIN)/python benchmarks/run.py

lock:
	UV_NO_CONFIG=1 uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock
	UV_NO_CONFIG=1 uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links --quiet --constraint requirements.lock --output-file requirements-dev.lock

wheel: $(STAMPS)/dev
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf $(VENV) $(STAMPS) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
