"""Characters that old GBK systems kept at code points of private use, and where Unicode has them now.

The places FE50 to FEA0 of GBK stand at U+E815 to U+E864 in files of systems older than GB 18030. Most of them GB 18030—2000 maps to
characters, as Python's codec does; for the rest the places of GB 18030—2022 (appendix D: 18 characters moved) are written out.
"""

from __future__ import annotations

_FIRST = 0xE815
_PLACES = [bytes([0xFE, low]) for low in (*range(0x50, 0x7F), *range(0x80, 0xA1))]
_2022 = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7,
    0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip


def is_private(character: str) -> bool:
    """Whether nobody but the system that wrote it knows what ``character`` is."""
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


def _known() -> dict[int, str]:
    found = {_FIRST + at: place.decode("gb18030") for at, place in enumerate(_PLACES)}
    return {code: character for code, character in found.items() if not is_private(character)} | {code: chr(now) for code, now in _2022.items()}


KNOWN = _known()  # code point of private use → character
