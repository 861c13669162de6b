"""Bytes of a signed PDF that no signature's digest covers, named with their place; pyHanko compares lengths only.

A signature covers the file from its first byte to the end of its revision, but for one hole that holds nothing but its own value. So
what is appended after the last signature, a revision between two signatures that nobody signed, other bytes in the hole, and what a
signature carries unsigned are said here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def hole_faults(pdf: bytes, signature: Any) -> list[str]:
    """What stands in a signature's hole, or beside its value, without being signed."""
    span = [int(one) for one in signature.byte_range]
    if len(span) != 4 or span[0] != 0 or not 0 < span[1] < span[2] or span[3] < 0:
        return ["签名没有从头覆盖文件"]
    hole = pdf[span[1] : span[2]]
    if not _is_value(hole, signature.pkcs7_content):
        return [f"第{span[1]}至{span[2]}字节不是签名值，没有任何签名覆盖"]
    out = []
    if carried := _behind_value(signature.pkcs7_content):
        out.append(f"签名值之后夹带了{carried}个未经签名的字节")
    if signature.signer_info["unsigned_attrs"].native:
        out.append("签名带有未经签名的附加内容")
    return out


def revision_end(signature: Any) -> int:
    """The length of the file as it was when this signature was the last thing in it."""
    span = [int(one) for one in signature.byte_range]
    return span[-2] + span[-1]


def tail_faults(pdf: bytes, signatures: Sequence[Any]) -> list[str]:
    """What was appended after the last signature."""
    rest = len(pdf) - revision_end(signatures[-1])
    return [f"签名之后文件又被添加了内容（末尾{rest}个字节不在任何签名之内）"] if rest > 0 else []


def unsigned_revisions(reader: Any, signatures: Sequence[Any]) -> list[str]:
    """Revisions between the first and the last signature that are nobody's."""
    signed = {one.signed_revision for one in signatures}
    nobodys = [n for n in range(min(signed), max(signed)) if n not in signed]
    return [f"第{number + 1}次修订没有人签名" for number in nobodys]


def _is_value(hole: bytes, value: bytes) -> bool:
    if hole[:1] != b"<" or hole[-1:] != b">":
        return False
    try:
        return bytes.fromhex(hole[1:-1].decode("ascii")) == value
    except ValueError:
        return False


def _behind_value(value: bytes) -> int:
    """How many bytes stand between the end of the value and the zeros that fill its room."""
    from asn1crypto import core

    whole = len(core.load(value).dump()) if value else 0
    return len(value[whole:].rstrip(b"\0"))
