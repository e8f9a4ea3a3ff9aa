# Two commands after a clone: `make grade` and `make test`. Each sets up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The real MNIST files, where they lie beside the checkout; otherwise the user's cache, a download, or the embedded digits.
ifneq ($(wildcard ../shared/mnist/train-images-idx3-ubyte*),)
ifeq ($(GRADEKIT_MNIST),)
export GRADEKIT_MNIST := $(abspath ../shared/mnist)
endif
endif

# Submissions, not matrix rows, share out the cores.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help setup grade test check verify verify-full docs bench attacks release experiments clean

help: ## Show this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(READY) ## Make .venv with the locked dependencies.

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
	  || { echo "gradekit needs Python 3.10 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "no virtual environment could be made: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
	@echo "installing the locked dependencies into $(VENV)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

grade: $(READY) ## Grade the bundled class of sample submissions into grades/.
	@$(BIN)/gradekit grade autograder/corpus/sample-class --out grades
	@$(BIN)/gradekit report grades --format table > /dev/null && echo "gradebook: grades/gradebook.csv   feedback: grades/feedback/"

test: $(READY) ## Run the kit's own tests, with line coverage of the engine.
	@$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

check: $(READY) ## Lint, types, import contract, generated files in sync: what CI demands besides the tests.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gradekit release --check

release: $(READY) ## Generate assignment/ and the students' zip from solution/.
	@$(BIN)/gradekit release

verify: $(READY) ## Measure how often grades are wrong, on a sample: right refused, wrong paid, named wrong, luck.
	@$(BIN)/gradekit verify

verify-full: $(READY) ## The same for everything, not a sample; writes the result into docs/grading-quality.md.
	@$(BIN)/gradekit verify --full --report docs/grading-quality.md

attacks: $(READY) ## Grade hostile hand-ins among honest ones; any surprise ends it non-zero.
	@$(BIN)/gradekit attacks

docs: $(READY) ## Build the documentation into site/, with every link checked.
	@$(BIN)/zensical build --strict && echo "documentation: site/index.html"

bench: $(READY) ## Measure speed, as ratios in one run (installs scikit-learn and PyTorch).
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements-bench.txt
	@$(BIN)/python -m benchmarks

experiments: $(READY) ## Run the lab's comparisons on linear and XOR data: tables, plots and a page in results/experiments/.
	@MPLBACKEND=agg $(BIN)/python solution/experiments.py all --out results/experiments

clean: ## Remove what the other targets made.
	rm -rf $(VENV) grades dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
