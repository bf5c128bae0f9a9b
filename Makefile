# The commands of a checkout; `make` alone installs what is missing, validates the data and shows the weeks around the truce.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.PHONY: all install test build pictures notebooks clients format lint site release screenshots bench bench-page lock clean help

all: install ## install what is missing, validate the data, show the weeks around the truce
	@$(BIN)/hudna validate
	@$(BIN)/hudna view timeline --set from=2020-09-24 --set to=2020-10-11

install: $(STAMP) ## only install, into .venv

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'hudna needs Python 3.11 or newer, and `$(PYTHON)` is not: try make PYTHON=python3.13' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '`$(PYTHON)` cannot make an environment: on Debian and Ubuntu, apt install python3-venv' >&2; exit 1; }
	@echo 'Installing the locked requirements into .venv (once, about a minute) ...'
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

test: install ## run the tests
	@$(BIN)/pytest

build: install ## make what is generated anew, and the views in build/views
	@$(BIN)/hudna build

pictures: install ## draw the pictures of docs/pictures.md anew
	@for name in $$($(BIN)/hudna plot | grep '^[a-z]'); do \
	  $(BIN)/hudna plot $$name -o docs/pictures/$$name.svg || exit 1; done

notebooks: install ## run the scripts of docs/notebooks anew (needs R) and keep what they print
	@LC_ALL=C.UTF-8 $(BIN)/python docs/notebooks/start.py >docs/notebooks/start.py.out
	@LC_ALL=C.UTF-8 Rscript docs/notebooks/start.R >docs/notebooks/start.R.out

format: install ## put code and data into their canonical form
	@$(BIN)/ruff format
	@$(BIN)/hudna format

lint: install ## check the code's form and habits
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

site: install ## these pages as plain HTML in build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs --quiet build --config-file docs/site/mkdocs.yml
	@echo build/site/index.html

release: install ## write dist/, twice, and see that both are the same; make release ARGS="--tag v0.2.0"
	@$(BIN)/hudna release -o dist --quiet $(ARGS)
	@umask 077; TZ=Pacific/Kiritimati LC_ALL=C PYTHONHASHSEED=1 \
	  $(BIN)/hudna release -o build/again --quiet $(ARGS) >/dev/null
	@diff -r dist build/again && echo 'Built twice, with another time zone, locale and umask: the same bytes.'

clients: install ## run every client over the package and write docs/clients.md (needs R and Node)
	@$(BIN)/python -m tests.integration.clients --write

screenshots: install ## take the pictures of docs/page.md anew (Chromium)
	@$(BIN)/python -m tests.screenshots

bench: install ## compare with other validators: make bench ROWS="100000 1000000" ARGS=--profile
	@$(BIN)/python -m tests.benchmarks $(ARGS) $(ROWS)

bench-page: install ## measure how soon the page shows its first picture (Chromium); into docs/page.md
	@$(BIN)/python -m tests.benchmarks.first_picture $(ARGS)

lock: ## lock the requirements again; `make lock UPGRADE=--upgrade` takes newer ones
	@$(PYTHON) -m venv build/uv
	@build/uv/bin/pip install -qq --disable-pip-version-check uv
	@build/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --group test --group docs \
	  --extra excel --extra network --extra pictures --extra polars --extra serve \
	  --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' $(UPGRADE) --output-file requirements.lock pyproject.toml

clean: ## remove what was built and installed
	@rm -rf build dist .venv .pytest_cache .ruff_cache .hypothesis

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "make %-11s%s\n", $$1, $$2 }'
