# The verbs of the workshop. Everything sets itself up from `git clone`; nothing but git, make and Python is needed.
# `make demo` and `make test` are the two commands of the README.

PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null \
	&& { echo $$p; break; }; done)
BIN := .venv/bin
RUN := $(BIN)/python
ARGS ?=
WORDS := $(patsubst %,src/monarca/locale/%/LC_MESSAGES/django.mo,es fr)

.PHONY: demo test check fix bench sabotage guide words lock clean

demo: .venv/.runtime $(WORDS)  ## a year of the fund, on real files, then the web server
	@MONARCA_HOME=$${MONARCA_HOME:-var/demo} MONARCA_DEMO=1 $(BIN)/monarca demo $(ARGS)

test: .venv/.dev $(WORDS)  ## every test, on SQLite and on PostgreSQL; what is skipped is printed
	@$(RUN) tools/what_is_here.py
	@$(BIN)/pytest -n 2 --dist loadfile -rs $(ARGS)
	@$(RUN) tools/postgres.py $(ARGS)

check: .venv/.dev  ## lint, types, contracts, migrations, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --check --target-version 6.0 $$(git ls-files "src/monarca/templates/*.html")
	@$(BIN)/typos
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(RUN) manage.py makemigrations --check --dry-run
	@$(RUN) tools/words.py --check
	@$(RUN) tools/guide.py --check

fix: .venv/.dev  ## what a machine can put right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djade --target-version 6.0 $$(git ls-files "src/monarca/templates/*.html")
	@$(BIN)/typos --write-changes

bench: .venv/.dev $(WORDS)  ## figures beside their goals, with the facts of this machine
	@$(RUN) bench/run.py $(ARGS)

sabotage: .venv/.dev $(WORDS)  ## break each rule in a copy and show which guard bites
	@$(RUN) tools/sabotage.py $(ARGS)

guide: .venv/.dev $(WORDS)  ## bring the guide and the walk up to date with the code
	@$(RUN) tools/guide.py
	@MONARCA_WRITE=1 $(BIN)/pytest -q tests/test_walk.py tests/grants/test_roles.py

words: .venv/.dev  ## bring the catalogues up to date with the sources
	@$(RUN) tools/words.py

lock:  ## the hashed requirements, from the .in files; needs uv
	@for f in runtime dev; do uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header requirements/$$f.in -o requirements/$$f.txt; done

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Monarca needs Python 3.12 or newer; please install it (for example: apt install python3.12 python3.12-venv) and try again."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing; please install it (for example: apt install python3-venv) and try again."; exit 1; }
	@touch $@

.venv/.runtime: .venv/.made requirements/runtime.txt pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po .venv/.runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

clean:
	@rm -rf .venv var build
