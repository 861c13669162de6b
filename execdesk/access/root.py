"""The court's root in 院长's hands: a file apart from the data, under his passphrase, opened for one act; a new one after a loss."""

from __future__ import annotations

from pathlib import Path

from execdesk.access import places
from execdesk.access.certificates import Issued
from execdesk.access.desk_keys import trust_of
from execdesk.access.key_file import unpack_root
from execdesk.access.providers import FormContext, start
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.store.outside import read_outside

LARGEST = 100_000  # bytes
ROOT_FILE = Field("root_file", "证书根文件（院长的U盘）", "file", start="root_file", unit="证书根 (*.p12);;所有文件 (*)")
PASSPHRASE = Field("passphrase", "证书根的口令", "secret")


@start("root_file")
def root_file(context: FormContext) -> str | None:
    """Where the root lies: known of a demonstration only, which keeps it with the data."""
    folder = context.session.store.folder
    return str(folder / places.DEMO_ROOT_FILE) if folder is not None and context.session.demo else None


def open_root(session: Session, file: str, passphrase: str) -> Issued:
    """The root with its key.

    Raises:
        Refusal: as :func:`read_outside`; ``access.root_passphrase``, ``root.other`` for the root of another court or one that was replaced.
    """
    root = unpack_root(read_outside(Path(file), LARGEST), passphrase)  # read here: a key is told to no helper
    if root.certificate != trust_of(session.store).root:
        raise Refusal("这不是本院现用的证书根。请换用设立时保存的那一份，或者最近一次更换后的。", code="root.other")
    return root
