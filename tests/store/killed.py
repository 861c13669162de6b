"""The process that is killed: it acts on the store in the folder named on the command line until somebody ends it.

It tells each act on standard output only after the act is done, so that the test knows what must be there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from execdesk.records.cases import Case
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Certificate, Person
from execdesk.store.act import open_act
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import open_sqlite
from execdesk.store.store import Store
from tests.looking import look_at
from tests.store.desks import START, Desk, Key, case

KEY = b"k" * 32
IMPORT = 450  # rows of one import: two lines that commit together


def main(folder: Path) -> None:
    store = Store(open_sqlite(folder / "store.db", KEY), clock=DemonstrationClock(START), folder=folder, ruled=False)
    look_at(store)
    desk = Desk(store, Key())
    tell("open", store.head.number)
    desk.sign_in(Person.select().order_by(Person.account).get(), Certificate.select().order_by(Certificate.serial).get())
    while True:
        with open_act(store, "document.issue") as act:
            of = act.add(case(1))
            paper = act.add(Document(case=of.id, type_id="ruling", title="裁定书", series="zhi", state="issued", inputs={}))
            data = of.id.encode() * 2000
            act.add(KeptFile(document=paper.id, sha256=act.keep_file(data), size=len(data), kind="signed", person=desk.store.signer.person,  # type: ignore[union-attr]
                             at=act.at))
        tell("issue", store.head.number)
        with open_act(store, "ledger.import") as act:
            act.add_many([case(n, origin="ledger") for n in range(IMPORT)])
        tell("import", store.head.number)
        with open_act(store, "case.edit") as act:
            act.change(act.get(Case, of.id), remarks="改")
        tell("edit", store.head.number)


def tell(what: str, number: int) -> None:
    sys.stdout.write(f"{what} {number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
