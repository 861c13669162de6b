"""Who is present at an act of two: the one at the desk and a second person, each typing his own password here, or the sealed envelope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from execdesk.access import slots, telephone
from execdesk.access.appointment import APPOINT
from execdesk.access.consenting import UNTIL_THEN, consents, require_consented, signs
from execdesk.access.held import HeldKey
from execdesk.access.issuing import REPLACE, attends
from execdesk.access.session import Session, posts_on
from execdesk.access.session_keys import CertificateCosigner
from execdesk.access.signin import check_password, second_person
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.people import Person

BY_WHOM = "院长、局长、副局长或系统管理员"


@dataclass(frozen=True)
class Present:
    """Who is present: the shares of the issuing key they bring, and the second person's own key; none where the envelope stands in, or
    two persons at another desk who answered a ``call``. ``envelope``: it was opened, in his place or beside him."""

    shares: tuple[bytes, bytes] = field(repr=False)
    second: HeldKey | None = field(default=None, repr=False)
    call: telephone.Call | None = None
    envelope: bool = False

    def as_cosigner(self) -> CertificateCosigner | None:
        """The second person, to sign the line too."""
        return self.second.as_cosigner() if self.second else None


def data_folder(session: Session) -> Path:
    """The folder of the store; refuses ``certificate.folder`` where it has none."""
    if session.store.folder is None:
        raise Refusal("本库没有数据文件夹，不能签发证书。", code="certificate.folder")
    return session.store.folder


@contextmanager
def attended(
    session: Session, receiver: Person, own_password: str, witness: str, witness_password: str, recovery_code: str, by_telephone: bool = False
) -> Iterator[Present]:
    """Two persons with their shares, neither of them ``receiver``, who may open the envelope too; or one and the envelope, or the answer
    of two persons at another desk in ``recovery_code``, where nobody else could attend here.

    The second person's key is forgotten at the end of the block.

    Raises:
        Refusal: ``access.two_people``, ``issuing.no_share``, ``telephone.none``, ``certificate.envelope``, and those of wrong passwords.
    """
    folder = data_folder(session)
    if witness and (by_telephone or recovery_code):
        _require_use(session, receiver, by_telephone)
    second: HeldKey | None = None
    call = telephone.next_call(folder) if by_telephone and not witness else None
    try:
        if witness:
            second, other = second_attending(session, witness, witness_password, receiver.id)
            if recovery_code:
                check_password(folder, slots.RECOVERY, recovery_code)
        else:
            other = _stand_in(session, folder, receiver, recovery_code, call)
        whose = Person.get_by_id(second.person).name if second else "电话码" if call else "恢复信封"
        yield Present((own_share(session, own_password), share_of(other, whose)), second, call, bool(recovery_code) and call is None)
    finally:
        if second is not None:
            second.lock()


def second_attending(session: Session, account: str, password: str, receiver: str = "") -> tuple[HeldKey, slots.OpenedSlot]:
    """The key of a second person who attends an act of two, to be locked afterwards, and what his password opens.

    Raises:
        Refusal: ``access.two_people`` for the one at the desk, for ``receiver``, and for one whose posts do not attend.
    """
    second, opened = second_person(session.store, data_folder(session), account, password)
    if second.person in (receiver, session.me.id):
        raise Refusal("在场的第二人不能是领证人，也不能是您自己。请另一人输入密码。", code="access.two_people")
    if not attends(session, second.person):
        raise Refusal(f"在场的第二人须是{BY_WHOM}。请另一人输入密码。", code="access.two_people")
    require_consented(session, second.certificate)
    return second, opened


def own_share(session: Session, password: str) -> bytes:
    """The share of the one at the desk; refuses a wrong password, and ``issuing.no_share``."""
    return share_of(check_password(data_folder(session), session.me.account, password)[0], session.me.name)


def sits_here(session: Session, person: str) -> bool:
    """Whether a post of a person is at this desk."""
    return any(post.site == session.store.site for post in posts_on(person, session.day))


def _stand_in(session: Session, folder: Path, receiver: Person, code: str, call: telephone.Call | None) -> slots.OpenedSlot:
    able = [
        person.name
        for person in Person.select().where(Person.struck.is_null(), Person.account != "")
        if person.id not in (receiver.id, session.me.id) and attends(session, person.id) and sits_here(session, person.id)
    ]
    if able:
        raise Refusal(
            f"签发证书须两人在场，请{'、'.join(able)}之一输入密码；没有这样的人在本席位时，才可启用恢复码信封或者由另一席位电话代替。", code="access.two_people",
            ways=(WayOn("请第二人输入密码", "certificate.issue"),),
        )
    if consents(session, [receiver.id]):
        raise Refusal(
            "给院长签发证书须有第二人在场：启用恢复码信封或者电话代替的证书由院长追认，不能由院长追认自己的。"
            f"本席位没有另一名{BY_WHOM}的，请院长到有两人在场的席位办理；院长不再履职的，由继任人凭任命文件、证书根和恢复信封就任。",
            code="access.two_people", ways=(APPOINT,),
        )
    if not code:
        then = f"院长{UNTIL_THEN}" if signs(session, receiver.id) else "领证后即可使用，证书须院长追认"
        raise Refusal(
            f"本席位没有可在场的第二人，请启封恢复码信封并输入恢复码，或者选「电话代替」并输入对方读回的码；此事将记为事件，{then}。"
            "两样都没有的，本席位不能签发：请到县院本部两人在场办理。", code="access.two_people",
        )
    return check_password(folder, call.slot if call else slots.RECOVERY, code)[0]


def _require_use(session: Session, receiver: Person, by_telephone: bool) -> None:
    """Beside a second person a code from the envelope serves one thing: that the receiver signs before 院长 consents."""
    if by_telephone:
        raise Refusal("有第二人在场的，不用电话代替：请把「没有第二人在场时」改回，再办理。", code="certificate.envelope")
    if not signs(session, receiver.id):
        raise Refusal(f"{receiver.name}不批准、签名、盖章，两人在场签发后即可使用，不用启用恢复信封。请把恢复码一栏空着。", code="certificate.envelope")


def share_of(opened: slots.OpenedSlot, whose: str) -> bytes:
    """The share that a password opened, of somebody called ``whose``; refuses ``issuing.no_share``."""
    if not opened.share:
        raise Refusal(
            f"{whose}手里还没有签发钥匙的份额，不能签发。请换两名有份额的人签发任一证书，届时自动分给；只剩一份时，由院长用证书根更换签发钥匙。",
            code="issuing.no_share", ways=(REPLACE,),
        )
    return opened.share
