"""PostgreSQL as big installations have it: with a standby, or behind a pooler."""

import contextlib
import dataclasses
import os
import time

from .. import apt, postgres
from ..cache import CACHE, log_file
from ..console import ToolingError, say
from ..process import child, free_port, is_free_port, output_of, run_logged

FOLDER = CACHE / "load"
# What queries of ours that only read are about.
OURS = ('"discuss_command"', "mail_canned_response_use", '"helpdesk_ticket"')
# A server that a standby may follow.
PRIMARY = {
    **postgres.SETTINGS,
    "wal_level": "replica",
    "max_wal_senders": "4",
    "hot_standby": "on",
}
TRANSACTIONS = "SELECT xact_commit FROM pg_stat_database WHERE datname = '{}'"
POOLER_PACKAGES = ("pgbouncer", "libevent-2.1-7", "libc-ares2")


class Plain:
    """The PostgreSQL that everything else uses."""

    server = staticmethod(postgres.connection)

    @contextlib.contextmanager
    def serving(self, place, _database):
        """Yield the workplace to serve from, and further words for Odoo."""
        yield place, ()


class Standby(Plain):
    """What only reads is served by a second PostgreSQL that follows the first."""

    @staticmethod
    def server():
        """Return a server that can be followed."""
        return primary()

    @contextlib.contextmanager
    def serving(self, place, database):
        """Have Odoo read from the standby, and say what it served."""
        with standby(place.connection) as (other, log):
            words = [f"--db_replica_host={other['PGHOST']}"]
            yield place, [*words, f"--db_replica_port={other['PGPORT']}"]
            tell(log, other, database)


class Pooler(Plain):
    """All connections go through pgbouncer, which shares them out by transaction."""

    @contextlib.contextmanager
    def serving(self, place, _database):
        """Have Odoo connect to the pooler."""
        with pooler(place.connection) as front:
            yield dataclasses.replace(place, connection=front), ()


ARRANGEMENTS = {"": Plain, "standby": Standby, "pooler": Pooler}


def arrangement(name):
    """Return the arrangement of that name.

    :raise ToolingError: when there is none
    """
    if name not in ARRANGEMENTS:
        names = " or ".join(filter(None, ARRANGEMENTS))
        raise ToolingError(f"BEHIND={name}: say {names}.")
    return ARRANGEMENTS[name]()


def tell(log, connection, database):
    """Say how much a server did for a database, and which queries of ours it ran."""
    count = _ask(connection, TRANSACTIONS.format(database)).strip()
    text = log.read_text(errors="replace")
    shown = ", ".join(f"{name} {text.count(name)} times" for name in OURS)
    say(f"The standby served {count} transactions; in its log: {shown}")


def _ask(connection, statement):
    psql = [postgres.programs() / "psql", "--no-psqlrc", "-Atq", "-d", "postgres"]
    return output_of([*psql, "-c", statement], env={**os.environ, **connection})


@contextlib.contextmanager
def primary():
    """Yield the PG* variables of a server of its own, kept for the next time."""
    data = FOLDER / "primary"
    if not (data / "PG_VERSION").exists():
        postgres.create_cluster(data, PRIMARY)
    port = free_port()
    postgres.start(data, port)
    try:
        yield postgres.connection_to(port)
    finally:
        postgres.stop(data)


@contextlib.contextmanager
def standby(connection):
    """Yield the PG* variables of a server that follows another one, and its log."""
    data = FOLDER / "standby"
    postgres.make_folder(data)
    say("Copying the PostgreSQL cluster to a standby")
    run_logged(
        [*postgres.as_user(), postgres.programs() / "pg_basebackup", "-D", data]
        + ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"],
        log_file("pg_basebackup"),
        "The standby could not be made",
        cwd=FOLDER,
        env={**os.environ, **connection},
    )
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write("log_statement = 'all'\n")
    log = data / "server.log"
    log.unlink(missing_ok=True)
    port = free_port()
    postgres.start(data, port)
    try:
        yield postgres.connection_to(port), log
    finally:
        postgres.stop(data)


@contextlib.contextmanager
def pooler(connection):
    """Yield the PG* variables of a pgbouncer in transaction mode before a server."""
    program, libraries = _pooler_program()
    port = free_port()
    folder = FOLDER / "pooler"
    folder.mkdir(parents=True, exist_ok=True)
    users = folder / "users.txt"
    users.touch(mode=0o600)
    users.write_text('"{PGUSER}" "{PGPASSWORD}"\n'.format(**connection))
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        "[databases]\n"
        "* = host={PGHOST} port={PGPORT}\n"
        "[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = scram-sha-256\nauth_file = {users}\n"
        "pool_mode = transaction\nmax_client_conn = 500\ndefault_pool_size = 40\n"
        "ignore_startup_parameters = extra_float_digits\n".format(**connection)
    )
    log = log_file("pgbouncer")
    # It does not run as root: it would read its files as somebody else.
    who = postgres.as_user()
    with (
        log.open("w") as output,
        child(
            [*who, program, settings],
            env={**os.environ, "LD_LIBRARY_PATH": str(libraries)},
            stdout=output,
            stderr=output,
        ),
    ):
        _wait_for(port)
        yield {**connection, "PGPORT": str(port)}


def _wait_for(port):
    """Wait until somebody listens, which takes a moment."""
    for _try in range(100):
        if not is_free_port(port):
            return
        time.sleep(0.1)


def _pooler_program():
    """Return pgbouncer and the folder of its libraries, fetched on first use."""
    folder = FOLDER / "pgbouncer"
    program = folder / "usr" / "sbin" / "pgbouncer"
    if not program.exists():
        say("Fetching pgbouncer")
        folder.mkdir(parents=True, exist_ok=True)
        apt.download([f"{name}/bookworm" for name in POOLER_PACKAGES], folder)
        for package in sorted(folder.glob("*.deb")):
            apt.unpack(package, folder)
    return program, next((folder / "usr" / "lib").glob("*-linux-gnu"))
