# Every everyday command of the project; `make help` lists them. Works in an empty clone with
# python3 (3.11.5 or newer), pip and make; npm only adds the fonts. Files are made anew only
# when what they are made from has changed, so a second run is quick.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# `make run PORT=9000 HOST=0.0.0.0 PUBLIC_URL=https://… ALLOW_PLAIN_HTTP=1`: make hands variables
# of its command line to the environment, where config.py reads them.
PYTEST_ARGS ?=

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
TYPED := $(wildcard *.py) eduapp tests $(sort $(dir $(wildcard bench/*.py migrations/*.py)))
FONTS := static/vendor/fonts
FONT_PACKAGES := atkinson-hyperlegible-next bricolage-grotesque
FONTS_DONE := $(FONTS)/bricolage-grotesque-LICENSE.txt
LIGHTHOUSE := node_modules/lighthouse/cli/index.js
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev fonts i18n run preview browser services dictionaries java test several check fix content-check messages lock bench reading attack look clean

help: ## list the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F'|' '{printf "make %-14s %s\n", $$1, $$2}'

## --- install ---------------------------------------------------------------

setup: $(VENV)/.installed ## install what the site needs into .venv

setup-dev: $(VENV)/.installed-dev ## the same, plus what checks and tests need

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "Python 3.11.5 or newer is needed; this is " + sys.version.split()[0] + ". Try: make setup PYTHON=python3.12")'
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing the site …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing the tools for checks and tests …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

fonts: $(FONTS_DONE) ## fetch the two fonts with npm; pages stand without them

$(FONTS_DONE): package-lock.json
	@mkdir -p $(FONTS)
	@if ! command -v npm >/dev/null; then \
		echo "Fonts left out: npm is not installed. Pages use the fonts of the device."; \
	elif ! npm ci --omit=dev --ignore-scripts --no-audit --no-fund --fetch-retries=0 --loglevel=silent >/dev/null; then \
		echo "Fonts left out: npm could not fetch them. Pages use the fonts of the device."; \
	else \
		for font in $(FONT_PACKAGES); do \
			cp node_modules/@fontsource-variable/$$font/files/$$font-latin-wght-normal.woff2 $(FONTS)/ && \
			cp node_modules/@fontsource-variable/$$font/LICENSE $(FONTS)/$$font-LICENSE.txt || exit 1; \
		done; \
		touch $@; \
	fi

i18n: $(CATALOGUES:.po=.mo) ## compile the translations

%.mo: %.po $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@

# $(call debian,What needs them,packages): install packages of Debian, or say which are missing.
define debian
if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	if command -v apt-get >/dev/null && { [ -z "$$sudo" ] || command -v sudo >/dev/null; }; then \
		echo "Installing $(2) …"; \
		$$sudo apt-get update -qq && \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2) >/dev/null && exit 0; \
	fi; \
	echo "$(1): install the packages $(2) (Debian: apt-get install $(2))." >&2; exit 1
endef
HAS := has() { for name; do command -v $$name >/dev/null && return; done; return 1; }

browser: ## find Chromium, Firefox and w3m, or install them
	@$(HAS); chromium=; has chromium chromium-browser google-chrome || chromium=chromium; \
	firefox=; has firefox-esr firefox || firefox=firefox-esr; \
	w3m=; has w3m || w3m=w3m; \
	missing=$$(echo $$chromium $$firefox $$w3m); [ -z "$$missing" ] && exit 0; \
	$(call debian,The browser tests need more,$$missing)

services: ## find PostgreSQL, Redis, nginx and libfaketime for the tests with several machines, or install them
	@PATH=$$PATH:/usr/sbin:/usr/local/sbin; \
	$(HAS); postgresql=; has initdb /usr/lib/postgresql/*/bin/initdb || postgresql=postgresql; \
	redis=; has redis-server || redis=redis-server; \
	nginx=; has nginx || nginx=nginx; \
	faketime=; ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || faketime=faketime; \
	missing=$$(echo $$postgresql $$redis $$nginx $$faketime); [ -z "$$missing" ] && exit 0; \
	$(call debian,The tests with several machines need more,$$missing)

dictionaries: ## find hunspell with Dutch and French, or install them
	@hunspell -D 2>&1 </dev/null | grep -q '/nl_BE$$' && hunspell -D 2>&1 </dev/null | grep -q '/fr_BE$$' && exit 0; \
	$(call debian,The spelling test needs more,hunspell hunspell-nl hunspell-fr)

java: ## find Java for the HTML validator of `make look`, or install it
	@command -v java >/dev/null && exit 0; \
	$(call debian,The HTML validator needs Java,default-jre-headless)

## --- run -------------------------------------------------------------------

run: setup fonts i18n content-check ## start the site on this machine (HOST, PORT, PUBLIC_URL, ALLOW_PLAIN_HTTP)
	@exec $(BIN)/gunicorn

preview: setup fonts i18n ## write lessons: a saved file shows at once, with what the check says
	@PREVIEW=1 exec $(BIN)/gunicorn

## --- check and test --------------------------------------------------------

check: setup-dev i18n content-check ## everything a change must pass before the tests; under a minute
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(TYPED)
	@$(BIN)/lint-imports --no-cache --no-logo --config pyproject.toml
	@$(BIN)/python -m pytest -q tests/house

test: setup-dev browser services dictionaries fonts i18n ## the whole suite, with the browser journeys
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

several: setup-dev browser services fonts i18n ## the browser journeys once more, on two machines behind nginx; up to 10 minutes
	@SEVERAL=1 $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder tests/browser $(PYTEST_ARGS)

fix: setup-dev ## let ruff repair and format what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

content-check: setup ## read every lesson and compare the languages
	@$(BIN)/eduapp check-content

reading: setup-dev ## measure how easily the lessons read, into docs/reading-ease.md
	@$(BIN)/python -m tests.content.reading_table

attack: setup-dev browser fonts i18n ## every attack on anonymity, and on builds broken on purpose; up to 20 minutes (BUILD=name: only that build)
	@$(BIN)/python -m tests.attack $(if $(BUILD),--build $(BUILD))

look: setup-dev browser java fonts i18n $(LIGHTHOUSE) ## pictures of every page, validators, every lesson and the journeys in the other language played, Lighthouse, into build/look; up to 50 minutes (PART=lessons: only that)
	@$(BIN)/python -m tests.look $(PART)

# After the fonts, which leave out what only the look needs.
$(LIGHTHOUSE): package-lock.json | $(FONTS_DONE)
	@echo "Installing Lighthouse …"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

bench: setup-dev services fonts i18n ## measure the site on this machine (docs/performance.md)
	@$(BIN)/python -m bench

## --- keep up ---------------------------------------------------------------

messages: setup ## collect the messages of the code into the catalogues
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract --mapping=babel.cfg --add-location=file --sort-output --add-comments=L10N: \
		-k _l -k lazy_gettext -k lazy_ngettext:1,2 --project=mijnbeeld --output-file=build/messages.pot .
	@$(BIN)/pybabel --quiet update --input-file=build/messages.pot --output-dir=translations \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

lock: ## write the two lock files anew (needs uv)
	@export UV_PYTHON_DOWNLOADS=never; for name in requirements requirements-dev; do \
		uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal \
			--python-version 3.11.5 $$name.in --output-file $$name.lock || exit 1; done

clean: ## remove everything that was made; instance/ stays
	rm -rf $(VENV) build node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete 2>/dev/null || true
