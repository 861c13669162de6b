"""本院第一天: what a court that was just founded has still to do before it issues papers, each step from the rows as they stand."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.session import Session, posts_on
from execdesk.reads.adoption import TO_PREPARE, TypeState, adoption_desk
from execdesk.reads.sitting import without_certificate
from execdesk.records.cases import Case
from execdesk.records.court import COURT_DETAILS
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import FOR_PRESIDENT, Certificate, GrantState, Person, Post
from execdesk.records.teams import Team
from execdesk.store.backup_list import last_whole
from execdesk.store.clock import COURT_TIME


@dataclass(frozen=True)
class FirstStep:
    """One step: how it stands in words, whether it is done, who does it, and the place of the window where it is done."""

    title: str
    words: str
    done: bool
    who: str
    place: str


def first_day(session: Session) -> tuple[FirstStep, ...]:
    """All steps in their order."""
    return (_details(session), _certificates(session), _consent(), _posts(), _adoption(session), _teams(session), _case(), _paper(), _backup(session))


def _details(session: Session) -> FirstStep:
    missing = sum(not getattr(session.court, name) for name in COURT_DETAILS)
    words = f"还有 {missing} 项未填，文书上空着" if missing else "已填全"
    return FirstStep("填全本院的地址、电话和执行款账户", words, not missing, "院长或局长", "people:court")


def _certificates(session: Session) -> FirstStep:
    waiting = len(without_certificate(session))
    people = Person.select().where(Person.account != "", Person.struck.is_null()).count()
    words = f"{people} 人有登录名，还有 {waiting} 张证书要领" if waiting else f"{people} 人都已领证"
    return FirstStep("给还没有证书的人集中签发", words, not waiting, "系统管理员和另一名在场人", "people:certificates")


def _consent() -> FirstStep:
    waiting = Certificate.select().where(Certificate.state.in_(FOR_PRESIDENT), Certificate.struck.is_null()).count()
    return FirstStep("院长同意新证书", f"{waiting} 张等着院长一次同意" if waiting else "没有等着的", not waiting, "院长", "approvals")


def _posts() -> FirstStep:
    waiting = Post.select().where(Post.state == GrantState.PREPARED, Post.struck.is_null()).count()
    return FirstStep("会签任职", f"{waiting} 项等着会签" if waiting else "没有等着的", not waiting, "院长或局长", "approvals")


def _adoption(session: Session) -> FirstStep:
    desk = adoption_desk(session)
    states = [row.state for row in desk.rows]
    ready, waiting = sum(state in TO_PREPARE for state in states), states.count(TypeState.PENDING)
    words = f"{ready} 种待准备，{waiting} 种待局长批准" if ready or waiting else f"{len(states)} 种都可以用了"
    return FirstStep("采用文书", "演示库视为全部已采用" if desk.demo else words, desk.demo or not (ready or waiting), "系统管理员准备，局长批准", "adoption")


def _teams(session: Session) -> FirstStep:
    judges = {row.person for row in Post.select(Post.person).where(Post.post == "judge", Post.state == GrantState.EFFECTIVE, Post.struck.is_null())}
    here = sum(any(post.post == "judge" for post in posts_on(person, session.day)) for person in judges)
    teams = Team.select().where(Team.struck.is_null()).count()
    return FirstStep("编团队", f"{here} 名执行法官，{teams} 个团队", teams >= here > 0, "局长", "team")


def _case() -> FirstStep:
    cases = Case.select().where(Case.struck.is_null()).count()
    return FirstStep("登记第一件案件，或导入台账", f"{cases:,} 件案件" if cases else "还没有案件", bool(cases), "书记员", "cases")


def _paper() -> FirstStep:
    issued = Document.select().where(Document.state == DocumentState.ISSUED, Document.struck.is_null()).count()
    return FirstStep("签发并盖章第一份文书", f"{issued} 份已印发" if issued else "还没有", bool(issued), "承办法官签发，印章管理员盖章", "cases")


def _backup(session: Session) -> FirstStep:
    made = last_whole(session.store)
    words = f"{made.moment.astimezone(COURT_TIME).date()} 已做" if made is not None else "还没有备份过；请存到另一块盘上"
    return FirstStep("做第一次备份", words, made is not None, "系统管理员、局长或者院长", "diagnostics")
