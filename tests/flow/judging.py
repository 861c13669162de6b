"""The verdict on a file as the clerk asks for it, and whose certificates there are."""

from __future__ import annotations

from typing import Any

from execdesk.documents.pdfservice import PdfVerdict
from execdesk.integrity.history import line_verifier
from execdesk.issue.verdict import verdict_of
from execdesk.records.people import Certificate, Person
from tests.flow.bureau import Bureau
from tests.world import Notes

NOT_HELD = "本席位没有此件"
UNLAWFUL = "留存它的留痕不成立"


def judged(bureau: Bureau, pdf: bytes) -> PdfVerdict:
    return verdict_of(bureau.at("clerk").session, pdf)


def refused(bureau: Bureau, pdf: bytes, *told: str) -> None:
    verdict = judged(bureau, pdf)
    assert not verdict.valid and verdict.text.startswith("签名无效，请勿采用：")
    assert not [words for words in told if words not in verdict.text], verdict.text


def judge_of(notes: Notes) -> str:
    return str(notes["judge"])


def certificate(account: str, purpose: str = "person") -> Any:
    return Certificate.get(Certificate.person == Person.get(Person.account == account).id, Certificate.purpose == purpose)


def states(bureau: Bureau) -> dict[str, str]:
    """The states of the certificates, as lines with effect tell them."""
    return {row["id"]: row["state"] for row in line_verifier(bureau.desk.session).made()}
