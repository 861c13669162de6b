"""Taking a ledger in on a real store: one act, nothing twice, nothing lost, nothing invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from execdesk.access.register import ACTIONS
from execdesk.casefile.routing import group_for
from execdesk.desk import AppServices, Desk
from execdesk.intake.report import LedgerReport
from execdesk.intake.waiting import Tray
from execdesk.law.refusal import Refusal
from execdesk.reads import caselist
from execdesk.reads.casewhere import ListFilter
from execdesk.records.approvals import Decision, Request
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.journal import Line
from execdesk.records.ledgers import Import, LedgerRow, TrayRow
from execdesk.records.tables import JOURNALED
from execdesk.store.clock import DemonstrationClock
from tests.intake.conftest import DAY, HEADINGS, SAMPLE, row
from tests.intake.office import Office, write_ledger
from tests.intake.test_ledger import csv_of, xls_of
from tests.looking import kept

MAIN = "2017年台账"
KEEP_REST = {"承办法官": None, "被执行人身份证号码": None}


def number(n: int, kind: str = "执") -> str:
    return f"（2017）琼9027{kind}{n}号"


def debtor(n: int) -> str:
    """A fictional identity number: sequence 000."""
    digits = f"469027{1960 + n}0101000"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


# -- the sample


def test_the_sample_comes_in_as_one_act_of_several_lines(filled: Office, sample: LedgerReport) -> None:
    filled.sound()
    lines = list(Line.select().where(Line.act == "ledger.import").order_by(Line.number))
    assert len(lines) > 1 and len({line.at for line in lines}) == 1
    assert [line.number for line in lines] == list(range(lines[0].number, lines[0].number + len(lines)))
    run = Import.get()
    assert run.counts == sample.counts
    assert Case.select().count() == LedgerRow.select().count() == len(sample.imported)
    assert Counter(t.kind for t in filled.tray()) == {"decide": len(sample.decide), "refused": len(sample.refused)}
    assert kept().get(run.file_sha256) == SAMPLE.read_bytes()


def test_every_case_of_the_sample_has_its_judge_and_why(filled: Office) -> None:
    for case in Case.select():
        holders = filled.assigned(case.number)
        assert len(holders) == (0 if case.state == "review_office" else 1), case.number
        assert all(rule == "ledger" and reason == f"台账载明承办人{name}" for name, rule, reason in holders)
        assert case.group or case.state != "open", case.number


def told(sample: LedgerReport, state: str) -> set[str]:
    """The numbers of the cases that the sample ledger tells to be in a state."""
    found = {case.number for entry in sample.imported for case in entry.cases if case.state == state}
    assert found, state
    return found


def test_closed_cases_are_closed_by_the_ledgers_word_alone(filled: Office, sample: LedgerReport) -> None:
    closed = list(Case.select().where(Case.state == "closed"))
    assert {case.number for case in closed} == told(sample, "closed")
    assert {case.closing_source for case in closed} == {"台账载明"}
    assert all(case.closed_on and case.closing_mode for case in closed)
    assert Request.select().count() == Decision.select().count() == 0
    with pytest.raises(Refusal) as refusal:
        filled.desk.do("case.route", case=closed[0].number, group="coastal", reason="试")
    assert refusal.value.code == "case.closed"


def test_review_cases_are_read_only(filled: Office, sample: LedgerReport) -> None:
    review = list(Case.select().where(Case.state == "review_office"))
    assert {case.number for case in review} == told(sample, "review_office") and {case.type_code for case in review} <= {"执异", "执监"}
    with pytest.raises(Refusal) as refusal:
        filled.desk.do("case.route", case=review[0].number, group="coastal", reason="试")
    assert refusal.value.code == "case.review_office"


PLAUSIBLE: dict[str, Any] = {
    "kinds": ["人大代表"], "values": {"phone": "139"}, "side": "debtor", "name": "某某", "group": "coastal", "judge": "法官甲", "amount": 100, "days": 3,
    "received_on": DAY, "on": DAY, "identifiers": {}, "other_case": "试",
    "series": "ruling", "suffix": 1, "matter": "terminate", "type": "ruling_freeze",
    "ground": "refuse", "kind": "民事判决书", "inputs": {},
}  # fmt: skip
OF_ACTION: dict[str, dict[str, Any]] = {
    "query.send": {"heads": ["bank"]}, "file.enter": {"entries": [{"item": "notice_served", "on": DAY}]},
    "form.print": {"type": "record_inquiry"},  # what is printed by hand is none that the court issues
    "property.register": {"kind": "存款"}, "document.propose": {"matter": "冻结存款"}, "obstruction.record": {"statute_item": "有能力履行而拒不履行生效法律文书"},
}  # fmt: skip
NOTHING_TO_CHOOSE = "现在没有可选的。"  # a list over the case is empty: nothing of it is here


@pytest.mark.parametrize("account", ["judge-1", "director"])
def test_no_action_acts_in_a_case_of_the_review_office(filled: Office, services: AppServices, account: str) -> None:
    """Every action that names a case, with what it needs to go through in a case of the bureau."""
    review = Case.select().where(Case.state == "review_office").first()
    debtor_name = filled.parties(review.number, "debtor")[0]
    filled.desk.close()
    desk = Desk.open(services, filled.folder, account, "demo", DemonstrationClock(DAY))
    try:
        head = desk.session.store.head
        of_case = {name: action for name, action in ACTIONS.items() if action.of_case and name not in ("case.register", "party.identity")}  # a look is open to all
        assert {"party.special", "measure.propose", "case.assign", "document.draft", "request.open"} <= of_case.keys()
        for name, action in of_case.items():
            of_kind = {"day": DAY, "amount": 100, "count": 1, "row": "试"}
            given = {
                one.name: debtor_name if one.name == "party" else one.pairs[0][0] if one.pairs else PLAUSIBLE.get(one.name, of_kind.get(one.kind, "试"))
                for one in action.fields if one.required
            }
            with pytest.raises(Refusal) as refusal:
                desk.do(name, **{**given, **OF_ACTION.get(name, {}), "case": review.number})
            empty = refusal.value.code == "field.value" and refusal.value.text.endswith(NOTHING_TO_CHOOSE)
            assert empty or refusal.value.code in ("case.review_office", "access.duty"), (name, refusal.value.text)
        assert desk.session.store.head == head
    finally:
        desk.close()


def test_the_same_file_again_writes_no_line(filled: Office, sample: LedgerReport) -> None:
    before = filled.head
    again = filled.take(SAMPLE)
    assert again.changes is None and again.run is None
    assert again.report.counts == {**sample.counts, "imported": 0, "passed_over": len(sample.passed_over) + len(sample.imported)}
    assert filled.head == before


@pytest.mark.parametrize(("name", "data"), [("台账.xls", xls_of), ("台账.csv", lambda: csv_of("gb18030")), ("乙.csv", lambda: csv_of("utf-8-sig"))])
def test_the_same_ledger_in_another_form_changes_no_case(filled: Office, tmp_path: Path, name: str, data: Any) -> None:
    before = Case.select().count(), Party.select().count(), Assignment.select().count()
    path = tmp_path / name
    path.write_bytes(data())
    taken = filled.take(path)
    assert taken.report.counts["imported"] == 0
    assert (Case.select().count(), Party.select().count(), Assignment.select().count()) == before
    filled.sound()


def test_an_empty_desk_takes_any_form(office: Office, sample: LedgerReport, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(csv_of("gb18030"))
    assert office.take(path).report.counts["imported"] == len(sample.imported)
    assert len(office.tray()) == len(sample.decide) + len(sample.refused)
    office.sound()
    assert office.take(SAMPLE).report.counts["imported"] == 0


# -- who gets a case


def test_assignments_with_their_reasons(office: Office, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [
        row(案号=number(1), 承办法官=None, 被执行人身份证号码=debtor(1)),
        row(序号=2, 案号=number(2), 承办法官=None, 被执行人身份证号码=debtor(2), 申请标的=2_000_000),
        row(序号=3, 案号=number(3), 承办法官=None, 被执行人身份证号码=debtor(3)),
        row(序号=4, 案号=number(4), 承办法官="法官乙", 被执行人身份证号码=debtor(4)),
        row(序号=5, 案号=number(5), 承办法官=None, 被执行人身份证号码=debtor(4)),
        row(序号=6, 案号=number(6), 承办法官=None, 被执行人身份证号码=debtor(5), 结案方式="终本", 结案日期=date(2017, 5, 1)),
        row(序号=7, 案号=number(7, "执异"), 承办法官="法官甲", 被执行人身份证号码=debtor(6)),
        row(序号=8, 案号=number(8), 承办法官=None, 被执行人身份证号码=debtor(1), 住址="抱由镇一村"),
    ])  # fmt: skip
    office.take(path)
    office.sound()
    assert office.assigned(number(1)) == [("法官甲", "least_load", "本组加权负荷最轻（法官甲 0、法官乙 0）")]
    assert office.assigned(number(2)) == [("法官乙", "least_load", "本组加权负荷最轻（法官甲 1、法官乙 0）")]
    assert office.assigned(number(3)) == [("法官甲", "least_load", "本组加权负荷最轻（法官甲 1、法官乙 1.5）")]
    assert office.assigned(number(4)) == [("法官乙", "ledger", "台账载明承办人法官乙")]
    assert office.assigned(number(5)) == [("法官乙", "related", f"被执行人相同的 {number(4)} 由法官乙承办，关联案件一并办理")]
    assert office.assigned(number(6)) == []  # closed: nobody is put in charge afterwards
    review = number(7, "执异")
    assert office.assigned(review) == [] == office.assigned(review, "clerk")
    assert office.assigned(number(8))[0][:2] == ("法官甲", "related")
    assert office.assigned(number(1), "clerk") == [("书记员甲", "ledger", "台账载明书记员书记员甲")]


def test_registration_and_import_give_the_same_answer(office: Office, tmp_path: Path) -> None:
    """Group, town, reason, judge and why: by hand at one time, by ledger at another."""
    addresses = ["乐东县黄流镇新安村", "抱由新安村", "三亚市崖州区", "国营山荣农场", None, "莺歌海盐场"]
    rows = [
        row(序号=n, 案号=number(n), 承办法官=None, 书记员=None, 被执行人身份证号码=debtor(n), 住址=address)
        for n, address in enumerate(addresses, 1)
    ]
    path = write_ledger(tmp_path / "甲.xlsx", rows)
    queue = {(e.sheet, e.row, q.column, q.code): "queue" for e in office.look(path).decide for q in e.questions}
    assert len(queue) == 4
    run = office.take(path, queue).run
    told = {n: _facts(office, number(n)) for n in range(1, 7)}
    office.desk.do("ledger.undo", run=run, reason="另行登记")
    for n, address in enumerate(addresses, 1):
        office.desk.do(
            "case.register", number=number(n), cause="买卖合同纠纷", filed_on=date(2017, 3, 1), applicants=["甲某"],
            debtors=[{"name": "乙某", "id_no": debtor(n), "address": address}], principal=5_000_000, basis_no="（2016）琼9027民初1号",
        )  # fmt: skip
    assert {n: _facts(office, number(n)) for n in range(1, 7)} == told
    assert [n for n in told if told[n][0] is None] == [3, 4, 5, 6]
    assert all(str(told[n][1]).startswith("未列明，待定组：") for n in (3, 4, 5, 6))
    queue_now = {row.number for row in caselist.page(office.desk.session, ListFilter("ungrouped"), "number").rows}
    assert queue_now == {number(n) for n in (3, 4, 5, 6)}
    office.sound()


def _facts(office: Office, which: str) -> tuple[Any, ...]:
    case = office.case(which)
    again = group_for(office.desk.session, case, list(Party.select().where(Party.case == case.id, Party.struck.is_null())))
    assert (again.group, again.reason, again.town) == (case.group, case.group_reason, case.town)
    return case.group, case.group_reason, case.town, [a for a in office.assigned(which) if a[1] != "ledger"]


def test_the_former_handlers_group_and_companions_are_proposed(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [
        row(案号=number(1), 住址="抱由镇一村", 被执行人身份证号码=debtor(1), 结案方式="终本", 结案日期=date(2017, 5, 1)),
        row(序号=2, 案号=number(2), 住址="抱由镇一村", 被执行人身份证号码=debtor(2)),
    ]))  # fmt: skip
    report = office.look(write_ledger(tmp_path / "乙.xlsx", [
        row(案号=number(3, "执恢"), 住址="三亚市", 承办法官=None, 被执行人身份证号码=debtor(1)),
        row(序号=2, 案号=number(4), 住址="三亚市", 承办法官=None, 被执行人身份证号码=debtor(2)),
        row(序号=3, 案号=number(5), 住址="三亚市", 承办法官=None, 被执行人身份证号码=debtor(3)),
    ]))  # fmt: skip
    proposals = [next(o.ground for o in e.questions[0].options if o.key == e.questions[0].proposal) for e in report.decide]
    assert proposals == ["恢复执行案件，归原承办组", "同一被执行人的关联案件在该组，一并办理", "无地域依据，按轮流分配"]


def test_a_resumed_case_goes_to_its_former_handler(office: Office, tmp_path: Path) -> None:
    """By ledger, by hand, and where both cases come in one ledger; another basis or a judge gone speaks for nobody."""
    closed = {"结案方式": "终本", "结案日期": date(2017, 5, 1), "承办法官": "法官乙"}
    office.take(write_ledger(tmp_path / "甲.xlsx", [
        row(案号=number(1), 被执行人身份证号码=debtor(1), **closed),
        row(序号=2, 案号=number(2), 被执行人身份证号码=debtor(2), **closed),
        row(序号=3, 案号=number(2, "执恢"), 被执行人身份证号码=debtor(2), 立案日期=date(2017, 8, 1), 承办法官=None),
        row(序号=4, 案号=number(4), 被执行人身份证号码=debtor(1), 承办法官="法官甲"),
    ]))  # fmt: skip
    assert office.assigned(number(2, "执恢")) == [("法官乙", "former", f"恢复执行案件，原案 {number(2)} 由法官乙承办，仍由其办理")]
    office.take(write_ledger(tmp_path / "乙.xlsx", [
        row(案号=number(3, "执恢"), 被执行人身份证号码=debtor(1), 承办法官=None),
        row(序号=2, 案号=number(4, "执恢"), 被执行人身份证号码=debtor(1), 承办法官=None, 执行依据="（2015）琼9027民初9号"),
    ]))  # fmt: skip
    assert office.assigned(number(3, "执恢"))[0][:2] == ("法官乙", "former")
    assert office.assigned(number(4, "执恢"))[0][1] == "related"
    office.desk.do(
        "case.register", number=number(5, "执恢"), cause="买卖合同纠纷", filed_on=date(2017, 9, 1), applicants=["甲某"],
        debtors=[{"name": "乙某", "id_no": debtor(2), "address": "黄流镇新安村"}],
    )  # fmt: skip
    assert office.assigned(number(5, "执恢"))[0][:2] == ("法官乙", "former")
    office.sound()


def test_a_case_in_the_queue_is_placed_and_then_dealt(office: Office, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [row(住址="三亚市", 承办法官=None)])
    office.take(path, {(MAIN, 2, "I", "town.outside"): "queue"})
    case = office.case(number(1))
    assert case.group is None and office.assigned(number(1)) == []
    proposed = group_for(office.desk.session, case, list(Party.select().where(Party.case == case.id))).proposal
    assert proposed and _route_starts_with(office) == proposed, "the form starts with what the queue proposes"
    office.desk.do("case.route", case=number(1), group="coastal", reason="财产在黄流")
    assert office.assigned(number(1))[0][1] == "least_load"
    assert _route_starts_with(office) is None, "a placed case is moved for a reason of one's own"
    office.sound()


def _route_starts_with(office: Office) -> object:
    shown = office.desk.reads.form("case.route", case=office.case(number(1)).id)
    return next(one.value for one in shown.fields if one.field.name == "group")


# -- decisions and the tray


def test_a_decided_row_leaves_the_tray(filled: Office) -> None:
    entry = filled.look(SAMPLE).decide[0]
    while (asked := next((e for e in filled.look(SAMPLE).decide if (e.sheet, e.row) == (entry.sheet, entry.row)), None)) is not None:
        question = asked.questions[0]
        key = (asked.sheet, asked.row, question.column, question.code)
        taken = filled.take(SAMPLE, {key: question.proposal or question.options[0].key})
        assert taken.report.counts["imported"] == 1
    assert [row.row for row in filled.tray("imported")] == [entry.row]
    assert len(filled.tray()) == 72
    filled.sound()


def test_a_row_left_out_stays_out_until_decided_otherwise(office: Office, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [row(申请标的="以判决为准"), row(序号=2, 案号=number(2))])
    office.take(path)
    assert len(office.tray()) == 1
    key = (MAIN, 2, "L", "money.no_figure")
    office.take(path, {key: "skip"})
    assert office.tray() == [] and len(office.tray("dropped")) == 1
    before = office.head
    again = office.take(path)
    assert again.changes is None and [e.code for e in again.report.passed_over][-2:] == ["known.dropped", "known.row"]
    assert office.head == before
    office.take(path, {key: "unknown"})
    assert office.case(number(1)).claim_fen is None
    office.sound()


def test_a_row_left_out_at_once_is_kept_all_the_same(office: Office, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [row(申请标的="以判决为准")])
    office.take(path, {(MAIN, 2, "L", "money.no_figure"): "skip"})
    kept = office.tray("dropped")[0]
    assert ["申请标的（元）", "以判决为准"] in kept.raw
    assert office.take(path).changes is None


def test_a_row_mended_in_the_ledger_leaves_the_tray(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row(立案日期="2017-02-30")]))
    assert [(t.kind, t.case_no, t.problems[0]["column"]) for t in office.tray()] == [("refused", number(1), "C")]
    office.take(write_ledger(tmp_path / "乙.xlsx", [row()]))
    assert office.tray() == []
    office.sound()


def test_a_row_can_be_taken_out_of_the_tray_by_hand(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row(立案日期="2017-02-30")]))
    row_id = office.tray()[0].id
    with pytest.raises(Refusal):
        office.desk.do("ledger.drop", rows=[row_id], reason=" ")
    office.desk.do("ledger.drop", rows=[row_id], reason="已登记")
    assert office.tray() == []
    with pytest.raises(Refusal) as refusal:
        office.desk.do("ledger.drop", rows=[row_id], reason="再来")
    assert refusal.value.code == "ledger.tray"


def test_a_name_is_tied_once_and_remembered(office: Office, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [row(序号=n, 案号=number(n), 承办法官="丙老师") for n in (1, 2, 3)])
    asked = office.look(path)
    assert [(one.code, one.name, one.rows) for one in asked.shared] == [("person.unmapped", "丙老师", 3)]
    option = next(o.key for o in asked.shared[0].options if o.label == "法官丙")
    office.take(path, {("person.unmapped", "丙老师"): option})
    assert office.assigned(number(2)) == [("法官丙", "ledger", "台账载明承办人丙老师（即法官丙）")]
    later = write_ledger(tmp_path / "乙.xlsx", [row(案号=number(9), 承办法官="丙老师")])
    taken = office.take(later)
    assert [note.code for note in taken.report.imported[0].warnings if note.code.startswith("person")] == ["person.remembered"]
    assert office.assigned(number(9))[0][0] == "法官丙"


# -- a case that is known


def test_other_values_of_a_known_case_are_asked_and_only_they_change(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row(到位金额=100)]))
    before = office.case(number(1))
    other = write_ledger(tmp_path / "乙.xlsx", [row(申请标的=60000, 案由="借款合同纠纷", 到位金额=0, 备注="新")])
    report = office.look(other)
    assert {q.code for q in report.decide[0].questions} == {"known.claim_fen", "known.cause", "known.recovered_fen", "known.remarks"}
    office.take(other)
    assert office.case(number(1)).claim_fen == 5_000_000 and len(office.tray()) == 1
    wanted = {"L": ("known.claim_fen", "take:60,000.00"), "D": ("known.cause", "keep:买卖合同纠纷"), "O": ("known.recovered_fen", "take:0.00"),
              "R": ("known.remarks", "keep:空")}  # fmt: skip
    taken = office.take(other, {(MAIN, 2, column, code): choice for column, (code, choice) in wanted.items()})
    after = office.case(number(1))
    changed = {f.name for f in Case.journal_fields() if getattr(before, f.name) != getattr(after, f.name)}
    assert changed == {"claim_fen", "opening_recovered_fen"}
    assert (after.claim_fen, after.opening_recovered_fen) == (6_000_000, 0)
    assert office.tray() == [] and taken.changes is not None
    office.sound()
    head = office.head
    assert office.take(other).changes is None and office.head == head


def test_what_is_told_of_the_parties_is_compared_too(office: Office, tmp_path: Path) -> None:
    headings = (*HEADINGS, "电话", "依据作出机关")
    first = (*row(被执行人身份证号码=None), "13800000000", "乐东县法院")
    office.take(write_ledger(tmp_path / "甲.xlsx", [first], headings))
    other = write_ledger(tmp_path / "乙.xlsx", [(*row(住址="乐东县黄流镇多一村"), "13900000000", "三亚中院")], headings)
    asked = {q.code: q for q in office.look(other).decide[0].questions}
    assert list(asked) == ["known.debtor_ids", "known.debtor_addresses", "known.debtor_phones", "known.basis_organ"]
    assert [o.key for o in asked["known.debtor_ids"].options] == ["keep:乙某：空", "take:乙某：469027198808080008"]
    chosen = {(MAIN, 2, q.column, code): q.options[code != "known.debtor_phones"].key for code, q in asked.items()}
    office.take(other, chosen)
    party = Party.get(Party.name == "乙某")
    assert (party.id_no, party.id_kind, party.born_on, party.address, party.phone) == (
        "469027198808080008", "id18", date(1988, 8, 8), "乐东县黄流镇多一村", "13800000000"
    )  # fmt: skip
    assert office.case(number(1)).basis_organ == "三亚中院"
    office.sound()
    office.desk.do("ledger.undo", run=str(Import.select().order_by(Import.id.desc()).get().id), reason="试")
    assert Party.get(Party.name == "乙某").id_no is None
    office.sound()


def test_keeping_everything_is_remembered(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row()]))
    other = write_ledger(tmp_path / "乙.xlsx", [row(申请标的=60000)])
    office.take(other, {(MAIN, 2, "L", "known.claim_fen"): "keep:50,000.00"})
    assert office.take(other).report.counts == {"imported": 0, "decide": 0, "refused": 0, "passed_over": 2}
    assert office.case(number(1)).claim_fen == 5_000_000


def test_a_ledger_does_not_change_the_judge(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row()]))
    other = write_ledger(tmp_path / "乙.xlsx", [row(承办法官="法官乙")])
    question = office.look(other).decide[0].questions[0]
    assert (question.code, [o.key for o in question.options]) == ("known.judge_id", ["keep:法官甲"])
    assert "局长" in question.text
    taken = office.take(other, {(MAIN, 2, "M", "known.judge_id"): "take:法官乙"})
    assert taken.report.counts["decide"] == 1 and office.assigned(number(1))[0][0] == "法官甲"


def test_a_later_ledger_closes_a_case_it_brought_but_not_one_registered_here(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row()]))
    office.desk.do("case.register", number=number(2), cause="买卖合同纠纷", filed_on=date(2017, 3, 1), applicants=["甲某"], debtors=["乙某"])
    closed = {"结案方式": "终本", "结案日期": date(2017, 12, 1)}
    later = write_ledger(tmp_path / "乙.xlsx", [row(**closed), row(序号=2, 案号=number(2), **KEEP_REST, **closed)])
    asked = {e.row: {q.code: q for q in e.questions} for e in office.look(later).decide}
    assert [o.key for o in asked[3]["known.closing"].options] == ["keep:空"]
    choice = asked[2]["known.closing"].options[1].key
    office.take(later, {(MAIN, 2, "Q", "known.closing"): choice})
    case = office.case(number(1))
    assert (case.state, case.closed_on, case.closing_mode, case.closing_source) == ("closed", date(2017, 12, 1), "终结本次执行程序", "台账载明")
    assert office.case(number(2)).state == "open"
    office.sound()


def test_parties_that_stay_are_not_entered_anew(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row()]))
    stays = Party.get(Party.name == "乙某").id
    other = write_ledger(tmp_path / "乙.xlsx", [row(被执行人="乙某、丙某", 被执行人身份证号码=f"469027198808080008、{debtor(3)}")])
    office.take(other, {(MAIN, 2, "G", "known.debtors"): "take:乙某、丙某"})
    assert office.parties(number(1), "debtor") == ["乙某", "丙某"]
    assert Party.get(Party.name == "乙某", Party.struck.is_null()).id == stays


def test_overlapping_ledgers(office: Office, tmp_path: Path) -> None:
    first = [row(序号=n, 案号=number(n)) for n in range(1, 31)]
    second = [row(序号=n, 案号=number(n)) for n in range(21, 51)]
    office.take(write_ledger(tmp_path / "甲.xlsx", first))
    taken = office.take(write_ledger(tmp_path / "乙.csv", second))
    assert taken.report.counts == {"imported": 20, "decide": 0, "refused": 0, "passed_over": 11}
    assert Case.select().count() == 50
    office.sound()
    runs = [run.id for run in Import.select().order_by(Import.id)]
    for run in runs:  # they share no row: either may be undone first
        office.desk.do("ledger.undo", run=run, reason="试")
    assert not any(office.living().values())
    office.sound()


# -- undo


def test_undo_strikes_every_row_and_the_file_comes_in_again(filled: Office) -> None:
    run = Import.get().id
    before = filled.living()
    filled.desk.do("ledger.undo", run=run, reason="选错了文件")
    assert not any(filled.living().values())
    assert Import.get_by_id(run).state == "undone"
    assert {r.struck for r in TrayRow.select()} == {"撤销导入：选错了文件"}
    filled.sound()
    with pytest.raises(Refusal):
        filled.desk.do("ledger.undo", run=run, reason="再来")
    filled.take(SAMPLE)
    assert filled.living() == before
    filled.sound()


def test_undo_puts_back_what_it_changed(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row(), row(序号=2, 案号=number(2), 申请标的="待定")]))
    facts = {m.__name__: [r.journal_values() for r in m.select().order_by(m.id)] for m in JOURNALED}
    other = write_ledger(tmp_path / "乙.xlsx", [
        row(申请标的=60000, 被执行人="丙某", 书记员="书记员乙"), row(序号=2, 案号=number(2), 申请标的="待定"),
    ])  # fmt: skip
    taken = office.take(other, {
        (MAIN, 2, "L", "known.claim_fen"): "take:60,000.00", (MAIN, 2, "G", "known.debtors"): "take:丙某",
        (MAIN, 2, "N", "known.clerk_id"): "take:书记员乙", (MAIN, 3, "L", "money.no_figure"): "unknown",
    })  # fmt: skip
    assert taken.report.counts["imported"] == 2
    assert office.case(number(1)).claim_fen == 6_000_000 and office.parties(number(1), "debtor") == ["丙某"]
    assert office.assigned(number(1), "clerk")[0][0] == "书记员乙"
    office.desk.do("ledger.undo", run=taken.run, reason="误改")
    for model in JOURNALED:
        left = [r.journal_values() for r in model.select().where(model.struck.is_null()).order_by(model.id)]
        known = facts[model.__name__]
        assert [v for v in left if v not in known and v.get("state") != "undone"] == [], model.__name__
        assert all(v in left for v in known if v["struck"] is None), model.__name__
    assert len(office.tray()) == 1
    office.sound()
    first = Import.get(Import.state == "done").id
    office.desk.do("ledger.undo", run=first, reason="也不要")  # what was undone builds on nothing any more
    assert not any(office.living().values())
    office.sound()


def test_undo_names_the_first_later_line(office: Office, tmp_path: Path) -> None:
    run = office.take(write_ledger(tmp_path / "甲.xlsx", [row(), row(序号=2, 案号=number(2))])).run
    office.desk.do("case.register", number=number(8), cause="买卖合同纠纷", filed_on=date(2017, 3, 1), applicants=["甲某"], debtors=["丁某"])
    changes = office.desk.do("case.obligation", case=number(2), obligation="支付货款")
    office.desk.do("case.obligation", case=number(1), obligation="支付货款")
    with pytest.raises(Refusal) as refusal:
        office.desk.do("ledger.undo", run=run, reason="误导入")
    assert refusal.value.code == "ledger.undo"
    for word in (number(2), "书记员甲", "填写应履行的义务", "2018-01-02", f"留痕第 {changes.lines[0].partition(':')[2]} 条"):
        assert word in refusal.value.text
    assert office.living()["Case"] == 3


def test_undo_is_refused_once_another_desk_has_it(office: Office, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from execdesk.records.journal import Acknowledged

    run = office.take(write_ledger(tmp_path / "甲.xlsx", [row()])).run
    number_, digest = office.head
    told = Acknowledged.create(chain="HQ.1", number=1, hash="0" * 64, where="HL", at=datetime.now(UTC))
    told.number, told.hash = number_, digest
    told.save()
    with pytest.raises(Refusal) as refusal:
        office.desk.do("ledger.undo", run=run, reason="误导入")
    assert refusal.value.code == "ledger.undo_sent"


# -- who, cancel, progress


@pytest.mark.parametrize("account", ["judge-1", "police", "auxiliary", "director", "admin", "seal", "review"])
def test_only_a_clerk_imports(office: Office, account: str) -> None:
    office.desk.change_person(account, "demo")
    before = office.head
    for action in (lambda: office.take(SAMPLE), lambda: office.desk.do("ledger.undo", run="x", reason="x")):
        with pytest.raises(Refusal) as refusal:
            action()
        assert refusal.value.code == "access.duty" and "书记员" in refusal.value.text
    assert office.head == before


@pytest.mark.parametrize("after", [1, 6, 8, 11])
def test_cancelled_at_any_time_nothing_is_left(office: Office, after: int) -> None:
    before, asked = office.head, 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked >= after

    with pytest.raises(Refusal) as refusal:
        office.take(SAMPLE, cancelled=cancelled)
    assert refusal.value.code == "intake.cancelled"
    assert office.head == before and not any(office.living().values()) and kept().count() == 0
    office.sound()


def test_progress_runs_once_from_checking_to_the_end_of_writing(office: Office) -> None:
    heard: list[tuple[int, int]] = []
    office.take(SAMPLE, progress=lambda done, total: heard.append((done, total)))
    assert {total for _, total in heard} == {2 * 639}
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1] == (2 * 639, 2 * 639) and any(done == 639 for done, _ in heard)


def test_a_case_entered_between_checking_and_writing_stops_the_import(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [row()])
    after = Tray.after

    def meanwhile(*told: Any) -> Tray:
        office.desk.do("case.register", number=number(1), cause="买卖合同纠纷", filed_on=date(2017, 3, 1), applicants=["甲某"], debtors=["乙某"])
        return after(*told)

    monkeypatch.setattr(Tray, "after", meanwhile)
    with pytest.raises(Refusal) as refusal:
        office.take(path)
    assert refusal.value.code == "store.stale"
    assert Case.select().count() == 1
