"""Taking in a file of answers, and taking it back as long as nobody has used it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from execdesk.access.providers import FormContext, Pairs, options
from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casefile.view import view_in
from execdesk.casework.search.feedback import feedback_words
from execdesk.casework.search.queries import FILE
from execdesk.intake.feedback.rows import BadRow, FeedbackRow, rows_of
from execdesk.intake.files import read_file
from execdesk.intake.reading import read_workbook
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Case, Party
from execdesk.records.charge import NOTING
from execdesk.records.search import AnswerState, NetworkQuery, QueryAnswer
from execdesk.store.act import Changes

SHOWN = 40  # rows that cannot be used, in the sentence that tells them


@action(
    "query.import", "导入查询反馈", CASE, Field("file", "反馈文件", "file", unit=f"反馈文件 ({FILE});;所有文件 (*)", hint="查控系统下载的 XML，或者在线截取的表格"),
    button="导入反馈", note="导入的只是反馈和建议；登记为财产、采取控制都另由人办理。没有用过的，可以整批撤销。", menu=46,
)
def take_file(session: Session, *, case: str, file: str) -> Changes:
    """Take in the answers of a file to the queries of a case. The same answer again changes nothing; rows that cannot be used are told.

    Raises Refusal as :func:`read_workbook`; ``query.file`` where no row can be used.
    """
    found, path = open_for_bureau(case_of(case)), Path(file)
    require_in_charge(session, found, NOTING, "导入查询反馈")
    data = read_file(path)
    taker = _Taker(session, found)
    for row in rows_of(read_workbook(data, path.name, records=True), feedback_words(session.resources)):
        taker.hear(row)
    if not taker.rows and not taker.known:
        raise Refusal(taker.why_nothing(path.name), code="query.file")
    with session.act("query.import", case=found.id, reason=path.name) as act:
        batch = hashlib.sha256(data).hexdigest()
        act.add_many(QueryAnswer(**made, batch=batch) for made in taker.rows)
    return replace(act.changes, told=_told(taker))


@action(
    "query.undo", "撤销导入的反馈", CASE, Field("batch", "反馈文件", "choice", options="feedback_batches"), Field("reason", "理由", "long"), button="撤销导入",
)
def undo(session: Session, *, case: str, batch: str, reason: str) -> Changes:
    """Take back all answers that came with a file, as long as none of them was taken or put aside.

    Raises Refusal ``query.used`` naming those that were.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, NOTING, "撤销导入的反馈")
    rows = _of_batch(found.id, batch)
    if used := [row for row in rows if row.state in (AnswerState.TAKEN, AnswerState.ASIDE)]:
        raise Refusal(f"这批反馈中有 {len(used)} 项已经处理（{used[0].words} 等），不能整批撤销。个别有误的，标为不登记。", code="query.used")
    with session.act("query.undo", case=found.id, reason=reason) as act:
        for row in rows:
            act.strike(act.get(QueryAnswer, row.id), reason)
    return act.changes


@options("feedback_batches")
def feedback_batches(context: FormContext) -> Pairs:
    """The files whose answers the case has, with how many."""
    counted = Counter(row.batch for row in view_in(context).rows(QueryAnswer) if row.batch)
    days = {row.batch: row.answered_on for row in view_in(context).rows(QueryAnswer)}
    return [(batch, f"{days[batch]} 反馈的 {count} 项") for batch, count in counted.items()]


def _of_batch(case: str, batch: str) -> list[QueryAnswer]:
    queries = [row.id for row in NetworkQuery.select().where(NetworkQuery.case == case, NetworkQuery.struck.is_null())]
    return list(QueryAnswer.select().where(QueryAnswer.query.in_(queries), QueryAnswer.batch == batch, QueryAnswer.struck.is_null()).order_by(QueryAnswer.id))


class _Taker:
    """Holds the rows of a file to the queries of a case: which are new, which are known, which cannot be used."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session, self.known = session, 0
        self.rows: list[dict[str, Any]] = []
        self.bad: list[BadRow] = []
        self._queries = {row.request_no: row for row in NetworkQuery.select().where(NetworkQuery.case == case.id, NetworkQuery.struck.is_null()).order_by(NetworkQuery.sent_on)}
        self._parties = {row.id: row for row in Party.select().where(Party.case == case.id, Party.struck.is_null())}
        ids = [row.id for row in self._queries.values()]
        there = QueryAnswer.select().where(QueryAnswer.query.in_(ids), QueryAnswer.struck.is_null()) if ids else ()
        self._there = {(row.answer_key, _same(row.raw)) for row in there}

    def hear(self, row: FeedbackRow | BadRow) -> None:
        """One row of the file."""
        if isinstance(row, BadRow):
            self.bad.append(row)
            return
        query = self._query(row)
        if isinstance(query, str):
            self.bad.append(BadRow(row.place, query))
            return
        key, raw = f"{query.request_no}/{row.head.id}/{row.number or next(iter(row.identifiers.values()), row.body)}", dict(row.raw)
        if (key, _same(raw)) in self._there:
            self.known += 1
            return
        self._there.add((key, _same(raw)))
        state = AnswerState.NOTHING if row.nothing else AnswerState.PROPOSED
        self.rows.append({
            "query": query.id, "head": row.head.id, "body": row.body or "（未写明）", "answered_on": row.answered_on or self.session.day, "answer_key": key,
            "state": state, "identifiers": None if row.masked else dict(row.identifiers) or None, "words": self._words(row), "value_fen": row.balance_fen,
            "marks": [*row.marks, *(["masked"] if row.masked else [])] or None, "raw": raw,
        })

    def _query(self, row: FeedbackRow) -> NetworkQuery | str:
        """The query that a row answers, or why there is none."""
        query = self._queries.get(row.request_no)
        if query is None and row.request_no:
            return f"请求单号 {row.request_no} 不是本案登记的查询，请核对单号，或者先登记这次查询。"
        query = query or self._by_person(row)
        if query is None:
            return "没有请求单号，姓名、证件号码也对不上本案查询过的被执行人。"
        party = self._parties[query.party]
        if row.id_no and party.id_no and "*" not in row.id_no and row.id_no.upper() != party.id_no.upper():
            return f"反馈的证件号码 {row.id_no} 不是{party.name}的，不能认作他的财产。"
        if row.name and row.name != party.name:
            return f"反馈的姓名「{row.name}」不是{party.name}，请核对。"
        if row.head.id not in query.heads:
            return f"请求单号 {query.request_no} 没有查{row.head.name}。"
        return query if (row.answered_on or self.session.day) >= query.sent_on else f"反馈时间 {row.answered_on} 早于查询发起之日 {query.sent_on}。"

    def _by_person(self, row: FeedbackRow) -> NetworkQuery | None:
        """The latest query about the person that a copy of a screen names, which asked for the head."""
        of = [one for one in self._queries.values() if row.head.id in one.heads and self._is(self._parties[one.party], row)]
        return of[-1] if of else None

    @staticmethod
    def _is(party: Party, row: FeedbackRow) -> bool:
        return party.id_no == row.id_no if row.id_no and party.id_no else bool(row.name) and party.name == row.name

    def _words(self, row: FeedbackRow) -> str:
        if row.nothing:
            return f"{row.head.name}查无"
        kind = property_kinds(self.session.resources).of(row.head.kind) if row.head.kind else None
        known = kind.listed(row.identifiers) if kind is not None and not row.masked else next((text for text in row.identifiers.values()), row.head.name)
        names = {mark: name for mark, name, _words in feedback_words(self.session.resources).marks} | {"masked": "号码不全"}
        marks = [names[mark] for mark in (*row.marks, *(["masked"] if row.masked else []))]
        sum_words = f"，余额 {amount_in_list(row.balance_fen)} 元" if row.balance_fen is not None else ""
        return f"{known}{sum_words}{f'（{chr(0x3001).join(marks)}）' if marks else ''}"

    def why_nothing(self, name: str) -> str:
        """Why nothing of a file can be used."""
        return f"「{name}」没有可用的反馈。\n{self.bad_words()}" if self.bad else f"「{name}」里认不出反馈的栏目（账号、车牌、权证号等），请核对是不是查询反馈文件。"

    def bad_words(self) -> str:
        """The rows that cannot be used, as far as a sentence holds them."""
        told = [f"{row.place}：{row.why}" for row in self.bad[:SHOWN]]
        return "\n".join(told + ([f"另有 {len(self.bad) - SHOWN} 行。"] if len(self.bad) > SHOWN else []))


def _same(raw: Any) -> str:
    return json.dumps(raw, ensure_ascii=False, sort_keys=True)


def _told(taker: _Taker) -> str:
    """What the import has to say: how many came in, how many were known, which rows were left."""
    parts = [f"导入 {len(taker.rows)} 项反馈"]
    if taker.known:
        parts.append(f"{taker.known} 项已经有了，没有重复")
    words = "，".join(parts) + "。"
    return words + (f"有 {len(taker.bad)} 行没有导入：\n{taker.bad_words()}" if taker.bad else "")
