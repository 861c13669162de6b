"""What a move asks beside the state, who may be assigned and what kind of subject decides the level: held to by the judge of lines too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from execdesk import rooms
from execdesk.access.line_conditions import NOT_BY_LINES, WITH_AUTHORITY
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Request
from execdesk.records.base import new_id
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.moves import CONDITIONS, CONDITIONS_BY_LINES
from execdesk.records.papers import Document, Service
from execdesk.store.act import Act
from execdesk.store.replay import all_entries
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.test_forging import who
from tests.flow.test_owners import Attack, everything, forged_line, rows_of, set_in, taken_in
from tests.world import Notes


def half_issued(bureau: Bureau, notes: Notes) -> dict[str, str]:
    """A case with a deposit frozen and served, a further freeze of which the ruling is signed and not yet the notice, and another case of whose debtor,
    a 人大代表, an extension is not yet submitted."""
    at = rows_of(bureau, notes)
    at["half"] = Request.get(Request.id == Document.get_by_id(at["paper"]).request).id
    desk = bureau.at(at["judge"])
    for number, replaces in enumerate((False, True)):  # a notice declared void, for which none stands yet; another for which one does
        paper = bureau.through(desk.do("order.property_report", case=at["case"], party=DEBTOR, days=10 + number), seal=False)[0]
        desk.do("document.void", document=paper, reason="错印")
        at["again" if replaces else "voided"] = paper
        if replaces:
            desk.do("document.replace", document=paper)
    at["used"] = Document.get(Document.type_id == "notice_execution").request
    at["unsigned"] = desk.do("request.open", case=at["case"], matter="list_dishonest").ids("Request")[0]
    for act in ("request.submit", "request.approve"):
        desk.do(act, request=at["unsigned"])
    desk.do("document.issue", document=at["paper"])
    served = next(one for one in Document.select().where(Document.measure == at["measure"]) if Service.select().where(Service.document == one.id).exists())
    at["served"] = served.id
    flagged = bureau.register("（2018）琼9027执55号")
    assert at["judge"] == bureau.judge(flagged) == "judge-1"
    at["open"] = bureau.at("officer").do("request.open", case=flagged, matter="extend_enforcement_period").ids("Request")[0]
    bureau.at("judge-1").do("party.special", case=flagged, party=DEBTOR, kinds=["人大代表"], source="证件")
    return at


def request_to(key: str, state: str) -> Attack:
    return lambda bureau, at: set_in(Request, at[key], state=state)


def paper_to(key: str, state: str, **more: Any) -> Attack:
    return lambda bureau, at: set_in(Document, at[key], state=state, **more)


def measure_to(state: str, **more: Any) -> Attack:
    return lambda bureau, at: set_in(Measure, at["measure"], state=state, **more)


def signed_by_nobody(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """A number, a signer, and no file that anybody signed."""
    paper = Document.get(Document.request == at["half"], Document.state == "submitted").id
    return lambda act: act.change(act.get(Document, paper), state="to_seal", signed_on=act.day, signer=who(bureau.account).id, file="f" * 64)


def used_before_all_are_signed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        act.change(act.get(Request, at["half"]), state="used")
        act.change(act.get(Document, at["paper"]), pages=9)

    return work


def void_by_another_answer(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        act.add(AssistReply(id=new_id(), measure=at["measure"], received_on=act.day, result="full", controlled_fen=1))
        act.change(act.get(Measure, at["measure"]), state="void")

    return work


def renewed_by_nothing(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        act.add(Service(id=new_id(), document=at["notice"], recipient="某某银行", method="direct", served_on=act.day, served_by=who(bureau.account).id))
        act.change(act.get(Measure, at["measure"]), state="renewed")

    return work


def replaced(key: str, **other: Any) -> Attack:
    """A paper that stands for another as if that had been declared void, ready to be signed."""

    def attack(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
        values = {**Document.get_by_id(at[key]).journal_values(), **BLANK, "state": "submitted", "replaces": at[key], **other}
        return lambda act: act.add(Document(id=new_id(), **values))

    return attack


def submitted(**told: Any) -> Attack:
    return lambda bureau, at: lambda act: act.change(act.get(Request, at["open"]), state="submitted", submitted_at=act.at, level="director", **told)


def assigned(account: str, rule: str, role: str = "judge", *, new: bool = True) -> Attack:
    """A case given to somebody by somebody who registers it."""

    def attack(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
        values = {**Case.get_by_id(at["case"]).journal_values(), "number": "（2018）琼9027执88号"}

        def work(act: Act) -> None:
            case = act.add(Case(id=new_id(), **values)).id if new else at["case"]
            act.add(Assignment(id=new_id(), case=case, person=who(account).id, role=role, starts_on=act.day, reason="分案", rule=rule))

        return work

    return attack


BLANK: dict[str, Any] = dict.fromkeys(("number", "suffix", "signed_on", "signer", "pages", "fields", "file", "struck"))
ATTACKS: list[tuple[str, str, Attack]] = [
    ("judge", "request.void", request_to("half", "void")), ("judge", "request.return", request_to("half", "lapsed")), ("judge", "request.withdraw", request_to("half", "withdrawn")),
    ("judge", "document.void", paper_to("served", "void")), ("judge", "document.void", measure_to("proposed")), ("judge", "document.issue", signed_by_nobody),
    ("judge", "document.issue", used_before_all_are_signed),
    ("judge", "request.done", request_to("half", "done")), ("judge", "request.done", request_to("unsigned", "done")), ("judge", "document.void", request_to("used", "approved")),
    ("judge", "document.replace", replaced("served")), ("judge", "document.replace", replaced("voided", content="{}", content_hash="0" * 64)),
    ("judge", "document.replace", replaced("voided", addressee="另一家银行")), ("judge", "document.replace", replaced("voided", request=None)),
    ("judge", "document.replace", replaced("again")), ("officer", "document.replace", replaced("voided")), ("judge", "document.draft", replaced("voided", state="draft", content=None, content_hash=None)),
    ("clerk", "measure.reply", measure_to("void")), ("clerk", "measure.reply", void_by_another_answer), ("judge", "measure.reply", measure_to("ordered", rank=1)),
    ("clerk", "receipt.deducted", measure_to("transferred")), ("judge", "receipt.deducted", measure_to("transferred", disposed_on=None)), ("clerk", "service.record", renewed_by_nothing),
    ("officer", "request.submit", submitted(subject="ordinary")), ("judge", "request.submit", submitted(subject="ordinary")), ("judge", "request.submit", submitted(subject="foreign")),
    ("officer", "request.submit", submitted(subject="deputy", upward=True)),
    ("clerk", "case.register", assigned("clerk", "least_load")), ("clerk", "case.register", assigned("admin", "former")), ("clerk", "case.register", assigned("officer", "related")),
    ("clerk", "case.register", assigned("judge-1", "override")), ("clerk", "case.register", assigned("judge-3", "least_load")), ("clerk", "case.register", assigned("judge-1", "ledger")),
    ("clerk", "case.assign", assigned("admin", "person", "clerk", new=False)), ("director", "case.assign", assigned("officer", "override", new=False)),
    ("judge", "case.route", assigned("officer", "person", "clerk", new=False)),
]


@pytest.mark.begins("noticed")
def test_what_a_move_and_an_assignment_ask_is_asked_of_lines(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau]) -> None:
    at = half_issued(bureau, notes)
    other = branch(bureau)
    other.at("president")
    bureau.at("clerk")
    before, forged = everything(bureau), list[str]()
    for number, (account, name, attack) in enumerate(ATTACKS):
        bureau.at(at.get(account, account))
        what, work = f"{number} {account} {name}", attack(bureau, at)
        with pytest.raises(Refusal) as refused, bureau.desk.session.act(name, case=at["case"]) as honest:
            work(honest)
        assert refused.value.code in ("store.owner", "store.condition", "store.move"), (what, refused.value.text)
        entry = forged_line(bureau, name, work, at["case"])
        assert taken_in(bureau, [entry]).breaches.keys() == {entry.ref}, what
        forged.append(entry.ref)
    assert everything(bureau) == before
    assert taken_in(other, list(all_entries(bureau.desk.session.store))).breaches.keys() == set(forged)
    assert everything(other) == before


@pytest.mark.begins("noticed")
def test_what_is_right_is_taken_by_both_desks(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau]) -> None:
    at = half_issued(bureau, notes)
    other = branch(bureau)
    other.at("president")
    bureau.at("officer").do("request.submit", request=at["open"])
    assert Request.get_by_id(at["open"]).subject == "deputy"
    bureau.at("director").do("case.assign", case=at["case"], judge=at["other"], clerk="书记员乙", reason="工作需要")
    bureau.register("（2018）琼9027执66号")
    entries = list(all_entries(bureau.desk.session.store))
    assert taken_in(other, entries).breaches == {}
    assert everything(bureau) == everything(other)
    assert Party.select().count() > 0


def test_each_condition_is_judged_by_lines_or_it_is_said_why_not() -> None:
    rooms.enter()
    judged, elsewhere, left = set(CONDITIONS_BY_LINES), set(WITH_AUTHORITY), set(NOT_BY_LINES)
    assert judged | elsewhere | left == set(CONDITIONS)
    assert not (judged & elsewhere or judged & left or elsewhere & left)
    assert all(len(why) > 40 for why in NOT_BY_LINES.values())
