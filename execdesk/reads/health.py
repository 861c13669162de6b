"""诊断 for the window: the store, its checks and backups, incidents open and settled, and what a restored store still waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from execdesk import __version__
from execdesk.access.daily_backup import on_same_disk, plan_of, standing
from execdesk.access.demonstration import is_demonstration
from execdesk.access.duty import duties
from execdesk.access.old_backups import outlived_words
from execdesk.access.register import acts_in_words
from execdesk.access.session import Session
from execdesk.access.starting import day_ahead
from execdesk.integrity.incidents import BY_RATIFYING, ISSUING_KEY, PROVISIONAL, closed_now
from execdesk.integrity.undoing import may_be_undone
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.people import Person
from execdesk.store.backup_list import last_whole, made_backups
from execdesk.store.check import completed_at
from execdesk.store.clock import COURT_TIME
from execdesk.store.restore import restored_from

KINDS = {"tamper": "留痕或数据被改动", "check": "自检发现", "recovery_envelope": "启用恢复信封", ISSUING_KEY: "签发钥匙待更换", "backup_failed": "备份失败",
         "provisional": "待院长追认", "annulled": "不予追认的善后", "rule": "批准所依规则不同", "breach": "越权的留痕，未生效", "invariant": "两处合并后不能并存",
         "place": "库被搬动或者复制"}
DO = {
    "line": "停止使用本库，保留原文件；从最近的备份恢复，再与另一处核对。", "head": "停止使用本库，保留原文件；从最近的备份恢复，再与另一处核对。",
    "mark": "核对纸面审批表上印的链尾；一致的，由局长办结本事件。", "row": "不要改回去；从备份查明原值，由局长写明后办结。有关案件在此之前不能签发。",
    "breach": "由院长或者局长查明是谁在何时写下，再「撤去」它写下的内容；应当办的，由有权的人重新办理。",
    "page": "停止使用本库，保留原文件；检查磁盘，从最近的备份恢复，再全面自检。",
    "schema": "程序自己的触发器和索引已重建；来历不明的，由系统管理员查明是谁何时加的，局长写明后办结。",
    "slot": "请本人用恢复信封或者由两人重新设置密码；来历不明的，先换钥匙再查。", "signature": "不要送达和打印；查明是谁何时留存的，由有权的人重新签发。",
    "board": "列表已按记录重新整理；由局长写明后办结。",
    "index": "重启程序会重建索引；仍有的，报告维护人员。", "file": "从备份取回该文件；取不回的，用纸质正本核对。", "orphan": "多半是中断留下的，不影响使用；报告维护人员。",
}


@dataclass(frozen=True)
class IncidentRow:
    """An incident: where and what, which case, when found; who settled it with which words."""

    id: str
    kind_words: str
    place: str
    text: str
    case: str
    found_at: str
    open: bool
    settled: str
    may_settle: bool
    may_ratify: bool = False
    may_undo: bool = False  # what its line wrote can be taken back, by whoever may


@dataclass(frozen=True)
class ToClear:
    """A restored store that issues nothing yet: the line it went on from, whether the person signed in may clear it."""

    came_from: str
    may_clear: bool


@dataclass(frozen=True)
class Backups:
    """When the last whole backup was made, whether that is late; where the daily ones go; why the last was not made, where it was not."""

    last: str
    late: bool
    place: str
    failed: str
    outlived: str = ""  # which still open to those who left


@dataclass(frozen=True)
class Health:
    """Everything the page shows beside a running check."""

    facts: tuple[tuple[str, str], ...]
    checked: str
    backups: Backups
    closed: str
    incidents: tuple[IncidentRow, ...]
    to_clear: ToClear | None
    may_back_up: bool
    day_ahead: str = ""  # the latest line is dated after today
    only_reading: str = ""  # why nothing is written; then two persons go on
    may_have_moved: bool = False


def health_of(session: Session) -> Health:
    """How the store stands."""
    checked = completed_at(session.store, session.key.box) if session.key else None
    may = duties(session)
    free = is_demonstration(session.store.folder or Path())
    return Health(
        _facts(session), _age(session, checked) if checked else "还没有做完过一次全面自检", _backups(session), _closed(session), incidents(session), _to_clear(session, may),
        free or bool(may & {"backup", "read_all"}), "" if session.demo else day_ahead(session.store),
        acts_in_words(session.store.only_reading or ""), session.store.astray is not None and session.store.astray.may_move and not session.store.lost,
    )


def incidents(session: Session) -> tuple[IncidentRow, ...]:
    """Open incidents first, then the newest."""
    people = {p.id: p.name for p in Person.select(Person.id, Person.name)}
    cases = {c.id: c.number for c in Case.select(Case.id, Case.number).where(Case.id.in_(Incident.select(Incident.case)))}
    mine, undone = duties(session), may_be_undone(session)
    rows = Incident.select().where(Incident.struck.is_null()).order_by(Incident.found_at.desc(), Incident.id.desc())
    return tuple(_incident(row, people, cases, mine, row.id in undone) for row in sorted(rows, key=lambda r: r.state != IncidentState.OPEN))


def in_words(text: str) -> str:
    """What a check says, as a person reads it."""
    return acts_in_words(text)


def what_to_do(kind: str) -> str:
    """What to do about a fault of a kind."""
    return DO.get(kind, "报告维护人员。")


def _incident(row: Incident, people: dict[str, str], cases: dict[str, str], mine: frozenset[str], undone: bool) -> IncidentRow:
    may, waits = bool(mine & {"countersign", "ratify"}), row.kind == PROVISIONAL
    still = row.state == IncidentState.OPEN
    case = cases.get(row.case, "") if row.case else "全部案件" if row.kind == "tamper" else ""
    settled = "" if still else f"{people.get(row.settled_by, '')}：{row.settled_note or ''}"
    return IncidentRow(
        row.id, KINDS.get(row.kind, row.kind), row.place, acts_in_words(row.text), case, _moment(row.found_at), still, settled,
        may and still and row.kind not in (BY_RATIFYING, ISSUING_KEY) and not waits, still and waits and "ratify" in mine, undone,
    )


def _facts(session: Session) -> tuple[tuple[str, str], ...]:
    store = session.store
    own = store.head
    others = "、".join(f"{chain}:{head.number}" for chain, head in sorted(store.ends().items()) if chain != store.chain) or "无"
    return (
        ("程序", f"execdesk {__version__}"), ("本处", f"{session.site_name}（{store.chain}）"), ("链尾", f"{store.chain}:{own.number} · {own.hash[:16]}"),
        ("其他各链", others), ("法规数据", session.law.fingerprint[:16]), ("审批权限表", session.authority.data.data_hash[:16]),
        ("数据文件夹", str(store.folder or "（内存）")),
    )


def _backups(session: Session) -> Backups:
    store, stands, plan = session.store, standing(session), plan_of(session)
    whole, made = last_whole(store), made_backups(store)
    last = f"{stands.age}，到 {whole.chain}:{whole.number}" if whole else stands.age
    if whole and not made[-1].whole:
        last += f"；{_moment(made[-1].moment)} 又做的一份留痕有缺损，不算"
    place = f"每天第一次锁定或者退出时存到「{plan.folder}」，留最近 {plan.kept} 份。" if plan.folder else "还没有选定每日备份的位置：点「每日备份…」选一次，以后每天自己做。"
    if on_same_disk(session):
        place += "这个位置和数据在同一块盘上，盘坏了两样都没有：请改选另一块盘或者共享。"
    return Backups(last, stands.late or whole is None, place, stands.failed, outlived_words(store))


def _closed(session: Session) -> str:
    closed = closed_now()
    if session.store.closed_reason:
        return f"留痕链有缺损，除登录和办结事件外都不能办理：{acts_in_words(session.store.closed_reason)}"
    if closed.everything:
        return "有未办结的事件，所有案件暂不能批准和签发。"
    return f"有未办结的事件，{len(closed.cases)} 件案件暂不能批准和签发。" if closed.cases else ""


def _to_clear(session: Session, may: frozenset[str]) -> ToClear | None:
    came_from = restored_from(session.store)
    return None if came_from is None else ToClear(came_from, "correct_law" in may)


def _age(session: Session, at: datetime) -> str:
    days = (session.day - at.astimezone(COURT_TIME).date()).days
    return f"{_moment(at)}（{'今天' if days <= 0 else f'{days} 天前'}）"


def _moment(at: datetime) -> str:
    return at.astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M")
