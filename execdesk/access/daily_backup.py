"""The backup that a desk makes by itself once a day, to a place chosen once: when it is due, where it goes, how many are kept.

Place and number are a local setting of the desk. Whoever sits there when it is due makes it: it is encrypted, and opened by those alone
who may open the store.
"""

from __future__ import annotations

import json
import secrets
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from execdesk.access.duty import duties
from execdesk.access.safekeeping import back_up, require_backup_duty
from execdesk.access.session import Session
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.base import canonical, moment_text
from execdesk.records.journal import Line
from execdesk.store.backup_file import Manifest, Progress, manifest_of
from execdesk.store.backup_list import MadeBackup, forget, last_whole, made_backups
from execdesk.store.clock import COURT_TIME
from execdesk.store.database import EncryptedDatabase
from execdesk.store.store import Store, on_store, utc

NAME = "每日备份-{chain}-{day}{again}.zip"
_PLAN, _FAILED = "backup.plan", "backup.failed"
_NOWHERE = "还没有选定每日备份的位置：请系统管理员、局长或者院长在「工具 → 诊断」点「每日备份…」选一次。"


@dataclass(frozen=True)
class BackupSettings:
    """Values of ``resources/bureau/backup.toml``."""

    kept: int
    kept_least: int
    kept_most: int
    late_days: int


@dataclass(frozen=True)
class BackupPlan:
    """Where the daily backups go, empty where no place was chosen, and how many are kept there."""

    folder: str
    kept: int


@dataclass(frozen=True)
class BackupStanding:
    """How old the last whole backup is, in words; whether that is late, and why the last daily one was not made."""

    age: str
    late: bool
    failed: str


@lru_cache(maxsize=8)
def backup_settings(resources: Path) -> BackupSettings:
    """Read the settings once per folder."""
    return BackupSettings(**tomllib.loads((resources / "bureau" / "backup.toml").read_text(encoding="utf-8")))


def plan_of(session: Session) -> BackupPlan:
    """What this desk chose."""
    settings = backup_settings(session.resources)
    told = _told(session.store, _PLAN)
    kept = told.get("kept")
    return BackupPlan(str(told.get("folder", "")), kept if isinstance(kept, int) else settings.kept)


def choose_plan(session: Session, folder: str, kept: int) -> BackupPlan:
    """Choose a place, or none for no more daily backups; a share may be one.

    Raises:
        Refusal: ``access.duty`` as backing up; ``backup.place`` for a folder that is not there, takes no writing or is the store's own;
            ``backup.kept`` for a number out of bounds.
    """
    require_backup_duty(session)
    settings = backup_settings(session.resources)
    if not settings.kept_least <= kept <= settings.kept_most:
        raise Refusal(f"每日备份保留 {settings.kept_least} 到 {settings.kept_most} 份，请改写份数。", code="backup.kept")
    chosen = _fit_place(session.store, folder) if folder else ""
    session.store.set_meta(_PLAN, canonical({"folder": chosen, "kept": kept}))
    session.store.set_meta(_FAILED, "")
    return plan_of(session)


def _fit_place(store: Store, folder: str) -> str:
    place, own = Path(folder).expanduser(), (store.folder or Path()).resolve()
    if not place.is_absolute() or not place.is_dir():
        raise Refusal(f"没有「{folder}」这个文件夹。请插好盘、连好共享，再选一次。", code="backup.place")
    place = place.resolve()
    if place == own or own in place.parents:
        raise Refusal("备份不能放在数据文件夹里：数据坏了，备份也就没有了。请选另一块盘或者共享上的文件夹。", code="backup.place")
    tried = place / f".execdesk-{secrets.token_hex(4)}"
    try:
        tried.write_bytes(b"")
        tried.unlink()
    except OSError:
        raise Refusal(f"「{place}」写不进去。请选一个可以写入的文件夹。", code="backup.place") from None
    return str(place)


def on_same_disk(session: Session) -> bool:
    """Whether the chosen place lies on the disk of the data, where one accident takes both."""
    folder = plan_of(session).folder
    try:
        return bool(folder) and Path(folder).stat().st_dev == (session.store.folder or Path()).stat().st_dev
    except OSError:
        return False


def is_due(session: Session) -> bool:
    """Whether today's backup is still to be made here. A store that is left to reading makes none: what it holds is in doubt."""
    store, plan = session.store, plan_of(session)
    if not plan.folder or store.only_reading is not None or not isinstance(store.base, EncryptedDatabase):
        return False
    today = store.clock.day_of(store.clock.now())
    return not any(store.clock.day_of(one.moment) == today and str(Path(one.path).parent) == plan.folder for one in made_backups(store))


def back_up_today(session: Session, progress: Progress = lambda done, total: None, *, found: Sequence[str] = ()) -> Manifest:
    """Make the daily backup and take away those beyond the number kept. A refusal is remembered until the next one is made.

    Raises:
        Refusal: ``backup.nowhere`` where no place was chosen; as :func:`execdesk.access.safekeeping.back_up`.
    """
    store, plan = session.store, plan_of(session)
    if not plan.folder:
        raise Refusal(_NOWHERE, code="backup.nowhere", ways=(WayOn("去诊断", "diagnostics"),))
    try:
        made = back_up(store, _free_name(store, Path(plan.folder)), progress, found=found, by_itself=True)
    except Refusal as refusal:
        if refusal.code != "backup.cancelled":
            _note_failure(store, refusal.text)
        raise
    with suppress(Refusal):
        store.set_meta(_FAILED, "")
        _drop_old(store, plan)
    return made


def _free_name(store: Store, folder: Path) -> Path:
    """The name of today's backup. Where another store has written one of that name there, a name of its own."""
    day, mine = store.clock.day_of(store.clock.now()), {one.path for one in made_backups(store)}
    for number in range(1, 100):
        tried = folder / NAME.format(chain=store.chain, day=day, again="" if number == 1 else f"-{number}")
        if str(tried) in mine or not tried.exists():
            return tried
    return folder / NAME.format(chain=store.chain, day=day, again=f"-{secrets.token_hex(4)}")


def _note_failure(store: Store, text: str) -> None:
    with suppress(Refusal):
        store.set_meta(_FAILED, canonical({"at": moment_text(store.clock.now()), "text": text}))


def _drop_old(store: Store, plan: BackupPlan) -> None:
    """The oldest daily backups beyond the number kept go; of those that were not whole too, so that they never crowd out one that is.

    Those of another chain stay: what this store remembers from before it was restored may be another one's by now.
    """
    mine = [one for one in made_backups(store) if one.by_itself and one.chain == store.chain]
    daily = [one for one in mine if str(Path(one.path).parent) == plan.folder]
    gone = set()
    for whole in (True, False):
        alike = sorted((one for one in daily if one.whole is whole), key=lambda one: one.moment)
        gone |= {one.id for one in alike[: -plan.kept] if _take_away(one)}
    if gone:
        forget(store, gone)


def _take_away(made: MadeBackup) -> bool:
    """Whether the file of a backup is gone now; one that somebody else laid in its place stays."""
    path = Path(made.path)
    try:
        if path.exists() and manifest_of(path).id == made.id:
            path.unlink()
    except (Refusal, OSError):
        return False
    return True


def standing(session: Session) -> BackupStanding:
    """How the backups of this desk stand today."""
    store = session.store
    whole, told = last_whole(store), _told(store, _FAILED)
    late = backup_settings(session.resources).late_days
    failed = f"{_moment(utc(str(told['at'])))} 的每日备份没有做成：{told['text']}" if told else ""
    if whole is None:
        words = "还没有完好的备份，做过的都有缺损" if made_backups(store) else "还没有备份过"
        return BackupStanding(words, _days(session, _began(store)) >= late, failed)
    return BackupStanding(age_words(whole.moment, session.day), _days(session, whole.moment) >= late, failed)


def age_words(at: datetime, day: date) -> str:
    """A moment as it looks on a day: 「2018-01-02 17:31（3 天前）」."""
    days = (day - at.astimezone(COURT_TIME).date()).days
    return f"{_moment(at)}（{'今天' if days <= 0 else f'{days} 天前'}）"


def is_kept_here(session: Session) -> bool:
    """Whether the age of backups concerns this desk: a file, and one whose loss would hurt."""
    return isinstance(session.store.base, EncryptedDatabase) and (not session.demo or bool(plan_of(session).folder))


def told_of_backups(session: Session) -> tuple[str, ...]:
    """What the person is told of backups as he sits down: a late one, and why the last was not made."""
    if not is_kept_here(session):
        return ()
    found, told = standing(session), []
    if found.late:
        do = "请在「工具 → 诊断」备份。" if duties(session) & {"backup", "read_all"} else "请告知系统管理员。"
        told.append(f"上次完好的备份：{found.age}。{do}" + ("" if plan_of(session).folder else _NOWHERE))
    return (*told, *([found.failed] if found.failed else []))


@on_store
def _began(store: Store) -> datetime | None:
    """The moment of the first line here."""
    first = Line.select(Line.at).order_by(Line.taken).first()
    return None if first is None else utc(str(first.at))


def _told(store: Store, key: str) -> dict[str, object]:
    try:
        found = json.loads(store.meta(key) or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _days(session: Session, at: datetime | None) -> int:
    return 0 if at is None else (session.day - session.store.clock.day_of(at)).days


def _moment(at: datetime) -> str:
    return at.astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M")
