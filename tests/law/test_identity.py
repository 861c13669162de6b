"""Numbers of persons and units. Sources: GB 11643, GB 32100, GB 11714; all numbers fictional (sequence 000, or of 1811)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law import identity
from execdesk.law.identity import Areas, check_identity
from execdesk.law.refusal import Refusal
from tests.law.rules import ROOT, day, refused

AREAS = identity.load_areas(ROOT / "resources" / "persons" / "areas.toml")


def id18(body: str) -> str:
    """``body`` with its check character, by GB 11643."""
    total = sum(int(c) * pow(2, 17 - n, 11) for n, c in enumerate(body))
    return body + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    ("text", "kind", "normal"),
    [
        ("469027198001010009", "id18", "469027198001010009"),  # E1
        ("469027198808080008", "id18", "469027198808080008"),  # E1
        (" ４６９０２７1980 01010009", "id18", "469027198001010009"),
        ("91469027MA0000007K", "credit_code", "91469027MA0000007K"),  # E1
        ("91469027ma0000007k", "credit_code", "91469027MA0000007K"),
        ("114690270000000003", "credit_code", "114690270000000003"),  # E1
        ("93469027MA00000158", "credit_code", "93469027MA00000158"),  # E1
        ("469027800101000", "id15", "469027800101000"),
        ("110108000000016", "registration15", "110108000000016"),  # published example of GS 15
        ("00000000-0", "org_code", "00000000-0"),
        ("000000000", "org_code", "00000000-0"),
        ("E12345678", "passport", "E12345678"),
        ("EA0000000", "passport", "EA0000000"),
        ("H0000000000", "hk_macau_pass", "H0000000000"),
        ("M00000001", "hk_macau_pass", "M00000001"),
    ],
)
def test_valid(text: str, kind: str, normal: str) -> None:
    found = check_identity(text)
    assert (found.kind, found.normal) == (kind, normal)
    assert found.kind_words == identity.KINDS[kind]


def test_what_an_id_tells() -> None:
    found = check_identity("469027198001010009", areas=AREAS)
    assert (found.born_on, found.sex, found.warnings) == (day("1980-01-01"), 2, ())
    every_weight = check_identity("469027181111119995")  # no digit but one is 0: the sum is 392, remainder 7, so 5
    assert (every_weight.born_on, every_weight.sex) == (day("1811-11-11"), 1)
    lower = id18("46902719800101001")
    man = check_identity(lower.lower())
    assert (man.sex, man.normal) == (1, lower)
    x = next(n for n in (id18(f"469027198001{d:02d}000") for d in range(1, 29)) if n.endswith("X"))
    assert check_identity(x.lower()).normal == x
    old = check_identity("469027800101000", areas=AREAS)
    assert (old.born_on, old.sex, len(old.warnings)) == (day("1980-01-01"), 2, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("469027197502290008", "1975-02-29不存在"),  # E1: checksum right, no such day
        ("469027198001010000", "校验码不符"),
        ("46902719800101000X", "校验码不符"),
        ("91469027MA0000007L", "校验码不符"),
        ("469027801301000", "不存在"),
        ("12345678-9", "校验码不符"),
        ("4690271980010100", "不是可识别的证件号码"),
        ("91469027MA000000IK", "不是可识别的证件号码"),
        ("", "不是可识别的证件号码"),
    ],
)
def test_invalid(text: str, why: str) -> None:
    assert why in refused("identity.number", lambda: check_identity(text))


def credit(body: str) -> str:
    """``body`` with its check character, by GB 32100."""
    total = sum(identity.CREDIT_CHARS.index(c) * pow(3, n, 31) for n, c in enumerate(body))
    return body + identity.CREDIT_CHARS[-total % 31]


def test_inner_organisation_code_only_warns() -> None:
    """The whole code is right; the ledger of 2017 and real licences hold such codes."""
    found = check_identity(credit("91469027MA0000008"))  # the inner check character should be 7
    assert "主体标识码" in found.warnings[0]
    assert check_identity("91469027MA0000007K").warnings == ()


def test_an_identity_number_that_also_is_a_credit_code() -> None:
    both = next(
        n for n in (id18(f"46902719{y:02d}01{d:02d}000") for y in range(100) for d in range(1, 29))
        if not n.endswith("X") and credit(n[:17]) == n
    )  # fmt: skip
    assert check_identity(both).kind == "id18"
    assert check_identity(both, kind="credit_code").kind == "credit_code"


def test_a_mistyped_identity_number_is_no_credit_code_by_chance() -> None:
    """Of eighteen digits with a wrong identity checksum, one in 31 checks as a unit's code; its inner code then does not."""
    wrong = next(
        n for n in (f"46902719{y:02d}01{d:02d}000{c}" for y in range(100) for d in range(1, 29) for c in range(10))
        if credit(n[:17]) == n and id18(n[:17]) != n and identity.org_check(n[8:16]) != n[16]
    )  # fmt: skip
    assert "校验码不符" in refused("identity.number", lambda: check_identity(wrong))
    assert check_identity(wrong, kind="credit_code").warnings  # said to be one, it is taken with the warning


def test_registration_check() -> None:
    assert "工商注册号" in refused("identity.number", lambda: check_identity("110108000000017", kind="registration15"))


def test_born_after_the_day() -> None:
    assert check_identity("469027198001010009", on=day("1980-01-01")).sex == 2
    assert "晚于" in refused("identity.number", lambda: check_identity("469027198001010009", on=day("1979-12-31")))


@pytest.mark.parametrize("text", ["4.69027E+17", "4.69027e17", "4E+17"])
def test_spreadsheet_remains(text: str) -> None:
    assert "无法恢复" in refused("identity.lost", lambda: check_identity(text))


def test_kind_asked_for() -> None:
    assert check_identity("12345678", kind="taiwan_pass").kind == "taiwan_pass"
    refused("identity.ambiguous", lambda: check_identity("12345678"))
    refused("identity.number", lambda: check_identity("12345678", kind="passport"))
    refused("identity.kind", lambda: check_identity("12345678", kind="library"))
    assert check_identity("140000000", kind="passport").warnings


def test_two_kinds_fit() -> None:
    both = next(n for n in (f"4690278001{d:02d}000" for d in range(1, 29)) if _registration_fits(n))
    sentence = refused("identity.ambiguous", lambda: check_identity(both))
    assert "居民身份证（15位旧号）" in sentence and "工商注册号" in sentence
    assert check_identity(both, kind="id15").kind == "id15"


def _registration_fits(number: str) -> bool:
    carry = 10
    for c in number[:14]:
        carry = ((carry + int(c)) % 10 or 10) * 2 % 11
    return (11 - carry) % 10 == int(number[14])


def test_areas_only_warn() -> None:
    unknown = check_identity(id18("46909919800101000"), areas=AREAS)
    assert "前六位" in unknown.warnings[0]
    nowhere = check_identity(id18("78902719800101000"), areas=AREAS)
    assert "前两位" in nowhere.warnings[0]
    assert check_identity(id18("78902719800101000")).warnings == ()
    elsewhere = check_identity(id18("11010519800101000"), areas=AREAS)
    assert elsewhere.warnings == ()
    former = check_identity(id18("46003319800101000"), areas=AREAS)
    assert former.warnings == ()
    assert Areas(frozenset({"46"}), {}).warning("469999") == ""
    assert AREAS.counties["46"]["469027"] == "乐东黎族自治县"
    assert all(f"4690{n}" in AREAS.counties["46"] for n in range(21, 31))


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [("2000-02-29", "2018-02-28", 17), ("2000-02-29", "2018-03-01", 18), ("2000-02-29", "2020-02-29", 20),
     ("2000-05-01", "2018-04-30", 17), ("2000-05-01", "2018-05-01", 18), ("2000-05-01", "2000-05-01", 0)],
)  # fmt: skip
def test_age(born: str, on: str, age: int) -> None:
    assert identity.age_on(day(born), day(on)) == age


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_found(place: int, more: int) -> None:
    right = "469027198001010009"
    wrong = right[:place] + str((int(right[place]) + more) % 10) + right[place + 1 :]
    refused("identity.number", lambda: check_identity(wrong, kind="id18"))


@pytest.mark.parametrize(("number", "sex"), [("460033800305001", 1), ("460033800305002", 2), ("460033800305009", 1)])
def test_the_last_digit_of_an_old_number_tells_the_sex(number: str, sex: int) -> None:
    assert check_identity(number, kind="id15").sex == sex


@pytest.mark.parametrize("at", range(8))
def test_every_place_of_an_organisation_code_weighs(at: int) -> None:
    """GB 11714's own example D2143569-X; another digit at any place is noticed."""
    plain = "D2143569X"
    assert check_identity("D2143569-X", kind="org_code").normal.replace("-", "") == plain
    for other in "0123456789":
        if int(other) != int(plain[at], 36) % 11:  # 2 and D weigh the same modulo 11
            with pytest.raises(Refusal):
                check_identity(plain[:at] + other + plain[at + 1 :], kind="org_code")


@pytest.mark.parametrize(("code", "check"), [("00000001", "9"), ("00000010", "7"), ("10000000", "8"), ("00100000", "2")])
def test_the_weights_of_an_organisation_code(code: str, check: str) -> None:
    """11 less the weight of the place where the one stands: 2, 4, 3, 9."""
    assert check_identity(code + check, kind="org_code").kind == "org_code"


@pytest.mark.parametrize(("short", "long"), [
    ("110105491231002", "11010519491231002X"),  # the standard's own example
    ("469027800101000", "469027198001010009"), ("469027800101996", id18("46902718800101996")), ("469027800101999", id18("46902718800101999")),
    ("469027800101995", id18("46902719800101995")),
])  # fmt: skip
def test_fifteen_digits_become_eighteen(short: str, long: str) -> None:
    """996 to 999 were kept for those born in the century before."""
    assert identity.upgraded(short) == long
    old, new = check_identity(short, kind="id15"), check_identity(long, kind="id18")
    assert (old.born_on, old.sex) == (new.born_on, new.sex)


def test_the_words_of_the_sexes() -> None:
    assert [identity.SEXES[check_identity(number).sex or 0] for number in ("469027198001010009", "469027181111119995")] == ["女", "男"]


def test_only_fifteen_digits_are_made_longer() -> None:
    refused("identity.number", lambda: identity.upgraded("469027198001010009"))


def test_a_residence_card_is_named_as_what_it_is() -> None:
    new = check_identity(id18("91115619800101001"))
    assert (new.kind, str(new.born_on), new.sex, new.kind_words) == ("residence_card", "1980-01-01", None, "外国人永久居留身份证")
    old = check_identity("USA110080010112")
    assert (old.kind, old.born_on) == ("residence_card", None)
    with pytest.raises(Refusal) as refusal:
        check_identity(new.normal[:17] + ("0" if new.normal[17] != "0" else "1"))
    assert refusal.value.code == "identity.number"


def test_a_foreign_passport_is_known_only_where_its_kind_is_told() -> None:
    assert check_identity("488839667", kind="foreign_passport").kind == "foreign_passport"
    with pytest.raises(Refusal):
        check_identity("488839667")
