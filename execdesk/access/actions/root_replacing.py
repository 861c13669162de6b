"""A new root of the court."""

from __future__ import annotations

from dataclasses import replace

from execdesk.access import certificates as certs
from execdesk.access import places
from execdesk.access.attending import data_folder, second_attending
from execdesk.access.certificates import Validity
from execdesk.access.duty import require_may
from execdesk.access.files import put_back_on_failure, write_atomic
from execdesk.access.issuing import current_certificate
from execdesk.access.key_file import pack_root
from execdesk.access.register import action
from execdesk.access.replacing import new_issuing_key, put_in_place
from execdesk.access.root_replacing import names_root, place_of_root
from execdesk.access.session import Session
from execdesk.access.setup import ROOT_YEARS
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.court import Court
from execdesk.store.act import Changes


@action(
    "root.replace", "更换证书根", Field("root_to", "新证书根的保存位置（另一只U盘上的新文件）", hint="如 E:\\root.p12，不能在数据文件夹里"),
    Field("passphrase", "新证书根的口令（12个字符以上，由院长输入）", "secret"), Field("reason", "理由", "long", hint="如：U盘遗失，何时发现"),
    Field("witness", "局长", "choice", options="root_witnesses"), Field("witness_password", "局长自己输入密码", "secret"),
    note="只在证书根遗失或者可能外泄时办理，由院长和局长共同指定。已签发的证书和文书继续有效；签发钥匙和恢复信封同时换新。", done="已更换证书根。",
)
def replace_root(session: Session, *, root_to: str, passphrase: str, reason: str, witness: str, witness_password: str) -> Changes:
    """Name a new root, written to ``root_to`` under ``passphrase``; from now on only it vouches. This desk gets a new issuing key.

    Raises:
        Refusal: ``access.duty`` for all but 院长, ``root.director``, ``setup.root``, ``access.short_passphrase``.
    """
    require_may(session, "keep_root", "更换证书根")
    folder, target = data_folder(session), place_of_root(session, root_to)
    root = certs.court_root(session.organisation.court.name, Validity.years(session.day, ROOT_YEARS), demo=session.demo)
    packed, issued = pack_root(root, passphrase), new_issuing_key(session, root)
    before = places.key_file(folder, certs.serial(certs.read_pem(current_certificate(session.store))[0]))
    second, _ = second_attending(session, witness, witness_password)
    with second:
        if not names_root(session, second.person):
            raise Refusal("更换证书根须院长和局长共同办理，请局长输入密码。", code="root.director")
        with (
            put_back_on_failure(places.key_file(folder, issued.serial)), put_back_on_failure(target),
            put_back_on_failure(places.slots_file(folder)),
            session.act("root.replace", reason=reason, cosigner=second.as_cosigner()) as act,
        ):
            write_atomic(target, packed)
            court = act.get(Court, session.court.id)
            act.change(court, root_certificate=court.root_certificate + certs.pem(root.certificate))
            told = put_in_place(session, act, issued)
    before.unlink(missing_ok=True)
    assert act.changes is not None
    return replace(act.changes, told=f"新证书根的指纹：{certs.fingerprint(root.certificate)}\n{told}")
