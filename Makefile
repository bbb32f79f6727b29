# The two commands of a newcomer: `make build` and `make test`. `make help` lists the others.
# Plain Debian needs only: apt-get install make python3 python3-venv git libgl1 libegl1 libgl1-mesa-dri
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
DESIGNS ?=

# The first Python on the path that is new enough; PYTHON=... overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
# CI installs the pinned versions, everyone else the newest within the bounds of pyproject.toml.
CI ?=
CONSTRAIN := $(if $(filter true,$(CI)),-c constraints.txt,)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(CONSTRAIN)
# The first run of a clone takes 12.5 minutes on two quiet cores, later ones 7: what the kernel made is kept.
# This ends one that hangs.
LIMIT := 2400
# Tests start hundreds of processes: what one of them has compiled serves all others.
unexport PYTHONDONTWRITEBYTECODE
# Large arrays come and go: glibc keeps their memory instead of giving it back and having it cleared anew each time.
export MALLOC_MMAP_THRESHOLD_ := 268435456
export MALLOC_TRIM_THRESHOLD_ := 536870912
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help build test check check-all lint fix golden bench docs constraints clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: $(RUNTIME) ## Install into .venv and build every design into output/ (DESIGNS=FILE... for some)
	$(BIN)/jewelgen build $(DESIGNS)

test: check ## Install what tests need and run everything

check: lint ## Format, lint, types, import contracts and tests (7 minutes on two cores, 12.5 the first time)
	$(PYTEST) --session-timeout=$(LIMIT)

check-all: lint ## As check, through every combination, with coverage
	$(PYTEST) --wide --cov --cov-report=term

lint: $(DEV)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	MYPY_NUM_WORKERS=2 $(BIN)/mypy
	$(BIN)/lint-imports

fix: $(DEV) ## Format and mend what a linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

golden: $(DEV) ## Rewrite the expected texts; say in CHANGELOG.md what a customer would see
	$(PYTEST) tests/golden --snapshot-update

bench: $(DEV) ## Ratios against the naive way, measured in one run
	$(BIN)/python -m benchmarks

docs: $(RUNTIME) ## Schema and contact sheets from the code
	$(BIN)/jewelgen schema > docs/design.schema.json
	$(BIN)/jewelgen schema --shop > docs/shop.schema.json
	$(BIN)/jewelgen schema --plan > docs/plan.schema.json
	$(BIN)/jewelgen schema --casting > docs/casting.schema.json
	$(BIN)/jewelgen schema --check > docs/check.schema.json
	$(BIN)/jewelgen schema --manifest > docs/manifest.schema.json
	$(BIN)/jewelgen render --gallery --trust --out docs/gallery designs docs/examples

constraints: $(DEV) ## Pin what .venv holds for CI
	{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable; } > $(VENV)/pins
	mv $(VENV)/pins constraints.txt

clean: ## Remove .venv, kept measures and results
	rm -rf $(VENV) .cache output/*/

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'jewelgen needs Python 3.11 or newer and found none.' \
		'Debian 12 or later: apt-get install python3 python3-venv; else: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo \
		'Python is here but its venv module is not: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Stamps: installed again only when what is asked for changes.
$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Installing into $(VENV), 2 GB; pip is silent meanwhile'
	$(PIP) -e .
	@$(BIN)/python -W ignore -c 'import OCP.gp' || { echo \
		'The CAD kernel does not load; it needs OpenGL (pictures too): apt-get install libgl1 libegl1 libgl1-mesa-dri' >&2; exit 1; }
	@touch $@

$(DEV): $(RUNTIME)
	$(PIP) -e '.[dev]'
	@touch $@
