"""A new recovery envelope: where the old one was opened, lost, or never sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from execdesk.access import places
from execdesk.access.attending import data_folder, own_share, second_attending, share_of
from execdesk.access.duty import require_may
from execdesk.access.files import put_back_on_failure
from execdesk.access.issuing import deal_anew, open_issuing_key, renew_envelope
from execdesk.access.organisation_data import ATTENDING
from execdesk.access.providers import Words, consent
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.records.people import Person
from execdesk.store.act import Changes


@action(
    "envelope.renew", "换恢复信封", Field("reason", "理由", "long", hint="如：设立时没有封好、信封破损"), Field("own_password", "您自己的密码", "secret"),
    Field("witness", "在场的第二人", "choice", options="witnesses"), Field("witness_password", "第二人自己输入密码", "secret"),
    note="须两人在场，各持签发钥匙的一份。旧信封里的恢复码随即作废，新的只显示一次。", done="已换恢复信封。",
)
def renew(session: Session, *, reason: str, own_password: str, witness: str, witness_password: str) -> Changes:
    """Two holders of shares put a fresh recovery code in the place of the old one; it is told this once.

    Raises:
        Refusal: ``access.duty``, ``access.two_people``, ``issuing.no_share``, and those of wrong passwords.
    """
    require_may(session, tuple(ATTENDING), "换恢复信封")
    folder, (second, opened) = data_folder(session), second_attending(session, witness, witness_password)
    with second:
        shares = (own_share(session, own_password), share_of(opened, Person.get_by_id(second.person).name))
        key = open_issuing_key(session.store, folder, shares)
        with put_back_on_failure(places.slots_file(folder)), session.act("envelope.renew", reason=reason, cosigner=second.as_cosigner()) as act:
            told = renew_envelope(session.store, folder)
            deal_anew(session, folder, key)
    return replace(act.changes, told=told)


@consent("envelope.renew")
def renewing_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What becomes of the old envelope."""
    del values
    return (("席位", session.site_name), ("旧信封", "恢复码作废，请当场销毁"), ("新信封", "恢复码显示一次，抄写或打印后封好"))
