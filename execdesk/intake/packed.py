"""Workbooks that are zip archives (.xlsx, .xlsm, .ods): checked part by part before any reader sees them."""

from __future__ import annotations

import io
import zipfile
import zlib

from execdesk.intake.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FROM_BYTES,
    refuse,
)

_CHUNK = 256 * 1024
_KEPT = (".xml", ".rels")


def unpack(data: bytes) -> dict[str, bytes]:
    """The XML parts of an archive (other parts with empty content) by name: in lower case and with slashes, as Excel looks them up.

    Raises Refusal for a damaged archive, a zip bomb, a password, double parts, and document type definitions, which a
    workbook never needs and which can be made to explode or to read other files.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refuse("文件已损坏，打不开。", "damaged") from error
    _check_directory(infos)
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED_BYTES
    for info in infos:
        content = _read(archive, info, left)
        left -= len(content)
        keep = info.filename.lower().endswith(_KEPT)
        if keep:
            check_xml(content)
        parts[_plain(info.filename)] = content if keep else b""
    return parts


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_PARTS:
        raise refuse(f"文件由 {len(infos):,} 个部分组成，不像表格，未读取。", "bomb")
    names = [_plain(info.filename) for info in infos]
    if len(set(names)) != len(names):
        raise refuse("文件里有重名的部分，不同软件会读出不同内容，未读取。", "damaged")
    if any(info.flag_bits & 1 for info in infos):
        raise refuse("文件设有密码，读不出内容。请先在表格软件中取消密码。", "encrypted")
    total = sum(info.file_size for info in infos)
    if total > MAX_UNPACKED_BYTES:
        raise _bomb(total)
    for info in infos:
        if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise refuse(
                f"文件的一个部分展开后是原来的 {info.file_size // max(info.compress_size, 1):,} 倍，"
                "几乎没有内容，像是压缩炸弹，未读取。",
                "bomb",
            )


def _bomb(size: int) -> Exception:
    megabytes = MAX_UNPACKED_BYTES // 1024**2
    return refuse(f"文件展开后约 {size / 1024**2:,.0f} MB，超过上限 {megabytes} MB，未读取。", "bomb")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """One part, counted while it is unpacked: the sizes an archive declares may lie."""
    pieces, size = [], 0
    try:
        with archive.open(info) as part:
            while piece := part.read(_CHUNK):
                size += len(piece)
                if size > left:
                    raise _bomb(MAX_UNPACKED_BYTES - left + size)
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise refuse("文件已损坏，读不完整。", "damaged") from error
    return b"".join(pieces)


def check_xml(content: bytes) -> None:
    """Refuse XML in an encoding that hides what it says, or with a document type definition."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:64]:
        raise refuse("文件的内部编码不合规范，未读取。", "damaged")
    head = content.upper() if b"<!" in content else b""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise refuse("文件内含外部实体或文档类型声明（DTD），可能有害，未读取。", "dtd")
