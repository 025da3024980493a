"""What is undone when a command fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import psycopg2

from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

# Odoo rolls back the whole request and tries it again, with a cursor that may write if
# need be: never to be caught.
RETRIED = (
    *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
    psycopg2.errors.ReadOnlySqlTransaction,
    ConcurrencyError,
)


@contextmanager
def undoing(cr: Any) -> Iterator[None]:
    """Undo on failure what was done inside, also what was put off until the commit.

    A savepoint undoes rows, and what waits for the commit. Mails, web hooks and bus
    notifications are sent after it: what was added to them is taken out here.
    """
    funcs = tuple(cr.postcommit._funcs)
    data = {
        key: copy(value) if isinstance(value, dict | list | set) else value
        for key, value in cr.postcommit.data.items()
    }
    try:
        with cr.savepoint():
            yield
    except BaseException:
        cr.postcommit.clear()
        cr.postcommit._funcs.extend(funcs)
        cr.postcommit.data.update(data)
        raise
