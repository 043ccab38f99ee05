# Each target sets up what it needs first; see scripts/bootstrap.sh.
PYTHON = .venv/bin/python
SHELL = /bin/sh

.PHONY: demo test lint types bench accuracy format clean

demo: ## build the demonstration case and its report
	@scripts/bootstrap.sh fonts
	@rm -rf demo-case
	@.venv/bin/sousveil demo --case demo-case

test: ## lint, types, layers and every test
	@scripts/bootstrap.sh system
	@.venv/bin/ruff check src tests benchmarks scripts
	@.venv/bin/ruff format --check src tests benchmarks scripts
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder

bench: ## our figures and the peers' side by side; results go to benchmarks/results
	@UV_GROUPS="--group bench" scripts/bootstrap.sh fonts
	@$(PYTHON) -m benchmarks.run

accuracy: ## fields on ../shared/gold and on labels of other records, calibration, a peer; what purchases do; intervals and stopping; recognition (OCR_PAGES a variant)
	@scripts/bootstrap.sh
	@$(PYTHON) -m benchmarks.accuracy_case
	@$(PYTHON) -m benchmarks.accuracy_labels
	@$(PYTHON) -m benchmarks.calibration
	@$(PYTHON) -m benchmarks.peer_fields
	@$(PYTHON) -m benchmarks.classification
	@$(PYTHON) -m benchmarks.classify_accuracy
	@$(PYTHON) -m benchmarks.estimates
	@$(PYTHON) -m benchmarks.agreement
	@$(PYTHON) -m benchmarks.accuracy_ocr --pages $(or $(OCR_PAGES),60) --out benchmarks/results/ocr_accuracy.json

format:
	@.venv/bin/ruff format src tests benchmarks scripts
	@.venv/bin/ruff check --fix src tests benchmarks scripts

clean:
	rm -rf .venv .uv demo-case .pytest_cache .mypy_cache .ruff_cache .hypothesis
