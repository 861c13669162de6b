"""A desk with cases and kept files that is backed up, and its backups restored."""

from __future__ import annotations

from pathlib import Path

from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.papers import KeptFile
from execdesk.store import upgrade
from execdesk.store.act import open_act
from execdesk.store.beginning import begin_restored
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import open_sqlite
from execdesk.store.restore import restore
from execdesk.store.store import Store
from tests.looking import look_at
from tests.store.desks import START, Desk, Key, case, empty_store, found
from tests.store.seconds import Second

KEY = bytes(range(32))


def desk_with_files(folder: Path) -> Desk:
    """A desk in ``folder`` with slots, a key file and one case."""
    (folder / "keys").mkdir(parents=True)
    (folder / "slots.json").write_text('{"slots": []}', encoding="utf-8")
    (folder / "attempts.json").write_text("{}", encoding="utf-8")
    (folder / "keys" / "a.p12").write_bytes(b"wrapped")
    store, key = empty_store("HQ", folder / "execdesk.db", KEY), Key()
    upgrade.Runner(store.base, str(upgrade.MIGRATIONS)).fake()
    people, certificates = found(store, key, {"HQ": key.key})
    made = Desk(store, key)
    made.sign_in(people[0], certificates[0])
    register(made, 1)
    return made


def register(desk: Desk, number: int) -> Case:
    """A case with a kept file."""
    look_at(desk.store)
    with open_act(desk.store, "case.register") as act:
        added = act.add(case(number))
        digest = act.keep_file(paper(number))
        act.add(
            KeptFile(
                document=new_id(), sha256=digest, size=1, kind="scan", person=desk.key.person or new_id(), at=act.at
            )
        )
    return added


def paper(number: int) -> bytes:
    """The kept file of a case."""
    return b"paper %d" % number


def restored(path: Path, folder: Path, desk: Desk, **options: int) -> Store:
    """The store of a backup, its incarnation begun."""
    restore(path, folder, lambda where: KEY, DemonstrationClock(START), **options)
    store = Store(open_sqlite(folder / "execdesk.db", KEY), clock=DemonstrationClock(START), folder=folder, ruled=False)
    look_at(store)
    begin_restored(store, lambda: desk.key, lambda: Second.of("p0"))
    return store
