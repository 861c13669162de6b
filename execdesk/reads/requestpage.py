"""One request with everything a person needs to decide it: permission or refusal, stages, documents, checks; letters of authority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from execdesk.access.duty import duties
from execdesk.access.session import Session, holders_of
from execdesk.approval.panel import panel_of
from execdesk.approval.paper import awaited_words, awaits, papers_under, provisional_of, sheet_of, standing_words
from execdesk.approval.permitted import Standing, standing_of, who_decides
from execdesk.approval.requests import request_of
from execdesk.documents.checks import Check
from execdesk.drafting.assembly import Assembly, assembly_of, checks_on
from execdesk.drafting.drafts import content_hash, frozen, view_draft
from execdesk.drafting.replacing import to_replace
from execdesk.issue.keeping import pages_of
from execdesk.issue.printing import KIND_WORDS
from execdesk.law.matters import Level
from execdesk.law.permission import Permission, signing_level
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.words import amount_in_list
from execdesk.reads.approvals import InboxRow, inbox_row, pressing_rows
from execdesk.reads.cases import CaseRow
from execdesk.reads.finishing import issuer, papers_of, whose
from execdesk.reads.letterview import LetterView, letter_view
from execdesk.records.approvals import (
    ENTERERS,
    TO_CHANGE,
    UNDER_WAY,
    Decision,
    PanelState,
    PaperApproval,
    Request,
    RequestState,
)
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import Delegation, Person
from execdesk.store.clock import COURT_TIME
from execdesk.store.files import digest_of, kept_file


class Stage:
    """Where a stage stands: behind, here, ahead, or the request came back from it."""

    DONE, NOW, LATER, BACK = "done", "now", "later", "back"


@dataclass(frozen=True)
class StageRow:
    """One stage of a request; ``state`` is one of :class:`Stage`."""

    label: str
    person: str
    at: str
    words: str
    state: str


@dataclass(frozen=True)
class PanelView:
    """A panel with its members and minutes in words."""

    state: str
    members: tuple[tuple[str, str], ...]  # (row id, name), presiding first
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PageOf:
    """A document of the request: ``kept`` once it is issued, else a draft."""

    id: str
    title: str
    state_words: str
    kept: bool
    scan: bool = False  # of a sheet that was signed by hand: its row is that of the approval on paper


@dataclass(frozen=True)
class PaperConditions:
    """All that is checked of a paper before it is decided on, what is not right first: (state ok | warn | stop, what, sentence)."""

    title: str
    checks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class RequestPage:
    """One request, whole. Exactly one of ``permission`` and ``refusal`` is set while it waits."""

    row: InboxRow
    case: CaseRow
    version: int
    state_words: str
    chip: str
    tone: str
    who: str
    what: str
    facts: tuple[tuple[str, str], ...]
    permission: Permission | None
    refusal: Refusal | None
    reason: str
    clauses: tuple[Clause, ...]
    clause_topic: str
    conflict: bool
    signs: bool
    level: str
    level_name: str
    decides: tuple[str, ...]
    stages: tuple[StageRow, ...]
    offered: frozenset[str]
    documents: tuple[PageOf, ...]
    checks: tuple[tuple[str, str], ...]
    panel: PanelView | None
    paper: str = ""  # the row of an approval on paper that awaits this person's word
    scan: PageOf | None = None  # the sheet signed by hand on which the content as it stands was approved
    to_replace: str = ""  # a paper that was declared void before it went out, and for which no other stands
    awaits: str = ""  # what an approved matter waits for
    provisional: str = ""  # of an approval on paper: whose word is awaited until when, and what was issued under it
    conditions: tuple[PaperConditions, ...] = ()  # of each paper that waits


def request_page(session: Session, row: str) -> RequestPage:
    """One request with permission or refusal, its stages, documents and checks."""
    request = request_of(row)
    case = Case.get_by_id(request.case)
    shown = pressing_rows(session, [case.id])[case.id]
    standing = standing_of(session, request, case)
    ruling = standing.ruling
    waits = request.state == RequestState.SUBMITTED or standing.signs
    entry = inbox_row(session, request, shown, standing)
    papers = papers_of(request.id)
    level, alive = standing.level, [paper for paper in papers if paper.state != DocumentState.VOID]
    judged = _judged(session, papers)
    return RequestPage(
        row=entry, case=shown, version=request.version, state_words=standing_words(request), chip=_state_chip(session, request, entry, standing),
        tone=entry.tone if waits else "", who=_who(session, request, case), what=request.title + (f"（{ruling.name}）" if ruling.name != request.title else ""),
        facts=_facts(session, request, shown), permission=standing.permission if waits else None, refusal=standing.refusal if waits else None,
        reason=ruling.reason, clauses=ruling.clauses, clause_topic=f"clause:{ruling.plan_article}", conflict=ruling.conflict, signs=standing.signs,
        level=level.id, level_name=level.name, decides=who_decides(session, request, case, standing) if waits else (),
        stages=_stages(session, request, standing), offered=standing.offered | _issue(session, request, standing) | _by_paper(session, request) | _with_drafter(session, request, case, alive) | _at_its_end(session, request, case, standing, papers), documents=tuple(_page_of(d) for d in papers),
        checks=tuple(_checks(papers, judged)), conditions=_conditions(judged), panel=_panel_view(session, request),
        to_replace=next((paper.id for paper in to_replace(papers)), ""), awaits=_awaits(session, request, alive, papers),
        paper=_awaited(session, request), scan=_scan(request), provisional=_provisional(session, request),
    )


def _state_chip(session: Session, request: Request, row: InboxRow, standing: Standing) -> str:
    if request.state == RequestState.SUBMITTED or standing.signs:
        what = "签发" if standing.signs else "决定"
        return f"待您{what}" + (f" · {row.chip}" if row.tone in ("soon", "late") else "") if row.group == "mine" else row.chip
    return standing_words(request)


def _who(session: Session, request: Request, case: Case) -> str:
    person = Person.get_by_id(request.applicant)
    judge = Assignment.get_or_none(Assignment.case == case.id, Assignment.person == person.id, Assignment.role == "judge", Assignment.ends_on.is_null())
    role = "（承办）" if judge else ""
    at = f"，{_moment(request.submitted_at)} 提交" if request.submitted_at else "，尚未提交"
    return f"{person.name}{role}{at}" + ("，层报" if request.upward else "")


def _facts(session: Session, request: Request, case: CaseRow) -> tuple[tuple[str, str], ...]:
    """The amounts and flags beside the request; an unknown amount is 未查, never nought."""
    found = []
    if case.claim_fen is not None:
        done = case.recovered_fen or 0
        share = f"（已到位 {amount_in_list(done)} 元，占 {done * 100 / case.claim_fen:.1f}%）" if case.claim_fen and case.recovered_fen is not None else "（到位未查）"
        found.append(("未执行标的", f"{amount_in_list(case.claim_fen - done)} 元{share}"))
    else:
        found.append(("未执行标的", "未查"))
    data = session.authority.data
    if request.subject != "ordinary":
        flagged = [p.name for p in Party.select().where(Party.case == request.case, Party.struck.is_null()) if p.special]
        found.append(("特殊主体", f"{data.subjects[request.subject].name}（{'、'.join(flagged)}）"))
    if request.circumstances:
        found.append(("情形", "、".join(data.circumstances.get(c, c) for c in request.circumstances)))
    if request.note:
        found.append(("说明", request.note))
    if request.outcome:
        found.append(("办理结果", f"{request.done_on}　{request.outcome}"))
    return tuple(found)


def _stages(session: Session, request: Request, standing: Standing) -> tuple[StageRow, ...]:
    first = Person.get_by_id(request.applicant).name
    papers = Document.select().where(Document.request == request.id, Document.struck.is_null()).count()
    at = _short(request.submitted_at) if request.submitted_at else "尚未提交"
    frozen_words = f"文书 {papers} 件，内容已冻结" if papers else "无附文书"
    found = [StageRow("拟稿、提交", first, at, frozen_words, Stage.DONE if request.submitted_at else Stage.NOW)]
    for word in Decision.select().where(Decision.request == request.id, Decision.struck.is_null()).order_by(Decision.at, Decision.id):
        stale = "" if word.content_hash == request.content_hash else "（对此前的内容）"
        letter = Delegation.get_or_none(Delegation.id == word.delegation) if word.delegation else None
        post = f"{word.post}" + (f"，授权书{letter.letter}" if letter else "")
        label = f"{post.split('，')[0]}意见" if word.kind == "comment" else KIND_WORDS.get(word.kind, word.kind)
        label = f"录入纸面{label}" if word.on_paper else label
        words = "；".join(part for part in (word.on_paper or "", (word.opinion or "").strip(), post if word.kind != "comment" else "", stale) if part)
        found.append(StageRow(label, Person.get_by_id(word.person).name, _short(word.at), words, Stage.BACK if word.kind == "return" else Stage.DONE))
    return tuple(found + _ahead(session, request, standing, papers))


def _ahead(session: Session, request: Request, standing: Standing, papers: int) -> list[StageRow]:
    ruling = standing.ruling
    found: list[StageRow] = []
    if request.state not in UNDER_WAY:
        return found
    me = session.me.name
    if ruling.panel == "required" and (panel_of(request.id) is None or panel_of(request.id).state != PanelState.CONCLUDED):  # type: ignore[union-attr]
        found.append(StageRow("合议", "合议庭", "批准前", "提请局长指定，录入评议笔录", Stage.NOW))
    if request.state == RequestState.SUBMITTED:
        names = me if standing.permission else _holders(session, standing.level)
        found.append(StageRow("批准", names, "现在", "以本人的证书签署，记入审批单", Stage.NOW if not found else Stage.LATER))
    if ruling.statute_signer and (standing.signs or request.state == RequestState.SUBMITTED):
        who = _holders(session, signing_level(session.authority, ruling))
        found.append(StageRow("签发", who, "现在" if standing.signs else "批准后", "法律另要求的签发人签署", Stage.NOW if standing.signs else Stage.LATER))
    if papers:
        signs = issuer(request)
        words = f"取号、盖院印、留存；文书上署{signs.label}{signs.name}" if signs else "取号、盖院印、留存"
        found.append(StageRow("署名、签发", signs.name if signs else "承办法官", "批准后", words, Stage.LATER))
    return found


def _issue(session: Session, request: Request, standing: Standing) -> frozenset[str]:
    """``issue`` where everything is approved and this person's signature makes the document."""
    signs = issuer(request) if request.state == RequestState.APPROVED and not standing.signs else None
    return frozenset({"issue"} if signs is not None and signs.person == session.me.id else ())


def _awaits(session: Session, request: Request, alive: list[Document], papers: list[Document]) -> str:
    """What an approved matter waits for, as the end of a sentence; empty where it waits for nothing."""
    if signs := issuer(request):
        return f"待{signs.name}签发文书"
    name = Person.get_by_id(request.applicant).name
    if void := to_replace(papers):
        return f"《{void[0].title}》已作废，待{name}重制"
    return "" if alive else f"待{name}办理后登记办结"


def _awaited(session: Session, request: Request) -> str:
    paper = provisional_of(request)
    return str(paper.id) if paper is not None and awaits(session, paper, session.me.id, "ratify" in duties(session)) else ""


def _with_drafter(session: Session, request: Request, case: Case, papers: list[Document]) -> frozenset[str]:
    """What who put it forward, or the judge in charge, may do about a matter that lies with him: go on with it, put it forward, give it up."""
    if request.state not in TO_CHANGE or session.me.id not in whose(session, request, case.id):
        return frozenset()
    return frozenset({"open" if papers else "submit", "void"})


def _at_its_end(session: Session, request: Request, case: Case, standing: Standing, papers: list[Document]) -> frozenset[str]:
    """What brings an approved matter to its end where no paper waits to be signed: another for one that was declared void, or what was done."""
    if request.state != RequestState.APPROVED or standing.signs or session.me.id not in whose(session, request, case.id):
        return frozenset()
    if to_replace(papers):
        return frozenset({"replace"})
    return frozenset() if any(paper.state != DocumentState.VOID for paper in papers) else frozenset({"done"})


def _by_paper(session: Session, request: Request) -> frozenset[str]:
    """What this person may do about an approval on paper: print the sheet, enter what was signed on it, say whether it is his."""
    if _awaited(session, request):
        return frozenset({"paper_confirm", "paper_deny"})
    if request.state != RequestState.SUBMITTED or not set(ENTERERS) & duties(session):
        return frozenset()
    return frozenset({"paper_print"} | ({"paper_enter"} if sheet_of(request) is not None else set()))


def _scan(request: Request) -> PageOf | None:
    paper = PaperApproval.get_or_none(
        PaperApproval.request == request.id, PaperApproval.content_hash == request.content_hash, PaperApproval.scan.is_null(False), PaperApproval.struck.is_null(),
    )
    return PageOf(paper.id, "签了名的报批单", paper.state_words, True, True) if paper is not None else None


def _provisional(session: Session, request: Request) -> str:
    paper = provisional_of(request)
    if paper is None:
        return ""
    issued = papers_under(paper)
    return f"{awaited_words(session, paper)}。" + (f"凭此已签发：{'、'.join(issued)}。" if issued else "凭此尚未签发文书。")


def _holders(session: Session, level: Level) -> str:
    names = "、".join(p.name for post in level.posts[:1] for p in holders_of(post, session.day)) if level.rank > 1 else ""
    return names or level.name


def _page_of(document: Document) -> PageOf:
    return PageOf(document.id, document.title, document.state_words, bool(document.file))


def _judged(session: Session, papers: list[Document]) -> list[tuple[Assembly, tuple[Check, ...]]]:
    """The papers that wait as they would read today, with all that is checked of them."""
    made = [assembly_of(session, paper, session.day) for paper in papers if paper.state == DocumentState.SUBMITTED]
    return [(one, tuple(checks_on(session, one, frozen(one.document)))) for one in made]


def _conditions(judged: list[tuple[Assembly, tuple[Check, ...]]]) -> tuple[PaperConditions, ...]:
    return tuple(
        PaperConditions(one.document.title, tuple(sorted(((check.state, check.label, check.sentence) for check in checks), key=lambda each: each[0] == "ok")))
        for one, checks in judged
    )


def _checks(papers: list[Document], judged: list[tuple[Assembly, tuple[Check, ...]]]) -> Iterable[tuple[str, str]]:
    """The lines below the pages: (state ok | warn | stop, sentence)."""
    if judged:
        moved = [one.document.title for one, _checks in judged if content_hash(one.content) != one.document.content_hash]
        yield ("stop", f"内容自提交起有变动：{'、'.join(moved)}，须退回重报") if moved else ("ok", "内容自提交起未改动")
        faults = [check for _one, checks in judged for check in checks if check.state != "ok"]
        if faults:
            yield from ((c.state, f"{c.label}：{c.sentence}") for c in faults[:3])
        else:
            yield "ok", "空白项 0 · 缺字 0 · 金额前后一致 · 条号按签署日"
    elif not papers:
        yield "ok", "本事项不附文书，批准记入审批单"
    if papers and all(p.file for p in papers):
        yield "ok", "文书已签发，见留存文件"


def _panel_view(session: Session, request: Request) -> PanelView | None:
    panel = panel_of(request.id)
    if panel is None:
        return None
    people = tuple((m, Person.get_by_id(m).name) for m in panel.members)
    words = {
        PanelState.ASKED: "已提请，待局长指定", PanelState.DESIGNATED: f"已指定（{panel.designated_on}），待评议", PanelState.CONCLUDED: f"已评议：{panel.outcome}",
    }
    votes = panel.minutes or {}
    lines = [words[panel.state]]
    for number, (row, name) in enumerate(people):
        vote = votes.get(row, {})
        said = f"：{'同意' if vote.get('vote') == 'agree' else '不同意'}。{vote.get('opinion', '')}" if vote else ""
        lines.append(f"{'审判长' if number == 0 else '成员'} {name}{said}")
    return PanelView(panel.state, people, tuple(lines))


def draft_pages(session: Session, document: str) -> bytes:
    """The pages of a document: the kept ones once issued, else the draft without seal or signature."""
    row = Document.get_by_id(document)
    if row.file:
        return pages_of(row)
    pdf: bytes = view_draft(session, row).rendered.pdf
    return pdf


def paper_scan(session: Session, paper: str) -> bytes:
    """The scan of a sheet signed by hand, as pages.

    Raises:
        Refusal: ``paper.no_scan`` where this desk does not hold the file, or holds other bytes.
    """
    row = PaperApproval.get_by_id(paper)
    data = kept_file(row.scan) if row.scan else None
    if data is None or digest_of(data) != row.scan:
        raise Refusal("本席位没有这份扫描件，或者文件已损坏。请到录入的席位查看，或者核对纸面原件。", code="paper.no_scan")
    pages: bytes = session.pdf.scan(data, "扫描件")
    return pages


def letters(session: Session, numbers: tuple[str, ...]) -> tuple[LetterView, ...]:
    """The letters with these numbers."""
    query = Delegation.select().where(Delegation.letter.in_(numbers), Delegation.struck.is_null()).order_by(Delegation.starts_on)
    return tuple(letter_view(session, row) for row in query)


def _short(at: datetime) -> str:
    return at.astimezone(COURT_TIME).strftime("%m-%d %H:%M")


def _moment(at: datetime) -> str:
    return at.astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M")
