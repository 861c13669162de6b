"""Putting the release of a measure forward, of all it holds or of a part."""

from __future__ import annotations

from execdesk.access.register import Fen, action
from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.kinds import PropertyKind
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casework.control.facts import RELEASE, controlled_now
from execdesk.casework.control.submitting import MEASURE, NOTE, add_papers
from execdesk.casework.control.views import kind_of, measure_of, measure_title, require_held
from execdesk.law.control import MEASURES
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Party
from execdesk.records.charge import DRAFTING
from execdesk.records.measures import Measure
from execdesk.store.act import Changes

SCOPES = (("all", "全部"), ("partial", "超标的额部分"), ("third_party", "案外人的财产"))  # how much a release frees


@action(
    "measure.release", "解除控制措施", MEASURE, Field("ground", "事由", "choice", options="release_grounds"), Field("scope", "范围", "choice", default="all", required=False, options=SCOPES),
    Field("amount", "解除的金额", "amount", required=False, hint="只解除超标的额部分的填写", beside=True),
    Field("cause", "具体情形", "long", required=False), Field("third", "案外人", "name", required=False, hint="事由为案外人财产的填写"), NOTE,
    button="提出解除，拟裁定书", matter="@release_matter", to_draft=True,
)
def release(
    session: Session, *, measure: str, ground: str, scope: str = "all", amount: Fen | None = None, cause: str | None = None,
    third: str | None = None, note: str | None = None,
) -> Changes:
    """Put the release of a measure forward: 局长's level, by ruling (查扣冻规定: six grounds).

    With ``scope`` ``partial`` ``amount`` (fen) of a sum under control is freed and the rest stays. Raises Refusal ``measure.scope``.
    """
    row = measure_of(measure)
    case = open_for_bureau(case_of(row.case))
    require_in_charge(session, case, DRAFTING, "提出解除")
    require_held(session, row, "measure.release", "解除")
    owner, of = Party.get_by_id(row.party), kind_of(session, row)
    _check_part(row, of, scope, amount)
    with session.act("measure.release", case=case.id) as act:
        request = open_request(session, act, case, of.release, f"解除{measure_title(row)}", target=owner, note=note)
        told = {"ground": ground, "scope": scope, "amount_fen": amount, "cause_of_release": cause, "third": third}
        inputs = {name: value for name, value in told.items() if value}
        ruling = session.catalogue.draftable(act.day, matter=of.release, trait="releases_control").id
        add_papers(session, act, row, of, request.id, ruling, inputs, RELEASE + MEASURES[row.kind])
    return act.changes


def _check_part(measure: Measure, of: PropertyKind, scope: str, amount: int | None) -> None:
    """Only of a sum can a part be freed; of other things the record does not know which part would stay."""
    if scope != "partial":
        if amount is not None:
            raise Refusal("解除全部的不填金额；只解除一部分的，范围请选「超标的额部分」。", code="measure.scope", field="scope")
        return
    held = controlled_now(measure)
    if held is None:
        raise Refusal(f"{of.name}按整件控制，不能只解除一部分；请解除全部，仍须控制的部分另行提出控制。", code="measure.scope")
    if amount is None or amount <= 0:
        raise Refusal(f"只解除一部分的，请填写解除的金额；现控制 {amount_in_list(held)} 元。", code="measure.scope", field="amount")
    if amount >= held:
        raise Refusal(f"解除 {amount_in_list(amount)} 元，现控制 {amount_in_list(held)} 元，没有剩余；范围请选「全部」。", code="measure.scope", field="scope")
