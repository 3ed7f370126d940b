# make run: sets up and starts everything.  make test: sets up and runs the tests.
PYTHON ?= python3
CHROMIUM ?= chromium
BIN := .venv/bin

.PHONY: setup setup-dev run test lint soak bench parts vulnerabilities rich-menu static clean help

help:  ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/installed  ## virtual environment with what the service needs
setup-dev: .venv/installed-dev  ## the same with what tests and checks need

run: setup  ## start the service on this machine and print its address
	@$(BIN)/python -m bot run

test: setup-dev  ## run the tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: setup-dev  ## style, types, import order
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

soak: setup-dev  ## the promises at full length (hours): 500 kills, ten minutes of load, a million residents
	@SOAK=1 $(BIN)/python -m pytest tests/promises tests/browser/test_reachable.py tests/browser/test_every_page.py tests/web/test_hostile.py tests/test_kill.py tests/test_disaster.py tests/faq/test_writing.py tests/store/test_booking_race.py -s

bench: setup-dev  ## measure, beside peers, and print ratios
	@$(BIN)/python -m tests.bench

parts: setup-dev  ## list what the service is made of anew: docs/parts.md with licences, docs/sbom.cdx.json
	@$(BIN)/python .ci/parts.py write

vulnerabilities: setup-dev  ## ask whether anything is known against what is locked (asks osv.dev)
	@$(BIN)/python .ci/vulnerabilities.py

clean:  ## remove the virtual environment (data in var/ stays)
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; ok = (3, 11) <= v < (3, 14); sys.exit(0 if ok else "Python 3.11, 3.12 or 3.13 is needed; %s is %d.%d. Say which to use: make PYTHON=python3.12 ..." % (sys.executable, *v))'
	@$(PYTHON) -m venv .venv || { echo 'No venv module. On Debian or Ubuntu: sudo apt-get install python3-venv'; rm -rf .venv; exit 1; }

.venv/installed: requirements.lock | .venv/bin/python
	@echo 'Installing the locked dependencies into .venv ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	@echo 'Installing the locked dependencies and test tools into .venv ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ .venv/installed

rich-menu:  ## draw the menus below the talk from data/rich_menu/labels.toml (needs Chromium and the Noto fonts)
	@$(BIN)/python -m bot.menu_drawing data/rich_menu $(CHROMIUM)

static: setup  ## fetch the design tokens and htmx anew and build the pages' style sheets (needs npm)
	@$(BIN)/python -m web.make_static --fetch
