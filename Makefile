# Two commands for a new user: make demo, make test. The others are for people who change the code.
.DEFAULT_GOAL := help
.PHONY: help demo test check unit browser quality bench faults fuzz lock clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PORT ?= 8000
# Two a processor, for many tests wait for services that run. CI measures coverage too, which doubles
# the work: there it is one a processor.
WORKERS ?= $(shell expr 2 '*' $$(getconf _NPROCESSORS_ONLN))
# The locks are complete, and only what is imported is worth compiling.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-deps --no-compile
# Containers often set it; without the cache every start compiles a thousand files anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.run ## seed an embedded store and serve everything on http://127.0.0.1:8000 (PORT=… for another)
	@exec $(BIN)/topicwire demo --port $(PORT)

test: check unit ## every check and every test, on SQLite and PostgreSQL

check: .venv/.dev ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/.dev browser
	$(BIN)/python -m pytest --dist worksteal $(if $(CI),-n auto --cov --cov-report=term,-n $(WORKERS))

browser: ## install Chromium for the browser tests where that is allowed
	@sh tests/install-chromium.sh

quality: .venv/.dev ## how good answers and classification are, against a reader's judgements
	@$(BIN)/python -m tests.quality

readers: .venv/.dev ## let nine feed readers and a WebSub hub read our feeds
	@sh tests/readers/install.sh
	@$(BIN)/python -m tests.readers

bench: .venv/.dev ## measure, with ratios against a baseline in the same run
	$(BIN)/python -m bench

faults: .venv/.dev ## kill the service, let Telegram fail, fill the disk; half an hour or more
	$(BIN)/python -m faults

fuzz: .venv/.dev ## feed made-up input to what reads foreign text, a minute each
	$(PIP) --require-hashes -r requirements-fuzz.lock
	@for target in query listing markup classifier; do $(BIN)/python -m fuzz $$target --seconds 60 || exit 1; done

lock: .venv/.dev ## resolve the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--upgrade pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--upgrade pyproject.toml --group build --extra dev -c requirements.lock -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--upgrade --group fuzz -o requirements-fuzz.lock

.venv/.made:
	@test -n "$(PYTHON)" || { echo "topicwire needs Python 3.11 or newer; set PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: requirements.lock pyproject.toml | .venv/.made
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

clean: ## remove what make built; the store in data/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage* *.egg-info
