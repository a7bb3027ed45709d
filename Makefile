# make demo   a graph from the dispatches in seeds/, answers, distances, and an explorable page
# make test   all tests
# make check  style and types          make bench  quality and speed
# make train  remake the language model (about two hours on two cores; not needed to use it)

PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
STORE := $(ENV)/demo-store
SOURCES := pyproject.toml $(shell find kg ontology -type f -not -name '*.pyc')

.PHONY: demo test check bench train clean

$(BIN)/pip:
	$(PYTHON) -m venv $(ENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(ENV)/installed: $(BIN)/pip $(SOURCES)
	$(BIN)/pip install --quiet .
	touch $@

$(ENV)/tested: $(BIN)/pip pyproject.toml
	$(BIN)/pip install --quiet '.[test]'
	touch $@ $(ENV)/installed

$(ENV)/developed: $(BIN)/pip pyproject.toml
	$(BIN)/pip install --quiet '.[dev]'
	touch $@ $(ENV)/tested $(ENV)/installed

demo: $(ENV)/installed
	rm -rf $(STORE)
	$(BIN)/kg build seeds --store $(STORE)
	$(BIN)/kg query casualties-by-speaker --store $(STORE)
	$(BIN)/kg query who-claims-control --store $(STORE)
	$(BIN)/kg query equipment-lost-by-operator-and-type --store $(STORE)
	$(BIN)/kg query contradictions --store $(STORE)
	$(BIN)/kg near --store $(STORE)
	$(BIN)/kg view --store $(STORE) -o demo.html
	@echo "Open demo.html in a browser; it needs no network."

test: $(ENV)/tested
	$(BIN)/python -m pytest

check: $(ENV)/developed
	$(BIN)/ruff check kg tests bench
	$(BIN)/ruff format --check kg tests bench
	$(BIN)/mypy

bench: $(ENV)/tested
	$(BIN)/python -m bench

train:
	$(PYTHON) -m venv $(ENV)-train
	$(ENV)-train/bin/pip install --quiet '.[train]'
	$(ENV)-train/bin/python -m training.train

clean:
	rm -rf $(ENV) $(ENV)-train demo.html
