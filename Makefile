# What a person does with a checkout. Each target makes its own .venv; `make` alone says what there is.
# The packages are those of constraints.txt. PYTHON=python3.12 chooses the interpreter, ARGS goes to pytest.

BIN := .venv/bin
# over the cores, file by file as tests/conftest.py says; what needs a Neo4j stays together
SPREAD := --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

# tests pass wrong arguments on purpose and look into what may be missing: then they fail
TESTS_MAY := $(addprefix --disable-error-code=,arg-type union-attr var-annotated) --no-warn-unused-ignores
# what an inner loop runs: no browser, no database, nothing that starts programs over and over
NOT_QUICK := broken careless commands explorer extension figure filters formats headings lifetimes \
    'neo4j*' output path_kernels questions rdf readme seed shapes template wheel
QUICK := $(foreach name,$(NOT_QUICK),--ignore-glob=tests/test_$(name).py)

.PHONY: help demo test quick check readme oracle clean

help: ## say what there is
	@echo 'make TARGET, one of:'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1	\2/p' Makefile

demo: .venv/installed ## check the seed, show influence paths and a comparison, write out/
	$(BIN)/diaspora-graph demo

test: .venv/installed-dev ## run every test, also the examples in README, docs and docstrings
	$(BIN)/python -X warn_default_encoding -m pytest $(SPREAD) $(ARGS)

quick: .venv/installed-dev ## run the tests of an inner loop, in about a minute
	$(BIN)/python -X warn_default_encoding -m pytest -q $(SPREAD) $(QUICK) $(ARGS)

check: .venv/installed-dev ## format, lint, types, directions of imports
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy --strict src
	$(BIN)/mypy tests $(TESTS_MAY)
	$(BIN)/lint-imports

readme: .venv/installed-dev ## write what commands print into README and the codebook anew
	$(BIN)/python tests/support/readme.py
	$(BIN)/diaspora-graph codebook -o seed/README.md

oracle: .venv/installed-dev ## compare brokerage and other measures with R, where it is installed
	PYTHONPATH=tests/support $(BIN)/python tests/support/oracle.py

clean: ## remove what the other targets made
	rm -rf .venv out dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One environment, two stamps: who only wants the demo does not wait for the tools of development.
.venv/installed: pyproject.toml constraints.txt | .venv/made
	@$(call install,-e .)
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/made
	@$(call install,-e '.[dev]')
	@touch .venv/installed $@

.venv/made:
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "making .venv with $$($$python --version)"; \
	        $$python -m venv .venv && touch $@; exit; \
	    fi; \
	done; \
	echo "diaspora-graph needs Python 3.11 or later; $(or $(PYTHON),python3) here is" \
	    "$$($(or $(PYTHON),python3) --version 2>&1 || true)." >&2; \
	echo 'Install one, or name one that you have: make demo PYTHON=/path/to/python3.12' >&2; \
	exit 1

# A download that breaks off is the usual failure, so one more try. (pip keeps what it has fetched.)
define install
	echo "installing $(1) into .venv (the first time takes a few minutes)"; \
	try() { $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $(1); }; \
	try || { echo 'pip did not finish; one more try' >&2; sleep 5; try; }
endef
