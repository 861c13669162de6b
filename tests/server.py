"""A private PostgreSQL server, started for a run and thrown away after it; and courts of the tests moved onto it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peewee import AutoField, Database, PostgresqlDatabase, chunked

from execdesk.access import places
from execdesk.access.signin import begin, check_password
from execdesk.desk import AppServices, Desk
from execdesk.records.base import Record
from execdesk.records.tables import ALL
from execdesk.store.clock import Clock
from execdesk.store.database import open_postgres, open_sqlite
from execdesk.store.files import Files, files_of
from execdesk.store.store import Store
from execdesk.store.upgrade import make_tables

AT_ONCE = 500  # rows of one insert


def server_programs() -> Path:
    """Where the server's programs lie, newest first."""
    found_folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name.split(".")[0]))
    named = shutil.which("initdb")
    assert found_folders or named, "no PostgreSQL server installed: apt-get install postgresql"
    return found_folders[-1] if found_folders else Path(str(named)).parent


def as_server(command: list[str]) -> list[str]:
    """The server refuses to run as root: then it runs as the user its package made."""
    if os.geteuid() != 0:
        return command
    user = pwd.getpwnam("postgres")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]


@dataclass
class Server:
    """A server that listens on a socket in its own folder only; a database of it is known by its connection text."""

    place: str
    _admin: PostgresqlDatabase
    _moved: dict[Path, str] = field(default_factory=dict)
    _made: int = 0

    def create(self, template: str = "template1") -> str:
        """A new database, empty or a copy of another."""
        self._made += 1
        name = f"t{self._made}"
        self._admin.connection().autocommit = True
        self._admin.execute_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"{self.place}{name}"

    def drop(self, address: str) -> None:
        """Away with it, whoever is still connected."""
        self._admin.execute_sql(f"DROP DATABASE {self._name(address)} WITH (FORCE)")

    def copy_of(self, folder: Path) -> str:
        """A database of one's own with all that the demonstration store in ``folder`` holds, which is moved once."""
        if folder not in self._moved:
            made = self.create()
            move(folder, made)
            self._moved[folder] = made
        return self.twin_of(self._moved[folder])

    def twin_of(self, address: str) -> str:
        """A copy of a database that nobody is connected to."""
        return self.create(self._name(address))

    def _name(self, address: str) -> str:
        return address.removeprefix(self.place)


@contextmanager
def running() -> Iterator[Server]:
    """The server while it runs."""
    programs = server_programs()
    folder = Path(tempfile.mkdtemp(prefix="execdesk-pg-"))
    folder.chmod(0o755)
    data, socket = folder / "data", folder / "socket"
    for made in (data, socket):
        made.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(made, "postgres", "postgres")

    def run(*command: str) -> None:
        subprocess.run(as_server(list(command)), check=True, capture_output=True, cwd=folder)

    run(str(programs / "initdb"), "-D", str(data), "-U", "clerk", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    run(*control, "-l", str(data / "log"), "-o", f"-k {socket} -c listen_addresses='' -c fsync=off", "start")
    place = f"host={socket} user=clerk dbname="
    admin = open_postgres(f"{place}postgres")
    try:
        yield Server(place, admin)
    finally:
        admin.close()
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def move(folder: Path, address: str) -> None:
    """Make the tables at ``address`` and put every row of the store in ``folder`` there, lines, local rows and kept files too."""
    opened, _ = check_password(folder, "clerk", "demo")
    source, target = open_sqlite(places.store_file(folder), opened.data_key), open_postgres(address)
    try:
        make_tables(target)
        with target.atomic():
            for model in ALL:
                _move_rows(model, source, target)
            _move_files(files_of(source), files_of(target))
    finally:
        files_of(source).close()
        source.close()
        target.close()


def _move_files(source: Files, target: Files) -> None:
    for name in source.all_names():
        target.put({name: source.get(name) or b""})


def _move_rows(model: type[Record], source: Database, target: Database) -> None:
    columns = [one.column_name for one in model._meta.sorted_fields]
    names, table = ", ".join(f'"{name}"' for name in columns), model._meta.table_name
    wanted = {one.column_name: type(one.db_value(True)) for one in model._meta.sorted_fields if one.field_type == "BOOL"}
    rows = source.execute_sql(f'SELECT {names} FROM "{table}"').fetchall()
    for part in chunked(rows, AT_ONCE):
        told: list[Any] = [bool(v) if c in wanted and v is not None else v for row in part for c, v in zip(columns, row, strict=True)]
        line = f"({', '.join(['%s'] * len(columns))})"
        target.execute_sql(f'INSERT INTO "{table}" ({names}) VALUES {", ".join([line] * len(part))}', told)
    key = model._meta.primary_key
    if isinstance(key, AutoField) and rows:
        target.execute_sql(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{key.column_name}'), (SELECT max({key.column_name}) FROM \"{table}\"))")


def open_desk(services: AppServices, folder: Path, address: str, account: str, password: str, clock: Clock) -> Desk:
    """Somebody signs in with the key in ``folder`` to the store at ``address``."""
    opened, _ = check_password(folder, account, password)
    store = Store(open_postgres(address), clock=clock, folder=folder, key=opened.data_key)
    return Desk(services, folder, begin(store, folder, opened))
