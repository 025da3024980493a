# Each target calls the tooling, which needs nothing but Python 3.10 to 3.13 and git.
#
#   make run    serve a demo database           PORT=8069 DB=name WORKERS=2
#   make test   run all tests                   STAGE=tooling|lifecycle|faults|main|all|e2e
#                                               K=words ARGS="-x"
#                                               ADDONS=path for those of your addons
#   make test-upstream  run Odoo's own tests without and with our addons
#   make lint   check the sources
#   make fmt    format the sources
#   make bench  run the benchmarks              SCALE=… AGAINST=… BENCH_OUT=file
#   make load   simulate many agents            USERS=200 SECONDS=90 EVERY=5 WORKERS=2
#                                               BEHIND=standby|pooler
#   make dist   package the addons              into dist/ of the cache folder
#   make pot    update the terms to translate
#   make pages  write docs/operators.md as the page that /help links to
#   make screenshots  take the pictures of README and Apps page
#
# ODOO_HOME=path uses an Odoo 19 checkout, PGHOST=… a PostgreSQL that runs already.

PYTHON ?= python3
export PORT DB WORKERS STAGE K ARGS ADDONS SCALE AGAINST BENCH_OUT
export USERS SECONDS EVERY
# Compiled files of the tooling stay out of the checkout.
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help run test test-upstream lint fmt bench load dist pot pages screenshots
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#//p' Makefile

run test test-upstream lint fmt bench load dist pot pages screenshots:
	@$(PYTHON) -m tooling $@
