# Two commands matter: `make demo` and `make test`. Both make their own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASES ?= ../shared/cases
JUDGE ?= ../shared/judge/judge.py
RESULTS ?= judge-results
SEEDS ?= 1-3
DAYS ?= 3
PEOPLE ?= 20
# `vidocq demo` shows a month; what `make demo` shows is to be there within two minutes.
DEMO_DAYS ?= 14

.PHONY: demo test types bench judge rehearse clean

$(BIN)/vidocq: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("vidocq needs Python 3.11 or newer: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/dev: $(BIN)/vidocq
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(BIN)/vidocq
	@$(BIN)/vidocq demo --out demo --days $(DEMO_DAYS)

# Chromium opens the report in the tests; where it is missing and may be installed, it is.
test: $(VENV)/dev
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null)
	@$(BIN)/ruff check src tests
	@$(BIN)/mypy
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4

types: $(VENV)/dev
	@$(BIN)/mypy

# Every file in bench/ that can be run is a measurement; one that is added needs no line here.
bench: $(BIN)/vidocq
	@$(BIN)/python bench

# Recordings and judge lie beside the project where it is developed; a clone has neither, and needs neither.
judge: $(BIN)/vidocq
	@test -f $(JUDGE) || { echo "no judge at $(JUDGE): set JUDGE=... and CASES=..."; exit 1; }
	@$(PYTHON) $(JUDGE) run $(CASES) --command '$(CURDIR)/$(BIN)/vidocq investigate {input} --out {out} {mapping}' --results $(RESULTS)

# Made-up organisations with every attack and its innocent twins inside, scored by the judge if it lies there, else by the bench itself.
rehearse: $(BIN)/vidocq
	@$(BIN)/python bench/rehearse.py --seeds $(SEEDS) --days $(DAYS) --people $(PEOPLE) --judge $(JUDGE)

clean:
	rm -rf $(VENV) demo build dist $(RESULTS)
