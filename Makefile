# Two commands: `make demo` shows what acmspec does, `make test` proves it. Each sets up all it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := specs/examples/rapid_rehousing/spec.yaml

.PHONY: demo test lint format long clean
.DEFAULT_GOAL := demo

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q acmspec
	touch $@

$(VENV)/.tested: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/acmspec run $(EXAMPLE)
	@echo
	@echo 'Open out/*/dashboard.html in a browser and out/*/clauses.docx in a word processor.'

test: $(VENV)/.tested lint
	$(BIN)/python -m pytest -n auto --dist loadgroup

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The same at length: 100,000 formulas said in English and read back, 500 vocabularies, 60,000 edits, long random runs.
long: $(VENV)/.tested
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n auto --dist loadgroup

clean:
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
