"""What came from a ledger, and what of it waits."""

from __future__ import annotations

from peewee import CharField, IntegerField

from execdesk.records.base import Journaled, JsonField, belongs_to, refers_to
from execdesk.records.moves import NEW, Moves, moves, stays
from execdesk.records.owners import ALL, TableOwners, makes, writes


class ImportState:
    """Whether what a ledger brought stands."""

    DONE, UNDONE = "done", "undone"


class TrayState:
    """Whether a row still waits for somebody."""

    WAITING, IMPORTED, DROPPED = "waiting", "imported", "dropped"


_I, _T = ImportState, TrayState
_TAKEN, _UNDONE = ("ledger.import", "import_ledger"), ("ledger.undo", "import_ledger")
IMPORT_MOVES = Moves({_I.DONE: "已导入", _I.UNDONE: "已撤销"}, moves(NEW, _I.DONE, *_TAKEN), moves(_I.DONE, _I.UNDONE, *_UNDONE))
TRAY_MOVES = Moves(
    {_T.WAITING: "待处理", _T.IMPORTED: "已导入", _T.DROPPED: "不再处理"},
    moves(NEW, (_T.WAITING, _T.DROPPED), *_TAKEN),
    stays(_T.WAITING, *_TAKEN),
    moves(_T.WAITING, (_T.IMPORTED, _T.DROPPED), *_TAKEN),
    moves(_T.WAITING, _T.DROPPED, "ledger.drop", "import_ledger"),
    moves((_T.IMPORTED, _T.DROPPED), _T.WAITING, *_UNDONE),
)


class Import(Journaled):
    """One taking in of a ledger: file, counts, state."""

    WORDS = "台账导入"
    file_name = CharField(max_length=255)
    file_sha256 = CharField(max_length=64)
    counts = JsonField()
    state = CharField(max_length=16)

    MOVES = IMPORT_MOVES
    OWNERS = TableOwners(
        makes("ledger.import"),
        writes("ledger.undo", "state", when="undoes_import"),
        moves=IMPORT_MOVES,
    )


class TrayRow(Journaled):
    """A row of a ledger that waits for a decision or was refused; nothing of it is lost."""

    WORDS = "待定台账行"
    run = belongs_to("Import")
    sheet = CharField(max_length=64)
    row = IntegerField()
    fingerprint = CharField(max_length=64, index=True)
    case_no = CharField(max_length=64, null=True)
    kind = CharField(max_length=16)  # decide | refused
    problems = JsonField()
    raw = JsonField()
    state = CharField(max_length=16)

    MOVES = TRAY_MOVES
    OWNERS = TableOwners(
        makes("ledger.import"),
        writes("ledger.import ledger.drop", "state problems kind raw row sheet"),
        writes("ledger.undo", ALL, "import_ledger", when="undoes_import"),
        moves=TRAY_MOVES,
    )


class LedgerRow(Journaled):
    """Which ledger row a case came from, so that the same rows again change nothing."""

    WORDS = "台账来源"
    run = belongs_to("Import")
    case = refers_to("Case")
    sheet = CharField(max_length=64)
    row = IntegerField()
    fingerprint = CharField(max_length=64, index=True)
    warnings = JsonField(null=True)

    OWNERS = TableOwners(
        makes("ledger.import", "import_ledger"),
        writes("ledger.undo", "struck", "import_ledger", when="undoes_import"),
    )
