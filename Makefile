# Muster: every command a person needs. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install run test test-release check fix demo bench docs coverage-of-requirements clean

help: ## this list
	@printf 'Muster 基层武装工作台\n\n'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-34s%s\n", $$1, $$2}'

run: ## set up, create the demo county, run its story and serve it
	@$(PYTHON) tools/setup.py run
	@$(BIN)/muster demo
	@$(BIN)/muster serve $(ARGS)

install: ## set up only, for an office of your own (docs/guide/office.md)
	@$(PYTHON) tools/setup.py run

test: ## set up, check, and run every test on SQLite and on PostgreSQL
	@$(PYTHON) tools/setup.py test
	@$(BIN)/python tools/run_tests.py $(ARGS)

test-release: ## the same with the long tests (full scope matrix, many seeds)
	@$(PYTHON) tools/setup.py test
	@$(BIN)/python tools/run_tests.py --release $(ARGS)

check: ## style, types, import contracts, migrations, translations, house rules
	@$(PYTHON) tools/setup.py test --no-system
	@$(BIN)/python tools/check.py $(ARGS)

fix: ## let the formatters mend what they can
	@$(PYTHON) tools/setup.py test --no-system
	@$(BIN)/python tools/check.py --fix

demo: ## run the demo county's year again and write its documents to out/
	@$(PYTHON) tools/setup.py run
	@$(BIN)/muster demo --reset --out out $(ARGS)

bench: ## measure against peers and limits, e.g. make bench ARGS="import --rows 10000"
	@$(PYTHON) tools/setup.py test --no-system
	@$(BIN)/python -m bench $(ARGS)

docs: ## write the generated reference pages (glossary, requirements, commands, settings)
	@$(PYTHON) tools/setup.py test --no-system
	@$(BIN)/python tools/reference.py write

coverage-of-requirements: ## which tests prove which of the 205 requirements
	@$(PYTHON) tools/setup.py test --no-system
	@$(BIN)/python tools/requirements_coverage.py $(ARGS)

clean: ## remove what set-up, tests and demo made (not an office's data)
	@$(PYTHON) tools/setup.py clean
