# make demo: everything for a look. make test and make prove: everything CI runs. make run: daily use.
VENV := .venv
PY := $(VENV)/bin/python
DEMO ?= demo
PYTEST = QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --max-worker-restart=0
export PYTHONUTF8 = 1

.PHONY: demo test prove slow run bench lock clean

demo: $(VENV)/.ready
	@sh .ci/system qt
	$(PY) main.py demo $(DEMO)

run: $(VENV)/.ready
	@sh .ci/system qt
	$(PY) main.py

test: $(VENV)/.ready
	@sh .ci/system qt test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PYTEST) --dist loadfile -m "not slow"

# The long proofs in their bounded form; slow: the same, what is left to chance tried ten times as often.
prove slow: $(VENV)/.ready
	@sh .ci/system qt test
	EXECDESK_PROOF=$(if $(filter slow,$@),unbounded,bounded) $(PYTEST) --dist worksteal -m "slow or fuzz"
	$(PYTEST) --dist worksteal --server -m "not slow and not file" tests/flow

bench: $(VENV)/.ready
	QT_QPA_PLATFORM=offscreen $(PY) main.py bench

$(VENV)/.ready: requirements.lock
	@sh .ci/system python
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@

# Renew the lock after a change of pyproject.toml (needs uv; no index address is written).
lock:
	uv pip compile pyproject.toml --extra dev --extra server --extra tokens --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements.lock

clean:
	rm -rf $(VENV) demo out
