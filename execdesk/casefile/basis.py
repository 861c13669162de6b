"""What a case executes: a judgment or another effective document, never the number of an enforcement case it once was."""

from __future__ import annotations

from collections.abc import Collection

from execdesk.access.session import Session
from execdesk.casefile.settings import bureau_settings
from execdesk.law.refusal import Refusal
from execdesk.law.words import format_case_number, parse_case_number
from execdesk.records.cases import Case


def enforcement_number(text: str | None, types: Collection[str]) -> str:
    """The number of an enforcement case that a basis was written as; empty where it is a document of another kind, or nothing."""
    if not text or not any(kind in text for kind in types):
        return ""
    parsed = parse_case_number(text)
    return format_case_number(parsed.number.bare) if parsed.number is not None and parsed.number.type_code in types else ""


def require_basis(session: Session, basis_no: str | None) -> None:
    """Return if a basis is no enforcement case.

    Raises:
        Refusal: ``case.basis``, naming the basis of the case that was meant, where it is known here.
    """
    number = enforcement_number(basis_no, bureau_settings(session.resources).bureau_types)
    if not number:
        return
    old = Case.get_or_none(Case.number == number, Case.struck.is_null())
    known = f"{number} 的执行依据是 {old.basis_no}{old.basis_kind or ''}，请照填" if old is not None and old.basis_no else "请照原案的案卷填写判决书、调解书等的文号"
    raise Refusal(f"执行依据是生效法律文书，不是执行案件的案号：{known}。原案号可以写在备注里。", code="case.basis", field="basis_no")
