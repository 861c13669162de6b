"""``demo``: a demonstration store with the sample ledger, three matters carried through it, and what came of them as files."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from execdesk.access import places
from execdesk.access import setup as founding
from execdesk.access.demonstration import is_demonstration, keep_day
from execdesk.access.organisation import load_demo_people
from execdesk.commands.samples import sample_cases
from execdesk.commands.store import DEMO_DAY
from execdesk.desk import AppServices, Desk
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.reads.cases import CasePage
from execdesk.reads.casewhere import ListFilter
from execdesk.store.clock import DemonstrationClock

Say = Callable[[str], None]


@dataclass
class Demonstration:
    """Where things lie after the demonstration: the store, the PDFs by name, the case that was carried through."""

    data: Path
    files: dict[str, Path] = field(default_factory=dict)
    case: str = ""
    judge: str = ""
    ruling: Path | None = None


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the command; ``main.py`` opens the window on what it made."""
    demo = sub.add_parser("demo", parents=[common], help="演示：建库、导入、办三件事，然后打开窗口")
    demo.add_argument("folder", nargs="?", default="demo")
    demo.set_defaults(run=None)


def demonstrate(services: AppServices, folder: Path, say: Say = print) -> Demonstration:
    """Make the store in ``folder``/data and carry three matters through it.

    Raises:
        Refusal: ``demo.folder`` where the folder holds something that is not a demonstration.
    """
    demo = Demonstration(folder / "data")
    _make_store(services, demo.data, say)
    _freeze(services, folder, demo, say)
    _consumption(services, folder, demo, say)
    _refused(services, demo, say)
    say(f"数据在 {demo.data}；PDF 在 {folder / 'pdf'}")
    return demo


def _make_store(services: AppServices, data: Path, say: Say) -> None:
    if places.store_file(data).exists():
        if not is_demonstration(data):
            raise Refusal(f"「{data}」里是正式库，演示不能用这个位置。请另选文件夹。", code="demo.folder")
        shutil.rmtree(data)
    shutil.rmtree(data.parent / "pdf", ignore_errors=True)
    (data.parent / "pdf").mkdir(parents=True, exist_ok=True)
    people = load_demo_people(services.resources / "organisation", services.organisation)
    made = founding.set_up(data, founding.demo_wanted(services.organisation, people), DemonstrationClock(DEMO_DAY))
    keep_day(data, DEMO_DAY)
    for line in (*made.made, f"登录名：{'、'.join(made.accounts)}，密码都是 demo", *sample_cases(services, data)):
        say(line)


@contextmanager
def _as(services: AppServices, data: Path, account: str, day: date = DEMO_DAY) -> Iterator[Desk]:
    desk = Desk.open(services, data, account, "demo", DemonstrationClock(day))
    try:
        with desk.reading():
            yield desk
    finally:
        keep_day(data, day)
        desk.close()


def _account_of(desk: Desk, name: str) -> str:
    return str(desk.reads.account_of(name))


def _freeze(services: AppServices, folder: Path, demo: Demonstration, say: Say) -> None:
    """One case of the ledger: notice, freeze, approval, signed ruling, seal, service, the bank's answer."""
    with _as(services, demo.data, "clerk") as desk:
        page = _suitable(desk)
        demo.case, demo.judge = page.case.number, _account_of(desk, page.case.judge)
        debtor = next(p for p in page.parties if p.side == "被执行人").name
        desk.do("case.paper_suffix", case=demo.case)
        desk.do("case.opening_recovered", case=demo.case, amount=0, source="尚未到位")
        desk.do("case.basis", case=demo.case, kind="民事判决书", organ="本院", effective_on=page.case.filed_on - timedelta(days=30))
        desk.do("case.obligation", case=demo.case, obligation="立即履行生效法律文书确定的付款义务")
    amount = min(page.case.claim_fen or 0, 5_000_000)
    with _as(services, demo.data, demo.judge) as desk:
        _through(desk, desk.do("notice.execution", case=demo.case, party=debtor))
    _seal_all(services, demo)
    with _as(services, demo.data, demo.judge) as desk:
        frozen = desk.do(
            "measure.propose", case=demo.case, party=debtor, kind="bank_deposit", amount=amount,
            identifiers={"bank": "某某银行乐东支行（虚构）", "account_no": "6228480000000006621"},
        )
        _through(desk, frozen)
    _seal_all(services, demo)
    measure, after = frozen.ids("Measure")[0], DEMO_DAY + timedelta(days=1)
    with _as(services, demo.data, "clerk", after) as desk:
        page = desk.reads.case(demo.case)
        told = next(d for d in page.documents if d.addressee == debtor)
        desk.do("service.record", document=told.id, recipient=debtor, method="direct", served_on=after)
        notice = next(d for d in page.documents if d.measure == measure and d.addressee)
        desk.do("service.record", document=notice.id, recipient=notice.addressee, method="direct", served_on=after)
        desk.do("measure.reply", measure=measure, received_on=after, controlled=amount // 2, ends_on=date(after.year + 1, 1, 1),
                handler="经办员示例", receipt_no="2018-001", reason="账户余额不足")
        row = next(m for m in desk.reads.case(demo.case).measures if m.id == measure)
        say(f"{demo.case}：{row.title}，裁定 {amount_in_list(amount)} 元，银行实控 {amount_in_list(row.held_fen or 0)} 元，"
            f"{row.state_words}，以{row.ruling_end} {row.ends_on} 为准")
        for document in page.documents:
            _keep(desk, folder, demo, document.id, f"{document.title}{document.number}")
            if document.measure == measure and not document.addressee:
                demo.ruling = demo.files[f"{document.title}{document.number}"]
        _keep_sheet(desk, folder, demo, frozen.ids("Request")[0])
    say(f"已签发 {len(demo.files)} 份文件")


def _suitable(desk: Desk) -> CasePage:
    """The first open case of the ledger with one debtor, a claim, a judge and a basis."""
    for row in desk.reads.cases(ListFilter("open")):
        if row.judge and row.claim_fen and "等" not in row.debtor and row.days_left is not None and row.days_left > 60:
            page = desk.reads.case(row.number)
            if page.basis and page.case.recovered_fen is None:
                return page
    raise Refusal("样例台账里没有合适的案件。", code="demo.case")


def _through(desk: Desk, changes: Any) -> None:
    """Submit, approve, issue: all by the judge in charge, whose level it is."""
    request = changes.ids("Request")[0]
    desk.do("request.submit", request=request)
    desk.do("request.approve", request=request, opinion="同意")
    for document in sorted(desk.reads.documents_of(request)):
        desk.do("document.issue", document=document)


def _seal_all(services: AppServices, demo: Demonstration, day: date = DEMO_DAY) -> None:
    with _as(services, demo.data, "seal", day) as desk:
        for document in desk.reads.waiting_for_seal():
            desk.do("document.seal", document=document)


def _consumption(services: AppServices, folder: Path, demo: Demonstration, say: Say) -> None:
    """A president's matter: the judge asks, the director comments, the president approves and signs the order."""
    day = DEMO_DAY + timedelta(days=2)
    with _as(services, demo.data, "clerk", day) as desk:
        page = desk.reads.case(demo.case)
        debtor = next(p for p in page.parties if p.side == "被执行人").name
    with _as(services, demo.data, demo.judge, day) as desk:
        request = desk.do("order.consumption", case=demo.case, party=debtor).ids("Request")[0]
        desk.do("request.submit", request=request)
        try:
            desk.do("request.approve", request=request, opinion="同意")
        except Refusal as refusal:
            say(f"承办法官试图批准限制消费令：{refusal.text}")
    with _as(services, demo.data, "director", day) as desk:
        desk.do("request.comment", request=request, opinion="同意报院长。")
    with _as(services, demo.data, "president", day) as desk:
        desk.do("request.approve", request=request, opinion="同意")
        order = sorted(desk.reads.documents_of(request))[0]
        desk.do("document.issue", document=order)
    _seal_all(services, demo, day)
    with _as(services, demo.data, "clerk", day) as desk:
        _keep(desk, folder, demo, order, "限制消费令")
        _keep_sheet(desk, folder, demo, request, "限制消费审批表")
    say(f"{demo.case}：限制消费令由院长批准并签发")


def _refused(services: AppServices, demo: Demonstration, say: Say) -> None:
    """Refusals: 终结本次执行程序 with nothing examined is not put forward; more time is not the judge's to approve, and waits for 院长."""
    day = DEMO_DAY + timedelta(days=3)
    with _as(services, demo.data, demo.judge, day) as desk:
        closing = desk.do("request.open", case=demo.case, matter="terminate_this_round", title="终结本次执行程序").ids("Request")[0]
        _try(desk, "提交终本", "request.submit", say, request=closing)
        desk.do("request.void", request=closing, reason="条件尚不具备")
        longer = desk.do("request.open", case=demo.case, matter="extend_enforcement_period", title="延长执行期限").ids("Request")[0]
        desk.do("request.submit", request=longer)
        _try(desk, "批准延长执行期限", "request.approve", say, request=longer, opinion="同意")


def _try(desk: Desk, what: str, action: str, say: Say, **values: Any) -> None:
    """What the judge is refused, and by which clauses."""
    try:
        desk.do(action, **values)
    except Refusal as refusal:
        say(f"承办法官试图{what}：{refusal.text}")
        for clause in refusal.clauses:
            say(f"  「{clause.quote}」{clause.source}")


def _keep(desk: Desk, folder: Path, demo: Demonstration, document: str, name: str) -> None:
    pdf = desk.reads.pages(document)
    if pdf is None:
        return
    target = folder / "pdf" / f"{name}.pdf"
    target.write_bytes(pdf)
    demo.files[name] = target


def _keep_sheet(desk: Desk, folder: Path, demo: Demonstration, request: str, name: str = "冻结审批表") -> None:
    target = folder / "pdf" / f"{name}.pdf"
    target.write_bytes(desk.reads.approval_sheet(request))
    demo.files[name] = target
