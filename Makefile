# The one list of commands. Everything rests on `make setup`, which leaves a ready .venv.
PYTHON ?= python3
PORT ?= 8501
ARTICLES ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The machine's node, or the one that setup put into .venv.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NODE_FITS := const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)

.PHONY: run test check format setup bench pictures

run: $(VENV)/.runtime  ## the app: PORT=8501 ARTICLES=folder
	CONFLICTMAP_ARTICLES="$(ARTICLES)" $(BIN)/streamlit run app.py --server.port $(PORT)

test: setup  ## all tests: of the browser's modules in node, then of everything else, a browser included; says how much of the code they ran
	@failed=0; $(WITH_NODE) npm test --silent || failed=1; \
	$(BIN)/python -m slipcover --source conflictmap,pages --omit 'pages/[!_]*' --json --out .coverage.json \
		-m pytest -n 2 --dist worksteal || failed=1; \
	$(BIN)/python tests/support/covered.py .coverage.json; exit $$failed

check: setup  ## lint, types, layers, data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(WITH_NODE) npm run --silent lint
	$(WITH_NODE) npm run --silent types
	$(BIN)/python -m conflictmap check

format: setup  ## code, data and the picture of the rooms as the project writes them
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m conflictmap check --fix
	$(BIN)/python docs/pictures/architecture.py

bench: setup  ## speed, as ratios in one run; writes docs/performance.md
	$(BIN)/python -m conflictmap bench --out docs/performance.md

pictures: setup  ## the README's pictures
	$(BIN)/python docs/pictures/take.py

setup: $(READY) node_modules/.ready  ## a ready .venv, a Chromium for the browser tests, and the tools for the browser's modules

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

$(VENV)/.node: requirements-node.txt | $(VENV)/bin/python
	{ $(WITH_NODE) npm --version && $(WITH_NODE) node -e '$(NODE_FITS)'; } >/dev/null 2>&1 || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-node.txt
	touch $@

node_modules/.ready: package-lock.json $(VENV)/.node
	$(WITH_NODE) npm ci --silent
	touch $@
