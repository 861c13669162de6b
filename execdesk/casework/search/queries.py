"""Queries and their answers as forms and next steps see them."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.casefile.dossier import Dossier
from execdesk.casefile.terms import TermRules
from execdesk.casefile.view import CaseView, view_in
from execdesk.casefile.waiting import Waits, waiting
from execdesk.casework.search.feedback import feedback_words
from execdesk.law.refusal import Refusal
from execdesk.records.search import AnswerState, NetworkQuery, QueryAnswer

NOT_ANSWERED = "未反馈"
FILE = "*.xml *.xlsx *.xls *.csv"


def answer_of(row: str) -> QueryAnswer:
    """An answer by row id.

    Raises:
        Refusal: ``query.missing``.
    """
    found = QueryAnswer.get_or_none((QueryAnswer.id == row) & QueryAnswer.struck.is_null())
    if found is None:
        raise Refusal("找不到该反馈，可能已撤销导入，请刷新后再看。", code="query.missing")
    answer: QueryAnswer = found
    return answer


def query_of(answer: QueryAnswer) -> NetworkQuery:
    """The query it answers."""
    found: NetworkQuery = NetworkQuery.get_by_id(answer.query)
    return found


def case_of_answer(row: str) -> str:
    """The case (row id) that an answer is of; empty for none."""
    found = QueryAnswer.get_or_none(QueryAnswer.id == row)
    return query_of(found).case if found else ""


def case_of_query(row: str) -> str:
    """The case (row id) that a query is of; empty for none."""
    found = NetworkQuery.get_or_none(NetworkQuery.id == row)
    return found.case if found else ""


def answered_heads(view: CaseView, query: NetworkQuery) -> dict[str, str]:
    """Each head that a query asked for and what became of it: the words of its answers, 「未反馈」 where there is none."""
    words, rows = feedback_words(view.session.resources), [row for row in view.rows(QueryAnswer) if row.query == query.id]
    found = {}
    for head in query.heads:
        of = [row for row in rows if row.head == head]
        there = [row for row in of if row.state != AnswerState.NOTHING]
        found[words.head(head).name] = NOT_ANSWERED if not of else f"{len(there)} 项" if there else "查无"
    return found


@options("query_heads")
def query_heads(context: FormContext) -> Pairs:
    """What can be asked for."""
    return [(one.id, one.name) for one in feedback_words(context.session.resources).heads]


@options("queries", case=case_of_query)
def queries(context: FormContext) -> Pairs:
    """The queries of the case, the newest first, with what is still unanswered."""
    view = view_in(context)
    found = []
    for row in view.rows(NetworkQuery)[::-1]:
        party = view.party(row.party)
        open_heads = [head for head, what in answered_heads(view, row).items() if what == NOT_ANSWERED]
        told = f"{'、'.join(open_heads)}{NOT_ANSWERED}" if open_heads else "已全部反馈"
        found.append((row.id, f"{row.sent_on} {party.name if party else ''} {row.request_no}（{told}）"))
    return found


@start("query")
def query(context: FormContext) -> str | None:
    """The query the form is about, else the newest."""
    known = [key for key, _words in queries(context)]
    return context.target if context.target in known else next(iter(known), None)


def _in_states(context: FormContext, *states: str) -> Pairs:
    return [(row.id, row.words if row.words.startswith(row.body) else f"{row.body}：{row.words}") for row in view_in(context).rows(QueryAnswer) if row.state in states]


@options("answers_proposed", case=case_of_answer)
def answers_proposed(context: FormContext) -> Pairs:
    """The answers nobody has taken or put aside."""
    return _in_states(context, AnswerState.PROPOSED)


@options("answers_aside", case=case_of_answer)
def answers_aside(context: FormContext) -> Pairs:
    """The answers that were put aside."""
    return _in_states(context, AnswerState.ASIDE)


@start("answer")
def answer(context: FormContext) -> str | None:
    """The answer the form is about, else the first that waits."""
    rows = view_in(context).rows(QueryAnswer)
    known = {row.id for row in rows}
    return context.target if context.target in known else next((row.id for row in rows if row.state == AnswerState.PROPOSED), None)


def _proposed(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    yield from (Waits(row, "查询反馈待登记") for row in dossier.of(QueryAnswer) if row.state == AnswerState.PROPOSED)


TO_TAKE = waiting(
    "query.take", place=33, find=_proposed, tables=(QueryAnswer, NetworkQuery), duty="draft", step=lambda row: f"登记反馈的财产 {row.words}",
    who=("您可登记", "办案人员登记"),
)
