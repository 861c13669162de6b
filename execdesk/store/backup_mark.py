"""The MACs of a backup, under the key of its store: who cannot open the store cannot make a manifest, nor give one another part.

Each part has one of its own, bound to the backup it is in, so that what was exchanged is told by name.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict, replace
from pathlib import Path

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical
from execdesk.store.backup_file import Manifest

_HASH = "sha256"


def marked(manifest: Manifest, key: bytes) -> Manifest:
    """The manifest under the MACs of a store's data key."""
    parts = tuple((name, _part_mark(manifest, name, digest, key)) for name, digest in sorted(manifest.parts.items()))
    return replace(manifest, part_marks=parts, mark=_mark(replace(manifest, part_marks=parts), key))


def refuse_changed(manifest: Manifest, key: bytes, path: Path) -> None:
    """Return if the manifest is the one that was made with the backup.

    Raises:
        Refusal: ``restore.foreign`` if the key that a slot opened is not that of the backup; ``restore.changed`` naming what was exchanged.
    """
    told = dict(manifest.part_marks)
    right = {name for name, digest in manifest.parts.items() if hmac.compare_digest(told.get(name, "").encode(), _part_mark(manifest, name, digest, key).encode())}
    if hmac.compare_digest(manifest.mark.encode(), _mark(manifest, key).encode()):
        return
    if not right:
        raise Refusal(
            f"这个登录名的钥匙槽不是「{path.name}」的：它打开的是另一个库的钥匙，或者钥匙槽被换过。没有写入任何内容。请换一个登录名或者恢复码，或者换另一份备份，并报告院长。",
            code="restore.foreign",
        )
    wrong = sorted(manifest.parts.keys() - right)
    what = f"其中的「{'、'.join(wrong)}」被换过" if wrong else "它的清单被改过"
    raise Refusal(f"备份文件「{path.name}」做好以后被人动过：{what}。没有写入任何内容。请换另一份备份，并报告院长。", code="restore.changed")


def _part_mark(manifest: Manifest, name: str, digest: str, key: bytes) -> str:
    return _hmac(key, "part", {"id": manifest.id, "name": name, "sha256": digest})


def _mark(manifest: Manifest, key: bytes) -> str:
    return _hmac(key, "manifest", asdict(replace(manifest, mark="")))


def _hmac(key: bytes, what: str, told: dict[str, object]) -> str:
    own = hmac.digest(key, f"execdesk backup {what}".encode(), _HASH)
    return hmac.digest(own, canonical(told).encode(), _HASH).hex()
