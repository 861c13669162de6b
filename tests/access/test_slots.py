"""Key slots: who opens, what a wrong password says, what damage says, and what a re-keying leaves."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from execdesk.access import slot_text, slots
from execdesk.access.files import canonical
from execdesk.access.sealing import Cost
from execdesk.access.slot_text import write_text
from execdesk.law.refusal import Refusal
from tests.tries import examples
from tests.world import CHEAP

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / slots.FILE_NAME
    slots.create(file, {"judge-1": "一号密码", "clerk": "demo", slots.RECOVERY: "34679"}, KEY, CHEAP)
    return file


def code_of(call: object, *args: object) -> str:
    with pytest.raises(Refusal) as refused:
        call(*args)  # type: ignore[operator]
    return refused.value.code


def test_each_person_reaches_the_data_key_with_the_own_password(path: Path) -> None:
    first, second = slots.open_slot(path, "judge-1", "一号密码"), slots.open_slot(path, "clerk", "demo")
    assert first.data_key == second.data_key == KEY
    assert first.p12_secret != second.p12_secret
    assert slots.open_slot(path, slots.RECOVERY, "34679").data_key == KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_file_secret_given_at_creation_is_the_one_that_opens(tmp_path: Path) -> None:
    file = tmp_path / "slots.json"
    made = slots.create(file, {"a": "x"}, KEY, CHEAP)
    assert slots.open_slot(file, "a", "x") == made["a"]
    added = slots.add_person(file, "b", "y", KEY, CHEAP)
    assert slots.open_slot(file, "b", "y") == added


def test_secrets_are_not_in_the_representation(path: Path) -> None:
    opened = slots.open_slot(path, "clerk", "demo")
    assert str(KEY) not in repr(opened)
    assert opened.p12_secret.hex() not in repr(opened)


def test_wrong_password_unknown_name_missing_file(path: Path, tmp_path: Path) -> None:
    assert code_of(slots.open_slot, path, "clerk", "demo2") == "access.wrong_password"
    assert code_of(slots.open_slot, path, "nobody", "demo") == "access.wrong_password"
    assert code_of(slots.open_slot, tmp_path / "none.json", "clerk", "demo") == "access.slots_missing"


def test_full_width_input_is_the_same_password(path: Path) -> None:
    assert slots.open_slot(path, "clerk", "ｄｅｍｏ").data_key == KEY


def test_changing_a_password_keeps_the_key_file_secret_and_the_others(path: Path) -> None:
    before = slots.open_slot(path, "clerk", "demo")
    others = [line for line in path.read_bytes().splitlines() if b'"clerk"' not in line]
    slots.change_password(path, "clerk", "demo", "新密码")
    assert slots.open_slot(path, "clerk", "新密码") == before
    assert code_of(slots.open_slot, path, "clerk", "demo") == "access.wrong_password"
    assert [line for line in path.read_bytes().splitlines() if b'"clerk"' not in line] == others
    assert code_of(slots.change_password, path, "clerk", "demo", "x") == "access.wrong_password"
    assert code_of(slots.change_password, path, "clerk", "新密码", "") == "access.empty_password"


def test_a_person_prepares_the_slot_elsewhere_and_another_seals_it(path: Path) -> None:
    prepared = slots.prepare("officer", "只有本人知道", CHEAP)
    key = slots.open_slot(path, "clerk", "demo").data_key
    slots.add(path, prepared, key)
    assert slots.open_slot(path, "officer", "只有本人知道").p12_secret == prepared.p12_secret
    assert code_of(slots.add, path, prepared, key) == "access.slot_exists"


def test_removed_person_has_no_way_in(path: Path) -> None:
    slots.remove(path, "clerk")
    assert code_of(slots.open_slot, path, "clerk", "demo") == "access.wrong_password"
    assert slots.names(path) == ("judge-1", slots.RECOVERY)
    assert code_of(slots.remove, path, "clerk") == "access.no_slot"


def test_rekey_needs_nobodys_password(path: Path) -> None:
    fresh, given_to_store = slots.new_data_key(), []
    slots.rekey(path, fresh, given_to_store.append)
    assert given_to_store == [fresh]
    opened = slots.open_slot(path, "judge-1", "一号密码")
    assert (opened.data_key, opened.next_key) == (fresh, None)


def test_a_rekey_cut_short_leaves_both_keys(path: Path) -> None:
    def fails(_: bytes) -> None:
        raise OSError("power cut")

    fresh = slots.new_data_key()
    with pytest.raises(OSError):
        slots.rekey(path, fresh, fails)
    opened = slots.open_slot(path, "clerk", "demo")
    assert (opened.data_key, opened.next_key) == (KEY, fresh)
    slots.abandon_rekey(path)
    assert slots.open_slot(path, "clerk", "demo").next_key is None
    with pytest.raises(OSError):
        slots.rekey(path, fresh, fails)
    slots.change_password(path, "clerk", "demo", "neu")
    slots.finish_rekey(path)
    assert slots.open_slot(path, "clerk", "neu").data_key == fresh


def _span(data: bytes, name: str) -> range:
    start = next(i for i, line in enumerate(data.splitlines()) if f'"name":"{name}"'.encode() in line)
    begin = sum(len(line) + 1 for line in data.splitlines()[:start])
    return range(begin, begin + len(data.splitlines()[start]))


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_every_byte_of_a_slot_gone_wrong_is_told_from_a_wrong_password(path: Path, mask: int) -> None:
    whole = path.read_bytes()
    for place in _span(whole, "clerk"):
        changed = bytearray(whole)
        changed[place] ^= mask
        path.write_bytes(changed)
        if whole[place : place + 1] == b"," and place == _span(whole, "clerk")[-1]:
            continue  # the comma between two lines is not part of the slot
        with pytest.raises(Refusal) as refused:
            slots.open_slot(path, "clerk", "demo")
        assert refused.value.code == "access.slot_broken", place
        assert "clerk" in refused.value.text
        assert "钥匙槽已损坏" in refused.value.text
        assert slots.damaged(path)
        assert slots.open_slot(path, slots.RECOVERY, "34679").data_key == KEY, place


def test_damage_anywhere_costs_at_most_one_slot_and_is_always_seen(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(len(whole)):
        for mask in (0x01, 0x02, 0x10, 0x20, 0x7F, 0x80):
            changed = bytearray(whole)
            changed[place] ^= mask
            text = slot_text.read_text(bytes(changed))
            assert len(text.slots) >= 2
            assert len(text.slots) == 3 or text.damaged


def test_half_a_character_as_an_escape_is_damage(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"name":"clerk"', rb'"name":"\ude59"'))
    assert code_of(slots.open_slot, path, "clerk", "demo") == "access.slot_broken"


@example(place=277172, value=128)
@given(place=st.integers(0, 10**6), value=st.integers(1, 255))
@settings(max_examples=examples(150), deadline=None)
def test_no_byte_anywhere_shuts_two_people_out(tmp_path_factory: pytest.TempPathFactory, place: int, value: int) -> None:
    path = tmp_path_factory.mktemp("slots") / "slots.json"
    passwords = {"甲": "1", "乙": "2", "丙": "3"}
    slots.create(path, passwords, KEY, CHEAP)
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= value
    path.write_bytes(data)
    shut_out = 0
    for name, password in passwords.items():
        try:
            assert slots.open_slot(path, name, password).data_key == KEY
        except Refusal as refusal:
            assert refusal.code == "access.slot_broken"
            shut_out += 1
    assert shut_out <= 1


def test_damage_survives_later_writes_until_the_slot_is_replaced(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[_span(bytes(data), "clerk")[-20]] ^= 1
    path.write_bytes(data)
    slots.change_password(path, "judge-1", "一号密码", "neu")
    assert slots.damaged(path) == ("clerk",)
    assert code_of(slots.rekey, path, slots.new_data_key(), lambda _: None) == "access.slot_broken"
    assert code_of(slots.add_person, path, "clerk", "x", KEY, CHEAP) == "access.slot_exists"
    slots.remove(path, "clerk")
    assert slots.damaged(path) == ()
    slots.add_person(path, "clerk", "x", KEY, CHEAP)
    assert slots.open_slot(path, "clerk", "x").data_key == KEY


def test_a_slot_moved_to_another_name_does_not_open(path: Path) -> None:
    text = slots.read(path)
    path.write_bytes(write_text([replace(text.slots["clerk"], name="judge-1")]))
    assert code_of(slots.open_slot, path, "judge-1", "demo") == "access.wrong_password"


def test_a_key_sealed_to_another_is_a_broken_slot(path: Path) -> None:
    text = slots.read(path)
    path.write_bytes(write_text([replace(text.slots["clerk"], sealed=text.slots["judge-1"].sealed)]))
    assert code_of(slots.open_slot, path, "clerk", "demo") == "access.slot_broken"


def test_cost_that_would_eat_the_machine_is_a_broken_slot(path: Path) -> None:
    text = slots.read(path)
    path.write_bytes(write_text([replace(text.slots["clerk"], cost=Cost(memory_kib=1 << 30))]))
    assert code_of(slots.open_slot, path, "clerk", "demo") == "access.slot_broken"


def test_newer_slots_ask_for_an_upgrade_and_nothing_is_overwritten(path: Path) -> None:
    text = slots.read(path)
    line = slot_text.slot_line(text.slots["clerk"]).replace(b'"format":1', b'"format":2')
    content = json.loads(line)["slot"]
    path.write_bytes(canonical({"checksum": slot_text.checksum(content), "slot": content}))
    assert code_of(slots.open_slot, path, "clerk", "demo") == "access.newer_slots"
    assert code_of(slots.create, path, {"a": "b"}, KEY, CHEAP) == "access.slots_exist"


def test_the_default_cost_is_64_mib_three_passes_one_lane(tmp_path: Path) -> None:
    file = tmp_path / "slots.json"
    slots.create(file, {"a": "x"}, KEY)
    assert slots.read(file).slots["a"].cost == Cost(65536, 3, 1)
    assert slots.open_slot(file, "a", "x").data_key == KEY
