"""Shares of a secret: any two of a dealing give it back, fewer or those of different dealings do not."""

from __future__ import annotations

import itertools

import pytest

from execdesk.access.shares import combine_shares, deal_shares, new_secret

# A 2-of-4 dealing of the program ssss, published with the tests of pycryptodome.
SECRET = "d9fe73909bae28b3757854c0af7ad405"
DEALT = {
    1: "594ae8964294174d95c33756d2504170", 2: "d897459d29da574eb40e93ec552ffe6e", 3: "5823de9bf0e068b054b5f07a28056b1b",
    4: "db2c1f8bff46d748f795da995bd080cb",
}


def test_published_shares_give_the_published_secret() -> None:
    shares = [bytes([number]) + bytes.fromhex(text) for number, text in DEALT.items()]
    assert {combine_shares(pair).hex() for pair in itertools.combinations(shares, 2)} == {SECRET}


@pytest.mark.attack("8.1")
@pytest.mark.parametrize("holders", [2, 3, 7, 12])
def test_any_two_meet_and_no_two_of_different_dealings(holders: int) -> None:
    secret = new_secret()
    first, again = deal_shares(secret, holders), deal_shares(secret, holders)
    assert {combine_shares(pair) for pair in itertools.permutations(first, 2)} == {secret}
    assert all(combine_shares((one, other)) != secret for one, other in itertools.product(first, again) if one[0] != other[0])
    assert all(secret not in share for share in first)


def test_one_share_fits_every_secret() -> None:
    """What a holder has says nothing: with some second share it gives whatever secret one likes."""
    share = deal_shares(new_secret(), 2)[0]
    given = {combine_shares((share, b"\x02" + bytes([byte]) + bytes(15))) for byte in range(256)}
    assert len(given) == 256


@pytest.mark.parametrize("shares", [[], [b"\x01" + bytes(16)], [b"\x01" + bytes(16)] * 2, [bytes([n]) + bytes(16) for n in (1, 2, 3)]])
def test_not_two_different_shares(shares: list[bytes]) -> None:
    with pytest.raises(ValueError, match="two different"):
        combine_shares(shares)


@pytest.mark.parametrize(("secret", "holders"), [(bytes(15), 3), (bytes(16), 1), (bytes(16), 256)])
def test_what_cannot_be_dealt(secret: bytes, holders: int) -> None:
    with pytest.raises(ValueError, match="cannot be dealt"):
        deal_shares(secret, holders)
