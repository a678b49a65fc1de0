# The one door. `make demo` and `make test` are all a newcomer needs.
SHELL := /bin/bash
PORT ?= 8080
DATA ?= data
JOBS ?= $(shell nproc)

.PHONY: help setup setup-run web build deb demo test soak bench lint format bless clean
help:
	@echo "make demo    install what is missing, build, load the programmes, assess, serve on 127.0.0.1:$(PORT)"
	@echo "make test    everything that must hold, as CI runs it"
	@echo "make build   the program: build/release/gangmu      make lint    layout of the code and the packs in programmes/"
	@echo "make deb     the Debian package: build/deb/gangmu_*.deb"
	@echo "make bench   measure speed                          make soak    the long campaigns"
	@echo "make bless   renew generated documents and screenshots"

setup:
	@tools/setup.sh

# What building and running takes; browsers, other compilers and servers are for the tests.
setup-run:
	@tools/setup.sh --run-only

# The front end is optional for C++ work: without npm the program serves a stub page that says so.
web:
	@tools/web.sh

build: web
	@cmake --preset release >build/release.log 2>&1 || { cat build/release.log; exit 1; }
	@cmake --build --preset release --target gangmu -j $(JOBS)

deb: setup-run build
	@python3 deploy/sbom.py build/release/gangmu web/package-lock.json 0.1.0 >build/release/gangmu.cdx.json
	@rm -rf build/deb; cd build/release && cpack -B ../deb >../deb.log 2>&1 || { cat ../deb.log; exit 1; }
	@ls build/deb/gangmu_*.deb

demo: setup-run build
	@build/release/gangmu demo --data $(DATA) --port $(PORT)

test: setup
	@tools/ci/run.sh

soak: setup
	@tools/soak.sh

bench: setup web
	@tools/bench.sh

lint: build
	@tools/layout.sh --check
	@build/release/gangmu lint programmes/*

format: web
	@tools/layout.sh

bless: setup build
	@tools/bless.sh

clean:
	rm -rf build web/dist
