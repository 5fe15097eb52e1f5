# Primacy. `make demo` and `make test` need nothing but Python 3.11 or newer, npm and a network on
# the first run; afterwards they work without one.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# Each test starts the program many times over: modules are compiled once, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

PYTHON ?= python3
CASE ?= carana
PORT ?= 8000
HOME_FOLDER ?= $(CURDIR)/.demo
BIN := .venv/bin
# Minutes long: the kill loop, all 10,000 fuzzed calls, 10,000 steps of cases of support, a month of
# 200 of them, every page in every look, by keys alone and over a thin link, rules and linkage
# measured on large made-up forces, Django's own way to migrate beside ours; `make test-all` runs them.
LONG := $(addprefix --ignore=tests/,kills database/test_migrated_tables.py \
	e2e/test_every_page.py e2e/test_keyboard.py e2e/test_link.py \
	unit/flags/test_measured_rules.py engines/test_measured_linkage.py)
SHORT_FUZZ := 1000
# What needs no database (kernels, files, words) and what brings its own (looks, kill loop) runs once,
# on SQLite; `make test` takes the part on PostgreSQL that reads and writes the most, less what takes
# longest there.
ON_POSTGRES := tests $(addprefix --ignore=tests/,unit guards language hostile kills demo papers \
	database/test_migrated_tables.py \
	contract/test_schema_fuzz.py properties/test_readiness_properties.py \
	$(addprefix e2e/test_,every_page.py keyboard.py link.py pages.py passkeys.py))
FIRST_ON_POSTGRES := $(addprefix tests/,database platform/test_permissions.py platform/test_audit_reads.py \
	rooms/readiness rooms/incidents/test_incident_register.py rooms/incidents/test_responsibility.py \
	rooms/screening/test_registers.py rooms/support/test_gate.py vault jobs contract/test_writing.py) \
	$(addprefix --ignore=tests/,vault/test_stolen_copies.py jobs/test_killed_worker.py)

.PHONY: demo serve test test-all test-postgres check bench bench-web bench-names bench-persons bench-forecast screens assets lock format clean help messages

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15

demo: .venv/run.stamp assets ## build Carana or a case study (CASE=carana|timor-leste|sierra-leone|liberia|all), serve it
	$(BIN)/primacy --home $(HOME_FOLDER) demo $(CASE) --port $(PORT)

serve: .venv/run.stamp assets ## serve the site in the data folder of this user
	$(BIN)/primacy serve --port $(PORT)

test: .venv/dev.stamp assets browser postgres check ## set up, check and run the tests, on SQLite and PostgreSQL
	FUZZ_CALLS=$(SHORT_FUZZ) $(BIN)/python -m pytest -n 2 --dist loadgroup $(LONG)
	@if $(BIN)/python -m tests.postgres --installed; then \
		$(BIN)/python -m tests.postgres -- $(BIN)/python -m pytest -n 2 --dist loadgroup $(LONG) $(FIRST_ON_POSTGRES); fi

test-all: .venv/dev.stamp assets browser postgres check ## every test, the long ones too, and all of them on PostgreSQL
	SUPPORT_STEPS=10000 SUPPORT_MONTH=full $(BIN)/python -m pytest -n 2 --dist loadgroup
	$(MAKE) test-postgres

test-postgres: .venv/dev.stamp ## every test that touches a database, on a private PostgreSQL
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m pytest -n 2 --dist loadgroup $(ON_POSTGRES)

check: .venv/dev.stamp ## lint, types, import directions, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache | tail -n 20
	$(BIN)/mypy
	PRIMACY_HOME=$$(mktemp -d) DJANGO_SETTINGS_MODULE=primacy.settings.embedded \
		$(BIN)/python -m django makemigrations --check --dry-run

bench: .venv/dev.stamp ## run every benchmark; JSON in benchmarks/results
	$(BIN)/python -m benchmarks

bench-web: .venv/dev.stamp assets ## load: 20 officers, 1,000,000 incidents, 500 districts, both databases
	$(BIN)/python -m benchmarks.web

bench-names: .venv/dev.stamp ## names of units: the matcher beside simple distances, and 100,000 names in one go
	$(BIN)/python -m benchmarks names

bench-forecast: .venv/dev.stamp ## forecasts: country-months of the VIEWS challenge, cells of two countries, the full grid
	$(BIN)/python -m benchmarks forecast

bench-persons: .venv/dev.stamp ## names and records of persons: the resolver beside logic-v2, FEBRL, 200,000 persons
	$(BIN)/python -m benchmarks persons

screens: .venv/dev.stamp assets browser ## screenshots of each page at both widths, in docs/screens
	$(BIN)/python -m tests.e2e.screens

assets: .venv/run.stamp ## browser libraries from npm, pinned; skipped where they are already right
	@$(BIN)/python frontend/vendor.py

messages: .venv/dev.stamp ## bring the catalogues of messages up to date with the source, and compile them
	$(BIN)/python -m language

lock: ## resolve the dependencies again into requirements/*.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate --extra gis --extra team pyproject.toml -o requirements/run.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate --extra gis --extra team --group dev pyproject.toml -o requirements/dev.lock

format: .venv/dev.stamp ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what make made (not the data folder of this user)
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build \
		frontend/node_modules src/primacy/faces/web/static/vendor

.PHONY: browser
browser: ## Debian's Chromium for the browser tests; as root it is installed
	@command -v chromium >/dev/null 2>&1 || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
		else \
			echo "No Chromium: the browser tests are skipped. Install it with: apt-get install chromium"; \
		fi

.PHONY: postgres
postgres: ## Debian's PostgreSQL for the tests; as root it is installed
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
			mkdir -p /etc/postgresql-common && \
			{ test -e /etc/postgresql-common/createcluster.conf || \
				echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf; } && \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
		else \
			echo "No PostgreSQL: its tests are skipped. Install it with: apt-get install postgresql"; \
		fi

.venv/uv.stamp:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@touch $@

.venv/run.stamp: .venv/uv.stamp requirements/run.lock pyproject.toml
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/run.lock
	PRIMACY_NO_ASSETS=1 $(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@
