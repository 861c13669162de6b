"""An electronic key in the place of one's password: taken up by the person himself, who types both."""

from __future__ import annotations

from execdesk.access import places, signin, slots, tokens
from execdesk.access.attending import data_folder
from execdesk.access.files import put_back_on_failure
from execdesk.access.passwords import rule_of
from execdesk.access.providers import FormContext, Pairs, options
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.store.act import Changes


@options("plugged")
def plugged(_context: FormContext) -> Pairs:
    """The electronic keys in this PC, by their serial numbers."""
    return tuple((one.serial, one.words) for one in tokens.present())


@action(
    "person.token", "换用电子钥匙",
    Field("serial", "电子钥匙", "choice", options="plugged"), Field("own_password", "现在的密码（或者PIN码）", "secret"), Field("pin", "电子钥匙的PIN码", "secret"),
    note="换用以后，登录和两人在场的事都插好钥匙、输入PIN码，原来的密码不再有用。钥匙丢了或者锁了，按忘了密码办理。",
    done="已换用电子钥匙：下次登录先插好钥匙，输入它的PIN码。原来的密码不再有用。",
)
def use_token(session: Session, *, serial: str, own_password: str, pin: str) -> Changes:
    """The one at the desk signs in by an electronic key from now on, its PIN in the place of his password (or of the PIN of another key).

    Raises:
        Refusal: ``access.weak_pin``, those of a wrong password and of :func:`execdesk.access.tokens.enrol`; the slot stays as it was.
    """
    rule_of(session).require_pin(pin)
    folder, me = data_folder(session), session.me.account
    signin.check_password(folder, me, own_password)
    envelope, secret = tokens.enrol(serial, pin)
    file = places.slots_file(folder)
    with put_back_on_failure(file), session.act("person.token", reason=f"{session.me.name}换用电子钥匙（序列号 {serial}）") as act:
        slots.give_token(file, me, own_password, envelope, secret)
    return act.changes
