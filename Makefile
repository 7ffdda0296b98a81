# Everything a newcomer needs. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help setup demo app test hostile torture fuzz lint bench bench-tools bundle sbom clean screenshots

help: ## Shows this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs what is missing: system packages, Rust tools, Node modules
	@scripts/setup.sh

demo: ## Sets everything up, indexes the bundled sample and opens the application on it
	@scripts/setup.sh --without-tests
	@scripts/demo.sh

app: ## Builds the application and opens it empty
	@scripts/setup.sh --without-tests
	@scripts/build.sh app
	@scripts/open.sh

test: ## Sets everything up and runs every test, the real window included
	@scripts/setup.sh
	@scripts/test.sh

hostile: ## Runs what is in docs/promises.md from the command line: every bad input, and what no export may touch
	@scripts/setup.sh
	@scripts/hostile.sh

torture: ## Kills, cuts, damages and fills the ledger's disk many times; prints the figures (ten minutes on two quiet processors)
	@scripts/setup.sh
	@scripts/torture.sh

fuzz: ## Hands every parser bytes that nobody thought of, a minute each; prints what was tried and found
	@scripts/setup.sh --fuzz
	@scripts/fuzz.sh

lint: ## Formatting, clippy, and the linter of the front end
	@scripts/setup.sh --without-tests
	@scripts/lint.sh

bench: ## Indexes and measures 100,000 and 1,000,000 generated documents; prints the figures
	@scripts/setup.sh --without-tests
	@scripts/bench.sh

bench-tools: ## Installs the public tools that bench then runs beside Assay (pip, in .cache)
	@scripts/bench-tools.sh

bundle: ## Builds the packages of this system (.deb, .rpm, AppImage) and, as root on Debian, tries the installed .deb
	@scripts/setup.sh
	@scripts/bundle.sh

sbom: ## Lists what each program is made of, with licences, as CycloneDX; held against what is linked
	@scripts/setup.sh --sbom
	@scripts/sbom.sh

screenshots: ## Copies the chosen pictures of the last end-to-end run into docs/screenshots
	@scripts/screenshots.sh

clean: ## Removes what was built, downloaded and indexed by these commands
	rm -rf target ui/dist ui/node_modules tests/e2e/node_modules tests/e2e/out .cache
