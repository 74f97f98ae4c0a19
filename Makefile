# Everything here can be run from a clean clone; what a target needs it installs
# into $(TOOLS), or with apt-get after saying so. `make help` lists the targets.

GO       ?= go
FUZZTIME ?= 20s
ATTACK   ?= 10m
# Of each package's tests: these take minutes, on a machine that is busy many.
TIMEOUT  ?= 30m

# Versions of the tools. Each has its own folder, so that a new version is a new
# install and no branch disturbs another.
GOLANGCI_LINT_VERSION := v2.15.0
GOVULNCHECK_VERSION   := v1.9.0
NODE_VERSION          := 22.23.3

TOOLS         ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/roundtable/tools
GOLANGCI_LINT := $(TOOLS)/golangci-lint-$(GOLANGCI_LINT_VERSION)/golangci-lint
GOVULNCHECK   := $(TOOLS)/govulncheck-$(GOVULNCHECK_VERSION)/govulncheck
# Where `make peers` puts a Node when this machine's is older than the tests need.
NODE          := $(TOOLS)/node-$(NODE_VERSION)
export PATH   := $(NODE)/bin:$(PATH)

VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
PLATFORMS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64
# Static, without paths, times or a commit of the machine that builds: the same
# sources, version and Go give the same bytes.
STATIC    := CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=false -ldflags '-s -w -buildid= -X main.version=$(VERSION)'

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

.PHONY: build
build: ## build bin/roundtable for this machine
	$(STATIC) -o bin/roundtable ./cmd/roundtable

.PHONY: peers
peers: ## install what the tests talk to, if it is missing (Debian)
	@NODE_VERSION=$(NODE_VERSION) NODE=$(NODE) .ci/peers

.PHONY: test
test: peers ## run every test, with the race detector and real peers
	@race=-race; export CGO_ENABLED=1; \
	if ! command -v "$$($(GO) env CC)" >/dev/null; then \
		race=; export CGO_ENABLED=0; \
		echo '*** no C compiler: running WITHOUT the race detector ***' >&2; \
	fi; \
	set -x; ROUNDTABLE_REQUIRE_PEERS=1 $(GO) test $$race -timeout $(TIMEOUT) ./...

.PHONY: race
race: peers ## run every test three times in random order, with the race detector
	CGO_ENABLED=1 ROUNDTABLE_REQUIRE_PEERS=1 $(GO) test -race -count=3 -shuffle=on -timeout $(TIMEOUT) ./...

.PHONY: lint
lint: $(GOLANGCI_LINT) ## run golangci-lint, formatting included
	$(GOLANGCI_LINT) run ./...

.PHONY: fmt
fmt: $(GOLANGCI_LINT) ## format the sources
	$(GOLANGCI_LINT) fmt ./...

.PHONY: vuln
vuln: $(GOVULNCHECK) ## look for known vulnerabilities in what is called
	.ci/vuln $(GOVULNCHECK) ./...

.PHONY: rooms
rooms: ## check who imports what
	$(GO) test -count=1 .

.PHONY: check
check: fmt lint test vuln rooms ## what a change must pass; formats first

.PHONY: tidy-check
tidy-check: ## see that go.mod and go.sum are tidy
	$(GO) mod tidy -diff
	$(GO) mod verify

# Each line of targets is "folder FuzzName".
.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZTIME (20s)
	@grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . | sort | \
	sed -E 's|/[^/]*:func | |' | while read -r folder target; do \
		echo "== $$folder $$target"; \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$folder" </dev/null; \
	done

.PHONY: golden
golden: ## write the golden files anew; look at the diff afterwards
	@grep -rlE --include='*_test.go' 'flag\.Bool\("update"' . | xargs -r -n1 dirname | sort -u | \
	while read -r folder; do $(GO) test "$$folder" -update </dev/null; done
	@git status --short

.PHONY: crash
crash: ## kill the bot 100 times in the midst of a round
	ROUNDTABLE_KILLS=100 $(GO) test -count=1 -run '^TestCrash$$' -v ./e2e

.PHONY: journal-kills
journal-kills: ## kill a process 200 times while it writes and erases, and look for erased words
	ROUNDTABLE_KILLS=200 $(GO) test -count=1 -run '^TestKillsAndErasures$$' -v -timeout 30m ./journal/sqlite

.PHONY: journal-flips
journal-flips: ## flip 500 bits in copies of a journal, each to be noticed or without effect
	ROUNDTABLE_FLIPS=500 $(GO) test -count=1 -run '^TestFlips$$' -v ./journal/sqlite

.PHONY: chaos
chaos: ## cut Slack's sockets 200 times while a fifth of all calls fail
	ROUNDTABLE_CUTS=200 $(GO) test -count=1 -run '^TestChaos$$' -v ./chat/slack

.PHONY: slackrates
slackrates: ## send 1,060 messages to the fake Slack, which counts broken limits (4 minutes)
	$(GO) run ./bench/slackrates

.PHONY: e2e-mattermost
e2e-mattermost: peers ## talk to a real Mattermost server, which it builds (2 minutes at first)
	ROUNDTABLE_REQUIRE_PEERS=1 $(GO) test -count=1 -v -timeout $(TIMEOUT) ./chat/mattermost/...
	ROUNDTABLE_REQUIRE_PEERS=1 $(GO) test -count=1 -v -timeout $(TIMEOUT) -run Mattermost ./e2e/...

.PHONY: kills
kills: peers ## kill the bot 50 times while people talk on Mattermost and on Slack
	ROUNDTABLE_REQUIRE_PEERS=1 ROUNDTABLE_KILLS=50 $(GO) test -count=1 -run 'Kills$$' -v -timeout 30m ./e2e

.PHONY: rounds
rounds: peers ## live 20 whole rounds in a row on a real Mattermost
	ROUNDTABLE_REQUIRE_PEERS=1 ROUNDTABLE_ROUNDS=20 $(GO) test -count=1 -run '^TestMattermostRound$$' -v -timeout 60m ./e2e

.PHONY: pictures
pictures: ## draw docs/pictures.md, every kind of picture, anew
	$(GO) test -count=1 ./chart -run '^TestContactSheet$$' -pictures
	@git status --short docs

.PHONY: attack
attack: ## let an attacker look for hidden figures for ATTACK (10m), in ever other networks
	ROUNDTABLE_ATTACK=$(ATTACK) $(GO) test -count=1 -run '^TestAttacker$$' -v -timeout 60m ./benchmark/attack

# Who may see what, who may do what, and what is refused before it is kept: what is
# mutated, and whose tests must notice.
MUTATED := benchmark/view/*.go benchmark/small_number.go benchmark/common.go benchmark/common_means.go benchmark/overlap.go benchmark/note.go benchmark/note_shown.go benchmark/note_total.go
MUTATED_DECISIONS := benchmark/admission.go benchmark/admission_back.go benchmark/organisation*.go benchmark/round_organisations.go benchmark/settings.go benchmark/facilitator*.go benchmark/erasure.go benchmark/privacy.go benchmark/letters.go benchmark/waiting.go benchmark/merged_apart.go benchmark/common_known.go benchmark/several.go benchmark/leaving.go benchmark/instead.go benchmark/profession.go
MUTATED_WORDS := benchmark/freetext/*.go

.PHONY: mutants
mutants: ## change the rules that keep things hidden, one thing at a time, and list what no test notices (an hour)
	$(GO) run ./bench/mutants -tests './benchmark ./benchmark/attack' $(MUTATED)
	$(GO) run ./bench/mutants -tests './benchmark ./benchmark/attack' $(MUTATED_DECISIONS)
	$(GO) run ./bench/mutants -tests './benchmark/freetext' $(MUTATED_WORDS)

.PHONY: cover
cover: ## write cover.html and print the total
	ROUNDTABLE_REQUIRE_PEERS=1 $(GO) test -timeout $(TIMEOUT) -coverpkg=./... -coverprofile=cover.out ./...
	$(GO) tool cover -html=cover.out -o cover.html
	@$(GO) tool cover -func=cover.out | tail -n 1

.PHONY: bench
bench: ## run the benchmarks
	$(GO) test -run '^$$' -bench . -benchmem -timeout 30m ./...

.PHONY: release
release: ## build dist/ for all platforms, with SHA256SUMS
	rm -rf dist && mkdir dist
	@for platform in $(PLATFORMS); do \
		export GOOS=$${platform%/*} GOARCH=$${platform#*/}; suffix=; \
		if [ $$GOOS = windows ]; then suffix=.exe; fi; \
		echo "== $$GOOS/$$GOARCH"; \
		$(STATIC) -o "dist/roundtable_$(VERSION)_$${GOOS}_$$GOARCH$$suffix" ./cmd/roundtable; \
	done
	cd dist && if command -v sha256sum >/dev/null; then sha256sum -- *; else shasum -a 256 -- *; fi > ../SHA256SUMS && mv ../SHA256SUMS .
	@cat dist/SHA256SUMS

.PHONY: clean
clean: ## remove what the other targets wrote
	rm -rf bin dist cover.out cover.html

.PHONY: help
help: ## list the targets
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r target what; do printf '  %-15s %s\n' "$$target" "$$what"; done

# Tools are built by the Go at hand, for this machine whatever is being built.
$(GOLANGCI_LINT):
	@echo "installing golangci-lint $(GOLANGCI_LINT_VERSION) into $(@D) (a minute or two)"
	@GOOS= GOARCH= GOFLAGS= CGO_ENABLED=0 GOBIN=$(@D) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)

$(GOVULNCHECK):
	@echo "installing govulncheck $(GOVULNCHECK_VERSION) into $(@D)"
	@GOOS= GOARCH= GOFLAGS= CGO_ENABLED=0 GOBIN=$(@D) $(GO) install golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK_VERSION)
