"""Where the court is to be reached and paid, as its papers print it: entered at founding, changed by 院长 or 局长."""

from __future__ import annotations

from dataclasses import replace

from execdesk.access.duty import require_may
from execdesk.access.providers import FormContext, start
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.court import COURT_DETAILS, Court
from execdesk.store.act import Changes

DETAILS = (
    Field("address", "地址", "name", required=False, most=128),
    Field("telephone", "联系电话", required=False, most=64),
    Field("hotline", "举报电话", required=False, most=64),
    Field("account_name", "执行款账户户名", "name", required=False, most=64),
    Field("account_bank", "开户银行", "name", required=False, most=64),
    Field("account_no", "账号", "account", required=False, most=64),
)


@action(
    "court.change",
    "变更本院信息",
    *(replace(one, start=f"court.{one.name}") for one in DETAILS),
    Field("reason", "理由", "long"),
    note="印在以后拟的文书上；已经签发的不变。执行款账户请对照银行出具的材料填写。",
    done="本院信息已变更。",
)
def change_court(
    session: Session,
    *,
    reason: str,
    address: str = "",
    telephone: str = "",
    hotline: str = "",
    account_name: str = "",
    account_bank: str = "",
    account_no: str = "",
) -> Changes:
    """Set where the court is to be reached and paid; 院长 or 局长 answers for it.

    Raises:
        Refusal: ``access.duty``, ``court.same`` where nothing changes, ``court.account`` for part of an account.
    """
    require_may(session, "countersign", "变更本院信息")
    told = dict(zip(COURT_DETAILS, (address, telephone, hotline, account_name, account_bank, account_no), strict=True))
    require_whole_account(told)
    with session.act("court.change", reason=reason, corrects=True) as act:
        row = act.get(Court, session.court.id)
        changed = {
            name: text.strip() or None for name, text in told.items() if (text.strip() or None) != getattr(row, name)
        }
        if not changed:
            raise Refusal("各项都和现在的一样，没有要变更的。", code="court.same")
        act.change(row, **changed)
    return act.changes


def require_whole_account(told: dict[str, str]) -> None:
    """Refuse ``court.account`` for an account of which a part is missing: nobody could pay to it."""
    parts = [told[name].strip() for name in ("account_name", "account_bank", "account_no")]
    if any(parts) and not all(parts):
        raise Refusal("执行款账户的户名、开户银行、账号须一并填写，或者都留空。", code="court.account", field="account_no")


def _as_it_is(name: str) -> None:
    @start(f"court.{name}")
    def told(context: FormContext) -> str | None:
        return getattr(context.session.court, name) or None


for _name in COURT_DETAILS:
    _as_it_is(_name)
