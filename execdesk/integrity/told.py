"""What somebody tells from outside about this store, since one PC alone cannot know it: a chain end on paper, the root's fingerprint."""

from __future__ import annotations

import re

from execdesk.access.certificates import fingerprint
from execdesk.access.desk_keys import trust_of
from execdesk.access.session import Session
from execdesk.law.refusal import Refusal
from execdesk.store.checklines import ON_PAPER, printed_fault
from execdesk.store.findings import Fault

ASK = "本机自己看不出整个文件夹被换成旧的：请写上最近一张纸面审批表上的链尾再核对一次。"
_FINGERPRINT = re.compile(r"[0-9a-f]{16,64}")


def told_faults(session: Session, head: str, root: str) -> list[Fault]:
    """What a chain end on paper and a fingerprint of the root, each where told, say against this store. What they say for it is remembered.

    Raises:
        Refusal: ``journal.head``, ``journal.root`` for texts that are neither.
    """
    lost = printed_fault(session.store, head) if head else None
    found = [Fault("head", head, f"{lost}（依据：{ON_PAPER}）。", chain=True)] if lost else []
    return [*found, *filter(None, [root_fault(session, root) if root else None])]


def root_fault(session: Session, told: str) -> Fault | None:
    """Whether this store stands under the root whose fingerprint (16 characters or more) was told; the fault, if not.

    Raises:
        Refusal: ``journal.root`` for a text that is no fingerprint.
    """
    wanted = re.sub(r"[\s:：-]", "", told).lower()
    if not _FINGERPRINT.fullmatch(wanted):
        raise Refusal(f"「{told}」不是证书根的指纹：应为16至64个十六进制字符，见设立时打印的一页。", code="journal.root")
    here = [fingerprint(root) for root in trust_of(session.store).roots]
    if any(one.startswith(wanted) for one in here):
        return None
    return Fault("root", here[-1][:16], f"本库的证书根是 {here[-1][:16]}…，与所报的 {wanted[:16]}… 不同：这不是本院的库，或者整个库被换过。", chain=True)
