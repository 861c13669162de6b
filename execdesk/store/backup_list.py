"""What this desk remembers of the backups it made: where each lies, up to which line, and whose passwords open it. Local, never journaled."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from execdesk.records.base import canonical
from execdesk.store.backup_file import Manifest
from execdesk.store.store import Store, utc

_MADE = "backups"


@dataclass(frozen=True)
class MadeBackup:
    """A backup that was made here; ``accounts`` are the slots in it, ``by_itself`` tells one of the daily ones."""

    id: str
    at: str
    chain: str
    number: int
    path: str
    whole: bool
    accounts: tuple[str, ...] = ()
    by_itself: bool = False
    kept_file: str = ""  # the file of kept files that it shares with others of its folder

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return utc(self.at)

    @property
    def lies_there(self) -> bool:
        """Whether the file still lies where it was written."""
        return Path(self.path).is_file()


def made_of(manifest: Manifest, file: Path, *, by_itself: bool = False) -> MadeBackup:
    """What is remembered of a backup."""
    path = str(file.resolve())
    return MadeBackup(
        manifest.id, manifest.made_at, manifest.chain, manifest.number, path, manifest.whole, manifest.accounts, by_itself, manifest.kept_file
    )


def made_backups(store: Store) -> list[MadeBackup]:
    """All that are remembered, in the order in which they were made; one that cannot be read any more counts for nothing."""
    try:
        told = json.loads(store.meta(_MADE) or "[]")
        return [MadeBackup(**{**each, "accounts": tuple(each["accounts"])}) for each in told]
    except (ValueError, TypeError, KeyError):
        return []


def last_whole(store: Store) -> MadeBackup | None:
    """The last backup whose chain was whole."""
    return next((one for one in reversed(made_backups(store)) if one.whole), None)


def remember(store: Store, made: MadeBackup) -> None:
    """Remember a backup; one that lay under the same path is gone.

    Raises:
        Refusal: as :meth:`Store.set_meta`.
    """
    _keep(store, [*(one for one in made_backups(store) if one.path != made.path), made])


def forget(store: Store, ids: Collection[str]) -> None:
    """Forget backups that were taken away. Refuses as :func:`remember`."""
    _keep(store, [one for one in made_backups(store) if one.id not in ids])


def _keep(store: Store, made: Iterable[MadeBackup]) -> None:
    store.set_meta(_MADE, canonical([asdict(one) for one in made]))
