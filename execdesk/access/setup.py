"""Set-up of a new store: root, desk keys, shares of the issuing key, people, slots, certificates; line 1 carries the root and all of it.

Everything is made in a folder within the wanted one and moved out of it at the end, the store last, so that a set-up cut
short leaves nothing that looks like a store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from execdesk.access import certificates as certs
from execdesk.access import held, places, recovery, slots
from execdesk.access.accounts import require_fit
from execdesk.access.desk_keys import keep_desk_key
from execdesk.access.files import file_refusal, write_atomic
from execdesk.access.founding import Founding, NewPerson, Wanted, founding_rows
from execdesk.access.issuing import any_attends, keep_issuing_key
from execdesk.access.key_file import pack_root
from execdesk.access.organisation import Organisation
from execdesk.access.organisation_data import DemoPeople
from execdesk.access.ownership import keep_owners
from execdesk.access.passwords import password_rule
from execdesk.access.sealing import Cost
from execdesk.access.session_keys import DeskSigner
from execdesk.law.refusal import Refusal
from execdesk.records.people import Certificate
from execdesk.store.act import open_act
from execdesk.store.clock import Clock
from execdesk.store.database import refuse_network_path
from execdesk.store.dberrors import database_errors_as_refusals
from execdesk.store.making import making, put_in_place
from execdesk.store.own import refuse_own
from execdesk.store.permissions import protect, require_group
from execdesk.store.place import Place
from execdesk.store.upgrade import make_tables
from execdesk.store.whereabouts import FOR_ALL, is_for_all, name_place, settle

DEMO_PASSPHRASE = "演示库 证书根 口令 demo"
DEMO_FROM = date(2016, 1, 1)
ROOT_YEARS, ISSUING_YEARS, PERSON_YEARS, DEMO_PERSON_YEARS = 30, 25, 5, 20


@dataclass(frozen=True)
class SetUp:
    """What was made. The recovery code is shown this once, to be sealed in its envelope."""

    folder: Path
    root_fingerprint: str
    recovery_code: str = field(repr=False)
    accounts: tuple[str, ...]
    made: tuple[str, ...]


def demo_wanted(organisation: Organisation, people: DemoPeople, cost: Cost | None = None) -> Wanted:
    """The demonstration store: fictional people, all with the password ``demo``, certificates from 2016."""
    new = [
        NewPerson(p.name, p.account, "demo" if p.account else "", p.staffing, p.posts, p.group, p.site) for p in people.people
    ]
    return Wanted(
        replace(organisation, court=replace(organisation.court, **dict(people.court))), new, demo=True, teams=people.teams, delegations=people.delegations, passphrase=DEMO_PASSPHRASE,
        posts_from=DEMO_FROM, cost=cost,
    )


def set_up(folder: Path, wanted: Wanted, clock: Clock) -> SetUp:
    """Make a new store in ``folder``.

    Refuses ``store.exists`` where one lies, or slots or keys of one, ``store.making`` where another is being made, ``store.network_path``, ``setup.people`` without 院长 and 系统管理员, ``access.weak_password`` in a
    real store, ``person.account`` for two accounts that look alike, ``setup.group``, ``setup.root`` where the root would lie with the data, ``access.short_passphrase``, and ``file.full``, ``file.unusable``, ``store.full``, ``store.device`` where the folder cannot be
    written; nothing is left then.
    """
    _refuse_unfit(folder, wanted)
    try:
        with database_errors_as_refusals():
            with making(folder, _refuse_taken) as building:
                made = _build(building, wanted, clock)
                put_in_place(building, folder, places.STORE_FILE)
            if not wanted.demo:
                settle(folder)
            protect(folder, wanted.owners, places.OF_WINDOW)  # what was made a moment ago is closed without a word
            unset = protect(folder, wanted.owners, places.OF_WINDOW)
    except OSError as error:
        raise file_refusal(error) from error
    root, code, accounts, told = made
    return SetUp(folder, root, code, accounts, (*told, *unset))


def _refuse_unfit(folder: Path, wanted: Wanted) -> None:
    refuse_network_path(folder)
    able = {post for person in wanted.people if person.account and person.password for post in person.posts}
    if not {"president", "admin"} <= able:
        raise Refusal("设立数据库须院长和系统管理员在场，各自输入自己的密码。请补齐这两人。", code="setup.people")
    _refuse_doubles(wanted.people)
    require_group(wanted.owners.group)
    if wanted.owners.group and not is_for_all():
        raise Refusal(
            f"几个系统账号共用一个库，本机须有共用的登记处。请信息科先建文件夹 {FOR_ALL}，归“{wanted.owners.group}”组，权限 2770，再设立。", code="setup.group"
        )
    rule = password_rule(wanted.organisation, wanted.demo)
    for person in wanted.people if rule.strict else ():
        if person.password:
            rule.require(person.password, person.account, person.name)
    if not wanted.demo:
        if wanted.root_to is None or folder.resolve() in wanted.root_to.resolve().parents:
            raise Refusal("证书根须与数据分开保存（例如院长保管的U盘），请另选位置。", code="setup.root")
        refuse_own(wanted.root_to)
        if wanted.root_to.exists():
            raise Refusal(f"「{wanted.root_to}」已存在，不能覆盖。请另选位置。", code="setup.root")


def _refuse_taken(folder: Path) -> None:
    """A folder with a store, or with slots or keys of one whose rows are gone: they may open a backup of it."""
    if places.store_file(folder).exists():
        raise Refusal(f"「{folder}」里已有数据库，不能覆盖。请另选文件夹，或者直接登录。", code="store.exists")
    keys = folder / places.KEYS_FOLDER
    if places.slots_file(folder).exists() or (keys.is_dir() and any(keys.iterdir())):
        raise Refusal(
            f"「{folder}」里没有数据库，却有它的登录名（{places.SLOTS_FILE}）或者钥匙（{places.KEYS_FOLDER}），不能覆盖。请找回数据库文件，或者从备份恢复到空文件夹；"
            "要新设立，请另选文件夹。", code="store.exists",
        )


def _refuse_doubles(people: Sequence[NewPerson]) -> None:
    accounts = [person.account for person in people if person.account]
    for place, account in enumerate(accounts):
        require_fit(account, accounts[:place])


def _build(folder: Path, wanted: Wanted, clock: Clock) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    day = clock.day_of(clock.now())
    first = DEMO_FROM if wanted.demo else day
    court = wanted.organisation.court.name
    root = certs.court_root(court, certs.Validity.years(first, ROOT_YEARS), demo=wanted.demo)
    packed = pack_root(root, wanted.passphrase)
    desk = DeskSigner()
    issuing = certs.issuing(root, wanted.site, court, certs.Validity.years(first, ISSUING_YEARS), desk.key)
    code, data_key = recovery.new_code(), slots.new_data_key()
    signing = {person.account: person for person in wanted.people if person.password}
    passwords = {account: person.password for account, person in signing.items()}
    opened = slots.create(places.slots_file(folder), {**passwords, slots.RECOVERY: code}, data_key, wanted.cost)
    founding = Founding(wanted.organisation, wanted.site, day, wanted.demo, root, issuing, desk)
    keep_issuing_key(folder, issuing, [account for account, person in signing.items() if _attends(wanted, person)])
    _write_store(folder, founding, wanted, data_key, clock, opened)
    write_atomic(folder / places.DEMO_ROOT_FILE if wanted.demo or wanted.root_to is None else wanted.root_to, packed)
    made = _report(founding, wanted)
    return certs.fingerprint(root.certificate), code, tuple(signing), made


def _attends(wanted: Wanted, person: NewPerson) -> bool:
    return any_attends(wanted.organisation.posts.get(post) for post in person.posts)


def _write_store(
    folder: Path, founding: Founding, wanted: Wanted, data_key: bytes, clock: Clock, opened: Mapping[str, slots.OpenedSlot]
) -> None:
    store = Place(places.store_file(folder), data_key).open(clock)
    try:
        with store.reading():
            make_tables(store.base)
            store.files.make()
        store.name_site(wanted.site, 1)
        keep_desk_key(store, founding.desk)
        keep_owners(store, wanted.owners)
        if not wanted.demo:
            name_place(store, folder, certs.fingerprint(founding.root.certificate))
        store.signer = founding.desk
        years = DEMO_PERSON_YEARS if wanted.demo else PERSON_YEARS
        rows = founding_rows(founding, wanted, DEMO_FROM if wanted.demo else founding.day, years)
        with open_act(store, "store.setup", reason="设立演示库" if wanted.demo else "设立数据库") as act:
            for record in rows.records:
                if isinstance(record, Certificate):
                    record.issued_at = act.at
            act.add_many(rows.records)
        for account, certificate, issued in rows.keys:
            held.keep(folder, certificate, issued, opened[account].p12_secret)
    finally:
        store.close()


def _report(founding: Founding, wanted: Wanted) -> tuple[str, ...]:
    kind = "演示库" if wanted.demo else "数据库"
    signing = [person for person in wanted.people if person.password]
    return (
        f"{kind}：{founding.organisation.sites[wanted.site].name}，{founding.day} 设立",
        f"证书根指纹：{certs.fingerprint(founding.root.certificate)}",
        f"人员 {len(wanted.people)} 名，其中 {len(signing)} 名已领证、可以登录",
        f"执行组 {len(founding.organisation.groups)} 个，团队 {len(wanted.teams)} 个，授权书 {len(wanted.delegations)} 份",
    )
