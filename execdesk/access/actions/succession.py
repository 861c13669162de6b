"""Appointing a new 院长 or 局长."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from execdesk.access import places, slots
from execdesk.access.actions.letters import read_scan
from execdesk.access.appointment import sign_appointment
from execdesk.access.attending import data_folder, own_share
from execdesk.access.duty import require_may
from execdesk.access.files import put_back_on_failure
from execdesk.access.issuing import deal_anew, open_issuing_key, renew_envelope
from execdesk.access.register import action
from execdesk.access.replacing import note_holder_left
from execdesk.access.root import PASSPHRASE, ROOT_FILE, open_root
from execdesk.access.session import Session
from execdesk.access.signin import check_password
from execdesk.access.succession import former_holder, prepared, reason
from execdesk.law.fields import Field
from execdesk.records.people import GrantState, Person, Post
from execdesk.store.act import Act, Changes

ENDING = ("prepare_posts", "countersign")


SCAN = Field("scan", "任命文件的扫描件", "file", unit="扫描件 (*.pdf *.jpg *.png);;所有文件 (*)")


@action(
    "post.appoint", "凭任命文件就任", Field("post", "任职", "row"), SCAN, ROOT_FILE, PASSPHRASE, Field("own_password", "您自己的密码", "secret"),
    Field("recovery_code", "恢复信封中的恢复码", "secret"),
    button="就任", note="只在前任不能会签时办理：须有证书根、恢复信封和任命文件。前任的职务止于就任前一日；恢复信封同时换新。登录时告知各审批人。", done="已就任。",
)
def appoint(session: Session, *, post: str, scan: str, root_file: str, passphrase: str, own_password: str, recovery_code: str) -> Changes:
    """Bring a prepared post of 院长 or 局长 into effect without the former holder: the root signs for it, for every desk to verify.

    Raises:
        Refusal: ``access.duty``, ``access.oneself``, ``post.state``, ``post.succession`` for any other post, ``delegation.scan``, those of
            :func:`open_root`, and those of a wrong password or code.
    """
    require_may(session, ENDING, "凭任命文件登记就任")
    folder, data, row = data_folder(session), read_scan(scan), prepared(session, post)
    root = open_root(session, root_file, passphrase)
    envelope, _ = check_password(folder, slots.RECOVERY, recovery_code)
    key = open_issuing_key(session.store, folder, (own_share(session, own_password), envelope.share))
    with put_back_on_failure(places.slots_file(folder)), session.act("post.appoint", reason=reason(session, row)) as act:
        _end_former(session, act, row)
        kept = {**row.journal_values(), "id": row.id, "appointment": act.keep_file(data)}
        act.change(
            act.get(Post, row.id), state=GrantState.EFFECTIVE, countersigned_by=None, appointment=kept["appointment"],
            root_signature=sign_appointment(root, kept),
        )
        told = renew_envelope(session.store, folder)
        deal_anew(session, folder, key)
    assert act.changes is not None
    return replace(act.changes, told=told)


def _end_former(session: Session, act: Act, row: Post) -> None:
    last = row.starts_on - timedelta(days=1)
    for one in former_holder(row):
        if one.ends_on is None or one.ends_on > last:
            act.change(act.get(Post, one.id), ends_on=max(last, one.starts_on))
            note_holder_left(session, act, Person.get_by_id(one.person))
