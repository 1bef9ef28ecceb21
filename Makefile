# make site    sets everything up and builds the site into site/            make serve   shows it, and builds again what you edit
# make test    builds it and runs every check                               make bench   measures it against its budgets
# make check   looks at what was changed, within seconds                    make lock    renews the locked requirements
# make clean   removes all but what was installed                            make pdf     writes the articles as PDFs into the site
# Nothing is touched outside this folder: Python's packages go to .venv/, npm's to node_modules/, caches to .cache/.

PYTHON ?= python3

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_cache := $(CURDIR)/.cache/npm
export XDG_CACHE_HOME := $(CURDIR)/.cache
export IPYTHONDIR := $(CURDIR)/.cache/ipython
export NO_MKDOCS_2_WARNING := 1
# What Python has compiled is kept, even where the machine says otherwise: to compile the packages anew takes each command three seconds.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: site serve pdf set-up-to-test check test style bench lock clean
.NOTPARALLEL:

# The same without make: python -m derivations site (or serve), which sets up what is missing (derivations/command_line/setting_up.py).
site serve:
	@$(PYTHON) -m derivations $@

pdf: site
	python -m derivations pdf

set-up-to-test:
	@$(PYTHON) -m derivations.command_line.setting_up test

check: set-up-to-test
	python -m tests.changed

# While the derivations run, which takes one processor, what tests need is installed, form and types are looked at, and mutants judged.
test:
	@$(PYTHON) -m derivations.command_line.setting_up modules
	{ $(MAKE) --no-print-directory set-up-to-test style && python -m tests.mutation; } & \
	  $(PYTHON) -m derivations site; built=$$?; wait $$! && exit $$built
	pytest --numprocesses auto --dist worksteal

style:
	ruff format --check . derivations/*/*.py derivations/*/*/*.py
	ruff check .
	mypy

bench: set-up-to-test
	python -m bench

clean:
	rm -rf build site

# --- The locks: one version of each package for every Python from 3.11 on, each by its hashes ---

LOCK = .cache/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
       --generate-hashes --annotation-style line --custom-compile-command "make lock" --excludes requirements-without.txt

# What readers run in their browsers: for the machine that the npm package `pyodide` is.
BROWSER = $(shell $(PYTHON) -c "from derivations.command_line.setting_up import BROWSER; print(BROWSER)")

# npm also writes down whom one may sponsor; the lock needs no addresses.
WITHOUT_FUNDING = const fs = require("fs"); \
                  for (const file of ["package-lock.json", "bench/package-lock.json", "tests/firefox/package-lock.json"]) { \
                    const lock = JSON.parse(fs.readFileSync(file)); \
                    for (const each of Object.values(lock.packages)) delete each.funding; \
                    fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n"); \
                  }

lock: set-up-to-test
	$(PYTHON) -m venv --clear .cache/lock
	.cache/lock/bin/pip install --quiet uv
	echo setuptools | $(LOCK) - --output-file requirements-build.txt
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-test.in --output-file requirements-test.txt
	$(subst --excludes requirements-without.txt,,$(LOCK)) bench/requirements.in --output-file bench/requirements.txt
	rm -rf .cache/lock/browser
	.cache/lock/bin/pip download --quiet --no-deps $(BROWSER) --dest .cache/lock/browser $$(grep --only-matching '^python-flint==[^ ]*' requirements.txt)
	{ head -n 1 requirements-browser.txt; grep --only-matching '^python-flint==.*' requirements.txt; .cache/lock/bin/pip hash .cache/lock/browser/*.whl | sed -n 's/^--hash/    --hash/p'; } >.cache/lock/browser.txt
	mv .cache/lock/browser.txt requirements-browser.txt
	npm install --package-lock-only
	cd bench && npm install --package-lock-only
	cd tests/firefox && npm install --package-lock-only
	node -e '$(WITHOUT_FUNDING)'
