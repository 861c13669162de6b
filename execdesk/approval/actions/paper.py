"""凭纸批: printing the coded sheet, entering what was signed on it, and the approver's own word on that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from execdesk.access.actions.letters import read_scan
from execdesk.access.duty import duties, require_may
from execdesk.access.lookup import person_of
from execdesk.access.possible import require_possible
from execdesk.access.providers import FormContext, Pairs, options
from execdesk.access.register import Fen, action
from execdesk.access.session import Session, holders_of, posts_on
from execdesk.approval import paper as papers
from execdesk.approval.actions.deciding import require_panel, require_subject
from execdesk.approval.deciding import Speaker, decide
from execdesk.approval.paper import Approver
from execdesk.approval.requests import issued_of, reopen, request_of
from execdesk.approval.standing import person_facts, ruling_for
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.integrity.history import require_whole
from execdesk.integrity.incidents import ANNULLED, UNCONFIRMED
from execdesk.law.authority import Ruling
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_list
from execdesk.records.approvals import (
    ENTERERS,
    PAPER_MOVES,
    UNDER_WAY,
    PaperApproval,
    PaperState,
    Request,
    RequestState,
)
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.people import Person
from execdesk.store.act import Act, Changes

SCANS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG")


@options("paper_approvers", within="people")
def paper_approvers(context: FormContext) -> Pairs:
    """Who holds a post that approves, today, with the post."""
    session, found = context.session, dict[str, str]()
    for level in session.authority.data.levels.values():
        for post in level.posts if level.rank else ():
            for person in holders_of(post, session.day):
                found[person.id] = f"{person.name}（{session.organisation.posts[post].name}）"
    return tuple(found.items())


@action("paper.print", "打印纸面报批单", Field("request", "报批事项", "row"), done="已登记纸面报批单。")
def print_sheet(session: Session, *, request: str) -> Changes:
    """Put a submitted request on a sheet to be signed by hand; the day is that of the paper application, and stays it for reprints.

    Raises Refusal ``request.state``; ``paper.matter`` where the matter is decided at a desk only.
    """
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    require_may(session, ENTERERS, "打印纸面报批单")
    require_possible(row, "paper.print", f"「{row.title}」", "request.state", "请先提交，再打印纸面报批单")
    papers.require_on_paper(session, ruling_for(session, row, session.day))
    with session.act("paper.print", case=case.id, reason=f"打印「{row.title}」纸面报批单，编号{papers.code_of(row)}") as act:
        if papers.sheet_of(row) is None:
            act.add(PaperApproval(
                id=new_id(), request=row.id, content_hash=row.content_hash, asked_by=session.me.id, asked_on=act.day, approvers=[], alone=False, state=PaperState.PRINTED,
            ))
    return act.changes


@action(
    "request.paper_approval", "录入纸面批准",
    Field("request", "报批事项", "row"),
    Field("code", "单上的编号", required=False, most=24, hint="如 A7K2-9QF4-M3TX；方案施行以前没有编号的旧单不填"),
    Field("applied_on", "旧单的申请日期", "day", required=False, most="today", rare=True, hint="有编号的不填"),
    Field("party", "单上写的当事人", "name"), Field("matter", "单上写的事项", "choice", options="matters", finds="matters"),
    Field("amount", "单上写的金额", "amount", required=False, unit="元", hint="单上没有金额的不填"),
    Field("approvers", "在单上签名批准的人", "many", options="paper_approvers"), Field("approved_on", "签名的日期", "day", most="today"),
    Field("opinion", "单上写的意见", "long", required=False),
    Field("scan", "签名后的扫描件或者照片", "file", unit="扫描件 (*.pdf *.jpg *.jpeg *.png);;所有文件 (*)"),
    button="录入", note="照签了名的单逐项填写，系统与报批内容核对。由提出人以外的人录入；批准人确认以前都是暂定的。", done="已录入，待批准人确认。",
)
def enter_paper(
    session: Session, *, request: str, party: str, matter: str, approvers: list[str], approved_on: date, scan: str, code: str | None = None,
    applied_on: date | None = None, amount: Fen | None = None, opinion: str | None = None,
) -> Changes:
    """Enter that a request was approved by hand on its sheet: by somebody other than whose application it is, with the scan.

    Where nobody else is at the desk its applicant may; 院长 then looks at it. An approval of the time of the ladder stands on an old
    sheet without a code and names every step. Raises Refusal ``paper.matter``, ``paper.code``, ``paper.self``, ``paper.own``, ``paper.day``,
    ``paper.party``, ``paper.kind``, ``paper.amount``, ``paper.steps``, ``paper.approver``, ``paper.scan``.
    """
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    require_whole(session, case)
    require_may(session, ENTERERS, "录入纸面批准")
    data, people = _scan(session, scan), [person_of(one) for one in approvers]
    with session.act("request.paper_approval", case=case.id, reason=(opinion or "").strip()) as act:
        fresh = act.get(Request, row.id)
        require_possible(fresh, act.name, f"「{row.title}」", "request.state")
        require_subject(session, fresh, case)
        ruling = ruling_for(session, fresh, approved_on)
        papers.require_on_paper(session, ruling)
        require_panel(fresh, ruling)
        sheet = _sheet(session, act, fresh, ruling, code, applied_on)
        told = _Typed(party, matter, amount, approved_on)
        _compare(session, fresh, case, told, sheet.asked_on)
        signed = papers.approvers_of(session, fresh, case, approved_on, people)
        sheet = _entered(session, act, sheet, fresh, case, signed, told, act.keep_file(data), opinion)
        _decide(session, act, fresh, case, ruling, sheet, signed[-1], opinion or "")
        act.change(fresh, state=RequestState.APPROVED, level=ruling.level)
    return act.changes


@dataclass(frozen=True)
class _Typed:
    """What the signed sheet says, as it was typed from it."""

    party: str
    matter: str
    amount: int | None
    on: date


def _scan(session: Session, path: str) -> bytes:
    """The bytes of a scan that can be looked at again: its approver confirms what he sees."""
    data = read_scan(path)
    if not data.startswith(SCANS):
        raise Refusal("扫描件应当是 PDF、JPG 或者 PNG，请重新扫描或者拍照后再录入。", code="paper.scan", field="scan")
    session.pdf.scan(data, Path(path).name)
    return data


def _sheet(session: Session, act: Act, request: Request, ruling: Ruling, code: str | None, applied_on: date | None) -> PaperApproval:
    """The sheet as it was printed here, or an old one of the time of the ladder, from before sheets had codes."""
    if not code:
        if not ruling.ladder or applied_on is None:
            last = session.authority.data.ladder.valid_to
            raise Refusal(
                f"请填写单上的编号；只有 {last} 以前签批的旧单没有编号，须填写其申请日期。还没有单的，先打印纸面报批单，由有权的人签名。", code="paper.code",
                ways=(WayOn("打印纸面报批单", "paper.print"),),
            )
        return PaperApproval(
            id=new_id(), request=request.id, content_hash=request.content_hash, asked_by=session.me.id, asked_on=applied_on, approvers=[], alone=False,
        )
    sheet = papers.sheet_of(request)
    if sheet is None or papers.plain_code(code) != papers.plain_code(papers.code_of(request)):
        raise Refusal(
            f"编号「{code}」不是本报批现在的内容的编号：可能抄错，也可能打印以后内容改过、重新提交过。请核对编号；内容改过的，重新打印、重新签批。", code="paper.code",
        )
    return act.get(PaperApproval, sheet.id)


def _compare(session: Session, request: Request, case: Case, told: _Typed, applied_on: date) -> None:
    """What the sheet says against what the request names, by party, kind and amount; its day against those of the facts."""
    named = papers.named_in(session, request, case)
    typed = {one.strip() for one in told.party.replace("，", "、").replace(",", "、").split("、") if one.strip()}
    if typed != named.parties:
        raise Refusal(f"单上写的当事人「{told.party}」与报批的「{named.party_words}」不同，不能录入。请核对是不是这一份单。", code="paper.party", field="party")
    if told.matter not in (request.matter, named.matter):
        raise Refusal(f"单上写的事项与报批的「{request.title}」不同，不能录入。请核对是不是这一份单。", code="paper.kind", field="matter")
    if told.amount != named.amount:
        words = [f"{amount_in_list(one)} 元" if one is not None else "没有金额" for one in (told.amount, named.amount)]
        raise Refusal(f"单上写的金额（{words[0]}）与报批的（{words[1]}）不同，不能录入。金额改过的，须重新报批。", code="paper.amount", field="amount")
    if not named.since <= applied_on <= told.on <= session.day:
        raise Refusal(
            f"日期对不上：报批所写的事实最晚在 {named.since}，纸面申请在 {applied_on}，签名在 {told.on}，应当依次不早于前一项，且不晚于今天。请核对签名的日期。", code="paper.day",
        )


def _entered(
    session: Session, act: Act, sheet: PaperApproval, request: Request, case: Case, signed: Iterable[Approver], told: _Typed, scan: str, opinion: str | None
) -> PaperApproval:
    """The sheet with what was entered; ``alone`` where its applicant enters it because nobody else is at the desk."""
    signed = list(signed)
    own, rows = papers.whose(request, case), [one.person.id for one in signed]
    if session.me.id in rows:
        raise Refusal("您就是批准人，请直接在本系统批准，不用录入纸面批准。", code="paper.self", ways=(WayOn("批准", "request.approve"),))
    alone = session.me.id in own
    others = papers.second_persons(session, session.store.site, act.day, {*own, *rows, session.me.id}) if alone else []
    if others:
        raise Refusal(f"您是提出人或者承办人，不能录入自己的纸面批准。请由{'、'.join(others[:4])}等人录入。", code="paper.own")
    values = {
        "approvers": rows, "approved_on": told.on, "scan": scan, "opinion": (opinion or "").strip() or None, "entered_by": session.me.id,
        "entered_on": act.day, "alone": alone, "state": PaperState.ENTERED,
    }
    if sheet.state == PaperState.PRINTED:
        act.change(sheet, **values)
        return sheet
    for name, value in values.items():
        setattr(sheet, name, value)
    return act.add(sheet)


def _decide(session: Session, act: Act, request: Request, case: Case, ruling: Ruling, sheet: PaperApproval, last: Approver, opinion: str) -> None:
    """The words of the journal: the approval, and the signature for issue where he who approved is the signer whom statute names."""
    post = next((held.post for held in posts_on(session.me.id, act.day)), "clerk")
    mine = Speaker(post, session.organisation.posts[post].name)
    facts = person_facts(last.person, request, case, ruling.on)
    for kind in ("approve", "sign_issue") if papers.signs_too(session, ruling, facts) else ("approve",):
        decide(session, act, request, ruling, mine, kind, opinion, on=ruling.on, paper=papers.paper_words(sheet), sheet=sheet.id)


@action("paper.confirm", "确认纸面批准", Field("paper", "纸面批准", "row"), Field("opinion", "意见", "long", required=False), done="已确认。")
def confirm(session: Session, *, paper: str, opinion: str | None = None) -> Changes:
    """The approver, or 院长 where his word is awaited, confirms that the paper says what was entered; the approval then stands."""
    row = _row(paper)
    with session.act("paper.confirm", case=Request.get_by_id(row.request).case, reason=(opinion or "").strip()) as act:
        fresh = _awaited(session, act, row)
        _settle(session, act, fresh, PaperState.CONFIRMED, opinion)
    return act.changes


@action("paper.deny", "否认纸面批准", Field("paper", "纸面批准", "row"), Field("opinion", "理由", "long"), done="已否认，批准不再算数。")
def deny(session: Session, *, paper: str, opinion: str) -> Changes:
    """The approver, or 院长 where his word is awaited, denies it: the approval counts no more; what was issued under it is named for somebody to set right."""
    row = _row(paper)
    if not opinion.strip():
        raise Refusal("否认须写明理由。", code="request.opinion", field="opinion")
    with session.act("paper.deny", case=Request.get_by_id(row.request).case, reason=opinion.strip()) as act:
        fresh = _awaited(session, act, row)
        request = act.get(Request, fresh.request)
        issued = issued_of(request.id) if request.content_hash == fresh.content_hash else []
        _settle(session, act, fresh, PaperState.DENIED, opinion)
        if issued:
            names = "、".join(f"《{one.title}》{one.number or ''}" for one in issued)
            text = f"{session.me.name}否认「{request.title}」的纸面批准（{opinion.strip()}），而{names}已签发，不会自动撤销：须由承办法官补正、撤销或者采取补救措施。"
            act.add(Incident(id=new_id(), kind=ANNULLED, place=f"PaperApproval:{fresh.id}", text=text, case=request.case, found_at=act.at, state=IncidentState.OPEN))
        elif request.state in UNDER_WAY and request.content_hash == fresh.content_hash:
            reopen(act, request, f"{session.me.name}否认纸面批准：{opinion.strip()}")
    return act.changes


def _row(paper: str) -> PaperApproval:
    found = PaperApproval.get_or_none(PaperApproval.id == paper)
    if found is None:
        raise Refusal("找不到该纸面批准，请刷新后再试。", code="paper.missing")
    row: PaperApproval = found
    return row


def _awaited(session: Session, act: Act, row: PaperApproval) -> PaperApproval:
    fresh = act.get(PaperApproval, row.id)
    require_possible(fresh, act.name, "该纸面批准", "paper.state")
    if not papers.awaits(session, fresh, session.me.id, "ratify" in duties(session)):
        whom = "院长" if fresh.alone else Person.get_by_id(fresh.approvers[-1]).name
        raise Refusal(f"该纸面批准待{whom}确认或者否认，不能由您办理。", code="paper.not_yours")
    return fresh


def _settle(session: Session, act: Act, paper: PaperApproval, state: str, opinion: str | None) -> None:
    """The approver's own signed word, and the end of the incident where it was overdue."""
    request = Request.get_by_id(paper.request)
    post = next((held.post for held in posts_on(session.me.id, act.day)), "judge")
    mine = Speaker(post, session.organisation.posts[post].name)
    kind = "confirm" if state == PaperState.CONFIRMED else "deny"
    decide(session, act, request, ruling_for(session, request, act.day), mine, kind, opinion or "", sheet=paper.id, content=paper.content_hash)
    act.change(paper, state=state, settled_by=session.me.id, settled_on=act.day)
    open_ones = Incident.select().where(
        Incident.kind == UNCONFIRMED, Incident.place == f"PaperApproval:{paper.id}", Incident.state == IncidentState.OPEN, Incident.struck.is_null()
    )
    for incident in open_ones:
        act.change(act.get(Incident, incident.id), state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"{session.me.name}：纸面批准{PAPER_MOVES.words[state]}。")
