"""Going on with a store that opens for reading only: moved here whole, or begun anew because the chain or the place is not the one known.

Two persons decide it, the one at the desk and one who attends with his own password. The line that tells it carries the incident and the
second signature; only then is the session of the first written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from execdesk.access.attending import data_folder, second_attending
from execdesk.access.providers import Words, consent
from execdesk.access.session import Session
from execdesk.access.session_keys import CertificateCosigner
from execdesk.access.signin import bind_session
from execdesk.integrity.incidents import ASTRAY, TAMPER, as_desk
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident, IncidentState
from execdesk.store.act import Act, Changes
from execdesk.store.store import Store
from execdesk.store.whereabouts import machine_mark, name_place, settle, settle_again


@consent("store.moved")
def moved_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What is found, and that the store goes on as it is."""
    return (("发现", _moved(session)), ("办法", f"本库是整个搬到这里的，原来的文件夹不再使用；接着写 {session.store.chain}"), ("理由", str(values["reason"])))


@consent("store.go_on")
def going_on_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What is found, and what a new incarnation means."""
    found = _only_reading(session.store)
    return (
        ("发现", found), ("办法", f"另起一代 {_following(session.store)[0]}，原来的留痕不动；真的留痕以后仍可从另一席位或备份取回"),
        ("以后", "登记纸上最后文号以前不能签发；此事记为事件，由局长或者院长办结"), ("理由", str(values["reason"])),
    )


def go_on_moved(session: Session, witness: str, password: str, reason: str) -> Changes:
    """The same incarnation goes on here; refuses ``store.not_astray``, ``access.two_people`` and a wrong password."""
    found, store = _moved(session), session.store
    with _decided(session, witness, password) as second:
        with as_desk(session), session.act("store.incident", reason=reason, cosigner=second) as act:
            act.add(_incident(act, ASTRAY, f"Place:{data_folder(session)}", f"{found}{session.me.name}认定为整个搬来，接着使用。"))
        settle_again(store, data_folder(session), session.court.root_fingerprint)
    return _sit_down(session)


def go_on_anew(session: Session, witness: str, password: str, reason: str) -> Changes:
    """A new incarnation goes on here, its first line with the incident of each fault; refusals as :func:`go_on_moved`."""
    store = session.store
    found = _only_reading(store)
    before, (chain, following) = store.incarnation, _following(store)
    with _decided(session, witness, password) as second:
        store.name_site(store.site, following)
        try:
            with as_desk(session), session.act("store.incarnation", reason=f"{reason}（{found}）", cosigner=second) as act:
                for fault in store.lost:
                    act.add(_incident(act, TAMPER, fault.place, fault.text))
                if store.astray is not None:
                    act.add(_incident(act, ASTRAY, f"Place:{data_folder(session)}", f"{store.astray.text}{session.me.name}认定为复制出来的，另起一代 {chain}。"))
        except BaseException:
            store.name_site(store.site, before)
            raise
        if store.astray is not None:
            name_place(store, data_folder(session), session.court.root_fingerprint)
            settle(data_folder(session))
    return _sit_down(session)


def _moved(session: Session) -> str:
    astray = session.store.astray
    if astray is None or session.store.only_reading is None:
        raise Refusal("本库就在登记的位置，不用处理。", code="store.not_astray")
    if not astray.may_move or session.store.lost:
        raise Refusal(f"不能认定为搬来：{session.store.only_reading}要继续办公，只能另起一代。", code="store.not_moved")
    return astray.text


def _only_reading(store: Store) -> str:
    if store.expired is not None:
        raise Refusal(store.expired, code="store.expired")
    if store.only_reading is None:
        raise Refusal("本库可以照常办公，不用另起一代。", code="store.not_astray")
    return store.only_reading


@contextmanager
def _decided(session: Session, witness: str, password: str) -> Iterator[CertificateCosigner]:
    """A block in which both decide and the store takes a line; if it fails, the store is left to reading as before."""
    store = session.store
    second, _ = second_attending(session, witness, password)
    found, store.only_reading = store.only_reading, None
    if store.astray is not None:
        store.mark_on_machine(None)  # that is the mark of the store this one was copied from
    try:
        with second:
            yield second.as_cosigner()
    except BaseException:
        store.only_reading = found
        raise


def _sit_down(session: Session) -> Changes:
    store = session.store
    store.astray, store.lost = None, []
    store.mark_on_machine(None if session.demo else machine_mark(store))
    assert session.key is not None and store.unbound is not None
    return bind_session(store, session.me, session.key, store.unbound)


def _following(store: Store) -> tuple[str, int]:
    """The chain and number of the next incarnation: above all that were ever known here."""
    chains = [*store.heads(), *(fault.place.rpartition(":")[0] for fault in store.lost)]
    known = [int(chain.rpartition(".")[2]) for chain in chains if chain.rpartition(".")[0] == store.site]
    following = max([store.incarnation, *known]) + 1
    return f"{store.site}.{following}", following


def _incident(act: Act, kind: str, place: str, text: str) -> Incident:
    return Incident(id=new_id(), kind=kind, place=place, text=text, found_at=act.at, state=IncidentState.OPEN)
