"""Replacing the issuing key of this desk."""

from __future__ import annotations

from dataclasses import replace

from execdesk.access import places
from execdesk.access.attending import data_folder, second_attending
from execdesk.access.duty import require_may
from execdesk.access.files import put_back_on_failure
from execdesk.access.issuing import current_certificate
from execdesk.access.register import action
from execdesk.access.replacing import new_issuing_key, put_in_place, serial_of
from execdesk.access.root import PASSPHRASE, ROOT_FILE, open_root
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.store.act import Changes


@action(
    "issuing.replace", "更换签发钥匙", ROOT_FILE, PASSPHRASE, Field("reason", "理由", "long"),
    Field("witness", "在场的第二人", "choice", options="witnesses"), Field("witness_password", "第二人自己输入密码", "secret"),
    note="由院长用证书根办理，另一人在场。旧的份额全部作废，新的分给现任各人；恢复信封同时换新。已签发的证书继续有效。", done="已更换签发钥匙。",
)
def replace_issuing_key(session: Session, *, root_file: str, passphrase: str, reason: str, witness: str, witness_password: str) -> Changes:
    """Make this desk a new issuing key under the root, deal its shares anew and destroy the old one; open incidents about it end.

    Raises:
        Refusal: ``access.duty`` for all but 院长, ``access.two_people``, and those of :func:`open_root`.
    """
    require_may(session, "keep_root", "更换签发钥匙")
    folder, issued = data_folder(session), new_issuing_key(session, open_root(session, root_file, passphrase))
    before = places.key_file(folder, serial_of(current_certificate(session.store)))
    second, _ = second_attending(session, witness, witness_password)
    with (
        second, put_back_on_failure(places.key_file(folder, issued.serial)), put_back_on_failure(places.slots_file(folder)),
        session.act("issuing.replace", reason=reason, cosigner=second.as_cosigner()) as act,
    ):
        told = put_in_place(session, act, issued)
    before.unlink(missing_ok=True)
    return replace(act.changes, told=told)
