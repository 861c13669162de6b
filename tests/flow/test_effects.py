"""Effects of papers: which run is said by the type's data, for what happened, to whom, with what result; what they say is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from execdesk.desk import AppServices
from execdesk.documents.catalogue import Catalogue
from execdesk.documents.events import EffectRule
from execdesk.issue.effects import EFFECTS, Event, effect
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document, Service
from tests.flow.bureau import APPLICANT, BANK, DEBTOR, Bureau


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    """An effect of its own kind, which notes what it is told and says a sentence."""
    events: list[Event] = []

    @effect("test.heard")
    def hear(event: Event) -> str:
        events.append(event)
        return f"{event.kind}于{event.day}"

    yield events
    del EFFECTS["test.heard"]


def with_rules(bureau: Bureau, type_id: str, *rules: EffectRule) -> None:
    """The bureau's desk with more rules in the data of one type."""
    shelf: Catalogue = bureau.desk.session.catalogue
    types = tuple(replace(kind, effects=(*kind.effects, *rules)) if kind.id == type_id else kind for kind in shelf.types)
    bureau.desk.session.catalogue = replace(shelf, types=types)


def rule(event: str, **more: Any) -> EffectRule:
    return EffectRule(**{"event": event, "role": "", "results": (), "variants": (), "run": ("test.heard",), "place": "here", **more})


def test_a_new_effect_is_data_and_one_function(bureau: Bureau, heard: list[Event]) -> None:
    case = bureau.register()
    with_rules(bureau, "notice_execution", rule("issued"), rule("served", role="debtor"))
    document = bureau.notice(case)
    assert [(e.kind, e.document.id, e.case.id, e.measure, e.day) for e in heard] == [("issued", document, case, None, bureau.day)]
    clerk = bureau.at("clerk")
    clerk.do("service.record", document=document, recipient=APPLICANT, method="direct", served_on=bureau.day, note="应其要求给一份")
    assert len(heard) == 1, "served on somebody else"
    clerk.do("service.record", document=document, recipient=DEBTOR, method="direct", served_on=bureau.day, note="本人签收")
    assert heard[-1].role == "debtor"
    assert [row.note for row in Service.select().order_by(Service.id)] == ["应其要求给一份", f"本人签收；served于{bureau.day}"]


def test_an_effect_runs_in_the_act_and_falls_with_it(bureau: Bureau) -> None:
    @effect("test.failing")
    def fail(event: Event) -> None:
        event.act.change(event.case, cause="别的案由")
        raise Refusal("不成立。", code="test.failing")

    try:
        case = bureau.register()
        with_rules(bureau, "notice_execution", rule("void", run=("test.failing",)))
        document = bureau.notice(case)
        assert bureau.refused(bureau.judge(case), "document.void", document=document, reason="误").code == "test.failing"
        assert Document.get_by_id(document).state == "issued" and Case.get_by_id(case).cause != "别的案由"
    finally:
        del EFFECTS["test.failing"]


def test_the_answer_runs_by_result_and_knows_its_paper(bureau: Bureau, heard: list[Event]) -> None:
    case = bureau.register()
    bureau.notice(case)
    with_rules(bureau, "notice_assist_deposit", rule("answered", results=("partial",), variants=("冻结",)))
    measure = bureau.frozen(case)
    clerk = bureau.at("clerk")
    clerk.do("measure.reply", measure=measure, received_on=bureau.day, controlled=100, receipt_no="R1", reason="余额不足")
    answer = AssistReply.get(AssistReply.measure == measure)
    assert [(e.kind, e.role, e.result, e.answer) for e in heard] == [("answered", "assisting_unit", "partial", answer)]
    assert Document.get_by_id(answer.document).addressee == BANK and Measure.get_by_id(measure).told_fen == 100
    clerk.do("measure.reply", measure=measure, received_on=bureau.day, controlled=5012345, receipt_no="R2")
    assert len(heard) == 1 and Measure.get_by_id(measure).told_fen == 5012345


def test_a_desk_does_not_open_with_an_effect_nobody_has(bureau: Bureau, services: AppServices) -> None:
    bureau.at("clerk")
    with_rules(bureau, "notice_execution", rule("issued", run=("test.nobody",), place="catalogue.toml，第 7 行"))
    catalogue = bureau.desk.session.catalogue
    bureau.close()
    bureau.services = replace(services, catalogue=catalogue)
    with pytest.raises(Refusal) as refused:
        bureau.at("clerk")
    assert refused.value.code == "document.data" and "test.nobody" in refused.value.text and "第 7 行" in refused.value.text
