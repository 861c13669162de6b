"""What somebody with a program of his own can make: pages of a true document signed with any key, kept by a line of any act."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from execdesk.access import places, slots
from execdesk.access.certificates import CertificateSubject, Issued
from execdesk.access.founding import certificate_row
from execdesk.access.issuing import open_issuing_key
from execdesk.access.session import Session
from execdesk.access.signin import second_person
from execdesk.documents.assemble import fill
from execdesk.drafting.drafts import frozen
from execdesk.issue.issuing import marks_for, numbers_of
from execdesk.records.cases import Case
from execdesk.records.papers import Document, DocumentState, KeptFile
from execdesk.records.people import CertificateState, Person
from execdesk.store.act import Act
from tests.at_will import at_will
from tests.flow.bureau import DEBTOR, Bureau


class Held:
    """A key as the signer of documents wants it."""

    def __init__(self, issued: Issued) -> None:
        self.issued = issued

    def material(self) -> Issued:
        return self.issued


def key_of(bureau: Bureau, account: str) -> Any:
    """Somebody's own key, taken from his sitting."""
    key = bureau.at(account).session.key
    assert key is not None
    return key.material()


def seal_key(bureau: Bureau) -> Any:
    """The key of the seal, taken from the sitting of its keeper."""
    key = bureau.at("seal").session.seal
    assert key is not None
    return key.material()


def issuing_key(bureau: Bureau) -> Issued:
    """The issuing key, as two who conspire have it."""
    file = places.slots_file(bureau.folder)
    shares = (slots.open_slot(file, "admin", "demo").share, slots.open_slot(file, "director", "demo").share)
    return open_issuing_key(bureau.at("clerk").session.store, bureau.folder, shares).issued


def subject(bureau: Bureau, account: str = "president", post: str = "院长") -> CertificateSubject:
    """Whom a certificate is to name."""
    person = Person.get(Person.account == account)
    return CertificateSubject(person.name, post, bureau.desk.session.court.name, person.id)


def add_certificate(act: Act, issued: Issued, account: str, state: str = CertificateState.VALID) -> str:
    """The row of a certificate, in whatever act; its id."""
    row = certificate_row(issued, Person.get(Person.account == account), "HQ", "person")
    row.issued_at, row.state = act.at, state
    return str(act.add(row).id)


def add_by_two(bureau: Bureau, issued: Issued, account: str) -> None:
    """The row of a certificate, made by lines with effect: two sign the one, 院长 consents in the other."""
    store = bureau.at("admin").session.store
    second, _ = second_person(store, bureau.folder, "director", "demo")
    with bureau.desk.session.act("certificate.issue", cosigner=second.as_cosigner()) as act:
        row = add_certificate(act, issued, account, CertificateState.AWAITING)
    bureau.at("president").do("certificate.ratify", certificates=[row])


def approved_notice(bureau: Bureau, judge: str, case: str) -> str:
    """A notice of the case, approved and not yet issued: the judge in charge, who sits there now, may keep pages for it."""
    changes = bureau.at(judge).do("notice.execution", case=case, party=DEBTOR)
    request = changes.ids("Request")[0]
    for name in ("request.submit", "request.approve"):
        bureau.desk.do(name, request=request)
    return str(bureau.papers(request)[0].id)


def _number(row: Document) -> str:
    """A document's number; for one that has none yet, one that the case has not given."""
    return row.number or f"{Case.get_by_id(row.case).number}之九"


def blank(session: Session, document: str, *, number: str | None = None) -> bytes:
    """The pages of a document as they were before anybody signed; under another number if one is given."""
    row = Document.get_by_id(document)
    content = fill(frozen(row), number or _number(row), row.signed_on or session.day, numbers_of(row))
    return session.pdf.archive(session.pdf.render(content, marks_for(session)))


def sign(session: Session, pdf: bytes, field: str, key: Any, *, first: bool = True, at: datetime | None = None) -> bytes:
    """One more signature, at the time the forger likes; in the field of the seal with its picture."""
    moment = at or session.store.clock.now()
    if field == "CourtSeal":
        return session.pdf.seal(pdf, Held(key), session.court.name, sample=session.demo, at=moment, certify=first)
    return session.pdf.sign(pdf, field, Held(key), certify=first, reason="签发", at=moment)


def keep(session: Session, document: str, pdf: bytes, kind: str = "signed", act: str = "document.issue") -> str:
    """A line by whoever sits there that keeps a file for a document; its name."""
    row = Document.get_by_id(document)
    with at_will(session, act, case=row.case) as made:
        made.add(KeptFile(document=document, sha256=made.keep_file(pdf), size=len(pdf), kind=kind, person=session.me.id, at=made.at))
    assert made.changes is not None
    return str(made.changes.lines[0])


KINDS = {"document.issue": "signed", "document.cosign": "cosigned", "document.seal": "sealed"}


def keep_by_right(session: Session, document: str, pdf: bytes, act: str = "document.issue", state: str = DocumentState.TO_SEAL) -> None:
    """Any pages, kept by a line that its writer may write: the paper goes on to ``state`` as the act takes it. Refused where he may not."""
    row = Document.get_by_id(document)
    told: dict[str, Any] = {}
    with session.act(act, case=row.case) as made:
        digest = made.keep_file(pdf)
        made.add(KeptFile(document=document, sha256=digest, size=len(pdf), kind=KINDS[act], person=session.me.id, at=made.at))
        if act == "document.issue":
            told = {"number": _number(row), "signer": session.me.id, "signed_on": made.day}
        made.change(made.get(Document, document), state=state, file=digest, **told)


def appended(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """A revision that nobody signs."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def first_page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def painted(writer: IncrementalPdfFileWriter) -> None:
    """A rectangle over page one."""
    page = first_page(writer)
    mark = writer.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 100 500 200 60 re f Q"))
    old = page.raw_get("/Contents")
    found = old.get_object()
    parts = list(found) if isinstance(found, generic.ArrayObject) else [old]
    page["/Contents"] = generic.ArrayObject([*parts, mark])
    writer.update_container(page)


def noted(writer: IncrementalPdfFileWriter) -> None:
    """A note laid over page one."""
    page, name = first_page(writer), generic.NameObject
    note = writer.add_object(generic.DictionaryObject({
        name("/Type"): name("/Annot"), name("/Subtype"): name("/FreeText"), name("/DA"): generic.TextStringObject("/Helv 12 Tf"),
        name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (100, 500, 300, 560)]), name("/Contents"): generic.TextStringObject("解除"),
    }))  # fmt: skip
    before = list(page["/Annots"]) if "/Annots" in page else []
    page["/Annots"] = generic.ArrayObject([*before, note])
    writer.update_container(page)


def layered(writer: IncrementalPdfFileWriter, *, shown: bool = True) -> None:
    """A layer that can be switched on and off."""
    name = generic.NameObject
    layer = writer.add_object(generic.DictionaryObject({name("/Type"): name("/OCG"), name("/Name"): generic.TextStringObject("层")}))
    writer.root["/OCProperties"] = generic.DictionaryObject({
        name("/OCGs"): generic.ArrayObject([layer]),
        name("/D"): generic.DictionaryObject({name("/ON" if shown else "/OFF"): generic.ArrayObject([layer])}),
    })  # fmt: skip
    writer.update_root()


def other_face(field: str) -> Callable[[IncrementalPdfFileWriter], None]:
    """Another picture in a field of signature."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        for each in writer.root["/AcroForm"]["/Fields"]:
            found = each.get_object()
            if found["/T"] == field:
                face = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 99 99 re f")
                face.update({generic.NameObject("/Type"): generic.NameObject("/XObject"), generic.NameObject("/Subtype"): generic.NameObject("/Form"),
                             generic.NameObject("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 99, 99)])})  # fmt: skip
                found["/AP"] = generic.DictionaryObject({generic.NameObject("/N"): writer.add_object(face)})
                writer.update_container(found)

    return change


def texted(writer: IncrementalPdfFileWriter) -> None:
    """A field to fill in, where the form has only places for signatures."""
    name = generic.NameObject
    field = writer.add_object(generic.DictionaryObject({
        name("/FT"): name("/Tx"), name("/T"): generic.TextStringObject("amount"), name("/V"): generic.TextStringObject("1"),
    }))  # fmt: skip
    form = writer.root["/AcroForm"]
    form["/Fields"] = generic.ArrayObject([*form["/Fields"], field])
    writer.update_container(form)


def pdfsig(folder: Path, pdf: bytes) -> str:
    """What another reader says of the file."""
    path = folder / "order.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, check=False).stdout.decode()
