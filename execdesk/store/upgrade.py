"""Making and upgrading the tables of a store by numbered migrations.

Each file in ``migrations`` holds its own frozen copy of what it makes, so that an old store upgrades the same way for ever.
Until the first release there is one file, ``0001_first.py``, which is generated: after changing a table, run

    python -m execdesk.store.upgrade --regenerate

After the first release a change of a table is a new file: write ``0002_….py`` with ``up(migrator, db)``; playhouse's
``template(diff_models(base, ALL))`` gives its body.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peewee import (
    BlobField,
    BooleanField,
    CharField,
    Database,
    Field,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)
from playhouse.migrations import Runner, template
from playhouse.schema_diff import SchemaDiff

from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.tables import ALL, JOURNALED
from execdesk.store.act import open_act
from execdesk.store.beginning import begin_restored, signed_by
from execdesk.store.converting import MIGRATION, convert, told_as
from execdesk.store.database import guard_lines, in_one_transaction, make_kept_bytes, make_take_out
from execdesk.store.line import Cosigner, Signer
from execdesk.store.renaming import rename_derived
from execdesk.store.store import Store, on_store

MIGRATIONS = Path(__file__).with_name("migrations")
FIRST = MIGRATIONS / "0001_first.py"
COMMAND = "python -m execdesk.store.upgrade --regenerate"


def make_tables(base: Database, folder: Path = MIGRATIONS) -> list[str]:
    """Make the tables of a new store by all migrations; returns their names."""
    with in_one_transaction(base)():
        done: list[str] = Runner(base, str(folder)).up()
        guard_lines(base)
        if isinstance(base, PostgresqlDatabase):
            make_kept_bytes(base)
            make_take_out(base)
    return done


def refuse_newer(base: Database, folder: Path = MIGRATIONS) -> None:
    """Refuse a store that a newer program has upgraded.

    Raises:
        Refusal: ``store.newer``.
    """
    unknown = [m.name for m in Runner(base, str(folder)).status() if m.path is None]
    if unknown:
        raise Refusal(
            f"这个数据库已由更新的程序版本升级过（{unknown[-1]}），本程序打不开它。请安装新版程序后再打开。",
            code="store.newer", ways=(WayOn("查看程序版本", "about"),),
        )


def pending(base: Database, folder: Path = MIGRATIONS) -> list[str]:
    """Names of the migrations this program has and the store has not."""
    return [m.name for m in Runner(base, str(folder)).status() if not m.applied]


@on_store
def upgrade(store: Store, backup: Callable[[], object], desk: Callable[[], Signer], person: Callable[[], Cosigner], folder: Path = MIGRATIONS) -> list[str]:
    """Bring a store up to this program: backup first, then all pending migrations, or none. Returns their names.

    ``backup`` makes a verified backup and raises if it cannot; it is not called when nothing is pending. ``desk`` answers
    the desk's key and ``person`` the certificate of whoever sits there, asked once the tables are new: both sign the act that notes the
    upgrade and writes what it makes of the rows (:mod:`execdesk.store.converting`). Lines that waited for the new program are taken in at the next exchange.

    Raises:
        Refusal: ``store.newer`` for a store of a newer program; whatever ``backup`` refuses with.
    """
    refuse_newer(store.base, folder)
    names = pending(store.base, folder)
    if not names:
        return []
    backup()
    with store.transaction():
        Runner(store.base, str(folder)).up()
        guard_lines(store.base)
        rename_derived(store.base, names, {model.__name__: model._meta.table_name for model in JOURNALED})
        begin_restored(store, desk, person)
        with signed_by(store, desk()), open_act(store, MIGRATION, reason=told_as(names), cosigner=person()) as act:
            convert(act, names)
    return names


# -- generating the first file -----------------------------------------------------------------------------------------

_HEAD = '''"""The tables as they were first made: a frozen copy, independent of the models of today.

Generated; do not edit. Until the first release: ``{command}``.
"""

# mypy: ignore-errors

from __future__ import annotations

from typing import Any

from peewee import {names}


def up(migrator: Any, db: Any) -> None:
    """Make all tables."""

'''


def first_migration() -> str:
    """The text of ``0001_first.py`` for the models as they are now."""
    text = template(SchemaDiff([_plain_model(model) for model in ALL], [], [], [], []))
    assert "TODO" not in text, "a model holds something the generator cannot write"
    body = text.split("def up(migrator, db):\n", 1)[1].split("\n\n\ndef down", 1)[0].replace("\n        class Meta", "\n\n        class Meta")
    body = body.replace("database = db\n", "database = db\n            legacy_table_names = False\n")
    body = re.sub(r"\n    (db\.create_tables)", r"\n\n    \1", body)
    body = "\n".join(line.rstrip() for line in body.rstrip().splitlines())
    names = sorted({*re.findall(r"\b(\w+Field)\(", body), "Model"}, key=lambda n: (n.upper(), n))
    return _HEAD.format(command=COMMAND, names=", ".join(names)) + body + "\n"


def _plain_model(model: type[Model]) -> type[Model]:
    """A copy of a model with peewee's own kinds of fields only, so that the file needs nothing of today's code."""
    fields = {field.name: _plain_field(field) for field in model._meta.sorted_fields}
    meta = type("Meta", (), {
        "table_name": model._meta.table_name, "indexes": tuple(model._meta.indexes), "legacy_table_names": False,
    })
    made: type[Model] = type(model.__name__, (Model,), {**fields, "Meta": meta})
    return made


def _plain_field(field: Field) -> Field:
    options: dict[str, Any] = {
        "null": field.null, "index": field.index, "unique": field.unique, "column_name": field.column_name,
        "primary_key": field.primary_key,
    }
    if isinstance(field.default, (str, int)):
        options["default"] = field.default
    for kind in (BooleanField, BlobField, TextField):
        if isinstance(field, kind):
            return kind(**options)
    if isinstance(field, CharField):
        return CharField(max_length=field.max_length, **options)
    assert isinstance(field, IntegerField), f"{field.model.__name__}.{field.name}: teach the generator this kind"
    return type(field)(**options)


def main(arguments: list[str]) -> int:
    """``--regenerate`` writes the first file anew."""
    if arguments != ["--regenerate"]:
        sys.stderr.write(f"{COMMAND}\n")
        return 2
    FIRST.write_text(first_migration(), encoding="utf-8")
    sys.stdout.write(f"{FIRST.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
