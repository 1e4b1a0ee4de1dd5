# make run: set up and serve the demonstration · make test: set up and run every test · make check: what CI checks
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8050
# What bench-scale keeps between runs: some 10 GB.
STORES ?= $(CURDIR)/.scale-stores
# Tests start many processes: what one has compiled the others take, whatever the surroundings say.
COMPILED := PYTHONDONTWRITEBYTECODE=
# The tests of a file stay on one worker, where what they share is made once. The longest, in browsers, come early.
BY_FILE := --dist loadfile --no-loadscope-reorder
export COALITION_HOME ?= $(CURDIR)/.coalition

.PHONY: run test test-long check lint bench bench-scale screenshots setup setup-test browser-assets clean

run: $(VENV)/.ready browser-assets
	$(VENV)/bin/coalition demo --if-empty
	$(VENV)/bin/coalition serve --port $(PORT)

test: setup-test lint
	$(COMPILED) $(PY) -m pytest -n 3 $(BY_FILE) -m "not long"

test-long: setup-test
	$(COMPILED) $(PY) -m pytest -n 2 --dist loadgroup -m long

check: test

lint: setup-test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: setup-test
	$(PY) -m benchmarks

bench-scale: setup-test
	$(PY) -m benchmarks --scale --stores $(STORES)

screenshots: setup-test
	$(PY) -m benchmarks.screenshots

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --editable '.[all]'
	@sh dashboard/exports/setup_pango.sh
	@touch $@

setup-test: $(VENV)/.ready-test browser-assets

$(VENV)/.ready-test: pyproject.toml $(VENV)/.ready
	$(PY) -m pip install --quiet --editable '.[all,test]'
	sh tests/setup_browser.sh
	@touch $@

# Smaller chart bundle where npm is there; without it the full bundle of the plotly package is served.
browser-assets: $(VENV)/.ready
	@sh assets/fetch_bundle.sh $(PY)

clean:
	rm -rf $(VENV) .coalition .browser-assets
