# Two commands on a fresh machine with Python 3.11+: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEED ?= 1
SHUNTENG := $(BIN)/shunteng -w demo/workspace

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lint cases bench evaluate lock browser neo4j clean

help:  ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.ready  ## make .venv from the hashed lock file

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## a demo county in demo/: registers to clues to a picture
	@rm -rf demo
	@$(BIN)/shunteng demo demo/registers --size county --seed $(SEED)
	@$(SHUNTENG) init
	@$(SHUNTENG) ingest demo/registers
	@$(SHUNTENG) detect
	@$(SHUNTENG) clues --top 15
	@FIRST=$$($(SHUNTENG) clues --top 1 --format csv 2>/dev/null | tail -n 1 | awk -F, '{print $$NF}'); \
	  $(SHUNTENG) picture $$FIRST -o demo/clue.html; \
	  echo; echo "Next / 接下来:"; \
	  echo "  $(SHUNTENG) clue $$FIRST"; \
	  echo "  $(SHUNTENG) coverage"; \
	  echo "  $(SHUNTENG) serve        # http://127.0.0.1:8000/v1/clues"

test: setup browser neo4j  ## everything CI runs
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not neo4j"
	$(BIN)/python -m pytest -m neo4j
	@$(MAKE) --no-print-directory lint

check: setup lint  ## the everyday part
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not neo4j"

lint: setup  ## format, lint, types, import layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup  ## bring the source into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

browser:  ## install Chromium where it lacks (Debian and Ubuntu, needs root)
	@sh scripts/browser.sh

neo4j:  ## make a real Neo4j 5.26 ready for the tests (JDK 17, Maven; no Docker)
	@sh scripts/neo4j.sh

cases: setup  ## run the engine on the real cases of ../shared/data, where they exist
	$(BIN)/python -m benchmarks.cases

bench: setup  ## time, memory and growth at 25 k, 100 k and 500 k people
	$(BIN)/python -m benchmarks.road

evaluate: setup  ## recall, precision and decoys on five seeds and the clean county
	$(BIN)/python -m benchmarks.truth

lock: setup  ## resolve the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate pyproject.toml -o requirements-dev.lock --quiet --upgrade
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-annotate pyproject.toml -o requirements.lock --quiet --upgrade

clean:  ## remove what commands made
	rm -rf demo $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
