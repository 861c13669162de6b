"""Why a level decides, in the words of the screen: each reason quotes the plan and names the rule of reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from execdesk.law.authority_data import AuthorityData
from execdesk.law.matters import Level, Matter, Variant
from execdesk.law.plan import clause_words
from execdesk.law.units import LEVELS

UNLISTED_RULE = "T01"
LADDER_RULE = "ladder_before_reform"
RULE_WORDS = {UNLISTED_RULE: "兜底冲突", LADDER_RULE: "改革前逐级审批"}
LADDER_PHRASE = "执行实施事项的批准实行不同于审判程序权限的逐级审批制"


def listed_reason(
    data: AuthorityData, row: Matter, moves: Iterable[Variant], rule: str, level: Level, signer: str, on: date
) -> str:
    """Why ``level`` decides ``row``, the moves that led to it first."""
    told = (move for move in moves if move.to != move.matter or move.level != data.matters[move.to].level)
    parts = list(dict.fromkeys(_move_words(data, row, move, level) for move in told))
    parts.append(f"{row.name}由{level.name}{level.verb}：{_ground(data, row)}（规则「{data.rules[rule].name}」）。{level.elsewhere}")
    if signer:
        parts.append(f"法律另要求{LEVELS[signer]}签发（规则「{data.rules['R8_conflict'].name}」）。")
    if not row.confirmed:
        parts.append("这项约定未经本院确认。")
    if on < data.plan.effective:
        parts.append(f"方案自 {data.plan.effective} 起施行，此前的做法未经核实。")
    return "".join(parts)


def unlisted_reason(data: AuthorityData, name: str, low: Matter, high: Matter) -> str:
    """Why a matter in no list goes to the level of ``high``: both catch-alls claim it."""
    return (
        f"「{name}」不在方案列明的事项之内：{clause_words(low.plan_article)}的兜底「{low.plan_phrase}」与"
        f"{clause_words(high.plan_article)}的兜底「{high.plan_phrase}」都包括它，标明为兜底冲突，由{data.levels[high.level].name}批准"
        f"（{data.plan.doc_no}，规则「{RULE_WORDS[UNLISTED_RULE]}」）。"
    )


def ladder_reason(data: AuthorityData, name: str, on: date) -> str:
    """Why every step of the ladder had to approve on ``on``."""
    ladder, head = data.ladder, data.plan
    names = "、".join(data.levels[step].name for step in ladder.steps)
    doubt = "" if ladder.confirmed else "（本院当时的做法未经核实）"
    return (
        f"{name}在 {on} 适用逐级审批：{names}依次批准，末级为{data.levels[ladder.steps[-1]].name}{doubt}。{head.doc_no}{clause_words('6.1')}"
        f"「{LADDER_PHRASE}」自 {head.effective} 起施行，对此日不适用（规则「{RULE_WORDS[LADDER_RULE]}」）。"
    )


def _ground(data: AuthorityData, row: Matter) -> str:
    where = f"{data.plan.doc_no}{clause_words(row.plan_article)}"
    if row.convention:
        return f"方案没有列明，{row.convention}自 {row.valid_from} 起依{where}「{row.plan_phrase}」办理"
    return where + (f"按兜底「{row.plan_phrase}」" if row.via else f"「{row.plan_phrase}」")


def _move_words(data: AuthorityData, row: Matter, move: Variant, level: Level) -> str:
    names = data.matters
    if move.to == move.matter:
        grounds = f"（{'、'.join(row.duty)}）" if row.duty else ""
        return f"因{data.circumstances[move.when]}{grounds}，由{level.name}决定。"
    return f"因{data.circumstances[move.when]}，「{names[move.matter].name}」按「{names[move.to].name}」办理。"
