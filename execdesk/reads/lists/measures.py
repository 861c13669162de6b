"""到期: every live control measure by its end, with days left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.settings import CONTROL, bureau_settings
from execdesk.law.money import yuan_text
from execdesk.reads.boardparts import GROUP, JUDGE, NUMBER, of_case, with_group, with_judge
from execdesk.reads.boardsql import Asked, Where, stands
from execdesk.reads.casewords import narrow
from execdesk.reads.export import yuan
from execdesk.reads.listcolumns import ListColumn, Spoken
from execdesk.reads.listing import BoardList, Condition, ListSum, ListTables, ListView
from execdesk.reads.listorder import NUMBERED, always, by
from execdesk.records.board import BoardMeasure, BoardTerm
from execdesk.records.measures import MEASURE_MOVES, MeasureState

NEAR, SPAN = 90, 400  # days that the line tells apart, and over which it goes
LIVE = MEASURE_MOVES.words[MeasureState.LIVE]
RULES = {"自生效日推算": "推算", "文书载明": "文书", "回执载明": "回执", "自生效日按法定最长期限推算": "法定最长"}
_MEASURE, _TERM = (f'"{model._meta.table_name}"' for model in (BoardMeasure, BoardTerm))


@dataclass(frozen=True, slots=True)
class ExpiryRow:
    """A live measure: ``ends_on`` the earliest recorded end and ``rules`` which one that is; ``urgency`` is lapsed, soon, later or unknown.

    ``kind`` is what kind of property it lies on, in words; ``control`` freeze, seize or impound; ``group`` the name of the case's group,
    empty where it has none; ``live`` whether it is in effect; ``band`` the view of the list that holds it.
    """

    id: str
    number: str
    title: str
    kind: str
    amount_fen: int | None
    owner: str
    judge: str
    ends_on: date | None
    days_left: int | None
    rules: str
    urgency: str
    state_words: str
    control: str = "freeze"
    group: str = ""
    live: bool = False
    band: str = ""


def bands(soon: int) -> dict[str, tuple[int | None, int | None]]:
    """The days left, first and last, of each part of the list; ``soon`` is when a measure counts as near."""
    return {"lapsed": (None, -1), "soon": (0, soon), "near": (soon + 1, NEAR), "later": (max(soon, NEAR) + 1, SPAN), "far": (SPAN + 1, None)}


def band_of(left: int | None, soon: int) -> str:
    """The part of the list with so many days left."""
    if left is None:
        return "unknown"
    return next(name for name, (first, last) in bands(soon).items() if (first is None or first <= left) and (last is None or left <= last))


def left_words(row: ExpiryRow) -> str:
    """剩 6 天, 今天到期, 已过 3 天, or why no day is known."""
    if row.days_left is None:
        return "—" if row.live else row.state_words
    return _left(row.days_left)


def _left(days: int) -> str:
    return f"已过 {-days} 天" if days < 0 else f"剩 {days} 天" if days else "今天到期"


def amount_words(row: ExpiryRow) -> str:
    """The amount without its unit."""
    return _amount(row.amount_fen) if row.amount_fen is not None else "—"


def _amount(fen: int) -> str:
    return yuan_text(fen).removesuffix("元")


def ground(row: ExpiryRow) -> str:
    """Which of the ends recorded rules."""
    return f"以{row.rules}的到期日为准" if row.rules else "没有记载到期日"


def _tone(row: ExpiryRow) -> str:
    return {"lapsed": "late", "soon": "soon"}.get(row.urgency, "muted" if row.urgency == "unknown" else "")


def _say_left(_session: Session, asked: Asked, value: str) -> str:
    if value[:1].isdigit():
        return _left((date.fromisoformat(value) - asked.on).days)
    return "—" if value == LIVE else value


def _kinds(session: Session) -> dict[str, str]:
    return {kind.id: kind.name for kind in property_kinds(session.resources).all}


def _soon(session: Session) -> int:
    return bureau_settings(session.resources).control_days


def _source(_session: Session, asked: Asked) -> ListTables:
    case, where = of_case(asked, 'm."case"')
    where.add(f"{stands('m', asked)} AND {stands('t', asked)} AND t.\"kind\" = '{CONTROL}'")
    tables = f'{_MEASURE} m JOIN {_TERM} t ON t."case" = m."case" AND t."row" = m."row"{case}{with_group()}{with_judge(asked)}'
    fields = ('m."row"', 'b."number"', 'm."title"', 'm."kind"', 'm."control"', 'm."amount_fen"', 'm."owner"', 'm."words"', 't."due_on"', 't."told_by"', GROUP, JUDGE)
    return ListTables(tables, fields, where)


def _rows(session: Session, asked: Asked, entries: Sequence[tuple[Any, ...]]) -> list[ExpiryRow]:
    kinds, soon = _kinds(session), _soon(session)
    return [_row(values, kinds, asked.on, soon) for values in entries]


def _row(values: tuple[Any, ...], kinds: dict[str, str], day: date, soon: int) -> ExpiryRow:
    row, number, title, kind, control, amount, owner, words, due, told_by, group, judge = values
    ends_on = date.fromisoformat(due) if due else None
    left = (ends_on - day).days if ends_on else None
    urgency = "unknown" if left is None else "lapsed" if left < 0 else "soon" if left <= soon else "later"
    return ExpiryRow(
        row, number, title, kinds.get(kind, ""), amount, owner, judge or "未定", ends_on, left, told_by, urgency,
        "已届满" if urgency == "lapsed" else words, control, group or "", words == LIVE, band_of(left, soon),
    )


def _within(name: str) -> Condition:
    """The condition of a part of the list."""
    def where(session: Session, asked: Asked) -> Where:
        first, last = bands(_soon(session))[name]
        found = Where()
        if first is not None:
            found.add(f't."due_on" >= {session.store.base.param}', (asked.on + timedelta(days=first)).isoformat())
        if last is not None:
            found.add(f't."due_on" <= {session.store.base.param}', (asked.on + timedelta(days=last)).isoformat())
        return found

    return where


MEASURES = BoardList[ExpiryRow](
    name="measures", title="在控措施", unit="项", sort="end", key='m."row"', source=_source, rows=_rows,
    columns=(
        ListColumn("end", "末日", lambda r: r.ends_on.isoformat() if r.ends_on else "—", by('t."due_on"'), 't."due_on"', whole=True, tip=ground, cell=lambda r: r.ends_on),
        ListColumn(
            "left", "剩余", left_words, by('t."due_on"'), Spoken('COALESCE(t."due_on", m."words")', _say_left), align="right", width=66, whole=True, tone=_tone,
            cell=lambda r: r.days_left,
        ),
        ListColumn(
            "title", "措施与财产", lambda r: r.title, by('m."title"'), 'm."title"', width=96, grow=1,
            tip=lambda r: f"{r.title}，{r.state_words}，被执行人 {r.owner or '未定'}",
        ),
        ListColumn("kind", "种类", lambda r: r.kind, by('m."kind"'), Spoken('m."kind"', lambda session, _asked, kind: _kinds(session).get(kind, "")), shown=False),
        ListColumn(
            "amount", "金额（元）", amount_words, by('m."amount_fen"'), Spoken('m."amount_fen"', lambda _session, _asked, fen: _amount(fen)), shown=False, align="right",
            whole=True, cell=lambda r: yuan(r.amount_fen),
        ),
        ListColumn("number", "案号", lambda r: narrow(r.number), always(*NUMBERED, 'b."number"'), NUMBER, whole=True),
        ListColumn("owner", "被执行人", lambda r: r.owner, by('m."owner"'), 'm."owner"', shown=False),
        ListColumn("judge", "承办", lambda r: r.judge, by(JUDGE), f"COALESCE({JUDGE}, '未定')", shown=False),
        ListColumn("group", "执行组", lambda r: r.group or "未定组", by(GROUP), f"COALESCE({GROUP}, '未定组')", shown=False),
        ListColumn(
            "rules", "依据", lambda r: RULES.get(r.rules, r.rules) or "—", by('t."told_by"'),
            Spoken('t."told_by"', lambda _session, _asked, rules: RULES.get(rules, rules)), shown=False,
        ),
    ),
    views={
        "all": ListView("全部"), "lapsed": ListView("已失效", _within("lapsed"), "late"), "soon": ListView(lambda session: f"{_soon(session)} 日内", _within("soon"), "soon"),
        "near": ListView(lambda session: f"{_soon(session) + 1}–{NEAR} 日", _within("near")), "later": ListView(f"{NEAR + 1}–{SPAN} 日", _within("later")),
        "far": ListView(f"{SPAN} 日外", _within("far")), "unknown": ListView("没有末日", lambda _session, _asked: Where(['t."due_on" IS NULL'])),
    },
    sums=(ListSum("金额", 'm."amount_fen"', yuan_text),),
    empty=("没有在控的措施。", "措施签发、送达后在这里按末日排列。"),
)
