"""The root is lost: 院长 and 局长 together name a new one by a line; what the old one vouched for stays good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from execdesk.access import certificates as certs
from execdesk.access import places
from execdesk.access.actions import action
from execdesk.access.attending import data_folder, second_attending
from execdesk.access.certificates import Validity
from execdesk.access.desk_keys import trust_of
from execdesk.access.duty import require_may
from execdesk.access.files import put_back_on_failure, write_atomic
from execdesk.access.forms import FormContext, Words, consent, options
from execdesk.access.issuing import current_certificate
from execdesk.access.key_file import pack_root
from execdesk.access.replacing import new_issuing_key, put_in_place
from execdesk.access.session import Session, posts_on
from execdesk.access.setup import ROOT_YEARS
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.court import Court
from execdesk.records.people import Person
from execdesk.store.act import Changes


@options("root_witnesses")
def root_witnesses(context: FormContext) -> tuple[tuple[str, str], ...]:
    """Who may name a new root beside 院长."""
    session = context.session
    rows = Person.select().where(Person.struck.is_null(), Person.account != "", Person.id != session.me.id).order_by(Person.account)
    return tuple((row.account, row.name) for row in rows if _names_root(session, row.id))


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
    folder, target = data_folder(session), _target(session, root_to)
    root = certs.court_root(session.organisation.court.name, Validity.years(session.day, ROOT_YEARS), demo=session.demo)
    packed, issued = pack_root(root, passphrase), new_issuing_key(session, root)
    before = places.key_file(folder, certs.serial(certs.read_pem(current_certificate(session.store))[0]))
    second, _ = second_attending(session, witness, witness_password)
    with second:
        if not _names_root(session, second.person):
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


@consent("root.replace")
def new_root_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What is to be replaced."""
    return (
        ("换下的证书根", f"指纹 {certs.fingerprint(trust_of(session.store).root)[:16]}…"), ("新证书根写到", str(_target(session, values["root_to"]))),
        ("签发席位", f"{session.site_name}：签发钥匙和恢复信封同时换新"), ("仍然有效", "已签发的证书、文书；另一席位的签发证书，直到在那里更换"), ("理由", str(values["reason"])),
    )


def _target(session: Session, told: str) -> Path:
    """Where the new root goes: apart from the data, to a file that is not there yet; a demonstration keeps its root with the data."""
    folder = data_folder(session)
    if session.demo:
        return folder / places.DEMO_ROOT_FILE
    target = Path(told)
    if folder.resolve() in target.resolve().parents:
        raise Refusal("证书根须与数据分开保存（例如院长保管的U盘），请另选位置。", code="setup.root")
    if target.exists():
        raise Refusal(f"「{target}」已存在，不能覆盖。请另选位置。", code="setup.root")
    return target


def _names_root(session: Session, person: str) -> bool:
    held = (session.organisation.posts.get(post.post) for post in posts_on(person, session.day))
    return any(post is not None and "name_root" in post.may for post in held)
