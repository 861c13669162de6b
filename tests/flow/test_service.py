"""To whom a paper may be recorded as served: whom case or paper name, anybody else with a word on who he is, and each service once."""

from __future__ import annotations

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, Party
from execdesk.records.papers import Document, Service
from tests.flow.bureau import APPLICANT, Bureau

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
    party = Party.get(Party.case == Case.get().id, Party.name == APPLICANT)
    bureau.desk.do("party.change", case=party.case, party=APPLICANT, values={"agent": "王例三、李例四"}, reason="补登代理人")
    serve(bureau, paper, "李例四")


def test_a_service_is_recorded_once(bureau: Bureau, paper: str) -> None:
    serve(bureau, paper, APPLICANT)
    with pytest.raises(Refusal, match="已经登记过") as refused:
        serve(bureau, paper, APPLICANT)
    assert refused.value.code == "service.repeat"
