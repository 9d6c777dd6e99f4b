# The product's commands. `make help` lists them; everything they need is installed into this folder.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

ENV ?=
PYTHON ?= python3
# Of drills: the set-up that they are played in, bluegreen, article or both.
VARIANT ?= bluegreen
# What installers leave in their temporary folder stays in this one.
OWN_TMP := mkdir -p .build/tmp && TMPDIR="$(CURDIR)/.build/tmp"
VENV := .venv/bin
STAMP := .build/stamp
HOST_ARCH := $(subst aarch64,arm64,$(shell uname -m))
ARCH ?= $(HOST_ARCH)
RUST_HOST = $(shell rustc -vV | sed -n 's/^host: //p')

RUST := Cargo.toml Cargo.lock rust-toolchain.toml
CHECK_SOURCES := $(shell find hook_rust/check -name '*.rs' -o -name Cargo.toml 2>/dev/null)
HOOK_SOURCES := $(RUST) $(CHECK_SOURCES) $(shell find hook_rust/src hook_rust/Cargo.toml -type f 2>/dev/null)
SERVICE_SOURCES := $(RUST) $(shell find service_rust -name '*.rs' -o -name Cargo.toml 2>/dev/null)
PROXY_SOURCES := $(RUST) $(shell find proxy_rust -type f 2>/dev/null)
BINDING_SOURCES := $(RUST) $(CHECK_SOURCES) $(shell find python_bindings -type f ! -name '*.so' ! -path '*/__pycache__/*' 2>/dev/null)

export CARGO_TARGET_DIR := $(CURDIR)/target
# Bytecode is kept: without it every command starts about a second later.
unexport PYTHONDONTWRITEBYTECODE
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ?= 20
export CHECKPOINT_DISABLE := 1

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'
	@echo
	@echo "  ENV=name chooses an environment: $(filter-out foundation,$(patsubst environments/%.toml,%,$(wildcard environments/*.toml)))"

# --- The two commands ---------------------------------------------------------------------------------------------

.PHONY: rehearse
rehearse: setup build ## The whole story, live, on this machine: no AWS account needed
	@$(VENV)/bluegreen rehearse

.PHONY: drills
drills: setup build ## Every drill: what goes wrong in a release, under visitors, and a report (docs/drills.md)
	@$(VENV)/bluegreen rehearse --drill all --variant $(VARIANT)

SPREAD := --dist loadfile --no-loadscope-reorder

.PHONY: test
test: setup build check $(STAMP)/checkov ## The checks: formats, linters, import rules, types, cargo test, pytest
	cargo test --locked --workspace --quiet
	@# More workers than cores: these tests wait for Terraform and for clocks more than they work.
	$(VENV)/pytest -m "not slow" -n 3 $(SPREAD)

# --- Set-up -------------------------------------------------------------------------------------------------------

.PHONY: setup
setup: $(STAMP)/tools $(STAMP)/jsii $(STAMP)/proxy ## Install everything the commands need (into this folder)

$(STAMP)/tools: scripts/require rust-toolchain.toml
	@scripts/require python3 node cargo cc terraform
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/python: requirements/uv.txt requirements/all.txt pyproject.toml | $(STAMP)/tools
	@echo "Installing the Python packages (hash-pinned) into .venv"
	@$(PYTHON) -m venv .venv
	@$(OWN_TMP) $(VENV)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(OWN_TMP) $(VENV)/uv pip sync --quiet --require-hashes --python $(VENV)/python requirements/all.txt
	@$(OWN_TMP) $(VENV)/uv pip install --quiet --no-deps --no-build-isolation --offline --python $(VENV)/python -e .
	@rm -f $(STAMP)/bindings $(STAMP)/proxy
	@touch $@

$(STAMP)/bindings: $(STAMP)/python $(BINDING_SOURCES)
	@echo "Building the Python bindings of the hook's checks"
	@$(OWN_TMP) && export TMPDIR && cd python_bindings && VIRTUAL_ENV=$(CURDIR)/.venv ../$(VENV)/maturin develop --quiet --locked --release --uv \
	  > ../.build/bindings.log 2>&1 || { cat ../.build/bindings.log >&2; exit 1; }
	@touch $@

$(STAMP)/proxy: $(STAMP)/python $(PROXY_SOURCES)
	@echo "Building the proxy of the loopback"
	@$(OWN_TMP) && export TMPDIR && cd proxy_rust && VIRTUAL_ENV=$(CURDIR)/.venv ../$(VENV)/maturin develop --quiet --locked --profile proxy --uv \
	  > ../.build/proxy.log 2>&1 || { cat ../.build/proxy.log >&2; exit 1; }
	@touch $@

$(STAMP)/jsii: $(STAMP)/bindings
	@echo "Warming the cache of the CDKTF library"
	@$(VENV)/python -m bluegreen.infra.warm
	@touch $@

$(STAMP)/cdktf: package.json package-lock.json
	@scripts/require node npm
	@echo "Installing the cdktf command (423 MB)"
	@npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/cross: requirements/cross.txt $(STAMP)/python
	@$(VENV)/uv pip install --quiet --require-hashes --python $(VENV)/python -r requirements/cross.txt
	@touch $@

$(STAMP)/checkov: requirements/checkov.txt | $(STAMP)/python
	@echo "Installing checkov (219 MB), in an environment of its own: it pins an old boto3"
	@$(PYTHON) -m venv .build/checkov
	@$(OWN_TMP) $(VENV)/uv pip sync --quiet --require-hashes --python .build/checkov/bin/python requirements/checkov.txt
	@touch $@

$(STAMP)/workflows: requirements/workflows.txt $(STAMP)/python
	@$(OWN_TMP) $(VENV)/uv pip install --quiet --require-hashes --python $(VENV)/python -r requirements/workflows.txt
	@touch $@

.PHONY: requirements
requirements: $(STAMP)/python ## Pin the Python packages anew from requirements/*.in
	for name in uv all release cross checkov workflows; do \
	  $(VENV)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links requirements/$$name.in -o requirements/$$name.txt; \
	done

# --- Building -----------------------------------------------------------------------------------------------------

.PHONY: build
build: target/service/rust-api .build/hook/$(HOST_ARCH)/bootstrap.zip ## Build the API, the hook and the bindings for this machine

target/service/rust-api: $(SERVICE_SOURCES) | $(STAMP)/tools
	@echo "Building the API"
	@cargo build --quiet --locked --profile service -p rust-api --bins --examples
	@touch $@

# In a folder of its own: what cargo builds otherwise names the folders of this machine.
target/hook/release/bootstrap: $(HOOK_SOURCES) scripts/build-hook | $(STAMP)/tools
	@echo "Building the hook"
	@scripts/build-hook build --quiet --target-dir target/hook
	@touch $@

.build/hook/$(HOST_ARCH)/bootstrap.zip: target/hook/release/bootstrap bluegreen/infra/hook_archive.py | $(STAMP)/python
	@$(VENV)/python -m bluegreen.infra.hook_archive $< $@

.PHONY: hook
hook: $(STAMP)/python ## Build the hook's archive for Lambda (ARCH=arm64 or x86_64)
ifeq ($(ARCH),$(HOST_ARCH))
	@$(MAKE) --no-print-directory .build/hook/$(ARCH)/bootstrap.zip
else
	@scripts/cross-hook $(ARCH)
endif

# --- Infrastructure -----------------------------------------------------------------------------------------------

.PHONY: synth
synth: setup ## Write the Terraform of every environment (or ENV's) to cdktf.out
	@BLUEGREEN_ENVIRONMENTS=$(ENV) $(VENV)/python main.py

.PHONY: plan
plan: setup ## Show and judge what a deploy would change (ENV=…, STACK=foundation for the registry, ALLOW="address …")
	@set -f; scripts/plan "$(ENV)" "$(or $(STACK),$(ENV))" $(ALLOW)

.PHONY: cdktf
cdktf: setup $(STAMP)/cdktf ## Install the cdktf command into node_modules (docs/cdktf.md)

.PHONY: deploy destroy
deploy: ## Apply the Terraform of ENV through the cdktf command (STACK=foundation first)
destroy: ## Destroy what deploy made
deploy destroy: setup
	@scripts/cdktf $@ "$(ENV)" "$(or $(STACK),$(ENV))"

.PHONY: bootstrap
bootstrap: setup ## Make the foundation, and move Terraform's state into its bucket (as often as you like)
	@$(VENV)/python -m bluegreen.terraform_state bootstrap

.PHONY: unlock
unlock: $(STAMP)/python ## Say who has the state of ENV (or STACK=foundation) locked; free the lock (ID=…) of one that is dead
	@$(VENV)/python -m bluegreen.terraform_state unlock "$(or $(STACK),$(ENV))" $(ID)

# --- Checks -------------------------------------------------------------------------------------------------------

.PHONY: check
check: setup $(STAMP)/workflows ## Formatters and linters in check mode, import rules, types
	$(VENV)/ruff format --check --quiet .
	$(VENV)/ruff check --quiet .
	$(VENV)/lint-imports --no-cache
	$(VENV)/pyrefly check --summary=none
	$(VENV)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml examples/github/*.yml
	$(VENV)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	$(VENV)/zizmor --quiet --offline .github/workflows examples/github action.yml
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets --quiet -- -D warnings
	$(VENV)/hadolint service_rust/Dockerfile

.PHONY: snapshots
snapshots: setup ## Write down anew what each stack says (tests/infra/snapshots), to be read in the diff
	$(VENV)/pytest -q tests/infra/test_snapshots.py --snapshot-update

SEEDS ?= 2000
.PHONY: simulate
simulate: setup ## Live through SEEDS random histories of the CodeDeploy engine (START=n, SEED=n for one of them)
	@$(VENV)/python -m tests.loopback.simulation --seeds $(SEEDS) --start $(or $(START),0) --processes 2 $(if $(SEED),--seed $(SEED))

.PHONY: test-all
test-all: test $(STAMP)/cdktf ## The tests that take longer as well
	$(VENV)/pytest -m slow --ignore tests/drills -n 2 $(SPREAD)
	$(VENV)/pytest -m slow tests/drills

.PHONY: bench
bench: setup ## What hook, bindings, API and loopback cost, each beside a reference of the same run (some minutes)
	@$(VENV)/python -m benches

.PHONY: fuzz
fuzz: export RUSTFLAGS := --cfg fuzzing -Cpasses=sancov-module $(addprefix -Cllvm-args=-sanitizer-coverage-,level=4 \
  inline-8bit-counters pc-table trace-compares) -Cdebug-assertions -Ccodegen-units=1
fuzz: export CARGO_PROFILE_RELEASE_LTO := off
fuzz: export CARGO_PROFILE_RELEASE_STRIP := none
fuzz: $(STAMP)/tools ## Look for input that breaks the hook's parsers, SECONDS=n for each of them
	cargo build --quiet --locked --release -p fuzz --bins --target-dir target/fuzz --target $(RUST_HOST)
	for target in $(notdir $(wildcard hook_rust/fuzz/corpus/*)); do \
	  mkdir -p .build/fuzz/$$target; \
	  FUZZ_TARGET=$$target target/fuzz/$(RUST_HOST)/release/fuzz -max_total_time=$(or $(SECONDS),10) -max_len=65536 \
	    -rss_limit_mb=512 -verbosity=0 -print_final_stats=1 -artifact_prefix=.build/fuzz/$$target- \
	    .build/fuzz/$$target hook_rust/fuzz/corpus/$$target; \
	done

.PHONY: format
format: setup ## Format Python and Rust
	$(VENV)/ruff format --quiet .
	$(VENV)/ruff check --quiet --fix .
	cargo fmt --all

.PHONY: clean
clean: ## Remove what was built (state files stay)
	rm -rf .venv .build node_modules target cdktf.out
