"""To whom a paper may be recorded as served: whom case or paper name, anybody else with a word on who he is, and each service once."""

from __future__ import annotations

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
