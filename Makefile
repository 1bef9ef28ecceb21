# make site    sets everything up and builds the site into site/            make serve   shows it, and builds again what you edit
# make test    builds it and runs every check                               make bench   measures it against its budgets
# make lock    renews the locked requirements                               make clean   removes all but what was installed
# Nothing is touched outside this folder: Python's packages go to .venv/, npm's to node_modules/, caches to .cache/.

PYTHON ?= python3

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_cache := $(CURDIR)/.cache/npm
export XDG_CACHE_HOME := $(CURDIR)/.cache
export IPYTHONDIR := $(CURDIR)/.cache/ipython
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test bench lock clean
.NOTPARALLEL:

# Derives what has changed, builds both languages side by side (mkdocs build --strict), and replaces the old site only when both are whole.
site: .venv/.self node_modules/.site
	python -m derivations.publish.site

serve: .venv/.self node_modules/.site
	python -m derivations.publish.serve

test: .venv/.test node_modules/.test site
	ruff format --check . derivations/*/*.py derivations/*/*/*.py
	ruff check .
	mypy
	python -m tests.mutation
	pytest --numprocesses auto --dist worksteal

bench: .venv/.test .venv/.self node_modules/.test
	python -m bench

clean:
	rm -rf build site

# --- Set-up: each file marks what is installed, and is made again when its lock changes ---
# jieba and yattag (asked for by cosmic-ray) come as source only; requirements-build.txt is what builds them, so that this too is locked.

# What pip installs knows where it lies. In a checkout that was moved or copied it is installed again.
ifeq ($(shell test ! -f .venv/pyvenv.cfg || grep -cF -- " $$(cd .venv && pwd -P)" .venv/pyvenv.cfg),0)
$(info This checkout was moved here: what lies in .venv/ is installed again.)
$(shell rm -f .venv/.site .venv/.test .venv/.self)
endif

# The names and sizes of what npm has installed, which its mark remembers. Where something is gone or cut short, npm installs it again.
INSTALLED = find node_modules -type f ! -name .site ! -name .test -exec wc -c {} + | LC_ALL=C sort | cksum
ifneq ($(shell test ! -s node_modules/.site || $(INSTALLED) | cmp -s - node_modules/.site || echo changed),)
$(shell rm -f node_modules/.site node_modules/.test)
endif

.venv/.site: requirements-build.txt requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv
	pip install --quiet --require-hashes --requirement requirements-build.txt
	pip install --quiet --require-hashes --no-build-isolation --requirement requirements.txt
	touch $@

# The checkout itself, so that a script runs from anywhere and `import derivations` finds it: in place, offline, by the locked builder.
.venv/.self: .venv/.site
	pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@

.venv/.test: requirements-test.txt .venv/.site
	pip install --quiet --require-hashes --no-build-isolation --requirement requirements-test.txt
	touch $@

node_modules/.site: package.json package-lock.json .npmrc .venv/.site
	npm ci --omit=dev
	$(INSTALLED) > $@

node_modules/.test: package.json package-lock.json .npmrc .venv/.site
	npm ci
	$(INSTALLED) > node_modules/.site
	touch $@

# --- The locks: one version of each package for every Python from 3.11 on, each by its hashes ---

LOCK = .cache/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
       --generate-hashes --annotation-style line --custom-compile-command "make lock"

# npm also writes down whom one may sponsor; the lock needs no addresses.
WITHOUT_FUNDING = const fs = require("fs"), lock = JSON.parse(fs.readFileSync("package-lock.json")); \
                  for (const each of Object.values(lock.packages)) delete each.funding; \
                  fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n")

lock: .venv/.site
	$(PYTHON) -m venv --clear .cache/lock
	.cache/lock/bin/pip install --quiet uv
	echo setuptools | $(LOCK) - --output-file requirements-build.txt
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-test.in --output-file requirements-test.txt
	npm install --package-lock-only
	node -e '$(WITHOUT_FUNDING)'
