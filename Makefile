# make demo   a graph from the dispatches in seeds/, answers, distances, and an explorable page
# make test   all tests
# make check  style and types          make bench  quality and speed
# make bench-quality  quality against the reference; DATA=folder of the public sets, ../shared/data if not given
# make bench-speed  speed against spaCy, rdflib, BallTree; how cost grows with the articles
# make notebook  run docs/notebook.ipynb and write its outputs
# make trust  kills, equal bytes, load, hostile input, the API: docs/trust.md has the figures
# make lock   the development environment with hashes; make audit: known faults in it; make sbom: what it is made of
# make train DATA=…   remake the language model (hours on two cores; not needed to use it)

PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
STORE := $(ENV)/demo-store
SOURCES := pyproject.toml $(shell find kg ontology -type f -not -name '*.pyc')

.PHONY: demo test check bench bench-quality bench-speed notebook trust api locked lock audit sbom train clean

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
	$(BIN)/python -m bench --data $(or $(DATA),../shared/data)

bench-quality: $(ENV)/tested
	$(BIN)/python -m bench.quality --data $(or $(DATA),../shared/data)

bench-speed: $(ENV)/tested
	$(BIN)/python -m bench.speed

notebook: $(ENV)/tested
	$(BIN)/python docs/notebook.py

trust: $(ENV)/tested
	$(BIN)/python -m bench.crash
	$(BIN)/python -m bench.same
	$(BIN)/python -m bench.load
	KG_CASES=20 $(BIN)/python -m pytest tests/trust

# tries the OpenAPI document of a running server; stores what it sends nowhere
SERVER := $(or $(URL),http://127.0.0.1:8000)
api: $(BIN)/pip
	@$(BIN)/python -c "from urllib.request import urlopen; urlopen('$(SERVER)/health')" 2>/dev/null || \
	  { echo "make api: no server at $(SERVER); start one beside this: kg serve, or name another: make api URL=…" >&2; exit 2; }
	$(PYTHON) -m venv $(ENV)-api
	$(ENV)-api/bin/pip install --quiet 'schemathesis>=4,<5'
	$(ENV)-api/bin/schemathesis run $(SERVER)/openapi.json --checks not_a_server_error,status_code_conformance,content_type_conformance --max-examples 100 --no-color

LOCK := requirements/dev.txt
TOOLS := $(ENV)-tools/bin
$(TOOLS)/uv:
	$(PYTHON) -m venv $(ENV)-tools
	$(TOOLS)/pip install --quiet 'uv>=0.9' 'pip-audit>=2.9' 'cyclonedx-bom>=7'

locked: $(BIN)/pip
	$(BIN)/pip install --quiet --require-hashes -r $(LOCK)
	$(BIN)/pip install --quiet --no-deps .

lock: $(TOOLS)/uv
	$(TOOLS)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade -o $(LOCK)

# what pip-audit cannot look up it skips and calls clean; here that is no pass
AUDITED := $(ENV)-tools/audit.txt
audit: $(TOOLS)/uv
	@$(TOOLS)/pip-audit --progress-spinner off --require-hashes --disable-pip -r $(LOCK) $(AUDIT) >$(AUDITED) 2>&1; \
	found=$$?; missed=$$(grep -c 'could not be audited' $(AUDITED)); \
	grep -v 'could not be audited\|Skip Reason\|^[- ]*$$\|^No known' $(AUDITED); \
	if [ $$missed -gt 0 ]; then \
	  echo "make audit: NOT DONE for $$missed of the packages, their known faults cannot be looked up from here." >&2; \
	  echo "Run it where the internet can be reached, or ask another list: make audit AUDIT='-s osv'" >&2; exit 2; \
	elif grep -q '^Found ' $(AUDITED); then \
	  echo "make audit: raise these versions (make lock), or say in SECURITY.md why they do no harm" >&2; exit 1; \
	elif [ $$found -ne 0 ]; then \
	  echo "make audit: NOT DONE, pip-audit failed as above; it needs a network" >&2; exit 2; \
	else echo "make audit: no known fault in $(LOCK)"; fi

sbom: $(TOOLS)/uv
	$(TOOLS)/cyclonedx-py requirements $(LOCK) --pyproject pyproject.toml --output-reproducible -o sbom.json

RUN := $(ENV)-train/run
TRAIN := $(ENV)-train/bin/python -m training.train --data $(DATA)
train:
	test -d "$(DATA)/train" || { echo "make train DATA=folder of the corpora (training/README.md names them)"; exit 2; }
	$(PYTHON) -m venv $(ENV)-train
	$(ENV)-train/bin/pip install --quiet '.[train]'
	$(TRAIN) --out $(RUN)/teacher --steps 7600 --head-lr 1e-3
	$(ENV)-train/bin/python -m training.export $(RUN)/teacher/last.pt --data $(DATA) --folder $(RUN)/model
	$(ENV)-train/bin/python -m training.silver --data $(DATA) --model $(RUN)/model --out $(RUN)/silver.jsonl
	$(TRAIN) --out $(RUN)/student --start $(RUN)/teacher/last.pt --silver $(RUN)/silver.jsonl \
	  --own training/corpus --model $(RUN)/model --steps 3000
	$(ENV)-train/bin/python -m training.export $(RUN)/student/last.pt --data $(DATA)
	$(ENV)-train/bin/python -m training.happenings
	$(ENV)-train/bin/python -m training.coref --data $(DATA)
	$(ENV)-train/bin/python -m training.score --data $(DATA)

clean:
	rm -rf $(ENV) $(ENV)-train $(ENV)-api $(ENV)-tools demo.html sbom.json
