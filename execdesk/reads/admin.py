"""人员和授权: people, posts, letters of authority, certificates; what the person signed in may do about each, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access import places, slots
from execdesk.access.actions.court import DETAILS
from execdesk.access.certificates import read_pem
from execdesk.access.consenting import UNTIL_THEN, president_words
from execdesk.access.duty import duties
from execdesk.access.organisation_data import ATTENDING, PostData
from execdesk.access.session import Session, posts_on
from execdesk.casefile.steps import Step as Step
from execdesk.law.identity import hidden
from execdesk.reads.consenting import signed_lines
from execdesk.reads.glyphs import glyph_rows, steps_of
from execdesk.reads.letterview import letter_view
from execdesk.records.court import Group, ProposalState
from execdesk.records.journal import Line
from execdesk.records.people import (
    DELEGATION_MOVES,
    FOR_PRESIDENT,
    STANDING,
    Certificate,
    CertificateState,
    Delegation,
    GrantState,
    Person,
    Post,
)
from execdesk.store.chains import entry_of
from execdesk.store.clock import COURT_TIME
from execdesk.store.renaming import ever

BY_TELEPHONE = {"telephone.prepare": "准备电话码", "telephone.keep": "录入总码", "telephone.answer": "作答"}
SITTING = "certificate.sitting"  # not an action: several of certificate.issue one after another
MAIN = "main"  # the tone of the step that comes first of all


@dataclass(frozen=True)
class AdminRow:
    """One row of a section: cells under its headings, facts for the side, what may be done, why nothing may."""

    id: str
    cells: tuple[str, ...]
    tone: str
    title: str
    state: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    closed: str = ""
    lines: tuple[str, ...] = ()
    specimen: str = ""  # a glyph to look at


@dataclass(frozen=True)
class AdminSection:
    """A section of the page: its headings and rows, and what may be begun anew."""

    key: str
    title: str
    words: str
    headings: tuple[str, ...]
    rows: tuple[AdminRow, ...]
    begin: tuple[Step, ...]
    waiting: int


def sections(session: Session) -> tuple[AdminSection, ...]:
    """All sections for the person signed in."""
    able = duties(session)
    people = {p.id: p for p in Person.select()}
    return tuple(make(session, able, people) for make in (_people, _posts, _letters, _certificates, _telephone, _glyphs, _court))


def _step(action: str, title: str, known: tuple[tuple[str, str], ...] = (), main: bool = False) -> Step:
    return Step(action, title, values=known, tone=MAIN if main else "")


def _named(session: Session, row: Post) -> str:
    post = session.organisation.posts.get(row.post)
    return post.name if post else row.post


def _people(session: Session, able: frozenset[str], people: dict[str, Person]) -> AdminSection:
    staffings = session.organisation.staffings
    held: dict[str, list[Post]] = {}
    for post in Post.select().where(Post.state == GrantState.EFFECTIVE, Post.struck.is_null()):
        if post.starts_on <= session.day and (post.ends_on is None or post.ends_on >= session.day):
            held.setdefault(post.person, []).append(post)
    signed = {c.person for c in Certificate.select().where(Certificate.state.in_(STANDING), Certificate.purpose == "person")}
    rows = []
    for person in sorted(people.values(), key=lambda p: (p.account == "", p.account, p.name)):
        if person.struck is not None:
            continue
        staffing = staffings.get(person.staffing)
        posts = "、".join(_named(session, p) for p in held.get(person.id, [])) or "—"
        steps = _person_steps(session, able, person)
        certificate = "有" if person.id in signed else "无"
        facts = (("职务", posts), ("编制", f"{staffing.name}，可任{staffing.officer}" if staffing else person.staffing), ("登录名", person.account or "不登录"),
                 ("签名证书", certificate), ("电话", person.phone or "—"), ("身份证号", hidden(person.id_no or "") or "—"),
                 ("工作证", person.certificate_no or "—"), ("执行公务证", person.enforcement_no or "—"), ("警号", person.police_no or "—"))
        rows.append(AdminRow(person.id, (person.name, posts, staffing.name if staffing else person.staffing, person.account or "—", certificate), "",
                             person.name, "", facts, steps, "自己的登录名、编制和离任由另一人登记" if person.id == session.me.id else "" if steps else "人员由系统管理员登记"))
    begin = (_step("person.add", "登记人员…", main=True),) if "prepare_people" in able else ()
    return AdminSection("people", "人员", "登记后须有职务才能办事，有证书才能登录", ("姓名", "职务", "编制", "登录名", "证书"), tuple(rows), begin, 0)


def _person_steps(session: Session, able: frozenset[str], person: Person) -> tuple[Step, ...]:
    """What may be changed about somebody; nobody changes his own login name and staffing, or says that he leaves."""
    fixed, preparing = (("person", person.id),), "prepare_people" in able
    if not preparing and "countersign" not in able:
        return ()
    details = _step("person.details", "变更电话和证件…", fixed)
    if person.id == session.me.id:
        return (details,)
    staffing = (_step("person.staffing", "变更编制…", fixed),) if preparing else ()
    return details, _step("person.account", "变更登录名…" if person.account else "登记登录名…", fixed), *staffing, _step("person.leave", "登记离任…", fixed)


def _court(session: Session, able: frozenset[str], _people: dict[str, Person]) -> AdminSection:
    """The court itself: what was set at founding, and what may be changed."""
    row, may = session.court, "countersign" in able
    told = tuple((field.label, getattr(row, field.name) or "—") for field in DETAILS)
    facts = (("名称", row.name), ("代字", row.code), ("上级法院", row.upper), ("设立", str(row.started_on)), *told)
    steps = (_step("court.change", "变更本院信息…", (), True),) if may else ()
    missing = sum(getattr(row, field.name) is None for field in DETAILS)
    shown = AdminRow(row.id, (row.name, row.code, row.telephone or "—", row.account_no or "—"), "soon" if missing else "", row.name, f"{missing} 项未填" if missing else "",
                     facts, steps, "" if may else "由院长或局长变更")
    return AdminSection("court", "本院", "印在文书上的地址、电话和执行款账户", ("名称", "代字", "电话", "执行款账号"), (shown,), (), 0)


def _posts(session: Session, able: frozenset[str], people: dict[str, Person]) -> AdminSection:
    groups = {g.id: g.name for g in Group.select()}
    rows = []
    order = (GrantState.PREPARED, GrantState.EFFECTIVE, GrantState.REFUSED)
    found = sorted(Post.select().where(Post.struck.is_null()), key=lambda p: (order.index(p.state), p.ends_on is not None, people[p.person].account or "~"))
    for post in found:
        name, title = people[post.person].name, _named(session, post)
        over = post.ends_on is not None and post.ends_on < session.day
        words = "已免" if over and post.state == GrantState.EFFECTIVE else post.state_words
        by = people[post.countersigned_by].name if post.countersigned_by else "凭任命文件" if post.root_signature else "—"
        steps, closed = _post_steps(session, able, post, over)
        facts = (("人员", name), ("职务", title), ("期间", _span(post)), ("组", groups.get(post.group or "", "—")), ("席位", _desk(session, post.site)), ("会签", by), ("依据", post.note or "—"))
        rows.append(AdminRow(post.id, (name, title, str(post.starts_on), str(post.ends_on or "—"), groups.get(post.group or "", "—"), words),
                             "soon" if post.state == GrantState.PREPARED else "muted" if over else "", f"{name} 任{title}", words, facts, steps, closed))
    begin = (_step("post.prepare", "登记任职…", main=True),) if "prepare_posts" in able else ()
    waiting = sum(post.state == GrantState.PREPARED for post in found) if "countersign" in able else 0
    return AdminSection("posts", "职务", "批准、签名、盖章的职务须院长或局长会签才生效，不能为自己会签", ("姓名", "职务", "起", "止", "组", "状态"), tuple(rows), begin, waiting)


def _post_steps(session: Session, able: frozenset[str], post: Post, over: bool) -> tuple[tuple[Step, ...], str]:
    fixed, chosen = (("post", post.id),), (("posts", post.id),)
    data = session.organisation.posts.get(post.post)
    if data is not None and data.succession and not (over and post.state == GrantState.PREPARED):
        return _succession_steps(session, able, post, over, data)
    if post.state == GrantState.PREPARED:
        if "countersign" not in able:
            return (), "待院长或局长会签后生效"
        if post.person == session.me.id:
            return (), "不能会签自己的任职，请另一人会签"
        return _sign_or_refuse(fixed, chosen), ""
    needed = {"countersign"} if data is None or data.countersign else {"prepare_posts", "countersign"}
    if post.state == GrantState.EFFECTIVE and not over and needed & able:
        return (_step("post.end", "登记免职…", fixed),), ""
    return (), "" if over or post.state == GrantState.REFUSED else "免职由院长或局长登记"


def _succession_steps(session: Session, able: frozenset[str], post: Post, over: bool, data: PostData) -> tuple[tuple[Step, ...], str]:
    """院长 and 局长: the former one countersigns or ends his own; else the appointment, with root and envelope."""
    fixed, chosen, mine = (("post", post.id),), (("posts", post.id),), post.person == session.me.id
    if post.state == GrantState.PREPARED:
        former = any(held.post == data.code for held in posts_on(session.me.id, session.day))
        if former and not mine:
            return _sign_or_refuse(fixed, chosen), ""
        steps = (_step("post.appoint", "凭任命文件就任…", fixed),) if {"prepare_posts", "countersign"} & able and not mine else ()
        return steps, f"由前任{data.name}会签；不能会签的，凭任命文件、证书根和恢复信封就任"
    if post.state == GrantState.EFFECTIVE and not over and mine:
        return (_step("post.end", "登记免职…", fixed),), ""
    return (), "" if over or post.state == GrantState.REFUSED else "免职由本人登记，或随继任人就任终止"


def _sign_or_refuse(fixed: tuple[tuple[str, str], ...], chosen: tuple[tuple[str, str], ...]) -> tuple[Step, ...]:
    return _step("post.countersign", "会签生效", chosen, True), _step("post.refuse", "不同意…", fixed)


def _desk(session: Session, code: str) -> str:
    """The name of a desk: its code is the program's."""
    site = session.organisation.sites.get(code)
    return site.name if site is not None else code


def _span(post: Post) -> str:
    return f"{post.starts_on} 至 {post.ends_on}" if post.ends_on else f"{post.starts_on} 起"


def _letters(session: Session, able: frozenset[str], people: dict[str, Person]) -> AdminSection:
    rows = []
    found = list(Delegation.select().where(Delegation.struck.is_null()).order_by(Delegation.starts_on.desc()))
    for letter in found:
        view = letter_view(session, letter)
        fixed = (("delegation", letter.id),)
        steps: tuple[Step, ...] = ()
        closed = ""
        if letter.state == GrantState.PREPARED:
            if "delegate" in able:
                steps = (_step("delegation.countersign", "签署生效", fixed, True), _step("delegation.refuse", "不签署…", fixed))
            else:
                closed = "待院长签署后生效"
        elif letter.state == GrantState.EFFECTIVE and letter.revoked_on is None and letter.ends_on >= session.day:
            steps = (_step("delegation.revoke", "撤销授权…", fixed),) if "delegate" in able else ()
            closed = "" if steps else "撤销由院长办理"
        facts = (("受权人", view.person), ("期间", view.term), ("扫描件", "已存" if letter.scan else "无"))
        rows.append(AdminRow(letter.id, (letter.letter, view.person, str(len(letter.matters)), str(letter.starts_on), str(letter.ends_on), view.state_words),
                             "soon" if letter.state == GrantState.PREPARED else "muted" if view.state_words != DELEGATION_MOVES.words[GrantState.EFFECTIVE] else "", f"授权书{letter.letter}", view.state_words, facts,
                             steps, closed, ("列明的事项", *view.matters)))
    begin = (_step("delegation.prepare", "登记授权书…", main=True),) if "prepare_delegations" in able else ()
    waiting = sum(letter.state == GrantState.PREPARED for letter in found) if "delegate" in able else 0
    return AdminSection("letters", "授权书", "院长授权副院长审批；法律留给院长的事项须逐项写明", ("文号", "受权人", "事项", "起", "止", "状态"), tuple(rows), begin, waiting)


def _holders(session: Session, people: dict[str, Person]) -> str:
    """Who holds a share of this desk's issuing key."""
    if session.store.folder is None:
        return "—"
    names = {p.account: p.name for p in people.values()} | {slots.RECOVERY: "恢复信封"}
    held = slots.holders(places.slots_file(session.store.folder))
    calls = sum(name.startswith(slots.TELEPHONE) for name in held)
    told = [names.get(name, name) for name in held if not name.startswith(slots.TELEPHONE)]
    return "、".join([*told, *([f"电话码 {calls} 个"] if calls else [])]) or "没有"


def _certificates(session: Session, able: frozenset[str], people: dict[str, Person]) -> AdminSection:
    rows = []
    order = (*FOR_PRESIDENT, CertificateState.VALID, CertificateState.REVOKED)
    found = sorted(Certificate.select().where(Certificate.struck.is_null()), key=lambda c: (order.index(c.state), people[c.person].account))
    for row in found:
        leaf = read_pem(row.pem)[0]
        until = leaf.not_valid_after_utc.astimezone(COURT_TIME).date()
        fixed = (("certificate", row.id),)
        steps: list[Step] = []
        if row.state in FOR_PRESIDENT and "ratify" in able:
            steps += [_step("certificate.ratify", "同意", (("certificates", row.id),), True), _step("certificate.annul", "不予同意…", fixed)]
        elif row.state == CertificateState.VALID and {"issue_certificates", "countersign"} & able:
            steps.append(_step("certificate.revoke", "撤销证书…", fixed))
        facts = [("用途", "院印" if row.purpose == "seal" else "个人签名"), ("有效至", str(until)), ("席位", _desk(session, row.site)), ("序号", row.serial[:24]),
                 ("签发", row.issued_at.astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M"))]
        if row.reason:
            facts.append(("撤销理由", row.reason))
        rows.append(AdminRow(row.id, (people[row.person].name, "院印" if row.purpose == "seal" else "个人", str(until), _desk(session, row.site), row.state_words),
                             "soon" if row.state in FOR_PRESIDENT else "muted" if row.state == CertificateState.REVOKED else "", f"{people[row.person].name}的证书", row.state_words, tuple(facts), tuple(steps),
                             _closed(session, row) if row.state in FOR_PRESIDENT and not steps else "", signed_lines(row)))
    offered = ((ATTENDING, _step("certificate.issue", "签发证书…", main=True)), (ATTENDING, _step(SITTING, "集中签发…")), (ATTENDING, _step("envelope.renew", "换恢复信封…")), ({"keep_root"}, _step("issuing.replace", "更换签发钥匙…")),
               ({"keep_root"}, _step("root.replace", "更换证书根…")))
    begin = tuple(step for wanted, step in offered if wanted & able)
    waiting = sum(row.state in FOR_PRESIDENT for row in found) if "ratify" in able else 0
    return AdminSection("certificates", "证书", f"签发须两人在场，各持签发钥匙的一份。现在持有的：{_holders(session, people)}", ("姓名", "用途", "有效至", "席位", "状态"), tuple(rows), begin, waiting)


def _closed(session: Session, row: Certificate) -> str:
    """What waits for whom, in words for somebody else."""
    then = UNTIL_THEN if row.state == CertificateState.AWAITING else "所签的列给院长"
    return f"待{president_words(session)}同意；{then}"


def _glyphs(session: Session, able: frozenset[str], _people: dict[str, Person]) -> AdminSection:
    """Characters of names that no font has, with the shapes that the court gave them."""
    rows = []
    for row, prepared, decided in glyph_rows(session):
        steps, closed = steps_of(session, row)
        told = (("编码", f"U+{ord(row.character):04X}"), ("依据", row.source), ("登记", f"{prepared} {row.proposed_on}"), ("决定", f"{decided} {row.approved_on}" if decided else "—"),
                ("字形文件", f"{row.size:,} 字节，{row.sha256[:12]}"))
        rows.append(AdminRow(row.id, (row.character, f"U+{ord(row.character):04X}", row.source, str(row.proposed_on), row.state_words),
                             "soon" if row.state == ProposalState.PROPOSED else "muted" if row.state != ProposalState.EFFECTIVE else "", f"本院补字「{row.character}」", row.state_words, told,
                             steps, closed, specimen=row.id))
    begin = (_step("glyph.prepare", "登记补字…", main=True),) if "prepare_adoption" in able else ()
    waiting = sum(bool(row.steps) and row.tone == "soon" for row in rows)
    return AdminSection("glyphs", "本院补字", "姓名用字任何字库都没有的，登记字形，局长批准后用于显示和印制", ("字", "编码", "依据", "登记", "状态"), tuple(rows), begin, waiting)


def _telephone(session: Session, able: frozenset[str], people: dict[str, Person]) -> AdminSection:
    """What two persons did so that another desk may reset a password by telephone; the codes themselves stand nowhere."""
    rows = []
    for line in Line.select().where(Line.act.in_([name for act in BY_TELEPHONE for name in ever(act)])).order_by(Line.taken.desc()):
        data = entry_of(line).data
        who = "、".join(people[one].name for one in (data["person"], data.get("with", {}).get("person", "")) if one in people)
        cells = (line.at[:10], BY_TELEPHONE[line.act], data["reason"], who)
        rows.append(AdminRow(str(line.ref), cells, "", BY_TELEPHONE[line.act], "", (("两人", who), ("留痕", str(line.ref))), (), "", (data["reason"],)))
    begin = (_step("telephone.answer", "代替在场…", main=True), _step("telephone.prepare", "准备电话码…"), _step("telephone.keep", "录入总码…")) if ATTENDING & able else ()
    words = "席位上没有第二人时，由另一席位两人以电话代替在场；证书待院长追认"
    return AdminSection("telephone", "电话代替", words, ("日期", "事项", "内容", "两人"), tuple(rows), begin, 0)
