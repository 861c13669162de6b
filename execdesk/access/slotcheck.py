"""The walk along the key slots of this desk: each readable and whole, each of somebody who is known here."""

from __future__ import annotations

from execdesk.access import places, slots
from execdesk.access.telephone import is_prepared
from execdesk.law.refusal import Refusal
from execdesk.records.people import Person
from execdesk.store.findings import Fault, Verdict
from execdesk.store.store import Store

OF_ALL = {slots.RECOVERY}  # the slot of the sealed envelope


class SlotWalk:
    """Looks at all slots in one go; there are no more than people. A store in memory has none."""

    name = "slots"

    def __init__(self, store: Store, after: str = "") -> None:
        self.store, self.after = store, after

    def some(self, count: int, verdict: Verdict) -> bool:
        """Look at them all."""
        del count
        if self.store.folder is not None:
            verdict.faults += slot_faults(self.store)
        return False


def slot_faults(store: Store) -> list[Fault]:
    """Slots that are damaged, gone with their file, or nobody's."""
    assert store.folder is not None
    try:
        text = slots.read(places.slots_file(store.folder))
    except Refusal as refusal:
        return [Fault("slot", places.slots_file(store.folder).name, refusal.text)]
    damaged = [
        Fault("slot", f"钥匙槽 {name}".strip(), f"{f'登录名“{name}”的' if name else '一个读不出登录名的'}钥匙槽已损坏（不是密码错误）。请为其重新设置密码，或从备份恢复钥匙槽文件。")
        for name in text.damaged
    ]
    known = {row.account for row in Person.select(Person.account)} | OF_ALL
    nobodys = [
        Fault("slot", f"钥匙槽 {name}", f"钥匙槽“{name}”来历不明：没有登录名为它的人，可能是有人绕过程序添加的。请停止使用，查明后换钥匙。", everything=True)
        for name in text.slots if name not in known and not is_prepared(name, store.site)
    ]
    return damaged + nobodys
