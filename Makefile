PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq
INSTALLED := .venv/installed
OURS := model scenarios calibration dashboards
# A file of tests stays in one process, because what it shares is dear; browsers come last.
CORES := --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help install dashboard test lint compiled format bench bench-pages screens generic mechanisms watching hall coverage recovery words targets priors past standing levels calibration sweep sizes effects grades campaigns docs lock wheelhouse clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Make .venv with everything in it; does nothing if nothing changed

dashboard: install ## Open the pages on this machine
	@echo "Starting the pages. The first time, compiling the model takes up to a minute."
	@$(PY) -m dashboards.serve $(ARGS)

test: install ## Check everything, as CI does; ARGS goes to pytest
	@$(MAKE) --no-print-directory --jobs=2 lint compiled
	@CHROMIUM=$$(.ci/browser) && export CHROMIUM && $(PY) -m pytest $(CORES) $(ARGS)

lint: install ## Check format, style, types and the direction of imports
	@$(PY) -m ruff format --check --quiet . || { echo "make format would change these files."; exit 1; }
	@$(PY) -m ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m tests.structure

compiled: install ## Compile the model, as its first run would
	@$(PY) -c "from scenarios import evaluate; evaluate(families=4, years=1)"

format: install ## Lay out the code and mend what can be mended safely
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

bench: install ## Measure speed and memory
	@$(PY) -m benchmarks $(ARGS)

bench-pages: install ## Measure what the pages cost in a real browser (minutes)
	@CHROMIUM=$$(.ci/browser) && export CHROMIUM && $(PY) -m benchmarks.pages $(ARGS)

screens: install ## Take pictures of the pages for the documentation, of Verken every state (minutes)
	@CHROMIUM=$$(.ci/browser) && export CHROMIUM && $(PY) -m benchmarks.pages.screens $(ARGS)

generic: install ## Live a run compiled for any x86-64 processor: the same bits? (minutes)
	@$(PY) -m tests.generic

mechanisms: install ## Measure what each mechanism of the month costs; ARGS="--against COMMIT"
	@$(PY) -m benchmarks.mechanisms $(ARGS)

watching: install ## Measure what it costs to watch and judge a run, beside the run
	@$(PY) -m benchmarks.watching $(ARGS)

hall: install ## Sixty phones in a room beside a full-size run, twenty minutes; ARGS="--alone --minutes 2"
	@CHROMIUM=$$(.ci/browser) && export CHROMIUM && $(PY) -m benchmarks.hall $(ARGS)

coverage: install ## Measure how often intervals hold the truth, on the model (minutes)
	@$(PY) -m benchmarks.coverage $(ARGS)

recovery: install ## Hold runs of a calibration back, and find them again: do intervals hold them? ARGS="fit"
	@$(PY) -m benchmarks.recovery $(ARGS)

words: install ## Open the page with twelve seeds: do its words hold? (minutes)
	@$(PY) -m benchmarks.words $(ARGS)

targets: install ## Make the targets and their page from the published figures
	@$(PY) -m calibration.targets.make
	@$(PY) -m dashboards.documents

priors: install ## Live worlds drawn from the priors and hold them against the targets (a minute or two)
	@$(PY) -m calibration.priors.predictive $(ARGS)
	@$(PY) -m dashboards.documents

past: install ## Live the long run from which the start is drawn, after a change of rules or ledger (four minutes)
	@$(PY) -m model.run.past

standing: install ## Live the base for twenty years: what does not stand still? (a minute)
	@$(PY) -m calibration.standing

levels: install ## Set the levels of the base on the fit targets, in the ledger (minutes)
	@$(PY) -m calibration.levels
	@$(PY) -m ruff format --quiet model
	@$(PY) -m model.run.past
	@$(PY) -m dashboards.documents

calibration: install ## Fit the world to the figures and ship the posterior (an hour)
	@$(PY) -m calibration.posterior fit
	@$(PY) -m calibration.posterior ship
	@$(PY) -m calibration.posterior recover
	@$(PY) -m ruff format --quiet model
	@$(PY) -m model.run.past
	@$(PY) -m calibration.posterior effects
	@$(PY) -m dashboards.documents

sweep: install ## Live every lever over its range: is there a knife edge? (minutes)
	@$(PY) -m calibration.sweep

sizes: install ## Live small runs against large ones: does every outcome agree? (minutes)
	@$(PY) -m calibration.sizes

effects: install ## Live every scenario: what each does now, beside what it did before (a minute)
	@$(PY) -m calibration.effects.live $(ARGS)
	@$(PY) -m dashboards.documents

grades: install ## Live every scenario in worlds drawn grade by grade; goes on where it stopped (half an hour)
	@$(PY) -m calibration.grades $(ARGS)

campaigns: compiled ## Try to break it in thousands of ways, up to 90 minutes; goes on where it stopped
	@$(PY) -m tests.campaigns $(ARGS)

docs: install ## Build the reference into site/, without a network; a link that leads nowhere fails
	@$(PY) -m sphinx --fail-on-warning --keep-going --quiet docs site
	@echo "Written: site/index.html"

lock: | $(PY) ## Write requirements.lock anew; ARGS=--upgrade takes newer versions
	@$(PIP) install uv
	@$(PY) -m uv pip compile pyproject.toml --all-extras --group build --quiet $(ARGS) \
	  --universal --python-version 3.12 --generate-hashes --no-annotate --no-header \
	  --output-file requirements.lock

wheelhouse: install ## Gather all packages for a room without a network
	@$(PIP) install uv
	@rm -rf wheelhouse && mkdir wheelhouse
	@$(PY) -m uv pip compile pyproject.toml --extra spss --extra calibration \
	  --constraint requirements.lock --quiet \
	  --universal --python-version 3.12 --generate-hashes --no-annotate --no-header \
	  --output-file wheelhouse/requirements.txt
	@$(PIP) wheel --require-hashes --requirement wheelhouse/requirements.txt --wheel-dir wheelhouse
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir wheelhouse .
	@$(PY) .ci/wheelhouse.py wheelhouse requirements.lock

clean: ## Remove .venv and all caches of the tools
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .campaigns test-results build dist site wheelhouse
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@python=$$(.ci/python) && echo "Making .venv with $$("$$python" --version)" && "$$python" -m venv --clear .venv

$(INSTALLED): requirements.lock pyproject.toml | $(PY)
	@echo "Installing the packages of requirements.lock into .venv (one to two minutes the first time)"
	@$(PIP) install --no-compile --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@# Where Python may not write bytecode later, every start would take three times as long.
	@$(PY) -W ignore -m compileall -qq -j 0 -x '/tests/' .venv/lib $(OURS)
	@touch $@
