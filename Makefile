# `make` lists the commands; the first two are all a newcomer needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
PORT ?= 8000
export PYTHONPATH := src

.PHONY: help setup run test check fix db revision seed schema bench prove lock vendor

help: ## List the commands
	@grep -hE '^[a-z]+:.*?## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/ready: requirements.lock
	@test -x $(PY) || python3 -m venv .venv
	@.venv/bin/uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet --disable-pip-version-check uv
	@.venv/bin/uv pip sync --quiet --compile-bytecode --python $(PY) requirements.lock
	@.venv/bin/python -c "import pathlib, sysconfig; p = pathlib.Path(sysconfig.get_path('purelib')); (p / 'ska.pth').write_text(str(pathlib.Path('src').resolve()) + '\n')"
	@printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m ska.cli "$$@"\n' "$(CURDIR)" > .venv/bin/ska && chmod +x .venv/bin/ska
	@touch $@

setup: .venv/ready ## Make .venv from the lock

run: setup ## Start SKA with the demo: make run PORT=8000
	@$(PY) -m ska.cli run --port $(PORT)

test: setup ## Run every test
	@$(PY) tests/chromium.py
	@SKA_REAL_DATA="$${SKA_REAL_DATA:-$$( [ -d ../shared/data ] && cd ../shared/data && pwd )}" $(PY) -m pytest tests -n 2 --dist loadfile $(ARGS)

prove: setup ## The tests in full size: make prove PART=isolation
	@$(PY) tests/chromium.py
	@SKA_REAL_DATA="$${SKA_REAL_DATA:-$$( [ -d ../shared/data ] && cd ../shared/data && pwd )}" $(PY) tests/prove.py $(PART)

revision: setup ## Write a migration: make revision name=x m="what it does"
	@$(PY) -m ska.cli db revision $(name) -m "$(m)"

db: setup ## Bring the database up to date
	@$(PY) -m ska.cli db upgrade

seed: setup ## Seed the demo
	@$(PY) -m ska.cli seed demo

schema: setup ## Write the JSON schemas of indicators/
	@$(PY) -m ska.cli schema

.venv-peers/ready: bench/peers.txt .venv/ready
	@test -x .venv-peers/bin/python || python3 -m venv .venv-peers
	@.venv/bin/uv pip sync --quiet --compile-bytecode --python .venv-peers/bin/python bench/peers.txt
	@touch $@

bench: setup .venv-peers/ready ## Measure against the goals: make bench ONLY=peer_group SCALE=20
	@SKA_REAL_DATA="$${SKA_REAL_DATA:-$$( [ -d ../shared/data ] && cd ../shared/data && pwd )}" ONLY=$(ONLY) SCALE=$(SCALE) PYTHONPATH=src:. $(PY) -m bench.run

check: setup ## Lint, types, import contracts, templates, catalogue, every test is found
	@.venv/bin/ruff format --check . && .venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@found=$$($(PY) -m pytest tests --collect-only -qqq --no-header) || { echo "$$found"; exit 1; }

fix: setup ## Format and mend what a machine can mend
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

lock: setup ## Renew requirements.lock
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml --group dev -o requirements.lock

vendor: ## Make the drawing library anew (the only command that needs Node)
	@cd frontend/vendor-recipe && npm ci --silent --no-audit --no-fund && node build.mjs
