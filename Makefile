# Two commands matter: `make run` and `make test`. Both do all the set-up they need, once.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile --require-hashes --only-binary :all:
# It installs the same lock as pip in a tenth of the time.
UV := $(BIN)/uv pip install --quiet --system-certs --link-mode copy --python $(BIN)/python --require-hashes --only-binary :all:
DEMO := SCORECARD_DEMONSTRATION=1 $(BIN)/python -m scorecard

# What Python compiled is kept, even where the machine's settings say not to: each of the many starts would compile all
# of it again, which takes longer than all the rest of a start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run demo test check room format benchmark lock soak
.DEFAULT_GOAL := run

# The pages on the plan's real figures.
run: $(VENV)/.ready-to-run
	$(BIN)/python -m scorecard serve --port $(PORT)

# The pages on invented figures, in a store of their own.
demo: $(VENV)/.ready-to-run
	$(DEMO) demonstrate
	$(DEMO) serve --port $(PORT)

# Every check and every test; finds a browser and PostgreSQL's programs, or says how to get them and fails.
test: check
	$(BIN)/python -m tests.journeys.browser
	$(BIN)/python -m tests.postgresql
	$(BIN)/python -m pytest

check: $(VENV)/.ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	$(BIN)/lint-imports

# One room while you work on it: make room ROOM=extract/parse. As many of its tests as fit into WITHIN seconds, those that
# failed last and those of what was changed first; TESTS names some of them.
ROOM ?= core
# Its own tests; where a part of a room has none, the whole room's.
TESTS ?= $(firstword $(wildcard tests/$(ROOM) tests/$(dir $(ROOM)) tests/$(firstword $(subst /, ,$(ROOM)))))
WITHIN ?= 3
room: $(VENV)/.ready-to-test
	$(BIN)/ruff check scorecard/$(ROOM) $(TESTS)
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 0 -x --within $(WITHIN) $(TESTS)

format: $(VENV)/.ready-to-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmark: $(VENV)/.ready-to-test
	$(BIN)/python -m benchmarks

# What takes too long for every test: thousands of damaged files, killed readers and writers, crowds. It wants nginx.
soak: $(VENV)/.ready-to-test
	$(BIN)/python -m pytest -m long
	$(BIN)/python -m benchmarks.under_load.soak
	$(BIN)/python -m benchmarks.under_load.writers

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "No environment could be made. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }

$(VENV)/.ready-to-run: requirements.txt | $(BIN)/python
	@echo "Setting up: this takes about a minute, once."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.ready-to-test: requirements-test.txt | $(BIN)/python
	@echo "Setting up the tests: this takes a minute or two, once."
	@sed -n '/^uv==/,/[^\\]$$/p' $< > $(VENV)/uv.txt && $(PIP) -r $(VENV)/uv.txt
	@$(UV) -r $< || { echo "uv could not; pip does it."; $(PIP) -r $<; }
	@touch $@ $(VENV)/.ready-to-run

# The lock files: exact versions with hashes, for Python 3.11 and newer, wheels only.
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --only-binary :all: --custom-compile-command "make lock"
lock: $(VENV)/.ready-to-test
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-test.in -o requirements-test.txt -c requirements.txt
