"""The lines of the four lists as they stand: heads with counts, kinds of questions, rows."""

from __future__ import annotations

from collections.abc import Iterable

from execdesk.reads.casewords import narrow
from execdesk.reads.imports import ImportSession, LedgerEntry, Listed
from ui.importing.rowlist import KindHead, ListHead, RowLine
from ui.importing.words import brief, kind_title, short, value_words

TITLES = {"decide": "需您决定", "imported": "可导入", "refused": "不能导入", "passed_over": "跳过"}
ORDER = ("imported", "decide", "refused", "passed_over")
TONES = {"decide": "soon", "imported": "navy", "refused": "late", "passed_over": "muted"}
Line = ListHead | KindHead | RowLine


def row_key(name: str, listed: Listed) -> str:
    """The key of a row's line, with the list it stands in."""
    return f"{name}|{listed.entry.sheet}|{listed.entry.row}"


def lines(session: ImportSession, shut: Iterable[str]) -> list[Line]:
    """All lines; the rows of the lists named in ``shut`` are folded away."""
    lists, folded = session.lists(), set(shut)
    several = sum(bool(rows) for rows in (session.report.used_rows if session.report is not None else {}).values()) > 1
    found: list[Line] = []
    for name in ORDER:
        rows = lists[name]
        found.append(ListHead(f"list|{name}", TITLES[name], f"{len(rows):,}", _aside(name, rows), TONES[name], name in folded or not rows))
        if name in folded or not rows:
            continue
        if name == "decide":
            found += _by_kind(rows)
        else:
            found += [_row(name, one, several) for one in rows]
    return found


def _aside(name: str, rows: list[Listed]) -> str:
    if not rows:
        return ""
    if name == "imported":
        warned = sum(bool(one.entry.warnings) for one in rows)
        return f"其中 {warned:,} 行带提醒，照常导入" if warned else ""
    if name == "decide":
        decided = sum(bool(one.words) for one in rows)
        return f"已定 {decided:,}" if decided else "逐行问，未定的不导入"
    return "逐行说明，可导出退改" if name == "refused" else "标题、空行、合计等，不计为案件"


def kind_of(entry: LedgerEntry) -> str:
    """The kind a row's first question stands under."""
    first = entry.questions[0]
    return kind_title(first.code, first.heading)


def _by_kind(rows: list[Listed]) -> list[Line]:
    kinds: dict[str, list[Listed]] = {}
    for one in rows:
        kinds.setdefault(kind_of(one.entry) if one.entry.questions else "待定", []).append(one)
    found: list[Line] = [KindHead("", columns=True)]
    for kind, listed in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        done = sum(bool(one.words) for one in listed)
        found.append(KindHead(kind, f"{len(listed):,}" + (f"，已定 {done:,}" if done else "")))
        found += [_row("decide", one, False) for one in listed]
    return found


def _row(name: str, one: Listed, several: bool) -> RowLine:
    entry, key = one.entry, row_key(name, one)
    number, case_no = f"{entry.row}", narrow(entry.case_no)
    if name == "decide":
        first = entry.questions[0]
        text = f"已定 {brief(one.words, entry.case_no)}" if one.words else _asked(entry)
        value = first.text.split("，")[0] if first.code == "repeat.differs" else value_words(first.value)
        return RowLine(key, number, case_no, first.heading, value, text, "muted", bool(one.words))
    if name == "refused":
        heading = entry.problems[0].heading if entry.problems else ""
        return RowLine(key, number, case_no, heading, value_words(entry.value), short(entry.text), "late")
    if name == "imported":
        text = "；".join(short(note.text) for note in entry.warnings) or "各列读通"
        return RowLine(key, number, case_no, text=text, tone="muted", wide=True)
    where = f"表「{entry.sheet}」" if several and not case_no else case_no
    return RowLine(key, number, where, text=entry.text, tone="muted", wide=True)


def _asked(entry: LedgerEntry) -> str:
    """What is proposed, or what is wrong."""
    first = entry.questions[0]
    proposed = next((option.label for option in first.options if option.key == first.proposal), "") if first.proposal else ""
    return f"拟{brief(proposed, entry.case_no)}" if proposed else short(first.text)
