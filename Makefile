# Two commands matter: `make run` and `make test`. `make help` lists the rest.
# Settings for one call are given on the command line: make run PORT=8080 HOST=0.0.0.0

PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
VENV_PYTHON := .venv/bin/python
export PORT HOST

.DEFAULT_GOAL := help
.PHONY: help run larger test sweep check format bench assets translations shell clean

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z][a-z-]*:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Prepare what is missing and start the portal (HOST=127.0.0.1 PORT=8000); Ctrl-C stops it
	@sh scripts/with_python.sh scripts/run.py

larger: ## The larger set-up on this machine: DATABASE_URL=postgres://… REDIS_URL=redis://… WORKERS=2
	@sh scripts/with_python.sh scripts/run.py --layout larger --workers '$(WORKERS)'

test: ## Install what tests need and run them all (REQUIRE_ALL=1: leaving anything out is a failure)
	@sh scripts/with_python.sh scripts/test.py

sweep: ## Open every page in Chromium, light and dark, wide and narrow: accessibility, content policy, width, language
	@sh scripts/with_python.sh scripts/prepare.py dev
	@$(VENV_PYTHON) -m pytest -q -m sweep

check: ## Lint, types, migrations, translations, architecture, production settings, compose, nginx and systemd files
	@sh scripts/with_python.sh scripts/check.py

format: ## Put the code into the house format
	@sh scripts/with_python.sh scripts/prepare.py dev
	@$(VENV_PYTHON) -m ruff check --fix-only --quiet . && $(VENV_PYTHON) -m ruff format --quiet .

bench: ## Measure against the goals: a table and var/bench.json (SMALL=1: a short run)
	@sh scripts/with_python.sh scripts/bench.py

assets: ## Build the browser files in static/ from the pinned sources in frontend/ (needs Node)
	@sh scripts/with_python.sh scripts/assets.py

translations: ## Join locale/parts/*.po into the Chinese catalogue and compile it
	@sh scripts/with_python.sh scripts/prepare.py dev
	@$(VENV_PYTHON) scripts/merge_translations.py

shell: ## A Python shell with the portal's models
	@sh scripts/with_python.sh scripts/prepare.py run
	@$(VENV_PYTHON) manage.py shell

clean: ## Remove caches and build products; keeps var/ (your data) and .venv/
	@rm -rf .pytest_cache .mypy_cache .ruff_cache staticfiles
	@find . -path ./.venv -prune -o -type d -name __pycache__ -print | xargs -r rm -rf
