"""What changes about somebody who works here: how he signs in, where he is reached, the papers he shows."""

from __future__ import annotations

from dataclasses import replace

from execdesk.access import places, slots
from execdesk.access.accounts import require_fit
from execdesk.access.duty import require_may
from execdesk.access.lookup import person_of
from execdesk.access.providers import FormContext, start
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.people import STANDING, Certificate, CertificateState, Person
from execdesk.store.act import Changes

PAPERS = (
    Field("phone", "电话", required=False, most=32),
    Field("id_no", "身份证号", "identity", required=False),
    Field("certificate_no", "工作证号", required=False, most=32),
    Field("enforcement_no", "执行公务证号", required=False, most=32),
    Field("police_no", "警号", required=False, most=32),
)
_NAMES = tuple(one.name for one in PAPERS)
BY = ("prepare_people", "countersign")


@action(
    "person.details",
    "变更电话和证件",
    Field("person", "人员", "choice", options="people", leads=True),
    *(replace(one, start=f"person.{one.name}") for one in PAPERS),
    Field("reason", "理由", "long", required=False, rare=True),
    done="已变更电话和证件。",
)
def change_details(
    session: Session,
    *,
    person: str,
    phone: str = "",
    id_no: str = "",
    certificate_no: str = "",
    enforcement_no: str = "",
    police_no: str = "",
    reason: str = "",
) -> Changes:
    """Set where somebody is reached and the numbers of his papers; what is left empty is taken out.

    Raises:
        Refusal: ``access.duty``, ``person.missing``, ``person.same`` where nothing changes.
    """
    require_may(session, BY, "变更电话和证件")
    told = dict(zip(_NAMES, (phone, id_no, certificate_no, enforcement_no, police_no), strict=True))
    with session.act("person.details", reason=reason or f"变更{person_of(person).name}的电话和证件") as act:
        row = act.get(Person, person_of(person).id)
        changed = {
            name: text.strip() or None for name, text in told.items() if (text.strip() or None) != getattr(row, name)
        }
        if not changed:
            raise Refusal(f"{row.name}的各项都和现在的一样，没有要变更的。", code="person.same")
        act.change(row, **changed)
    return act.changes


@action(
    "person.account",
    "变更登录名",
    Field("person", "人员", "choice", options="people"),
    Field("account", "新的登录名", hint="小写字母和数字", most=32),
    Field("reason", "理由", "long", required=False, rare=True),
    note="已领证的人，原证书和原登录名随即作废：两人在场另行签发证书以后，用新的登录名登录。此前签过的都在。",
    done="已变更登录名。",
)
def change_account(session: Session, *, person: str, account: str, reason: str = "") -> Changes:
    """Give somebody another login name, or his first one. What he signed in with is void: he receives a new certificate under the new name.

    Raises:
        Refusal: ``access.duty``, ``access.oneself``, ``person.account`` for a name that is not fit, taken, or the one he has.
    """
    require_may(session, BY, "变更登录名")
    row, account = person_of(person), account.strip()
    if row.id == session.me.id:
        raise Refusal("不能变更自己的登录名，请由另一人办理。", code="access.oneself")
    require_fit(
        account,
        (one.account for one in Person.select(Person.account).where(Person.account != "", Person.struck.is_null())),
    )
    old = row.account
    with session.act("person.account", reason=reason or f"{row.name}的登录名改为{account}") as act:
        act.change(act.get(Person, row.id), account=account)
        for certificate in Certificate.select().where(
            Certificate.person == row.id, Certificate.state.in_(STANDING), Certificate.struck.is_null()
        ):
            act.change(certificate, state=CertificateState.REVOKED, revoked_at=act.at, reason="变更登录名")
    _forget_slot(session, old)
    return act.changes


def _forget_slot(session: Session, account: str) -> None:
    """Take away what the old name opened; the share of the issuing key is dealt anew with the next certificate."""
    if session.store.folder is None or not account:
        return
    file = places.slots_file(session.store.folder)
    if account in slots.names(file) or account in slots.damaged(file):
        slots.remove(file, account)


def _as_it_is(name: str) -> None:
    @start(f"person.{name}")
    def told(context: FormContext) -> str | None:
        row = Person.get_or_none(Person.id == context.told("person"))
        return getattr(row, name) or None if row is not None else None


for _name in _NAMES:
    _as_it_is(_name)
