# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Foresail needs Node >= 22.19. Where the host's is older, one is fetched from the npm registry into an
# ignored folder and put first on PATH: nothing outside this checkout changes.
NODE_VERSION := 24.21.0
NODE_ARCH := $(if $(filter aarch64 arm64,$(shell uname -m)),arm64,x64)
NODE_FRESH := $(shell node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.stdout.write(String(a>22||(a===22&&b>=19)))' 2>/dev/null)
ifeq ($(NODE_FRESH),true)
TOOLCHAIN :=
else
TOOLCHAIN := .toolchain/node_modules/node-linux-$(NODE_ARCH)/bin/node
endif
export PATH := $(CURDIR)/node_modules/.bin:$(CURDIR)/.toolchain/node_modules/node-linux-$(NODE_ARCH)/bin:$(PATH)

.PHONY: help setup demo test coverage verify types lint format arch generate test-cluster bench hpa-cases clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(TOOLCHAIN):
	@echo "Node $$(node --version 2>/dev/null || echo '(none)') is too old: fetching $(NODE_VERSION) into .toolchain"
	npm install --prefix .toolchain --no-save --no-package-lock --silent node-linux-$(NODE_ARCH)@$(NODE_VERSION)

node_modules/.installed: package.json package-lock.json .npmrc | $(TOOLCHAIN)
	npm ci --silent
	@touch $@

setup: node_modules/.installed ## Install all that the other targets need

demo: setup ## Backtest a shipped recording and print the verdict (no cluster)
	node controller/cli/foresail.js backtest examples/flights-in-air.csv --start-up 180s

test: setup ## Unit, table, property and golden-file tests
	vitest run --config .config/vitest.config.ts

coverage: setup ## The same tests, with coverage
	vitest run --config .config/vitest.config.ts --coverage

types: setup ## Type-check
	tsc -p tsconfig.json

lint: setup ## Lint (type-aware) and formatting
	eslint --config .config/eslint.config.js --max-warnings 0 .
	biome ci --config-path .config/biome.json --error-on-warnings .

format: setup ## Format in place
	biome check --write --config-path .config/biome.json .

arch: setup ## Architecture rules: who may import whom, unused code
	depcruise --config .config/dependency-cruiser.cjs forecaster controller benchmarks examples
	knip --config .config/knip.json

generate: setup ## Generate the CRD from controller/api
	node controller/api/generate.ts

verify: types lint arch generate ## Types, lint, architecture rules, generated files clean
	@git diff --exit-code -- crds || { echo 'Generated files differ from what is committed: run make generate and commit.'; exit 1; }

test-cluster: setup ## Scenarios on a real control plane and a real Prometheus
	node controller/test-cluster/run.ts

bench: setup ## Score a folder of recordings: make bench TRACES=folder
	node benchmarks/score-folder.ts $(TRACES)

hpa-cases: setup ## Run recorded cases of the real HPA through ours: make hpa-cases FILES=cases.json
	node benchmarks/hpa-cases.ts $(FILES)

clean: ## Remove what the targets made
	rm -rf node_modules .toolchain coverage .artefacts
