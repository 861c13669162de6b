"""An electronic key in the place of a password: a PIN of six digits opens the slot where the key is, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pkcs11
import pytest

import main
from execdesk.access import places, signin, slots, tokens
from execdesk.access.actions.token import use_token
from execdesk.access.passwords import PasswordRule
from execdesk.access.session import Session
from execdesk.access.signin import SignedIn, check_password
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.records.journal import Line
from execdesk.records.people import Person
from execdesk.store.clock import DemonstrationClock
from tests import court_store
from tests.tokens import MODULE, Drawer

PIN = "480172"


def take_up(folder: Path, account: str, old: str, serial: str, pin: str) -> None:
    """What a slot is given when its person takes up a key."""
    check_password(folder, account, old)
    slots.give_token(places.slots_file(folder), account, old, *tokens.enrol(serial, pin))


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    monkeypatch.setenv(tokens.DRIVER, MODULE)
    found = Drawer(tmp_path, monkeypatch)
    yield found
    found.forget()


@pytest.fixture
def serial(drawer: Drawer, folder: Path) -> str:
    """The key of the clerk, who signs in with it."""
    made = drawer.make("书记员的钥匙", PIN)
    take_up(folder, "clerk", "demo", made, PIN)
    return made


class Times:
    """Tries far enough apart that none has to wait."""

    now = datetime(2030, 1, 1, tzinfo=UTC)

    def refused(self, folder: Path, account: str, typed: str) -> Refusal:
        Times.now += timedelta(hours=1)
        with pytest.raises(Refusal) as told:
            check_password(folder, account, typed, Times.now)
        return told.value


def test_the_pin_opens_what_the_password_opened(folder: Path, drawer: Drawer, enter: Callable[..., SignedIn]) -> None:
    before = slots.open_slot(places.slots_file(folder), "clerk", "demo")
    others = [line for line in places.slots_file(folder).read_bytes().splitlines() if b'"clerk"' not in line]
    serial = drawer.make("书记员的钥匙", PIN)
    assert [one.words for one in tokens.present()] == [f"书记员的钥匙（序列号 {serial}）"]
    take_up(folder, "clerk", "demo", serial, PIN)
    assert slots.open_slot(places.slots_file(folder), "clerk", PIN) == before, "key file, share and store key stay the same"
    assert [line for line in places.slots_file(folder).read_bytes().splitlines() if b'"clerk"' not in line] == others
    assert enter("clerk", PIN).person.account == "clerk"
    assert PIN.encode() not in places.slots_file(folder).read_bytes()


@pytest.mark.attack("8.10")
def test_wrong_pin_old_password_stranger_and_absent_key_get_one_answer(folder: Path, drawer: Drawer, serial: str) -> None:
    """And the answer is that of a wrong password; it says how keys are used to everybody alike."""
    times = Times()
    told = [times.refused(folder, "clerk", "111222"), times.refused(folder, "clerk", "demo"), times.refused(folder, "nobody", PIN), times.refused(folder, "judge-1", PIN)]
    patched = pytest.MonkeyPatch()
    patched.delenv(tokens.DRIVER)
    told.append(times.refused(folder, "clerk", PIN))
    patched.undo()
    assert {one.code for one in told} == {"access.wrong_password"}
    assert {one.text for one in told} == {f"登录名或者密码不对，请重新输入。{signin.BY_TOKEN}", f"登录名或者密码不对，请 1 秒后重新输入。{signin.BY_TOKEN}"}
    check_password(folder, "clerk", PIN, Times.now + timedelta(hours=1))


@pytest.mark.attack("8.10")
def test_a_copied_folder_with_another_key_opens_nothing(folder: Path, drawer: Drawer, serial: str) -> None:
    """Slot and PIN without the key are nothing, nor is another key with the same PIN, were its number written into the slot."""
    file, other = places.slots_file(folder), drawer.make("另一把", PIN)
    slot = slots.read(file).slots["clerk"]
    assert slot.token is not None
    with pytest.raises(Refusal) as refused:
        tokens.open_envelope(tokens.TokenEnvelope(other, slot.token.key, slot.token.sealed), PIN)
    assert refused.value.code == "access.token"
    changed = file.read_text().replace(serial, other)
    file.write_text(changed)
    assert slots.damaged(file) == ("clerk",), "the slot's checksum tells it"
    with pytest.raises(Refusal) as refused:
        slots.open_slot(file, "clerk", PIN)
    assert refused.value.code == "access.slot_broken"


def test_the_key_counts_wrong_pins_and_a_locked_one_is_told(folder: Path, serial: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Soft keys never lock, so that the driver's word is put in its mouth; that it is asked at each try is real."""
    Times().refused(folder, "clerk", "111222")
    (token,) = pkcs11.lib(MODULE).get_tokens(token_serial=serial.encode())
    assert pkcs11.TokenFlag.USER_PIN_COUNT_LOW in token.flags, "the key itself has counted"
    check_password(folder, "clerk", PIN, Times.now + timedelta(hours=1))

    class Locked:
        serial = token.serial

        def open(self, **_: object) -> None:
            raise pkcs11.PinLocked

    monkeypatch.setattr(tokens, "_tokens", lambda: [Locked()])
    told = Times().refused(folder, "clerk", PIN)
    assert told.code == "access.token_locked" and "两人在场另发证书" in told.text and told.ways


def test_only_the_person_gives_himself_a_key_and_only_a_key_that_answers(folder: Path, drawer: Drawer) -> None:
    file, serial = places.slots_file(folder), drawer.make("书记员的钥匙", PIN)
    before = file.read_bytes()
    for old, number, pin, code in (("wrong", serial, PIN, "access.wrong_password"), ("demo", serial, "111222", "access.token_pin"), ("demo", "ffff", PIN, "access.token_pin")):
        with pytest.raises(Refusal) as refused:
            take_up(folder, "clerk", old, number, pin)
        assert refused.value.code == code
        assert file.read_bytes() == before


def test_the_act_is_the_persons_own_and_leaves_its_line(folder: Path, drawer: Drawer, sit: Callable[..., Session]) -> None:
    """By number, password and PIN; a wrong one of them changes neither slot nor journal, and the PIN stands nowhere."""
    serial, file, session = drawer.make("书记员的钥匙", PIN), places.slots_file(folder), sit("clerk")
    before, lines = file.read_bytes(), Line.select().count()
    for number, old, pin, told in ((serial, "wrong", PIN, "access.wrong_password"), (serial, "demo", "12345", "access.weak_pin"), (serial, "demo", "111222", "access.token_pin"), ("ffff", "demo", PIN, "field.value")):
        with pytest.raises(Refusal) as refused:
            use_token(session, serial=number, own_password=old, pin=pin)
        assert refused.value.code == told
    assert (file.read_bytes(), Line.select().count()) == (before, lines)
    changes = use_token(session, serial=serial, own_password="demo", pin=PIN)
    line = Line.select().order_by(Line.taken.desc()).get()
    assert (list(changes.lines), line.act, line.person) == ([line.ref], "person.token", session.me.id)
    body = bytes(line.body).decode()
    assert serial in body and PIN not in body
    check_password(folder, "clerk", PIN)


def test_in_a_real_court_six_digits_with_the_key_serve_where_eight_characters_did(drawer: Drawer, tmp_path: Path) -> None:
    """And no six that are tried first; a password of six would never do there."""
    folder, password = court_store.make(tmp_path / "court", tmp_path / "stick" / "root.p12"), court_store.password_of("clerk")
    desk = court_store.at(folder, "clerk")
    for label, pin, told in (("出厂", "123456", "access.weak_pin"), ("一样", "111111", "access.weak_pin"), ("本人", PIN, "")):
        serial = drawer.make(label, pin)
        assert court_store.refused(desk, "person.token", serial=serial, own_password=password, pin=pin) == told
    desk.close()
    desk = Desk.open(main.build(), folder, "clerk", PIN, DemonstrationClock(court_store.DAY))
    assert not desk.demo and desk.check().whole
    desk.close()


def test_another_key_and_the_way_back_to_a_password(folder: Path, drawer: Drawer, serial: str) -> None:
    other = drawer.make("新的一把", "905316")
    take_up(folder, "clerk", PIN, other, "905316")
    assert Times().refused(folder, "clerk", PIN).code == "access.wrong_password", "the former key opens no more"
    check_password(folder, "clerk", "905316", Times.now + timedelta(hours=1))
    signin.change_password(folder, "clerk", "905316", "几个不相干的词")
    check_password(folder, "clerk", "几个不相干的词")
    assert not slots.tokens_of(places.slots_file(folder))


@pytest.mark.attack("8.10")
def test_a_lost_key_is_replaced_like_a_forgotten_password(folder: Path, serial: str, sit: Callable[..., Session], monkeypatch: pytest.MonkeyPatch) -> None:
    from execdesk.access.actions.credentials import issue

    monkeypatch.delenv(tokens.DRIVER)  # the key is gone
    session = sit("admin")
    issue(session, person=Person.get(Person.account == "clerk").account, password="demo-again", own_password="demo", witness="director", witness_password="demo", forgotten=True)
    check_password(folder, "clerk", "demo-again")
    monkeypatch.setenv(tokens.DRIVER, MODULE)
    assert Times().refused(folder, "clerk", PIN).code == "access.wrong_password", "who finds the key with its PIN opens nothing"


def test_two_present_with_a_key_each(folder: Path, drawer: Drawer, sit: Callable[..., Session]) -> None:
    """Where a password is typed, the PIN serves: at an act of two both keys are in the PC, each with a PIN of its own."""
    from execdesk.access.actions.credentials import issue

    for account, pin in (("admin", "480172"), ("director", "905316")):
        take_up(folder, account, "demo", drawer.make(account, pin), pin)
    issue(sit("admin", "480172"), person="clerk", password="demo", own_password="480172", witness="director", witness_password="905316")


@pytest.mark.parametrize(("pin", "strict", "fit"), [
    ("480172", True, True), ("48017", True, False), ("123456", True, False), ("876543", True, False), ("111111", True, False), ("121212", True, False),
    ("121213", True, True), ("123456", False, True), ("12345", False, False),
])
def test_a_pin_that_is_guessed_first_is_refused(pin: str, strict: bool, fit: bool) -> None:
    rule = PasswordRule(strict, (), Path())
    if fit:
        rule.require_pin(pin)
        return
    with pytest.raises(Refusal) as refused:
        rule.require_pin(pin)
    assert refused.value.code == "access.weak_pin"


@pytest.mark.parametrize("named", ["driver.so", "/nowhere/driver.so", __file__])
def test_a_driver_that_is_none_is_told(named: str, folder: Path, serial: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tokens.DRIVER, named)
    assert tokens.present() == ()
    assert Times().refused(folder, "clerk", PIN).code == "access.token"


@pytest.mark.attack("8.10")
def test_no_driver_is_named_in_the_data_folder(folder: Path, serial: str) -> None:
    """Who shares the folder could make the others load a program of his own."""
    assert MODULE not in "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*.json"))
    kept = json.loads(places.slots_file(folder).read_text())
    assert [one["slot"]["token"].keys() for one in kept if "token" in one["slot"]] == [{"serial", "key", "sealed"}]
