# The two commands of a newcomer: `make dev` and `make test`.

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

# In CI the checkout is fresh each time; what Cargo builds is kept in a cache beside it.
ifneq ($(strip $(CI)),)
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kontor/target
endif
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help dev test lint web bench system system-test

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dev: system web ## Install what is missing, build, and run Kontor on http://localhost:8080
	cargo build --workspace
	exec $(TARGET)/debug/kontor dev

test: system-test lint web ## Install what is missing, then run every check and test
	npm --prefix web run check
	cargo xtask test

lint: web ## Check format, lints, architecture, and the dependencies' licences and sources
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo xtask arrows
	cargo xtask deny

web: web/node_modules/.package-lock.json ## Build styles and scripts
	npm --prefix web run build

bench: system web ## Measure a release build beside pgbench, into docs/benchmarks.md
	cargo build --release --workspace
	$(TARGET)/release/kontor-bench

system:
	@deploy/install.sh

system-test:
	@deploy/install.sh test

# npm writes this file last.
web/node_modules/.package-lock.json: web/package-lock.json
	npm --prefix web ci --no-audit --no-fund
	@touch $@
