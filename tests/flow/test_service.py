"""To whom a paper may be recorded as served: whom case or paper name, anybody else with a word on who he is, and each service once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, Party
from execdesk.records.papers import Document, Service
from tests.flow.bureau import APPLICANT, DEBTOR, Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])


@pytest.fixture
def paper(bureau: Bureau) -> str:
    bureau.at("clerk")
    return str(Document.get(Document.type_id == "notice_execution").id)


def serve(bureau: Bureau, paper: str, recipient: str, **more: object) -> None:
    bureau.at("clerk").do("service.record", document=paper, recipient=recipient, method="direct", served_on=bureau.day, **more)


def test_a_stranger_is_served_with_a_word_on_who_he_is(bureau: Bureau, paper: str) -> None:
    before = Service.select().count()
    with pytest.raises(Refusal, match="签收人与受送达人的关系") as refused:
        serve(bureau, paper, "路过的人")
    assert refused.value.code == "service.recipient" and Service.select().count() == before
    serve(bureau, paper, "林例五", note="被执行人同住的成年儿子")
    assert Service.select().count() == before + 1


def test_who_speaks_for_a_party_is_served_as_he_is(bureau: Bureau, paper: str) -> None:
    party = Party.get(Party.case == Case.get().id, Party.name == DEBTOR)
    bureau.desk.do("party.change", case=party.case, party=DEBTOR, values={"agent": "王例三、李例四"}, reason="补登代理人")
    serve(bureau, paper, "李例四")


def test_a_service_is_recorded_once(bureau: Bureau, paper: str) -> None:
    serve(bureau, paper, DEBTOR)
    with pytest.raises(Refusal, match="已经登记过") as refused:
        serve(bureau, paper, DEBTOR)
    assert refused.value.code == "service.repeat"


def test_a_paper_that_does_not_concern_him_asks_and_says_what_is_not_brought_about(bureau: Bureau, paper: str) -> None:
    with pytest.raises(Refusal, match=f"不发生向{DEBTOR}送达的效果") as refused:
        serve(bureau, paper, APPLICANT)
    assert refused.value.code == "service.recipient"
    serve(bureau, paper, APPLICANT, note="申请执行人要求一份")


@pytest.mark.parametrize("method", ["lien", "forwarded", "public"])
def test_a_way_that_does_not_reach_a_unit_is_refused(bureau: Bureau, method: str) -> None:
    bureau.at("clerk")
    notice = Document.get_by_id(bureau.through(bureau.freeze(Case.get().id))[1])
    refused = bureau.refused("clerk", "service.record", document=notice.id, recipient=notice.addressee, method=method, served_on=bureau.day, note="拒收")
    assert refused.code == "service.method"


@pytest.mark.parametrize(("method", "more", "code"), [
    ("lien", {}, "service.witness"), ("lien", {"note": "拒收，村委会干部见证"}, ""), ("electronic", {}, "service.witness"), ("electronic", {"note": "地址确认书第 2 项"}, ""),
    ("post", {}, ""), ("forwarded", {}, "service.witness"), ("public", {}, "service.witness"), ("public", {"note": "下落不明，公告于法院公告栏"}, "service.day"),
    ("public", {"note": "下落不明，公告于法院公告栏", "announced_on": date(2018, 1, 3)}, "service.day"),
    ("public", {"note": "下落不明，公告于法院公告栏", "announced_on": date(2018, 1, 2)}, ""),
])
def test_each_way_asks_what_its_article_asks(bureau: Bureau, paper: str, method: str, more: dict[str, Any], code: str) -> None:
    """Sixty days after an announcement, to the day."""
    on = date(2018, 1, 2) + timedelta(days=60)
    bureau.at("clerk", on)
    values = {"document": paper, "recipient": DEBTOR, "method": method, "served_on": on, **more}
    if not code:
        bureau.desk.do("service.record", **values)
        assert Service.get(Service.method == method).served_on == on
        return
    refused = bureau.refused("clerk", "service.record", **values)
    assert refused.code == code, refused.text
    assert method == "public" or "民事诉讼法" in refused.clauses[0].source


def test_a_ruling_was_not_served_electronically_before_2022(bureau: Bureau) -> None:
    bureau.at("clerk")
    ruling = bureau.through(bureau.freeze(Case.get().id))[0]
    values = {"document": ruling, "recipient": DEBTOR, "method": "electronic", "note": "地址确认书第 2 项"}
    bureau.at("clerk", date(2021, 12, 31))
    assert bureau.refused("clerk", "service.record", served_on=date(2021, 12, 31), **values).code == "service.method"
    bureau.at("clerk", date(2022, 1, 1)).do("service.record", served_on=date(2022, 1, 1), **values)
