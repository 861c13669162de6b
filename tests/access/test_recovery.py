"""The recovery code: what is forgiven on entry, what is found."""

from __future__ import annotations

import pytest

from execdesk.access.recovery import ALPHABET, new_code, normalise
from execdesk.law.refusal import Refusal


def test_shape_and_variety() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [5] * 8
    assert set(code) <= set(ALPHABET) | {"-"}
    assert len({new_code() for _ in range(50)}) == 50
    assert normalise(code) == code


def test_case_spaces_dashes_and_width_do_not_matter() -> None:
    code = new_code()
    wide = "".join(chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in code)
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " — "), f"  {code}\n", wide):
        assert normalise(typed) == code


def test_every_single_mistyped_character_is_found_and_its_group_named() -> None:
    code = new_code()
    for place, right in enumerate(code):
        if right == "-":
            continue
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(Refusal, match=f"第 {place // 6 + 1} 组"):
                normalise(code[:place] + wrong + code[place + 1 :])


def test_every_swap_within_a_group_and_of_groups_is_found() -> None:
    code = new_code()
    groups = code.split("-")
    for index, group in enumerate(groups):
        for a in range(5):
            for b in range(a):
                letters = list(group)
                letters[a], letters[b] = letters[b], letters[a]
                if letters != list(group):
                    with pytest.raises(Refusal):
                        normalise("-".join([*groups[:index], "".join(letters), *groups[index + 1 :]]))
        for other in range(index):
            swapped = list(groups)
            swapped[index], swapped[other] = swapped[other], swapped[index]
            with pytest.raises(Refusal):
                normalise("-".join(swapped))


@pytest.mark.parametrize("typed", ["", "34679", "A46AX-KMYHT-3A6W4-REX6D-DM3MK-439C9-J779C-RQKQFA"])
def test_wrong_length_is_said(typed: str) -> None:
    with pytest.raises(Refusal, match="每组 5 个字符") as refused:
        normalise(typed)
    assert refused.value.code == "access.recovery_code"


def test_a_character_that_never_occurs_is_named() -> None:
    code = new_code()
    with pytest.raises(Refusal, match="“O”不会出现"):
        normalise("O" + code[1:])
