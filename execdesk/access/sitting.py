"""A sitting: two holders of shares are present, and several people receive their certificates one after another.

The issuing key and the key of the second person are held from its beginning to its end, at the longest for the minutes that the
organisation's data tell; then they are forgotten. Only the new people still type passwords, each his own. Every certificate is an act.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import RLock, Timer

from execdesk.access.actions.credentials import issue_under
from execdesk.access.attending import Present, data_folder, own_share, second_attending, share_of
from execdesk.access.door import Door
from execdesk.access.duty import require_may
from execdesk.access.issuing import IssuingKey, open_issuing_key
from execdesk.access.organisation_data import ATTENDING
from execdesk.access.requesting import certificate_request
from execdesk.access.session import Session
from execdesk.law.refusal import Refusal
from execdesk.records.people import STANDING, Certificate, Person
from execdesk.store.act import Changes


class Sitting(Door):
    """Two who are present for several certificates; :meth:`end` forgets their keys, and so do the time and the end of a ``with`` block."""

    def __init__(self, session: Session, present: Present, key: IssuingKey, now: Callable[[], float] = time.monotonic) -> None:
        assert present.second is not None
        self.session = session
        self.held_by = frozenset({session.me.id, present.second.person})
        self._held: tuple[Present, IssuingKey] | None = (present, key)
        self._now, self._lock = now, RLock()
        seconds = session.organisation.sitting_minutes * 60
        self._ends = now() + seconds
        self._timer = Timer(seconds, self._forget)
        self._timer.daemon = True
        self._timer.start()

    def __enter__(self) -> Sitting:
        return self

    def __exit__(self, *_told: object) -> None:
        self._forget()

    @property
    def seconds_left(self) -> int:
        """For how long the keys are held yet; 0 once they are forgotten."""
        return max(0, round(self._ends - self._now())) if self._held is not None else 0

    def issue(self, *, person: str, password: str, forgotten: bool = False, purpose: str = "person") -> Changes:
        """One more certificate, to a person who types his own password; what becomes of it is as ``certificate.issue`` says.

        Raises:
            Refusal: ``certificate.sitting`` once the keys are forgotten, for 院长, whose certificate the root issues, and for one of the
                two; else those of :func:`execdesk.access.requesting.certificate_request` and of the password.
        """
        with self._lock:
            present, key = self._present()
            require_may(self.session, tuple(ATTENDING), "签发证书")
            request = certificate_request(self.session, person, purpose, forgotten)
            if request.by_root:
                raise Refusal("院长的证书由证书根签发，不在集中签发里办：请点「签发证书…」单独办理。", code="certificate.sitting")
            if request.person.id in self.held_by:
                raise Refusal(f"{request.person.name}正是在场的一人，不能领自己签发的证书。请换两人在场另行签发。", code="certificate.sitting")
            return issue_under(self.session, request, present, key, password)

    def end(self) -> None:
        """Forget both keys."""
        self._forget()

    def _present(self) -> tuple[Present, IssuingKey]:
        if self._held is None or self._now() >= self._ends:
            self._forget()
            raise _over()
        present, key = self._held
        second = present.second
        standing = second is not None and Certificate.select().where(Certificate.id == second.certificate, Certificate.state.in_(STANDING)).exists()
        if not standing or self.session.person is None or self.session.person.id not in self.held_by:
            self._forget()
            raise _over()
        return present, key

    def _forget(self) -> None:
        with self._lock:
            self._timer.cancel()
            held, self._held = self._held, None
            if held is not None and held[0].second is not None:
                held[0].second.lock()


def begin_sitting(session: Session, *, own_password: str, witness: str, witness_password: str, now: Callable[[], float] = time.monotonic) -> Sitting:
    """Two persons with their shares sit down for several certificates.

    Raises:
        Refusal: ``access.duty``, ``access.two_people``, ``certificate.awaiting``, ``issuing.no_share``, and those of wrong passwords.
    """
    require_may(session, tuple(ATTENDING), "签发证书")
    second, opened = second_attending(session, witness, witness_password)
    try:
        shares = (own_share(session, own_password), share_of(opened, Person.get_by_id(second.person).name))
        return Sitting(session, Present(shares, second), open_issuing_key(session.store, data_folder(session), shares), now)
    except BaseException:
        second.lock()
        raise


def _over() -> Refusal:
    return Refusal("集中签发已经结束，两人的份额已不在内存里；已经签发的都有效。还有人要领的，请两人重新输入密码再开始。", code="certificate.sitting")
