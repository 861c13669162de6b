"""Two persons at another desk who stand in by telephone: a number and four characters read out, a code read back.

The desk that may need it makes a master code with two persons present; from it come the codes of ten key slots, each good for once, and
each with a share of the issuing key. It keeps none of them: the master goes sealed to the other desk, where two persons together put it
under that desk's own issuing key and open it for one answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from execdesk.access import places, recovery, slots
from execdesk.access.files import write_atomic
from execdesk.access.personal_box import PersonalBox
from execdesk.access.sealing import KEY_BYTES, Cost
from execdesk.law.refusal import Refusal
from execdesk.records.journal import Line
from execdesk.store.renaming import ever

NUMBERS = range(1, 11)
COST = Cost(memory_kib=8, passes=1, lanes=1)  # nobody guesses 144 bits: there is nothing to make dear
_SIGNS = 4
PREPARED = "telephone.prepare"
_SLOT = re.compile(rf"{re.escape(slots.TELEPHONE)}(\d{{1,2}})\.([{recovery.ALPHABET}]{{{_SIGNS}}})")
_CALL = re.compile(rf"(\d+)([{recovery.ALPHABET}]{{{_SIGNS}}})")


@dataclass(frozen=True)
class Call:
    """What is read out: the number of a code, and the characters by which the other desk sees that it is of the same master."""

    number: int
    sign: str

    @property
    def slot(self) -> str:
        """The key slot that the answer opens."""
        return f"{slots.TELEPHONE}{self.number}.{self.sign}"

    def __str__(self) -> str:
        return f"{self.number} 号 {self.sign}"


def call_of(master: str, number: int) -> Call:
    """What is read out for a number."""
    return Call(number, recovery.letters_of(_drawn(master, f"sign {number}"), _SIGNS))


def answer_to(master: str, call: Call) -> str:
    """The code that is read back.

    Raises:
        Refusal: ``telephone.call`` where number and characters are not of this master.
    """
    if call.number not in NUMBERS or call_of(master, call.number) != call:
        raise Refusal(f"「{call}」对不上本处保管的总码：请对方再读一遍号和核对字；仍不对的，不要作答。", code="telephone.call")
    return recovery.code_of(_drawn(master, f"answer {call.number}"))


def read_call(text: str) -> Call:
    """What was heard, however it is typed; refuses ``telephone.call``."""
    plain = recovery.letters(text).replace("号", "")
    found = _CALL.fullmatch(plain)
    if found is None:
        raise Refusal(f"「{text}」不是电话里读的号和核对字，应如「3 号 K7QX」。", code="telephone.call")
    return Call(int(found[1]), found[2])


def calls_left(folder: Path) -> list[Call]:
    """The codes not used yet at this desk, lowest number first."""
    found = (name.removeprefix(slots.TELEPHONE).split(".") for name in slots.names(places.slots_file(folder)) if name.startswith(slots.TELEPHONE))
    return sorted((Call(int(number), sign) for number, sign in found), key=lambda call: call.number)


def next_call(folder: Path) -> Call:
    """The code to be asked for next; refuses ``telephone.none`` where there is none."""
    left = calls_left(folder)
    if not left:
        raise Refusal("本席位没有准备电话码，或者已经用完：请两人在场准备新的一组，总码送县院本部录入；现在只能启用恢复信封。", code="telephone.none")
    return left[0]


def prepare(folder: Path, data_key: bytes, master: str) -> None:
    """Ten fresh slots of a master code in the place of all earlier ones. Shares are dealt afterwards."""
    file = places.slots_file(folder)
    for call in calls_left(folder):
        slots.remove(file, call.slot)
    for call in calls_of(master):
        slots.renew(file, slots.prepare(call.slot, answer_to(master, call), COST), data_key)


def calls_of(master: str) -> list[Call]:
    """The codes of a master, as they are asked for."""
    return [call_of(master, number) for number in NUMBERS]


def words(master: str) -> str:
    """The codes of a master as the line of their making names them: what is read out, no secret."""
    return "、".join(map(str, calls_of(master)))


def is_prepared(slot: str, site: str) -> bool:
    """Whether a slot is of the codes prepared last at a site, as its line names them."""
    found = _SLOT.fullmatch(slot)
    line = Line.select(Line.body).where(Line.act.in_(ever(PREPARED)), Line.site == site).order_by(Line.taken.desc()).first()
    return found is not None and line is not None and str(Call(int(found[1]), found[2])).encode() in bytes(line.body)


def keep_master(folder: Path, site: str, master: str, secret: bytes) -> None:
    """Put the master code of another desk under this desk's issuing secret."""
    write_atomic(_file(folder, site), PersonalBox("", secret).seal(recovery.normalise(master).encode(), _place(site)))


def kept_master(folder: Path, site: str, secret: bytes) -> str:
    """The master code of another desk; refuses ``telephone.no_master`` where none is kept, or the issuing key was replaced since."""
    file = _file(folder, site)
    opened = PersonalBox("", secret).open(file.read_bytes(), _place(site)) if file.exists() else None
    if opened is None:
        raise Refusal("本处没有保管那一席位的电话总码，或者签发钥匙已更换：请那边重新准备一组，把总码送来录入。", code="telephone.no_master")
    return opened.decode()


def _file(folder: Path, site: str) -> Path:
    return folder / places.KEYS_FOLDER / f"telephone-{site}.key"


def _place(site: str) -> str:
    return f"telephone {site}"


def _drawn(master: str, what: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES * 8, salt=None, info=f"execdesk telephone v1 {what}".encode()).derive(recovery.normalise(master).encode())
