# The commands of the README. `scripts/setup` installs what is missing, once.
PYTHON := .venv/bin/python

.PHONY: install install-test run serve shots test test-postgres test-all accuracy bench fuzz corpus sbom licences lint
install:
	@scripts/setup

install-test:
	@scripts/setup test

run: install
	@.venv/bin/congvan ingest corpus --archive outputs/archive

serve: install
	@.venv/bin/congvan serve --archive outputs/archive

# Pictures of every page of the desk, wide, narrow and printed; and the two of the README, from the demo archive.
shots: run install-test
	CONGVAN_SHOTS=outputs/shots $(PYTHON) -m pytest tests/congvan/web/test_every_page.py
	$(PYTHON) -m scripts.shots

lint: install-test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

test: lint
	$(PYTHON) -m pytest -m "not whole" -n auto --dist loadfile

# The tests of what asks the index, with the index on a PostgreSQL of its own, which is taken away at the end.
test-postgres: install-test
	$(PYTHON) scripts/on_postgres.py $(PYTHON) -m pytest -m "not whole" -n auto --dist loadfile $(ON_THE_INDEX)
ON_THE_INDEX := tests/congvan/archive tests/congvan/register tests/congvan/intake tests/congvan/commands \
	tests/congvan/web tests/congvan/dataset tests/congvan/audit tests/congvan/test_face.py

test-all: lint
	$(PYTHON) -m pytest

accuracy: install
	$(PYTHON) -m bench.accuracy

bench: install-test
	$(PYTHON) -m bench

# Strange files until the time is up: make fuzz MINUTES=30
MINUTES := 10
fuzz: install-test
	$(PYTHON) -m bench.fuzz --minutes $(MINUTES)

# What the program is made of: a CycloneDX bill of materials, and every package with its licence and size.
sbom licences: install-test
	$(PYTHON) scripts/supply.py $@

corpus: install
	$(PYTHON) -m corpus.build
