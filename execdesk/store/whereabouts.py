"""Where a store is at home on this PC, so that a copied, moved or exchanged folder is noticed before anything is written in it.

A random id stands in the store, in a file beside it and in a folder of the PC, there with path, volume and root. The PC keeps the chain's
head too, so that a whole folder put back to an older state is noticed here. The image of a whole disk cannot be told.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from execdesk.records.base import canonical
from execdesk.store.permissions import new_file_mode
from execdesk.store.store import Astray, Store

PLACE_FILE = "place.json"
_ID = "place.id"
_ID_BYTES = 16
FOR_ALL = Path("/var/lib/execdesk")  # made by the IT clerk where several accounts of the system share a store


@dataclass(frozen=True)
class Home:
    """Where this PC knows a store: its folder, the volume that lies on, the fingerprint of its root."""

    path: str
    volume: str
    root: str


def machine_folder() -> Path:
    """Where this PC keeps what holds for all stores on it: the folder that was made for all accounts, else this account's own."""
    if os.name == "nt":
        return Path(os.environ.get("PROGRAMDATA", str(Path.home()))) / "execdesk"
    if os.access(FOR_ALL, os.W_OK):
        return FOR_ALL
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "execdesk"


def is_for_all() -> bool:
    """Whether what this PC keeps is kept for all accounts of the system."""
    return os.name == "nt" or machine_folder() == FOR_ALL


def home_of(folder: Path, root: str) -> Home:
    """Where a folder is now."""
    resolved = folder.resolve()
    volume = f"{resolved.stat().st_dev:x}" if os.name == "nt" else f"{os.statvfs(resolved).f_fsid & 0xFFFFFFFFFFFFFFFF:x}"
    return Home(os.path.normcase(str(resolved)), volume, root)


def name_place(store: Store, folder: Path, root: str) -> None:
    """Give a store an id of its own, inside and beside it; to be followed by :func:`settle` where it then lies."""
    place = secrets.token_hex(_ID_BYTES)
    store.set_meta(_ID, place)
    _write(folder / PLACE_FILE, {"id": place, "root": root})


def settle(folder: Path) -> None:
    """Let this PC know that the store with the id beside it lives in this folder from now on."""
    told = _read(folder / PLACE_FILE)
    record(str(told["id"]), home_of(folder, str(told["root"])))


def settle_again(store: Store, folder: Path, root: str) -> None:
    """The store was moved here as it is: it keeps its id, where it has one."""
    place = store.meta(_ID)
    if not place:
        name_place(store, folder, root)
    else:
        _write(folder / PLACE_FILE, {"id": place, "root": root})
    settle(folder)


def record(place: str, home: Home) -> None:
    """Let this PC know where a store lives."""
    _write(_kept(place) / PLACE_FILE, asdict(home))


def recorded(place: str) -> Home | None:
    """Where this PC knows a store; ``None`` if it does not."""
    told = _read(_kept(place) / PLACE_FILE)
    try:
        return Home(str(told["path"]), str(told["volume"]), str(told["root"]))
    except KeyError:
        return None


def id_beside(folder: Path) -> str:
    """The id in the file beside a store; empty where there is none."""
    return str(_read(folder / PLACE_FILE).get("id", ""))


def machine_mark(store: Store) -> Path | None:
    """The folder in which this PC marks the heads of a store; ``None`` for one without an id."""
    place = store.meta(_ID)
    return _kept(place) if place else None


def astray(store: Store, folder: Path, root: str) -> Astray | None:
    """Whether the store is elsewhere than this PC knows it, or another one lies in its place."""
    inside, here = store.meta(_ID) or "", home_of(folder, root)
    home = recorded(inside) if inside else None
    if home == here and id_beside(folder) == inside:
        return None
    other = _other_here(inside, here)
    if other is not None and other.root != root:
        return Astray(f"「{folder}」里原来的库不见了，换成了另一个库，证书根也不同（原为 {other.root[:16]}…，现为 {root[:16]}…）。请立即报告院长。", False)
    if home is None:
        return Astray(f"本机没有登记过「{folder}」里的库：它是从别处搬来或者复制来的。", True)
    if home.root != root:
        return Astray(f"本库的证书根与本机登记的不同（原为 {home.root[:16]}…，现为 {root[:16]}…）。请立即报告院长。", False)
    if home == here:
        return Astray(f"库旁的 {PLACE_FILE} 不见了或不是本库的：库旁的文件被换过。", True)
    if home.path != here.path and _lives(home.path, inside):
        return Astray(f"本库登记在「{home.path}」，那里的库还在：这里的是复制出来的。", False)
    return Astray(f"本库登记在「{home.path}」，现在在「{folder}」：它被搬动或者换了磁盘。", True)


def _other_here(inside: str, here: Home) -> Home | None:
    """Another store that this PC knows in the same folder."""
    for kept in (machine_folder() / "stores").glob(f"*/{PLACE_FILE}"):
        home = recorded(kept.parent.name) if kept.parent.name != inside else None
        if home is not None and home.path == here.path:
            return home
    return None


def _lives(path: str, place: str) -> bool:
    folder = Path(path)
    return id_beside(folder) == place and any(folder.glob("*.db"))


def _kept(place: str) -> Path:
    return machine_folder() / "stores" / (place if place.isalnum() else "unknown")


def _read(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, content: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    fresh.touch(mode=0o600)
    fresh.write_text(canonical(content), encoding="utf-8")
    fresh.chmod(new_file_mode(path.parent))
    fresh.replace(path)
