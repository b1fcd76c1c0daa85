# The portal in two commands: `make run` shows it, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 6543
CONFIG ?= development.ini

##@ Use
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## The portal on http://localhost:6543 with its worker (PORT=… for another port)
	@$(BIN)/portal --config $(CONFIG) prepare
	@exec $(BIN)/portal --config $(CONFIG) run --port $(PORT)

install: $(VENV)/.installed ## Virtual environment with the locked dependencies
$(VENV)/.installed: requirements.txt setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "The portal needs Python 3.11; set PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

build: install ## Catalogs compiled, style sheet and pictures ready to serve
	@$(BIN)/portal --config $(CONFIG) catalogs compile
	@$(BIN)/portal --config $(CONFIG) assets

db: install ## Databases at the newest migration
	@$(BIN)/portal --config $(CONFIG) db upgrade

seed: db build ## Content folders read into the databases
	@$(BIN)/portal --config $(CONFIG) seed

index: seed ## Search index built where there is none
	@$(BIN)/portal --config $(CONFIG) index rebuild --if-needed

worker: install ## Only the worker
	@$(BIN)/portal --config $(CONFIG) worker

##@ Prove
$(VENV)/.installed-test: requirements-test.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

test-tools: $(VENV)/.installed-test ## What tests need beside Python (as root: installs it; else: says what is missing)
	@bash tests/tools/install.sh

test: test-tools build ## Everything: unit, journeys, house, browser; on SQLite and on PostgreSQL
	$(BIN)/pytest tests --db sqlite
	$(BIN)/python tests/postgres.py $(BIN)/pytest tests --db postgresql --ignore tests/accessibility --ignore tests/content

journeys: $(VENV)/.installed-test build ## Only the journeys, on SQLite
	$(BIN)/pytest tests/journeys

proof: test-tools build ## Longer sweeps and fault runs
	$(BIN)/python -m tests.proof.run --long

proof-short: test-tools build
	$(BIN)/python -m tests.proof.run

chaos: test-tools build ## Server and database killed while people send: no request is lost or doubled
	$(BIN)/python -m tests.chaos.run --long

chaos-short: test-tools build
	$(BIN)/python -m tests.chaos.run

bench: $(VENV)/.installed-test build ## How fast, beside a bare Pyramid in the same run
	$(BIN)/python -m tests.bench.run

bench-search: test-tools build ## How fast the search is, beside its limits; SIZE=usual leaves out 100,000 documents
	$(BIN)/python -m tests.bench.search $(if $(filter usual,$(SIZE)),,--large)

##@ Before you hand it over
sure: lint types imports translations test ## Lint, types, import contracts, catalogs, tests

lint: $(VENV)/.installed-test ## Ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-test ## Mypy
	$(BIN)/mypy

imports: $(VENV)/.installed-test ## Import contracts of setup.cfg
	$(BIN)/lint-imports --config setup.cfg

translations: $(VENV)/.installed-test build ## No stale or missing words
	$(BIN)/pytest -q tests/house/test_catalogs.py

screenshots: test-tools build ## The pictures of the README
	$(BIN)/python -m tests.tools.screenshots

clean: ## Everything that can be made again
	rm -rf var portal/ui/built portal/sitesearch/built build *.egg-info locales/*/LC_MESSAGES/*.mo

.PHONY: help run install build db seed index worker test-tools test journeys proof proof-short chaos chaos-short bench bench-search sure lint types imports translations screenshots clean
