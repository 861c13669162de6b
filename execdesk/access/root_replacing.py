"""The root is lost: 院长 and 局长 together name a new one by a line; what the old one vouched for stays good."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from execdesk.access import certificates as certs
from execdesk.access import places
from execdesk.access.attending import data_folder
from execdesk.access.desk_keys import trust_of
from execdesk.access.providers import FormContext, Words, consent, options
from execdesk.access.session import Session, posts_on
from execdesk.law.refusal import Refusal
from execdesk.records.people import Person


@options("root_witnesses", within="staff")
def root_witnesses(context: FormContext) -> tuple[tuple[str, str], ...]:
    """Who may name a new root beside 院长."""
    session = context.session
    rows = Person.select().where(Person.struck.is_null(), Person.account != "", Person.id != session.me.id).order_by(Person.account)
    return tuple((row.account, row.name) for row in rows if names_root(session, row.id))


@consent("root.replace")
def new_root_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What is to be replaced."""
    return (
        ("换下的证书根", f"指纹 {certs.fingerprint(trust_of(session.store).root)[:16]}…"), ("新证书根写到", str(place_of_root(session, values["root_to"]))),
        ("签发席位", f"{session.site_name}：签发钥匙和恢复信封同时换新"), ("仍然有效", "已签发的证书、文书；另一席位的签发证书，直到在那里更换"), ("理由", str(values["reason"])),
    )


def place_of_root(session: Session, told: str) -> Path:
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


def names_root(session: Session, person: str) -> bool:
    held = (session.organisation.posts.get(post.post) for post in posts_on(person, session.day))
    return any(post is not None and "name_root" in post.may for post in held)
