"""What somebody tells from outside about this store, since one PC alone cannot know it: the fingerprint of the court's root."""

from __future__ import annotations

import re

from execdesk.access.certificates import fingerprint
from execdesk.access.desk_keys import trust_of
from execdesk.access.session import Session
from execdesk.law.refusal import Refusal
from execdesk.store.findings import Fault

_FINGERPRINT = re.compile(r"[0-9a-f]{16,64}")


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
