# The one list of commands. Everything rests on `make setup`, which leaves a ready .venv.
PYTHON ?= python3
PORT ?= 8501
ARTICLES ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check format setup bench pictures

run: $(VENV)/.runtime  ## the app: PORT=8501 ARTICLES=folder
	CONFLICTMAP_ARTICLES="$(ARTICLES)" $(BIN)/streamlit run app.py --server.port $(PORT)

test: setup  ## all tests, the browser's too
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: setup  ## lint, types, layers, data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m conflictmap check

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m conflictmap check --fix

bench: setup  ## speed, as ratios in one run; writes docs/performance.md
	$(BIN)/python -m conflictmap bench --out docs/performance.md

pictures: setup  ## the README's pictures
	$(BIN)/python docs/pictures/take.py

setup: $(READY)  ## a ready .venv, and a Chromium for the browser tests

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(READY): requirements-dev.txt $(VENV)/.runtime | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python tests/support/chromium.py --install
	touch $@
