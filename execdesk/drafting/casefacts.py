"""Facts of a case as documents draw on them, read from its rows; every value says where it came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from execdesk.access.session import Session, holders_of, person_of, posts_on
from execdesk.casefile.lookup import assigned, parties_of
from execdesk.documents.facts import (
    PARTY,
    AddresseeFacts,
    BasisFacts,
    CaseFacts,
    CourtFacts,
    Facts,
    Official,
    PartyFacts,
    Representative,
    StaffFacts,
    number_mark,
)
from execdesk.documents.slots import CLAIM
from execdesk.documents.texts import TextVersion
from execdesk.drafting.around import around, papers_of_case
from execdesk.drafting.claims import proved
from execdesk.drafting.lent import FactsWanted, RecordedBy, lent, lent_sources, told, ways_lent
from execdesk.law.refusal import WayOn
from execdesk.records.cases import Case, Party
from execdesk.records.court import COURT_DETAILS
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import Person

CHANGE = "更正当事人"
ROLES = {"applicant": "申请执行人", "debtor": "被执行人", "third": "第三人"}
SOURCES = {
    "case.number": "立案登记",
    "case.cause": "立案登记",
    "case.filed_on": "立案登记",
    "case.applied_on": "立案登记",
    "case.obligation": "案件「应履行的义务」",
    "basis.document": "立案登记",
    "basis.organ": "立案登记",
    "document.ruling": "同批裁定书",
}
# What records the value of a source, where it is lacking: the action and its words.
RECORDED_BY = {
    "case.obligation": RecordedBy("case.obligation", "填写应履行的义务"),
    "basis": RecordedBy("case.basis", "补充执行依据"),
    "court": RecordedBy("court.change", "填写本院信息"),
    "money": RecordedBy("case.opening_recovered", "登记此前到位金额"),
    "person": RecordedBy("case.assign", "分案"),
    "person.telephone": RecordedBy("court.change", "填写本院电话"),  # where the judge has none, that of the court is printed
}


def facts_of(session: Session, document: Document, on: date) -> Facts:
    """All facts a document may draw on, for signing on a day."""
    case = around(document).case
    parties = tuple(party_facts(party) for party in parties_of(case.id))
    inputs = dict(document.inputs or {})
    wanted, text = FactsWanted(session, document, case, inputs, on), session.catalogue.text(document.type_id, on)
    target = _target(parties, inputs, ROLES.get(session.catalogue.type(document.type_id).target, ROLES["debtor"]))
    return Facts(
        court=court_facts(session),
        case=_case(case),
        parties=parties,
        staff=staff_facts(session, document, on),
        basis=BasisFacts(_basis(case), case.basis_organ or "", case.basis_effective_on),
        target=target,
        addressee=_addressee(document, parties, inputs),
        sanction_number=_entered(session, document, on),
        documents=_others(document, session.catalogue.leading),
        inputs=_typed(inputs),
        sources={**SOURCES, **lent_sources()},
        ways={**{source: way.on(wanted) for source, way in RECORDED_BY.items()}, **_party_ways(document, parties, target), **ways_lent(wanted)},
        told=told(wanted, [slot.source for slot in text.slots.values()]),
        claims=proved(wanted, _claimed(document, text)),
        **lent(wanted),
    )


def _party_ways(document: Document, parties: tuple[PartyFacts, ...], target: PartyFacts | None) -> dict[str, WayOn]:
    """The way to the party behind each value that is a party's, and to each party by row: never to another one."""

    def way(words: str, party: PartyFacts | None) -> WayOn:
        return WayOn(words, f"party.change:{document.case},{party.row if party else ''}")

    first = {role: next((one for one in parties if one.role == role), None) for role in ROLES.values()}
    named = {f"names.{role}": way(CHANGE, party) for role, party in first.items() if party is not None}
    addressee = next((one for one in parties if one.name == document.addressee), None)
    rows = {f"{PARTY}{one.row}": way("去补充", one) for one in parties}
    return {**named, **rows, "names": way(CHANGE, None), "target": way(CHANGE, target), "addressee": way(CHANGE, addressee)}


def _claimed(document: Document, text: TextVersion) -> list[str]:
    """What the text may claim; once submitted only what it claimed then, so that a fact that comes later adds nothing to what was approved."""
    if document.state != DocumentState.SUBMITTED:
        return list(text.claims)
    kept = (document.content or {}).get("facts", {})
    return [name for name in text.claims if CLAIM + name in kept]


def court_facts(session: Session) -> CourtFacts:
    """The court as it prints itself, with address and account where the court has entered them."""
    row = session.court
    return CourtFacts(name=row.name, upper=row.upper, **{name: getattr(row, name) or "" for name in COURT_DETAILS})


def party_facts(party: Party) -> PartyFacts:
    """A party as the party block prints it."""
    representatives: tuple[Representative, ...] = ()
    if party.representative:
        kind = "legal" if party.kind == "legal" else "head" if party.kind == "organisation" else "guardian"
        representatives = (
            Representative(kind, party.representative, party.representative_post or "", _unit_word(party.name)),
        )
    if party.agent:
        representatives = (*representatives, Representative("other", party.agent))
    return PartyFacts(
        role=ROLES[party.side],
        kind=party.kind,
        name=party.name,
        address=party.address or "",
        id_no=party.id_no or "",
        sex=party.sex or "",
        born_on=party.born_on,
        ethnicity=party.ethnicity or "",
        occupation=party.occupation or "",
        representatives=representatives,
        row=party.id,
        phone=party.phone or "",
    )


def _unit_word(name: str) -> str:
    return next(
        (
            word
            for word in ("公司", "银行", "支行", "信用社", "合作社", "村民委员会", "居民委员会", "学校", "医院")
            if name.endswith(word)
        ),
        "单位",
    )


def _case(case: Case) -> CaseFacts:
    return CaseFacts(
        case.number,
        case.cause,
        case.filed_on,
        case.received_on,
        case.obligation or "",
    )


def _basis(case: Case) -> str:
    """The number with its kind, as rulings cite it: …号民事判决书; empty where either is not known."""
    number, kind = case.basis_no or "", case.basis_kind or ""
    if kind and number and not number.endswith(kind):
        number += kind
    return number if not number.endswith("号") else ""  # of what kind it is nobody said


def staff_facts(session: Session, document: Document, on: date) -> StaffFacts:
    """Who stands under the document on the signing day: the judge in charge, the clerk, the panel that sat, 院长."""
    judge, clerk = (assigned(document.case, role, on) for role in ("judge", "clerk"))
    members = tuple(official(session, person, on) for row in around(document).members if (person := person_of(row)) is not None)
    signer = (document.inputs or {}).get("signer")
    chosen = Person.get_or_none((Person.id == signer) | (Person.account == signer)) if signer else None
    presidents = [chosen] if chosen else holders_of("president", on)
    president = official(session, presidents[0], on, ("president", "vice_president")) if presidents else None
    return StaffFacts(
        judge=official(session, judge, on) if judge else Official("", "", "", False),
        clerk=clerk.name if clerk else "",
        panel=members,
        president=president,
        telephone=(judge.phone if judge else "") or session.court.telephone or "",
    )


def official(session: Session, person: Person, day: date, prefer: tuple[str, ...] = ()) -> Official:
    """A person with the post he holds on a day; judges, and the director and his deputy as judges, may stand as 审判员."""
    held = [p.post for p in posts_on(person.id, day)]
    post = next((p for p in (*prefer, *held) if p in held), "")
    names = session.organisation.posts
    return Official(
        person.name,
        person.id,
        names[post].name if post in names else "",
        any(p in ("judge", "director", "deputy_director", "president", "vice_president") for p in held),
    )


def _target(parties: tuple[PartyFacts, ...], inputs: Mapping[str, Any], role: str) -> PartyFacts | None:
    """Whom the paper aims at: as chosen, else the first party in the role its type aims at."""
    wanted = inputs.get("target")
    found = next((p for p in parties if wanted in (p.row, p.name)), None)
    return found or next((p for p in parties if p.role == role), None)


def _addressee(document: Document, parties: tuple[PartyFacts, ...], inputs: Mapping[str, Any]) -> AddresseeFacts | None:
    name = document.addressee or ""
    if not name:
        return None
    party = next((p for p in parties if p.name == name), None)
    if party is None:
        return AddresseeFacts(name)
    return AddresseeFacts(name, party.address, party.id_no, natural=party.kind in ("natural", "business"))


def _entered(session: Session, document: Document, on: date) -> str:
    """The number that 立案庭 gave, of a paper whose series is numbered there."""
    series = session.catalogue.series(document.type_id, on)
    return str((document.inputs or {}).get("sanction_number", "")) if series is not None and series.form == "entered" else ""


def _others(document: Document, leading: Collection[str]) -> dict[str, str]:
    """Numbers of other documents: those of the same submission stand as slots, issued ones by their number."""
    found: dict[str, str] = {}
    for row in papers_of_case(document.case) if document.request else ():
        if row.request == document.request and row.series in leading and row.id != document.id and row.state != DocumentState.VOID:
            found["ruling"] = number_mark(row.type_id)
    if document.corrects:
        corrected = Document.get_by_id(document.corrects)
        found["corrects"] = corrected.number or ""
    return found


def _typed(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in inputs.items()}
