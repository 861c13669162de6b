"""A release of part of a deposit: both papers say what is freed and what stays, and the measure goes on over the rest."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.casework.control.facts import held_fen, remaining_fen
from execdesk.issue.printing import copy_for
from execdesk.law.refusal import Refusal
from execdesk.reads.measures import expiry
from execdesk.records.cases import Case
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from tests.flow.bureau import FULL, Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])
FREED = 1000000


@pytest.fixture
def frozen(bureau: Bureau) -> str:
    bureau.at("clerk")
    measure = bureau.frozen(Case.get().id)
    bureau.at("clerk").do("measure.reply", measure=measure, received_on=bureau.day, receipt_no="R1", controlled=FULL)
    return measure


def released(bureau: Bureau, measure: str, **values: object) -> list[str]:
    judge = bureau.judge(Case.get().id)
    request = bureau.at(judge).do("measure.release", measure=measure, ground="other", cause="另行提供了足额现金", **values).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.at("director").do("request.approve", request=request, opinion="同意")
    return list(bureau.issue_all(request, judge))


def serve(bureau: Bureau, paper: str, on: date) -> None:
    bureau.at("clerk", max(on, bureau.day)).do(
        "service.record", document=paper, recipient=Document.get_by_id(paper).addressee, method="direct", served_on=on
    )


def test_a_part_is_freed_and_the_rest_stays(bureau: Bureau, frozen: str) -> None:
    papers = released(bureau, frozen, scope="partial", amount=FREED)
    texts = ["".join(bureau.desk.session.pdf.text(copy_for(bureau.desk.session, paper).pdf).split()) for paper in papers]
    assert FULL - FREED == 4012345
    for text in texts:
        assert "10000元" in text and "其余40123.45元继续冻结" in text
    first = bureau.day
    serve(bureau, papers[1], date(2018, 1, 8))
    serve(bureau, papers[1], first)
    row = Measure.get_by_id(frozen)
    assert (row.state, row.amount_fen, row.told_fen, row.released_on) == ("live", FULL, FULL, None), "what was ordered and told stays"
    assert (held_fen(row), remaining_fen(row)) == (4012345, 4012345)
    [shown] = bureau.desk.reads.case(Case.get().number).measures
    assert (shown.amount_fen, shown.held_fen) == (4012345, 4012345)
    assert [line.amount_fen for line in expiry(bureau.desk.session).rows] == [4012345]


def test_the_rest_is_released_later(bureau: Bureau, frozen: str) -> None:
    serve(bureau, released(bureau, frozen, scope="partial", amount=FREED)[1], bureau.day)
    serve(bureau, released(bureau, frozen)[1], bureau.day)
    assert Measure.get_by_id(frozen).state == "released"


@pytest.mark.parametrize(("values", "words"), [
    ({"scope": "partial"}, "请填写解除的金额"), ({"scope": "partial", "amount": FULL}, "范围请选「全部」"),
    ({"amount": FREED}, "范围请选「超标的额部分」"), ({"scope": "nonsense"}, "可选：全部、超标的额部分、案外人的财产"),
])
def test_a_release_that_says_no_part_or_all_is_refused(bureau: Bureau, frozen: str, values: dict[str, object], words: str) -> None:
    refused = bureau.refused(bureau.judge(Case.get().id), "measure.release", measure=frozen, ground="other", cause="另行提供了足额现金", **values)
    assert words in refused.text


def test_a_ground_that_the_ruling_does_not_know_is_refused(bureau: Bureau, frozen: str) -> None:
    refused = bureau.refused(bureau.judge(Case.get().id), "measure.release", measure=frozen, ground="因为我想")
    assert "「事由」：没有「因为我想」一项" in refused.text and "债务已经清偿的" in refused.text


def test_the_scope_of_papers_is_not_changed_in_one_alone(bureau: Bureau, frozen: str) -> None:
    judge = bureau.at(bureau.judge(Case.get().id))
    paper = judge.do("measure.release", measure=frozen, ground="other", cause="另行提供了足额现金").ids("Document")[0]
    with pytest.raises(Refusal, match="重新提出解除"):
        judge.do("document.fill", document=paper, inputs={"scope": "partial"})
    judge.do("document.fill", document=paper, inputs={"scope": "all", "ground": "withdrawn"})
