"""Standing in by telephone: codes prepared at one desk, their master kept and an answer given at another, always by two persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from execdesk.access import places, recovery, telephone
from execdesk.access.attending import data_folder, own_share, second_attending
from execdesk.access.duty import require_may
from execdesk.access.files import put_back_on_failure
from execdesk.access.issuing import deal_anew, open_issuing_key
from execdesk.access.lookup import person_of
from execdesk.access.organisation_data import ATTENDING
from execdesk.access.providers import Words, consent
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.access.telephone import PREPARED
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.court import Site
from execdesk.records.journal import Line
from execdesk.store.act import Changes
from execdesk.store.renaming import ever

_TWO = (
    Field("own_password", "您自己的密码", "secret"), Field("witness", "在场的第二人", "choice", options="witnesses"),
    Field("witness_password", "第二人自己输入密码", "secret"),
)
_SITE = Field("site", "哪一席位", "choice", options="other_sites")
ANSWERED = "telephone.answer"


@action(
    PREPARED, "准备电话码", Field("reason", "理由", "long"), *_TWO,
    note="以后本席位有人忘记密码而没有第二人在场时，可由另一席位两人以电话代替。旧的一组作废；总码只显示一次，密封送去录入。", done="已准备电话码。",
)
def prepare(session: Session, *, reason: str, own_password: str, witness: str, witness_password: str) -> Changes:
    """Make the ten codes of this desk anew; two persons open the issuing key for it. What is told is the master code.

    Raises:
        Refusal: ``access.duty``, ``access.two_people``, ``issuing.no_share``, and those of wrong passwords.
    """
    require_may(session, tuple(ATTENDING), "准备电话码")
    folder, second, opened = data_folder(session), *second_attending(session, witness, witness_password)
    with second, put_back_on_failure(places.slots_file(folder)):
        key = open_issuing_key(session.store, folder, (own_share(session, own_password), opened.share))
        master = recovery.new_code()
        with session.act(PREPARED, reason=f"{telephone.words(master)}：{reason.strip()}", cosigner=second.as_cosigner()) as act:
            telephone.prepare(folder, session.store.data_key, master)
            deal_anew(session, folder, key)
    return replace(act.changes, told=f"电话总码：{master}。只显示这一次：请抄写密封，送另一席位由两人录入；本席位不留。")


@action(
    "telephone.keep", "录入另一席位的电话总码", _SITE, Field("master", "送来的总码", "secret"), Field("reason", "理由", "long"), *_TWO,
    note="录入后由本席位的签发钥匙锁住，两人在场才能打开；纸面的请销毁或者重新密封。", done="已录入电话总码。",
)
def keep(session: Session, *, site: str, master: str, reason: str, own_password: str, witness: str, witness_password: str) -> Changes:
    """Keep the master code of another desk under this desk's issuing key; refusals as :func:`prepare`, and ``access.recovery_code``."""
    require_may(session, tuple(ATTENDING), "录入电话总码")
    folder, second, opened = data_folder(session), *second_attending(session, witness, witness_password)
    with second:
        key = open_issuing_key(session.store, folder, (own_share(session, own_password), opened.share))
        with session.act("telephone.keep", reason=f"{_name(site)}：{reason.strip()}", cosigner=second.as_cosigner()) as act:
            telephone.keep_master(folder, site, master, key.secret)
    return act.changes


@action(
    ANSWERED, "电话代替在场", _SITE, Field("call", "电话里读来的号和核对字", hint="如：3 号 K7QX"), Field("person", "为谁重设密码", "choice", options="people"),
    Field("reason", "怎样认出对方的", "long"), *_TWO,
    note="两人都要听到对方本人的声音，核对无误再作答。一个号只答一次；证书待院长追认，随下一个数据包办结。", done="已作答。",
)
def answer(
    session: Session, *, site: str, call: str, person: str, reason: str, own_password: str, witness: str, witness_password: str
) -> Changes:
    """Two persons stand in for the second one at another desk; what is told is the code to be read back.

    Raises:
        Refusal: ``telephone.call``, ``telephone.answered`` for a number answered before, ``telephone.no_master``, and as :func:`prepare`.
    """
    require_may(session, tuple(ATTENDING), "电话代替在场")
    folder, heard, receiver = data_folder(session), telephone.read_call(call), person_of(person)
    _not_answered(site, heard)
    second, opened = second_attending(session, witness, witness_password, receiver.id)
    if receiver.id == session.me.id:
        raise Refusal("不能为自己作答，请由另外两人办理。", code="access.oneself")
    with second:
        key = open_issuing_key(session.store, folder, (own_share(session, own_password), opened.share))
        code = telephone.answer_to(telephone.kept_master(folder, site, key.secret), heard)
        reason = f"{_mark(site, heard)}{receiver.name}重设密码：{reason.strip()}"
        with session.act(ANSWERED, reason=reason, cosigner=second.as_cosigner()) as act:
            pass
    return replace(act.changes, told=f"读给对方：{code}。只显示这一次；读完请对方复述一遍。")


@consent(PREPARED)
def preparing_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What is made and what becomes void."""
    left = len(telephone.calls_left(data_folder(session)))
    return (("席位", session.site_name), ("准备", f"{len(telephone.NUMBERS)} 个电话码，各用一次"), ("作废", f"旧的 {left} 个" if left else "没有"), ("理由", str(values["reason"])))


@consent("telephone.keep")
def keeping_words(_session: Session, values: Mapping[str, Any]) -> Words:
    """Whose master code is kept."""
    return (("席位", _name(values["site"])), ("总码", "由本席位的签发钥匙锁住，替换以前录入的"), ("理由", str(values["reason"])))


@consent(ANSWERED)
def answering_words(_session: Session, values: Mapping[str, Any]) -> Words:
    """For whom two persons stand in."""
    heard, receiver = telephone.read_call(values["call"]), person_of(values["person"])
    _not_answered(values["site"], heard)
    return (
        ("席位", _name(values["site"])), ("号和核对字", str(heard)), ("为谁", f"{receiver.name}（登录名 {receiver.account}）"),
        ("认出对方", str(values["reason"])), ("以后", "证书待院长追认"),
    )


def _name(site: str) -> str:
    row = Site.get_or_none(Site.code == site)
    return row.name if row else site


def _mark(site: str, call: telephone.Call) -> str:
    return f"{_name(site)} {call}，为"


def _not_answered(site: str, call: telephone.Call) -> None:
    for line in Line.select(Line.body).where(Line.act.in_(ever(ANSWERED))):
        if _mark(site, call).encode() in bytes(line.body):
            raise Refusal(f"{_name(site)}的 {call} 已经答过。请对方读下一个号；不是本人再来电的，立即报告院长。", code="telephone.answered")
