"""Random histories as the store's tests make them, with rows that the board shows: terms that start, stop, lapse; things that wait."""

from __future__ import annotations

from typing import Any

from execdesk import rooms
from execdesk.casefile import boardsums
from execdesk.casefile.board import Board
from execdesk.casefile.boardrows import TABLES, BoardValues, rows_of
from execdesk.casefile.boardsingles import SINGLES
from execdesk.casefile.boardsums import Sums
from execdesk.casefile.dossier import arrange, watched
from execdesk.documents.content import Content, Signatory, SignatureBlock
from execdesk.documents.wire import dump
from execdesk.records.approvals import Decision, Panel, Request
from execdesk.records.board import NEVER, BoardVersion
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.journal import Line
from execdesk.records.ledgers import Import, TrayRow
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document, KeptFile, Service
from execdesk.records.property import Property
from execdesk.store.act import Act, open_act
from execdesk.store.replay import fold, refs_in_breach
from execdesk.store.store import Store
from tests.documents.samples import catalogue
from tests.law.rules import BOOK, CALENDAR
from tests.looking import look_at
from tests.store.desks import Bureau, case, measure, party
from tests.store.histories import History

CONTENT = dump(Content("ruling", "ruling", "", "文书", (), SignatureBlock("judge", tuple(Signatory("审判员", f"法官{n}", f"P{n}", f"Judge{n}") for n in range(3)))))
KINDS = ("party", "measure", "thing", "receipt", "request", "paper", "service", "worker", "tray", "word", "panel", "kept")
Version = tuple[str, int, int, BoardValues]


class BoardHistory(History):
    """Every desk keeps a board from its first day."""

    def __init__(self, seed: int, desks: Bureau) -> None:
        rooms.enter()
        self.boards = [Board(desk.store, lambda: BOOK, CALENDAR, catalogue()) for desk in desks]
        for board in self.boards:
            board.listen()
            board.catch_up()
        super().__init__(seed, desks)
        self._begin_with_some()

    def _begin_with_some(self) -> None:
        """Something of every kind at the first desk."""
        first = self.desks[0]
        look_at(first.store)
        with open_act(first.store, "event") as act:
            for kind in ("case", *KINDS, *KINDS):
                self._add_one(act, kind)
        self.model.wrote(first, set())

    def _add(self, act: Act) -> None:
        self._add_one(act, "case" if self.random.random() < 0.15 else self.random.choice(KINDS))

    def _add_one(self, act: Act, kind: str) -> None:
        self.sequence += 1
        of = self._one(Case)
        if of is None or kind == "case":
            made = case(self.sequence)
            made.origin, made.state = self.random.choice(["registered", "ledger"]), "open"
            act.add(made)
            return
        if kind == "party":
            act.add(party(of, f"甲{self.sequence}"))
        elif kind == "measure":
            act.add(self._measure(of))
        elif kind == "thing":
            act.add(Property(kind=self.random.choice(["vehicle", "bank_deposit"]), identifiers={}, words="物", found_by="answer", found_on="2018-01-03"))
        elif kind == "receipt" and (on := self._one(Measure)) is not None:
            act.add(AssistReply(measure=on.id, received_on="2018-01-03", result="full"))
        elif kind == "request":
            act.add(Request(case=of.id, matter="freeze_deposit", title="冻结", circumstances=["spot"], applicant="P1", submitted_at="2018-01-02T01:00:00.000+00:00", state=self._value("request")))
        elif kind == "paper":
            type_id = self.random.choice(["notice_execution", "ruling_freeze"])
            act.add(Document(case=of.id, type_id=type_id, title="文书", series="ruling", state=self._value("paper"), inputs={}, content=CONTENT))
        elif kind == "service" and (paper := self._one(Document)) is not None:
            act.add(Service(document=paper.id, recipient="甲", method="direct", served_on="2018-01-03", served_by=""))
        elif kind == "tray":
            run = self._one(Import) or act.add(Import(file_name="台账.xlsx", file_sha256="", counts={"imported": self.sequence}, state="done"))
            problems = [{"text": "案号不清"}, {"text": "日期不清"}][: self.random.randrange(1, 3)]
            act.add(TrayRow(run=run.id, sheet="表", row=self.sequence, fingerprint="", kind=self._value("kind"), problems=problems, raw={}, state=self._value("tray")))
        elif kind == "word" and (on := self._one(Request)) is not None:
            kind, at = self.random.choice(["approve", "sign_issue"]), "2018-01-03T01:00:00.000+00:00"
            act.add(Decision(
                request=on.id, kind=kind, person=f"P{self.sequence % 3}", post="", on="2018-01-03", at=at, level="", article="", phrase="", reason="", rule_id="",
                data_hash="", content_hash=self.random.choice([None, "h"]), chain_head="", statement="", signature="",
            ))
        elif kind == "panel" and (on := self._one(Request)) is not None:
            act.add(Panel(request=on.id, members=[], state=self.random.choice(["asked", "designated"])))
        elif kind == "kept" and (paper := self._one(Document)) is not None:
            kept = self.random.choice(["signed", "sealed"])
            act.add(KeptFile(document=paper.id, sha256="", size=0, kind=kept, person=f"P{self.sequence % 3}", at="2018-01-03T01:00:00.000+00:00"))
        elif kind == "worker":
            act.add(Assignment(case=of.id, person=f"P{self.sequence % 3}", role="judge", starts_on=self._value("end_told"), reason="", rule="person"))

    def _measure(self, of: Case) -> Measure:
        who = self._one(Party)
        made = measure(of, who) if who is not None else measure(of, Party(name="", id=""), kind="seize", term_kind="movable")
        if (thing := self._one(Property)) is not None:
            made.property = thing.id
        made.state, made.months, made.effective_on = self._value("state"), 12, self.random.choice([None, "2017-06-01", "2017-09-01"])
        if self.random.random() < 0.3 and (old := self._one(Measure)) is not None:
            made.renewed_from = old.id
        return made

    def _change_case(self, act: Act) -> None:
        if (row := self._one(Case)) is not None:
            name = self.random.choice(["state", "claim_fen", "closing_mode", "kind", "filed_on", "town", "group", "number"])
            values: dict[str, list[Any]] = {
                "state": ["open", "closed", "review_office"], "claim_fen": [None, 1, 2], "closing_mode": [None, "终结本次执行程序", "执行完毕"],
                "kind": ["money", "admin_nonlit"], "filed_on": ["2017-08-01", "2017-11-30"], "town": [None, "九所镇"], "group": [None, "G"],
                "number": ["（2018）琼9027执901号", "（2018）琼9027执902号"],
            }
            act.change(row, **{name: self.random.choice(values[name])})

    def _change_measure(self, act: Act) -> None:
        row: Any = self._one(self.random.choice([Measure, Document, Request, Assignment, Import, TrayRow]))
        if row is None:
            return
        values: dict[type[Any], list[str]] = {
            Measure: ["state", "end_told", "released_on", "months", "served_on", "case"], Document: ["paper"], Request: ["request", "content_hash"], Assignment: ["ends_on"],
            Import: ["run", "file_name"], TrayRow: ["tray", "kind", "case_no"],
        }
        name = self.random.choice(values[type(row)])
        if name == "case":
            to = self._one(Case)
            value: Any = to.id if to is not None else row.case
        else:
            value = self.random.choice([3, 12]) if name == "months" else self._value(name)
        act.change(row, **{alike: {"state": value} for alike in ("paper", "request", "run", "tray")}.get(name, {name: value}))

    def _value(self, name: str) -> Any:
        words = {
            "state": ["ordered", "live", "released", "renewed"], "paper": ["draft", "to_cosign", "to_cosign", "to_seal", "issued", "void"], "content_hash": [None, "h"],
            "request": ["draft", "submitted", "approved", "returned"], "run": ["done", "undone"], "tray": ["waiting", "waiting", "imported", "dropped"],
            "kind": ["decide", "refused"], "case_no": ["（2018）琼9027执9号", "琼9027执9"], "file_name": ["台账.xlsx", "台账改.xlsx"],
        }
        if name in words:
            return self.random.choice(words[name])
        if name.endswith("_on") or name == "end_told":
            return self.random.choice([None, "2018-01-05", "2018-02-10", "2017-12-31"]) if name in ("released_on", "ends_on") else self.random.choice(["2017-12-31", "2018-01-05"])
        return super()._value(name)


def stored(store: Store) -> dict[str, list[Version]]:
    """All versions on the board of a store, by table."""
    return {model.__name__: sorted(_versions(store, model), key=repr) for model in (*TABLES, *SINGLES)}


def summed(store: Store) -> Sums:
    """The sums kept beside the board, which must be those counted of its rows."""
    with store.reading():
        found = boardsums.kept(store.base)
        assert found == boardsums.counted(store.base)
    return found


def _versions(store: Store, model: type[BoardVersion]) -> list[Version]:
    columns = ", ".join(f'"{name}"' for name in (model.OWNER, "since", "until", *model.value_columns()))
    found = store.base.execute_sql(f'SELECT {columns} FROM "{model._meta.table_name}"').fetchall()
    return [(case, since, until, tuple(values)) for case, since, until, *values in found]


def standing(store: Store, place: int) -> dict[str, list[tuple[str, BoardValues]]]:
    """What the board says was known when the line at a place had been taken in."""
    return {
        name: sorted(((case, values) for case, since, until, values in versions if since <= place < until), key=repr)
        for name, versions in stored(store).items()
    }


def replayed(board: Board, place: int) -> dict[str, list[tuple[str, BoardValues]]]:
    """The same from a replay of the lines up to that place."""
    from execdesk.store.chains import entry_of

    with board.store.reading():
        entries = sorted((entry_of(line) for line in Line.select().where(Line.taken <= place)), key=lambda entry: entry.order)
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for (table, row), values in fold(entries, refs_in_breach(board.store)).items():
        found.setdefault(table, {})[row] = values
    made: dict[str, list[tuple[str, BoardValues]]] = {model.__name__: [] for model in TABLES}
    for single, told in SINGLES.items():
        made[single.__name__] = [(row, said) for row, values in found.get(told.record.__name__, {}).items() for said in told.said(values)]
    for number, dossier in arrange({table: some for table, some in found.items() if watched(table)}).items():
        for model, some in rows_of(dossier, board.rules).items():
            made[model.__name__] += [(number, values) for values in some]
    return {name: sorted(rows, key=repr) for name, rows in made.items()}


def places(store: Store) -> list[int]:
    """The places at which something taken in together ends: between them nobody could look."""
    with store.reading():
        lines = list(Line.select(Line.taken, Line.run).order_by(Line.taken).tuples())
    return [taken for at, (taken, run) in enumerate(lines) if at + 1 == len(lines) or lines[at + 1][1] != run]


__all__ = ["NEVER", "BoardHistory", "places", "replayed", "standing", "stored", "summed"]
