# Two commands matter: `make run` and `make test`. Both do all the set-up they need, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all:

.PHONY: run test check lock
run: $(VENV)/.ready-to-run
	$(BIN)/python -m scorecard serve

test: $(VENV)/.ready-to-test check
	$(BIN)/python -m pytest

check: $(VENV)/.ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready-to-run: requirements.txt | $(BIN)/python
	@echo "Setting up: this takes about a minute, once."
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.ready-to-test: requirements-test.txt | $(BIN)/python
	@echo "Setting up the tests: this takes about a minute, once."
	$(PIP) -r requirements-test.txt
	@touch $@ $(VENV)/.ready-to-run

# The lock files: exact versions with hashes, for Python 3.11 and newer, wheels only.
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --only-binary :all: --custom-compile-command "make lock"
lock: $(VENV)/.ready-to-test
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-test.in -o requirements-test.txt -c requirements.txt
