"""Signing in: password → slot → store → certificate key → a fresh session key whose statement is a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from execdesk.access import attempts, held, places, recovery, slots
from execdesk.access.certificates import is_demo, read_pem
from execdesk.access.desk_keys import desk_signer
from execdesk.access.held import HeldKey
from execdesk.access.ownership import protect_files
from execdesk.access.rekeying import give_key, rekey_if_due
from execdesk.access.session import PersonKey
from execdesk.access.session_keys import Binding, SessionSigner, bind
from execdesk.access.slots import OpenedSlot
from execdesk.access.starting import bring_up_to_date, day_ahead, is_fixed, look_at_end, look_before_writing
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.base import moment_text, new_id
from execdesk.records.court import Court
from execdesk.records.people import STANDING, Certificate, Person, SessionKey
from execdesk.store.act import Changes, open_act
from execdesk.store.beginning import begin_restored, faults_restored
from execdesk.store.checklines import mark_fault
from execdesk.store.clock import Clock
from execdesk.store.database import EncryptedDatabase, open_sqlite, refuse_network_path
from execdesk.store.dberrors import database_errors_as_refusals
from execdesk.store.files import files_path, sweep
from execdesk.store.findings import Fault
from execdesk.store.line import Signer
from execdesk.store.place import Place
from execdesk.store.store import Store, on_store
from execdesk.store.upgrade import refuse_newer

BY_TOKEN = "用电子钥匙的，请插好本人的钥匙，输入它的PIN码。"
EXPIRED = "您的签名证书已在 {} 到期，现在只能查看和备份；要继续办公，请证书还在有效期内的两人在「工具 → 人员和授权 → 证书」为您签发新的。"
READING, BY_TWO = "本库现在只能查看：{}", "在「工具 → 诊断」由两人处理后才能继续办公。"


@dataclass
class SignedIn:
    """One person's session. ``earlier_failures`` are wrong passwords since the last sign-in, to be shown."""

    store: Store
    person: Person
    key: HeldKey
    signer: SessionSigner
    seal: HeldKey | None = None
    earlier_failures: int = 0
    warnings: tuple[str, ...] = field(default=())
    found: tuple[Fault, ...] = ()  # what was found on opening, to be noted as incidents

    def lock(self) -> None:
        """Forget all private keys; the store stays open for what is on the screen, and nothing can be written."""
        self.signer.lock()
        self.key.lock()
        if self.seal is not None:
            self.seal.lock()
        self.store.signer = None


def sign_in(
    folder: Path, account: str, password: str, clock: Clock, *, confirm_day: bool = False, now: datetime | None = None
) -> SignedIn:
    """Open the store and begin a session. ``now`` is for the delay after wrong passwords: the machine's moment, also where
    ``clock`` stands still as in a demonstration store.

    Refuses ``access.wait``, ``access.wrong_password``, ``access.slot_broken``, ``store.unreadable``, ``store.clock``
    (unless the person confirms the day), ``access.false_demonstration``, ``access.no_certificate``
    (one that is merely out of its time opens for reading) and what :func:`held.take` refuses.
    """
    clock.confirmed = clock.confirmed or confirm_day
    now = now or datetime.now(UTC)
    opened, failures = check_password(folder, account, password, now)
    with database_errors_as_refusals():
        store = open_store(folder, opened, clock)
        try:
            found = (*filter(None, [mark_fault(store)]), *faults_restored(store))  # before this session marks it anew
            signed_in = begin(store, folder, opened)
            if store.only_reading is None:
                rekey_if_due(store)
        except BaseException:
            store.close()
            raise
    signed_in.earlier_failures = failures
    notice = attempts.damage(places.attempts_file(folder), now)
    attempts.acknowledge_damage(places.attempts_file(folder), now)
    signed_in.found = found
    reading = READING.format(store.only_reading) + ("" if is_fixed(store) else BY_TWO) if store.only_reading else ""
    told = (notice, reading, store.expired, *(fault.text for fault in found), day_ahead(store), *protect_files(store))
    signed_in.warnings = tuple(filter(None, told))
    return signed_in


@on_store
def sign_in_again(
    store: Store, folder: Path, account: str, password: str, *, confirm_day: bool = False, now: datetime | None = None
) -> SignedIn:
    """Unlock, or change of person, on the store that is open: a new session with a new session key. Refuses as :func:`sign_in`."""
    store.clock.confirmed = store.clock.confirmed or confirm_day
    opened, failures = check_password(folder, account, password, now)
    signed_in = begin(store, folder, opened)
    signed_in.earlier_failures = failures
    return signed_in


def check_password(folder: Path, account: str, password: str, now: datetime | None = None) -> tuple[OpenedSlot, int]:
    """What the password opens, with the growing delay; the failures there were before. A name that nobody has is answered alike."""
    now = now or datetime.now(UTC)
    if account == slots.RECOVERY or account.startswith(slots.TELEPHONE):
        password = recovery.normalise(password)
    files = places.attempts_file(folder), places.machine_attempts_file()
    counted = tuple(zip(files, slots.traces(places.slots_file(folder), account), strict=True))
    for file, name in counted:
        attempts.check(file, name, now)
    try:
        opened = slots.open_slot(places.slots_file(folder), account, password)
    except Refusal as refusal:
        if refusal.code != "access.wrong_password":
            raise
        wait = max(attempts.failed(file, name, now) for file, name in counted)
        later = f"请 {wait} 秒后重新输入。" if wait else "请重新输入。"
        by_token = BY_TOKEN if slots.tokens_of(places.slots_file(folder)) else ""  # said to everybody, so that it tells of nobody
        raise Refusal(f"登录名或者密码不对，{later}{by_token}", code=refusal.code, ways=refusal.ways) from None
    return opened, max(attempts.succeeded(file, name, now) for file, name in counted)


def change_password(folder: Path, account: str, old: str, new: str, now: datetime | None = None) -> None:
    """Change one's own password, which was found fit before; wrong tries count as at sign-in. Certificate and key file stay as they are."""
    check_password(folder, account, old, now)
    slots.change_password(places.slots_file(folder), account, old, new)


def open_store(folder: Path, opened: OpenedSlot, clock: Clock) -> Store:
    """The store behind an opened slot; settles a re-keying that was cut short. Nobody is signed in yet."""
    refuse_network_path(folder)
    file = places.store_file(folder)
    if not file.exists() or file.stat().st_size == 0:
        raise Refusal(
            f"找不到数据库文件 {file.name}，或者它是空的。请从最近的备份恢复。", code="store.missing_file", ways=(WayOn("从备份恢复", "restore"),)
        )
    store = Place(file, _settled_key(file, folder, opened)).open(clock)
    try:
        with store.reading():
            refuse_newer(store.base)
            look_before_writing(store, folder)
            bring_up_to_date(store, store.data_key, folder, lambda: _own_key(store, folder, opened)[1].as_cosigner())
            _refuse_false_demonstration(store, folder)
            store.files.make()
            look_at_end(store)
            _sweep(store)
    except BaseException:
        store.close()
        raise
    return store


def _sweep(store: Store) -> None:
    """Files of acts that were cut off go; where nobody may write just now, the next start takes them away."""
    if store.closed_reason is None and store.only_reading is None:
        with suppress(Refusal):
            sweep(store)


def _refuse_false_demonstration(store: Store, folder: Path) -> None:
    """A store is a demonstration by its first line and root; a mark laid beside a real one opens nothing."""
    court = Court.select().first()
    if court is None:
        return
    told = {bool(court.demo), is_demo(read_pem(court.root_certificate)[0]), (folder / places.DEMO_ROOT_FILE).exists()}
    if len(told) > 1:
        kind = "正式库" if not court.demo else "演示库"
        raise Refusal(
            f"这是{kind}，与证书根或者旁边的 {places.DEMO_ROOT_FILE} 不符，不能打开。请移走不属于本库的文件，或者从备份恢复。",
            code="access.false_demonstration", ways=(WayOn("从备份恢复", "restore"),),
        )


def _settled_key(file: Path, folder: Path, opened: OpenedSlot) -> bytes:
    """The key of the store. A re-keying cut short is gone back on where no file has the new key yet, else finished."""
    if opened.next_key is None:
        return opened.data_key
    both = [_with_either(path, opened.data_key, opened.next_key) for path in (file, files_path(file)) if path == file or path.exists()]
    begun = any(base.key == opened.next_key for base in both)
    for base in both:
        if begun and base.key == opened.data_key:
            base.connection().pragma("journal_mode", "delete")
            give_key([base], opened.next_key)
        base.close()
    settle = slots.finish_rekey if begun else slots.abandon_rekey
    settle(places.slots_file(folder))
    return opened.next_key if begun else opened.data_key


def _with_either(path: Path, old: bytes, new: bytes) -> EncryptedDatabase:
    try:
        return open_sqlite(path, old)
    except Refusal:
        return open_sqlite(path, new)


@on_store
def begin(store: Store, folder: Path, opened: OpenedSlot) -> SignedIn:
    """A session on an open store: the certificate's key vouches for a fresh session key, in a line of its own. Who has none in its time but
    one that is out of it can only read."""
    store.expired = None
    person, key, now = _own_key(store, folder, opened, or_expired=True)
    signer = SessionSigner(person.id)
    if store.takes_no_line:
        store.signer, store.unbound = None, signer
    else:
        begin_restored(store, lambda: desk_signer(store), key.as_cosigner)
        bind_session(store, person, key, signer)
    return SignedIn(store, person, key, signer, _seal_key(folder, person, opened, now))


def _own_key(store: Store, folder: Path, opened: OpenedSlot, *, or_expired: bool = False) -> tuple[Person, HeldKey, datetime]:
    """Whose slot it is, the key of his certificate, and the moment for which it was found good."""
    person = Person.get_or_none((Person.account == opened.name) & Person.struck.is_null())
    if person is None:
        raise Refusal(f"登录名“{opened.name}”没有对应的人员。请系统管理员登记。", code="access.no_person")
    now = store.next_moment()
    try:
        row = usable_certificate(person, "person", now)
    except Refusal:
        expired = _last_expired(person, now) if or_expired else None
        if expired is None:
            raise
        row = expired
        ended = read_pem(row.pem)[0].not_valid_after_utc
        store.expired = EXPIRED.format(store.clock.day_of(ended))
    return person, held.take(folder, person.id, row.id, opened.p12_secret), now


@on_store
def bind_session(store: Store, person: Person, key: PersonKey, signer: Signer) -> Changes:
    """Write down whose session this is, and let it sign from here on."""
    before = store.signer
    store.signer = signer
    try:
        return _write_session(store, person, key, signer)
    except BaseException:
        store.signer = before
        raise


def _write_session(store: Store, person: Person, key: PersonKey, signer: Signer) -> Changes:
    with open_act(store, "session.open") as act:
        at = moment_text(act.at)
        binding = Binding(person.id, key.certificate, store.site, store.incarnation, signer.key, at)
        act.add(
            SessionKey(
                id=new_id(), person=person.id, certificate=key.certificate, site=store.site, public=signer.key,
                opened_at=datetime.fromisoformat(at), binding=bind(binding, key.material().key),
            )
        )
    return act.changes


def _seal_key(folder: Path, person: Person, opened: OpenedSlot, now: datetime) -> HeldKey | None:
    try:
        row = usable_certificate(person, "seal", now)
    except Refusal:
        return None
    return held.take(folder, person.id, row.id, opened.p12_secret)


def _standing(person: Person, purpose: str) -> Iterator[Certificate]:
    """The certificates of a person that nobody revoked, the newest first."""
    yield from Certificate.select().where(
        Certificate.person == person.id, Certificate.purpose == purpose, Certificate.struck.is_null(), Certificate.state.in_(STANDING),
    ).order_by(Certificate.issued_at.desc(), Certificate.id.desc())


def _last_expired(person: Person, now: datetime) -> Certificate | None:
    return next((row for row in _standing(person, "person") if read_pem(row.pem)[0].not_valid_after_utc < now), None)


def usable_certificate(person: Person, purpose: str, now: datetime) -> Certificate:
    """The newest certificate of a person that is neither revoked nor out of its time; refuses ``access.no_certificate``."""
    for row in _standing(person, purpose):
        leaf = read_pem(row.pem)[0]
        if leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
            return row
    raise Refusal(
        f"“{person.name}”没有在有效期内的签名证书。请系统管理员会同另一人签发。", code="access.no_certificate",
        ways=(WayOn("签发证书", "certificate.issue"),),
    )


@on_store
def second_person(store: Store, folder: Path, account: str, password: str) -> tuple[HeldKey, OpenedSlot]:
    """The key of the second person of an act of two, who types his own password at this window, to be locked afterwards; and his slot."""
    opened, _ = check_password(folder, account, password)
    person = Person.get_or_none((Person.account == account) & Person.struck.is_null())
    if person is None:
        raise Refusal(f"登录名“{account}”没有对应的人员。请系统管理员登记。", code="access.no_person")
    return held.take(folder, person.id, usable_certificate(person, "person", store.next_moment()).id, opened.p12_secret), opened
