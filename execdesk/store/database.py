"""Opening the embedded encrypted file, or a PostgreSQL server, behind one peewee database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import apsw
from peewee import Database, PostgresqlDatabase, SelectBase
from playhouse.apsw_ext import APSWDatabase

from execdesk.law.refusal import Refusal
from execdesk.records.journal import Line, Touch
from execdesk.records.tables import ALL, JOURNALED, LOCAL
from execdesk.store.rows import TAKE_OUT

NETWORK_KINDS = frozenset({
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "davfs", "davfs2", "afs", "ncpfs", "ncp", "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "ocfs2",
    "gfs2", "gfs", "pvfs2", "coda", "vboxsf", "vmhgfs", "prl_fs", "virtiofs", "drvfs",  # the last five are folders of another system on the same machine
})
LOCAL_FUSE = frozenset({"fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext4", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.veracrypt", "fuseblk"})
_ESCAPES = (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\043", "#"), ("\\134", "\\"))  # of /proc/mounts, the backslash last


def _bindable(_cursor: Any, _number: int, value: Any) -> Any:
    """Let peewee's own history table bind a moment."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


class _Whole:
    """The rows of one read, all here: what peewee asks of a cursor."""

    def __init__(self, cursor: apsw.Cursor) -> None:
        try:
            self.description: Any = cursor.getdescription()
        except apsw.ExecutionCompleteError:  # no rows
            self.description = ()
        self._rows = iter(cursor.fetchall())

    def fetchone(self) -> Any:
        """The next row, or ``None``."""
        return next(self._rows, None)

    def close(self) -> None:
        """Nothing is held open."""


class EncryptedDatabase(APSWDatabase):
    """SQLite with encrypted pages; ``key`` is the store's 32-byte data key, or ``None`` in memory for tests.

    A file that is opened ``by_itself`` has no log and no shared memory beside it: it may lie on a share, and stands alone whenever it is closed.
    """

    def __init__(self, path: str, key: bytes | None, *, by_itself: bool = False) -> None:
        super().__init__(path, timeout=10)
        self.key, self.by_itself = key, by_itself
        self.fixed = path != ":memory:" and on_fixed_disk(Path(path))

    def _connect(self) -> apsw.Connection:
        """A connection; to a file that nobody can change, one that needs no lock and no log beside it."""
        made: apsw.Connection
        if not self.fixed:
            made = super()._connect()
            return made
        where = Path(str(self.database)).resolve().as_uri()
        made = apsw.Connection(f"{where}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
        try:
            self._add_conn_hooks(made)
        except BaseException:
            made.close()
            raise
        return made

    def execute(self, query: Any, **options: Any) -> Any:
        """A read that fetches all its rows at once.

        A reader who leaves a lazy one half-way keeps SQLite's snapshot until Python collects the cursor, and from an old
        snapshot no act can begin once another program has written (SQLITE_BUSY_SNAPSHOT, which no waiting cures).
        """
        cursor = super().execute(query, **options)
        return _Whole(cursor) if isinstance(query, SelectBase) else cursor

    def _add_conn_hooks(self, conn: apsw.Connection) -> None:
        if self.key is not None:
            unlock(conn, self.key)
            conn.pragma("schema_version")  # the first read tells a wrong key at once
        conn.convert_binding = _bindable
        for pragma, value in (("journal_mode", "delete" if self.by_itself else "wal"), ("synchronous", "full"), ("foreign_keys", 1), ("cache_size", -65536),
                              ("recursive_triggers", 1)):  # else INSERT OR REPLACE would pass by the guard of the lines
            conn.pragma(pragma, value)
        super()._add_conn_hooks(conn)


def on_fixed_disk(path: Path) -> bool:
    """Whether a file that is there lies on a disk that takes no writing at all, as a CD or a stick with its catch set."""
    return os.name != "nt" and path.exists() and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def unlock(connection: apsw.Connection, key: bytes) -> None:
    """Read and write encrypted pages from here on. The 32 random bytes are the key itself: there is no password to stretch, which
    would cost every new connection a thirtieth of a second."""
    connection.pragma("key", f"raw:{key.hex()}")


def encrypt_anew(connection: apsw.Connection, key: bytes) -> None:
    """Write all pages under another key."""
    connection.pragma("rekey", f"raw:{key.hex()}")


def streamed(base: Database, query: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a long read as plain tuples, one at a time; to be read to its end."""
    sql, params = base.get_sql_context().sql(query).query()
    yield from base.execute_sql(sql, params)


def refuse_network_path(folder: Path) -> None:
    """SQLite's locks fail on a share: a store lives on a local disk, and no file of it is a link that leads elsewhere.

    Raises:
        Refusal: ``store.network_path`` for a UNC path, a mapped network drive or a network mount.
    """
    lying = [folder.resolve(), *(path.resolve() for path in folder.glob("*.db*") if path.is_symlink())]
    if str(folder).startswith(("\\\\", "//")) or any(_is_remote_drive(path) or is_shared(mount_kind(path)) for path in lying):
        raise Refusal(
            f"「{folder}」在网络共享上，数据库放在那里会损坏。请改放本机硬盘；几台电脑共用请改用服务器方式。",
            code="store.network_path",
        )


def is_shared(kind: str) -> bool:
    """Whether a kind of file system may be another machine's: those known, and every one behind FUSE that is not known to be local."""
    return kind in NETWORK_KINDS or (kind.startswith("fuse.") and kind not in LOCAL_FUSE)


def _is_remote_drive(path: Path) -> bool:
    if os.name != "nt":
        return False
    import ctypes

    remote = 4  # DRIVE_REMOTE of the Windows API
    return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote)  # type: ignore[attr-defined,unused-ignore]


def mount_kind(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The file system kind of the longest mount point above ``path``; empty where the system does not tell."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split(" ")
        point = fields[1]
        for written, meant in _ESCAPES:
            point = point.replace(written, meant)
        inside = str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def device_refusal() -> Refusal:
    """The sentence for a disk that takes no more: a quota, a limit, or a fault of its own."""
    return Refusal(
        "磁盘写不进去（空间或限额已用完，或者磁盘出错），本次操作没有保存。请腾出空间后再办；仍不行请重启程序并通知信息科。", code="store.device"
    )


def open_sqlite(path: Path | None, key: bytes | None) -> EncryptedDatabase:
    """The embedded store at ``path`` (in memory if ``None``).

    Raises:
        Refusal: ``store.fixed_unclean`` on a disk that takes no writing, if a log is left; ``store.unreadable`` if the file is not a store or the key does not open it; ``store.device`` if the disk
            takes no more, which opening needs.
    """
    base = EncryptedDatabase(str(path) if path else ":memory:", key)
    log = Path(f"{path}-wal")
    if base.fixed and log.exists() and log.stat().st_size:
        raise Refusal(
            "数据库所在的盘只能读，而它上次没有正常关闭，还有没写完的内容，不能在这里打开。请把整个文件夹复制到能写的盘上再打开。", code="store.fixed_unclean"
        )
    try:
        base.connect()
        base.execute_sql("SELECT count(*) FROM sqlite_master")
    except Exception as error:
        base.close()
        if any(word in str(error).lower() for word in ("disk i/o", "is full")):  # the store itself may well be whole
            raise device_refusal() from error
        raise Refusal(
            f"数据库文件打不开（{type(error).__name__}）：文件已损坏，或不属于这组钥匙。请从备份恢复，或找回原来的文件。",
            code="store.unreadable",
        ) from error
    return base


def open_postgres(address: str) -> PostgresqlDatabase:
    """The shared store of the courthouse; ``address`` is a libpq connection text such as ``host=… user=… dbname=…``."""
    from psycopg.conninfo import conninfo_to_dict  # only where the extra ``server`` is installed

    told: dict[str, Any] = conninfo_to_dict(address)
    return PostgresqlDatabase(told.pop("dbname", None), **told)


KEPT_BYTES = "kept_bytes"  # the table of kept files: see execdesk.store.files


def create_schema(base: Database) -> None:
    """Make all tables and the triggers that keep lines as they are."""
    base.create_tables(ALL)
    guard_lines(base)
    if isinstance(base, PostgresqlDatabase):
        make_kept_bytes(base)
        make_take_out(base)


def make_take_out(base: PostgresqlDatabase) -> None:
    """Make the function by which a row is taken out that no line touches; it works for the owner of the tables, as people delete no rows."""
    listed = ", ".join(f"('{model.__name__}', '{model._meta.table_name}')" for model in JOURNALED)
    base.execute_sql(
        f'CREATE OR REPLACE FUNCTION {TAKE_OUT}(of text, gone text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS '
        f"$$ DECLARE found text; BEGIN SELECT t.place INTO found FROM (VALUES {listed}) AS t(name, place) WHERE t.name = of; "
        f'IF found IS NULL OR EXISTS (SELECT 1 FROM "{Touch._meta.table_name}" WHERE "tbl" = of AND "row" = gone) '
        "THEN RAISE EXCEPTION 'lines speak of this row'; END IF; "
        "EXECUTE 'DELETE FROM ' || quote_ident(found) || ' WHERE \"id\" = $1' USING gone; END $$"
    )


def make_kept_bytes(base: Database) -> None:
    """Make the table of kept files where there is none."""
    kind, serial = ("bytea", "bigserial") if isinstance(base, PostgresqlDatabase) else ("BLOB", "INTEGER")
    base.execute_sql(
        f'CREATE TABLE IF NOT EXISTS "{KEPT_BYTES}" ("place" {serial} PRIMARY KEY, "sha256" VARCHAR(64) NOT NULL UNIQUE, "data" {kind} NOT NULL)'
    )


def guard_lines(base: Database) -> None:
    """Refuse update and delete of journal lines inside the database itself."""
    name = Line._meta.table_name
    if isinstance(base, PostgresqlDatabase):
        base.execute_sql(
            "CREATE OR REPLACE FUNCTION line_stays() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'journal lines are never changed'; END $$"
        )
        base.execute_sql(f'DROP TRIGGER IF EXISTS line_stays ON "{name}"')
        base.execute_sql(
            f'CREATE TRIGGER line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON "{name}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION line_stays()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        base.execute_sql(
            f'CREATE TRIGGER IF NOT EXISTS line_no_{event.lower()} BEFORE {event} ON "{name}" '
            "BEGIN SELECT RAISE(ABORT, 'journal lines are never changed'); END"
        )


def grant_role(base: PostgresqlDatabase, role: str) -> None:
    """Give a person's database role what acts need and no more: lines are added and read, rows never deleted.

    The tables belong to another role, which nobody works under; the triggers hold for that one too.
    """
    quoted = '"' + role.replace('"', '""') + '"'
    local = {model._meta.table_name for model in LOCAL} - {Line._meta.table_name}
    for model in ALL:
        name = model._meta.table_name
        rights = "SELECT, INSERT" if model is Line else "SELECT, INSERT, UPDATE, DELETE" if name in local else "SELECT, INSERT, UPDATE"
        base.execute_sql(f'REVOKE ALL ON "{name}" FROM PUBLIC, {quoted}')
        base.execute_sql(f'GRANT {rights} ON "{name}" TO {quoted}')
    base.execute_sql(f'REVOKE ALL ON "{KEPT_BYTES}" FROM PUBLIC, {quoted}')
    base.execute_sql(f'GRANT SELECT, INSERT ON "{KEPT_BYTES}" TO {quoted}')
    base.execute_sql(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {quoted}")


def in_one_transaction(base: Database) -> Callable[[], Any]:
    """A transaction that takes the write lock at once on SQLite, so a second writer waits for its turn."""
    if isinstance(base, PostgresqlDatabase):
        return lambda: base.atomic()
    return lambda: base.atomic("IMMEDIATE")


__all__ = [
    "JOURNALED", "LOCAL", "EncryptedDatabase", "create_schema", "grant_role", "guard_lines", "in_one_transaction",
    "open_postgres", "open_sqlite", "refuse_network_path", "streamed",
]
