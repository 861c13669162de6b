"""What belongs to a store, beside which and over which nothing else is written: rows, kept files, slots, keys, certificates, marks."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from execdesk.law.refusal import Refusal

_STORE = ("execdesk*.db", "slots.json")  # what tells the folder of a store, or of its backups
_NAMES = ("*.db", "*.db-*", "*.json", "*.json.broken", "*.p12", "*.pem", "*.crt")
_FOLDERS = frozenset({"keys", "certificates"})


def refuse_own(path: Path) -> None:
    """Return if a file may be written to ``path`` without harm to a store or its backups.

    Raises:
        Refusal: ``file.own`` for a name that is the store's, whether there is such a file now or not.
    """
    whole = path.resolve()
    for folder in whole.parents:
        if _is_own(whole.relative_to(folder).parts) and any(any(folder.glob(name)) for name in _STORE):
            raise Refusal(f"「{path}」是数据库自己的文件，不能写在那里。请换一个文件名，或者写到别的文件夹。", code="file.own")


def _is_own(parts: tuple[str, ...]) -> bool:
    first = parts[0].lower()
    return first in _FOLDERS if len(parts) > 1 else any(fnmatch(first, name) for name in _NAMES)
