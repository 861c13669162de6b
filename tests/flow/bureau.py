"""A bureau at work on a store on disk: people take turns at one desk, days go forward, matters go their way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from execdesk.access.providers import STARTS, FormContext
from execdesk.desk import AppServices, Desk
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Request
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.papers import Document
from execdesk.records.people import Person
from execdesk.records.property import Property
from execdesk.store.act import Changes
from execdesk.store.clock import DemonstrationClock
from tests.looking import look_at
from tests.server import open_desk

DEBTOR, APPLICANT = "林例一", "符示例"
BANK, ACCOUNT = "某某银行乐东支行", "6228480000006621"
FULL = 5012345  # what a freeze asks for: principal and interest, in fen


_SAID = {"not_listed": "确无履行能力", "opinion_record": "无异议"}


def examination(desk: Desk, case: str, on: date) -> list[dict[str, Any]]:
    """What the form lists of its own accord that has to be examined before 终本, filled in as of a day."""
    with desk.reading():
        found = STARTS["file_entries"](FormContext(desk.session, case=case))
    return [{**entry, "on": on, "page": "12", **({"reference": f"查{number}", "ended_on": on} if ":" in entry["item"] else {}),
             **({"words": said} if (said := _SAID.get(entry["item"])) else {})} for number, entry in enumerate(found)]  # fmt: skip


@dataclass
class Bureau:
    """One desk; :meth:`at` changes who sits there, and the day."""

    services: AppServices
    folder: Path
    day: date
    password: str = "demo"
    account: str = ""
    clock: Callable[[date], Any] = DemonstrationClock
    address: str = ""  # of a server that holds the rows; a file in the folder where there is none
    _desk: Desk | None = field(default=None, repr=False)

    def at(self, account: str, day: date | None = None) -> Desk:
        if day is not None and day != self.day:
            self.day = day
            if self._desk is not None:
                self._desk.session.store.clock = self.clock(day)
        if self._desk is None:
            self._desk = self._open(account)
        elif account != self.account:
            self._desk.change_person(account, self.password)
        self.account = account
        look_at(self._desk)
        return self._desk

    def _open(self, account: str) -> Desk:
        clock = self.clock(self.day)
        if self.address:
            return open_desk(self.services, self.folder, self.address, account, self.password, clock)
        return Desk.open(self.services, self.folder, account, self.password, clock)

    @property
    def desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    def close(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk, self.account = None, ""

    # -- steps of a journey --------------------------------------------------------------------------------------------

    def register(self, number: str = "（2018）琼9027执1号", **more: Any) -> str:
        """A money case of one debtor, assigned by the rule, with its clerk; nothing performed yet."""
        desk = self.at("clerk")
        values: dict[str, Any] = {
            "number": number, "cause": "民间借贷纠纷", "filed_on": self.day, "applicants": [APPLICANT],
            "debtors": [{"name": DEBTOR, "id_no": "469027198808080008", "address": "海南省乐东黎族自治县九所镇某村"}],
            "basis_no": "（2017）琼9027民初88号", "basis_kind": "民事判决书", "basis_organ": "本院", "principal": 5000000, "interest": 12345,
            "obligation": "立即向申请执行人符示例支付借款本金50000元及利息", "basis_effective_on": more.get("filed_on", self.day) - timedelta(days=30),
        }
        case = desk.do("case.register", **{**values, **more}).ids("Case")[0]
        if Case.get_by_id(case).state == "open":
            desk.do("case.assign", case=case, clerk="书记员甲")
            desk.do("case.opening_recovered", case=case, amount=0, source="尚未到位")
        return case

    def judge(self, case: str) -> str:
        row = Assignment.select().where(Assignment.case == case, Assignment.role == "judge", Assignment.ends_on.is_null()).get()
        return str(Person.get_by_id(row.person).account)

    def party(self, case: str, name: str = DEBTOR) -> Party:
        found: Party = Party.get(Party.case == case, Party.name == name)
        return found

    def notice(self, case: str) -> str:
        """The execution notice, issued and sealed."""
        return self.through(self.at(self.judge(case)).do("notice.execution", case=case, party=DEBTOR))[0]

    def serve(self, document: str, on: date | None = None, **more: Any) -> None:
        """A paper handed to whom it is addressed to, recorded by the clerk."""
        desk = self.at("clerk")
        values = {"recipient": Document.get_by_id(document).addressee, "method": "direct", "served_on": on or self.day}
        desk.do("service.record", document=document, **{**values, **more})

    def notified(self, case: str) -> str:
        """The execution notice, issued, sealed and served; he is to perform at once."""
        notice = self.notice(case)
        self.serve(notice)
        return notice

    def freeze(self, case: str, amount: int = FULL, account_no: str = "", **more: Any) -> Changes:
        """A freeze put forward: of the account, each further one of an account of its own where none is named."""
        desk = self.at(self.judge(case))
        account = account_no or str(int(ACCOUNT) + Property.select().count())
        return desk.do("measure.propose", case=case, party=DEBTOR, kind="bank_deposit", identifiers={"bank": BANK, "account_no": account}, amount=amount, **more)

    def obstruction(self, case: str, name: str = DEBTOR) -> str:
        """An act by which a party obstructs, recorded: what a sanction names."""
        changes = self.at(self.judge(case)).do(
            "obstruction.record", case=case, party=name, on=self.day, statute_item="refuse", words="有能力履行而拒不履行。",
        )
        return changes.ids("ObstructionAct")[0]

    def papers(self, request: str) -> list[Document]:
        return list(Document.select().where(Document.request == request).order_by(Document.id))

    def through(self, changes: Changes, *, seal: bool = True) -> list[str]:
        """A matter at the judge's level: submitted, approved, issued, sealed; the documents in their order."""
        request, me = changes.ids("Request")[0], self.account
        self.desk.do("request.submit", request=request)
        self.at(me).do("request.approve", request=request, opinion="同意")
        return self.issue_all(request, me, seal=seal)

    def issue_all(self, request: str, account: str, *, seal: bool = True) -> list[str]:
        rows = [row.id for row in self.papers(request)]
        for row in rows:
            self.at(account).do("document.issue", document=row)
        for row in rows if seal else ():
            if Document.get_by_id(row).state == "to_seal":
                self.at("seal").do("document.seal", document=row)
        return rows

    def frozen(self, case: str, **more: Any) -> str:
        """A freeze in effect: ruled, notified, served, answered by the bank in full; the measure."""
        changes = self.freeze(case, **more)
        documents = self.through(changes)
        notice = Document.get_by_id(documents[1])
        self.at("clerk").do("service.record", document=notice.id, recipient=notice.addressee, method="direct", served_on=self.day)
        return changes.ids("Measure")[0]

    # -- looking -------------------------------------------------------------------------------------------------------

    def state(self, request: str) -> str:
        return str(Request.get_by_id(request).state)

    def refused(self, account: str, action: str, /, **values: Any) -> Refusal:
        with pytest.raises(Refusal) as caught:
            self.at(account).do(action, **values)
        return caught.value
