"""Backups that outlive an account: whose password still opens which of them, and what is to be done.

A backup is opened by the slots that were in it when it was made, each with the password of that time. Nothing that is done in the store
afterwards changes that.
"""

from __future__ import annotations

from pathlib import Path

from execdesk.access import places, slots
from execdesk.access.providers import FormContext, start
from execdesk.access.session import Session
from execdesk.law.refusal import Refusal
from execdesk.records.people import Person
from execdesk.store.backup_kept import kept_name
from execdesk.store.backup_list import MadeBackup, made_backups
from execdesk.store.files import files_path
from execdesk.store.store import Store

NAMED = 3  # backups of a folder that are named one by one
DO = "请先另做一份新备份，核对无误；再把这些备份连同拷走的一起销毁，或者封存交院长保管。"


def opened_by(store: Store, account: str) -> list[MadeBackup]:
    """The backups made here that a password of this account opens, the newest first."""
    return [one for one in reversed(made_backups(store)) if account and account in one.accounts]


def outlived(store: Store) -> dict[str, list[MadeBackup]]:
    """By account: the backups, still where they were written, that open to one who has no slot here any more. Slots that stand in for a person are nobody's who left."""
    file = places.slots_file(store.folder or Path())
    try:
        here = {*slots.names(file), *slots.damaged(file)}
    except Refusal:
        return {}
    there = [one for one in reversed(made_backups(store)) if one.lies_there]
    gone = {account for one in there for account in one.accounts} - here
    left = sorted(account for account in gone if account != slots.RECOVERY and not account.startswith(slots.TELEPHONE))
    return {account: [one for one in there if account in one.accounts] for account in left}


def words_on(store: Store, backups: list[MadeBackup]) -> str:
    """Backups by the folder they were written to, a line each: how many, which, how many of them no longer lie there, and the file of kept
    files that belongs to no other backup."""
    folders: dict[str, list[MadeBackup]] = {}
    for one in backups:
        folders.setdefault(str(Path(one.path).parent), []).append(one)
    return "\n".join(_line(folder, some, _kept_files(store, folder, some)) for folder, some in folders.items())


def _kept_files(store: Store, folder: str, backups: list[MadeBackup]) -> list[str]:
    """Their files of kept files in that folder that no other backup shares, nor the next one will."""
    others = {one.kept_file for one in made_backups(store) if str(Path(one.path).parent) == folder and one not in backups}
    return sorted({one.kept_file for one in backups} - others - {"", kept_name(store.data_key), files_path(Path(places.STORE_FILE)).name})


def _line(folder: str, backups: list[MadeBackup], kept_files: list[str]) -> str:
    gone = sum(not one.lies_there for one in backups)
    names = "、".join(Path(one.path).name for one in backups[:NAMED]) + (" 等" if len(backups) > NAMED else "")
    also = f"；{'、'.join(kept_files)} 只供它们用" if kept_files else ""
    return f"「{folder}」{len(backups)} 份：{names}{also}" + (f"（{gone} 份已不在原处，可能被拷走或改名）" if gone else "")


@start("person.leave.note")
def leaving_note(context: FormContext) -> str | None:
    """What is said above the form, where it is known who leaves."""
    person = Person.get_or_none(Person.id == context.told("person"))
    return None if person is None else told_of_leaving(context.session, person, "离任以后仍")


def told_of_leaving(session: Session, person: Person, when: str = "仍") -> str | None:
    """Which backups the password of somebody opens, and what to do; ``None`` where there is none."""
    found = opened_by(session.store, person.account or "")
    if not found:
        return None
    return f"{person.name}的旧密码{when}能打开 {len(found)} 份在他任内做的备份：\n{words_on(session.store, found)}\n{DO}"


def outlived_words(store: Store) -> str:
    """For 诊断: the backups that still open to those who left."""
    found = outlived(store)
    if not found:
        return ""
    backups = {one.id: one for some in found.values() for one in some}
    return f"已离任的 {'、'.join(found)} 的旧密码仍能打开 {len(backups)} 份备份：\n{words_on(store, list(backups.values()))}\n{DO}"
