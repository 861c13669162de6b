"""A ruling of a panel: each member signs as himself, one revision after the other, then the seal; its correction bears the same people."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from execdesk.issue.printing import copy_for
from execdesk.issue.verdict import verdict_on
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Person
from tests.flow.bureau import Bureau
from tests.world import Notes


def seat(bureau: Bureau, request: str, members: list[str]) -> None:
    """Submitted, sat upon by the members (the first presides), approved by the judge in charge."""
    judge = bureau.account
    bureau.desk.do("request.submit", request=request)
    bureau.at(judge).do("panel.ask", request=request, reason="标的较大")
    bureau.at("director").do("panel.designate", request=request, presiding=members[0], members=members[1:])
    votes = [{"member": member, "vote": "agree", "opinion": "同意冻结"} for member in members]
    bureau.at("clerk").do("panel.conclude", request=request, minutes=votes, outcome="一致同意")
    bureau.at(judge).do("request.approve", request=request)


def state(row: str) -> str:
    return str(Document.get_by_id(row).state)


def name(account: str) -> str:
    return str(Person.get(Person.account == account).name)


@pytest.fixture
def world() -> str:
    return "noticed"


@pytest.fixture
def sat(bureau: Bureau, notes: Notes) -> tuple[str, list[str], str]:
    """A freeze on which a panel sat: ruling, members with the presiding judge first, the judge in charge."""
    case = notes["case"]
    bureau.at("clerk")
    changes, judge = bureau.freeze(case), bureau.account
    members = [next(a for a in ("judge-1", "judge-2") if a != judge), judge, "judge-3"]
    seat(bureau, changes.ids("Request")[0], members)
    return bureau.papers(changes.ids("Request")[0])[0].id, members, judge


def test_every_member_signs_then_the_seal(bureau: Bureau, sat: tuple[str, list[str], str], tmp_path: Path) -> None:
    ruling, members, judge = sat
    refused = bureau.refused(judge, "document.issue", document=ruling)
    assert refused.code == "document.signer" and f"审判长{name(members[0])}" in refused.text
    bureau.at(members[0]).do("document.issue", document=ruling)
    assert state(ruling) == "to_cosign"
    assert bureau.refused("seal", "document.seal", document=ruling).code == "document.state"
    assert bureau.refused("judge-4", "document.cosign", document=ruling).code == "document.signer"
    assert bureau.refused(members[0], "document.cosign", document=ruling).code == "document.signer", "nobody signs twice"
    bureau.at(members[2]).do("document.cosign", document=ruling)
    assert state(ruling) == "to_cosign", "one signature is still wanting"
    verdict = verdict_on(bureau.desk.session, ruling)
    assert verdict.valid and set(verdict.pending) == {"Judge2", "CourtSeal"}
    bureau.at(members[1]).do("document.cosign", document=ruling)
    assert state(ruling) == "to_seal"
    bureau.at("seal").do("document.seal", document=ruling)
    assert state(ruling) == "issued"
    verdict = verdict_on(bureau.desk.session, ruling)
    assert verdict.valid and not verdict.pending
    assert {s.field: s.name for s in verdict.signatures if s.field != "CourtSeal"} == {
        f"Judge{n}": name(member) for n, member in enumerate(members, 1)
    }
    path = tmp_path / "ruling.pdf"
    path.write_bytes(copy_for(bureau.desk.session, ruling).pdf)
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, check=True).stdout.decode()
    assert said.count("Signature is Valid") == 4 and "Total document signed" in said
    told = "".join(subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode().split())
    assert f"审判长{name(members[0])}审判员{name(members[1])}审判员{name(members[2])}" in told
    kept = list(KeptFile.select().where(KeptFile.document == ruling).order_by(KeptFile.at))
    assert [row.kind for row in kept] == ["signed", "cosigned", "cosigned", "sealed"]
    assert [row.before for row in kept] == [None, *(row.id for row in kept[:-1])], "each names the file before it"
    assert bureau.desk.check().whole


def test_a_correction_bears_those_who_signed_the_ruling(bureau: Bureau, sat: tuple[str, list[str], str]) -> None:
    ruling, members, judge = sat
    bureau.at(members[0]).do("document.issue", document=ruling)
    for member in members[1:]:
        bureau.at(member).do("document.cosign", document=ruling)
    bureau.at("seal").do("document.seal", document=ruling)
    changes = bureau.at(judge).do("document.correct", document=ruling, wrong="某某银行", right="某某商业银行")
    request = changes.ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.at(judge).do("request.approve", request=request)
    paper = bureau.papers(request)[0].id
    assert bureau.refused(judge, "document.issue", document=paper).code == "document.signer"
    bureau.at(members[0]).do("document.issue", document=paper)
    assert state(paper) == "to_cosign"
