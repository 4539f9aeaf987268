# The two commands of a newcomer: `make dev` and `make test`.

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

# In CI the checkout is fresh each time; what Cargo builds is kept in a cache beside it.
ifneq ($(strip $(CI)),)
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kontor/target
endif
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help dev test lint contract web e2e bench system system-test system-browser

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dev: system web ## Install what is missing, build, and run Kontor on http://localhost:8080
	cargo build --workspace --bin kontor
	exec $(TARGET)/debug/kontor dev

test: system-test lint web ## Install what is missing, then run every check and test
	npm --prefix web run check
	cargo xtask test
	@$(MAKE) e2e
	$(MAKE) contract

lint: web ## Check format, lints, architecture, and the dependencies' licences and sources
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo xtask arrows
	cargo xtask deny

contract: system-test web ## Hold a running server against the API's own document
	cargo build --workspace
	deploy/contract/run.sh

web: web/node_modules/.package-lock.json ## Build styles and scripts
	npm --prefix web run build

e2e: system-browser web ## Tell the first story in Chromium, by mouse and by keyboard
	cargo build --workspace
	KONTOR=$(abspath $(TARGET))/debug/kontor npm --prefix web run e2e

bench: system web ## Measure a release build beside pgbench, into docs/benchmarks.md
	cargo build --release --workspace --bin kontor --bin kontor-bench
	$(TARGET)/release/kontor-bench

system:
	@deploy/install.sh

system-test:
	@deploy/install.sh test

system-browser:
	@deploy/install.sh browser

# npm writes this file last.
web/node_modules/.package-lock.json: web/package-lock.json
	npm --prefix web ci --no-audit --no-fund
	@touch $@
