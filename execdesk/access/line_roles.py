"""Who somebody is to a row, and what must hold, judged from the lines alone: the roles and limits that the declarations of tables name.

What the actions ask of the tables when they are used is asked here of what the writer of a line knew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from execdesk.access.line_charge import assignments, in_charge_of, in_role
from execdesk.documents.characters import may_be_drawn
from execdesk.law.authority import AuthorityTable, Ruling
from execdesk.law.permission import VICE, DelegationFact, PersonFacts, RequestFacts, may_decide, may_sign
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import ENTERERS, PaperState, RequestState
from execdesk.records.charge import APPLYING
from execdesk.records.court import ProposalState
from execdesk.records.measures import MeasureState
from execdesk.records.owners import limit, role
from execdesk.records.papers import AS_VOIDED, SIGNED, UNSIGNED, DocumentState
from execdesk.records.people import GrantState
from execdesk.store.known import Values
from execdesk.store.ownerverifier import Writing, day_of

_SIGNING = ("sign_documents", "sign_order", "sign_order_delegated")
_SAME_MONEY = ("case", "measure", "bank_ref", "account")  # what a booking and its counter-booking have in common
_RELEASE = "release_"  # how the matters of the table of levels begin by which a measure ends


# -- the case ----------------------------------------------------------------------------------------------------------


@limit("new_case", "与案件一并登记")
def new_case(writing: Writing) -> bool:
    return any(change.new for change in writing.entry.by_row.get(("Case", writing.after["case"]), ()))


@limit("no_group", "该案尚未定组")
def no_group(writing: Writing) -> bool:
    return writing.before.get("group") is None


@limit("no_judge_before", "该案尚无承办法官，或者不涉及承办法官")
def no_judge_before(writing: Writing) -> bool:
    day = writing.day.isoformat()
    return writing.after["role"] != "judge" or not any(
        row["role"] == "judge" and (row.get("ends_on") is None or row["ends_on"] >= day) for _, row in assignments(writing, writing.case)
    )


@limit("able", "由当日在任的法官、书记员承办")
def able(writing: Writing) -> bool:
    """Whether who is assigned holds the post that the role asks for on the day; one to whom a related case brings it has held it. Which of the
    judges has the least to do is not asked: it is a sum over all open cases, which another desk knows otherwise; the reason given in the row
    names the sums."""
    row = writing.after
    if row["role"] not in ("judge", "clerk"):
        return bool(row["role"] == "officer")
    posts = [post for post in writing.people.facts(writing.entry, row["person"]) if post.post == row["role"]]
    return any(post.in_force(writing.day) for post in posts) or (row["rule"] == "related" and any(post.effective for post in posts))


@limit("by_rule", "按规则分案，或者由局长指定")
def by_rule(writing: Writing) -> bool:
    """Whether a judge is not simply chosen: in his group the one whom the rule names, or the former or related one."""
    row = writing.after
    if row["role"] != "judge" or row["rule"] in ("former", "related"):
        return row["role"] != "judge" or bool(row["reason"])
    routed = next((change.values for change in writing.entry.by_row.get(("Case", writing.case), ())), {})
    group = routed.get("group") or writing.value("Case", writing.case).get("group")
    posts = writing.people.posts(writing.entry, row["person"])
    return row["rule"] == "least_load" and any(post["post"] == "judge" and post.get("group") == group for post in posts)


@limit("not_the_judge", "不涉及承办法官")
def not_the_judge(writing: Writing) -> bool:
    return writing.before.get("role") != "judge"


@limit("only_more", "不改动已登记的内容")
def only_more(writing: Writing) -> bool:
    """Whether the identifiers of a property stay what they are, and others are added."""
    before, after = (json.loads(values.get("identifiers") or "{}") for values in (writing.before, writing.after))
    return bool(before.items() <= after.items())


@limit("comes_in", "是大于零的款项")
def comes_in(writing: Writing) -> bool:
    return bool(writing.after["amount_fen"] > 0)


@limit("counter_booking", "是对一笔到账的冲正，不超过其尚存的金额")
def counter_booking(writing: Writing) -> bool:
    """Whether the row answers another of its table, of the same money, by no more than was not taken back of it yet."""
    after, answered = writing.after, str(writing.after.get("reverses") or "")
    booked = writing.known.row(writing.entry, writing.table, answered) if answered else {}
    if not booked or booked.get("reverses") is not None or after["amount_fen"] >= 0 or any(booked.get(name) != after.get(name) for name in _SAME_MONEY):
        return False
    before = sum(row["amount_fen"] for _, row in writing.known.below(writing.entry, writing.table, "reverses", answered))
    now = sum(change.values["amount_fen"] for change in writing.entry.changes if change.table == writing.table and change.new and change.values.get("reverses") == answered)
    return bool(booked["amount_fen"] + before + now >= 0)


@limit("undoes_import", "只涉及导入台账时写下的内容")
def undoes_import(writing: Writing) -> bool:
    """Whether all that is struck or put back was written by an import, and nothing else since."""
    told = writing.known.told(writing.entry, writing.table, writing.row)
    if "struck" in writing.changed or writing.table == "Import":
        return all(one.act.startswith("ledger.") for one in told) and told[0].act == "ledger.import"
    last = {name: one.act for one in told for name in one.values}
    return all(last.get(name, "").startswith("ledger.") for name in writing.changed)


# -- requests ----------------------------------------------------------------------------------------------------------


def _request(writing: Writing) -> tuple[str, Values]:
    """The request a row is, or belongs to; as the writer knew it."""
    if writing.table == "Request":
        return writing.row, writing.before or writing.after
    row = str(writing.after.get("request") or "")
    return row, writing.value("Request", row)


@role("applicant", "提出人")
def applicant(writing: Writing) -> bool:
    """Who put it forward, while he is in charge of its case."""
    _, request = _request(writing)
    mine = request.get("applicant") == writing.me and writing.may(*APPLYING.duties)
    return mine and in_charge_of(writing, request["case"])


@limit("subject_told", "按当事人的特殊主体标注报批")
def subject_told(writing: Writing) -> bool:
    """Whether the kind of subject, which decides the level, is that of the party it aims at, else of the first flagged debtor."""
    request = writing.after
    if request.get("party"):
        aimed = [writing.value("Party", request["party"])]
    else:
        parties = (row for _, row in writing.known.below(writing.entry, "Party", "case", request["case"]))
        aimed = sorted((row for row in parties if row["side"] == "debtor" and row.get("struck") is None), key=lambda row: row["position"])
    flagged = [(row.get("position"), kinds[0]) for row in aimed if (kinds := json.loads(row.get("special") or "[]"))]
    return request["subject"] in ({kind for place, kind in flagged if place == flagged[0][0]} or {"ordinary"})


@limit("referred", "由承办法官层报")
def referred(writing: Writing) -> bool:
    """Whether a higher level than the matter's own is asked by the judge in charge only."""
    asked = bool(writing.after.get("upward")) and not writing.before.get("upward")
    return not asked or in_role(writing, writing.after["case"], "judge", writing.day) == writing.me


@role("decider", "有权审批的人")
def decider(writing: Writing) -> bool:
    return _permitted(writing, signs=False)


@role("statute_signer", "法定签发人")
def statute_signer(writing: Writing) -> bool:
    return _permitted(writing, signs=True)


@role("above", "上级审批人")
def above(writing: Writing) -> bool:
    """Whoever holds a post above the deciding level."""
    _, request = _request(writing)
    table, ruling = writing.people.table, ruling_of(writing, request)
    rank = max(table.data.levels[ruling.level].rank, 1)
    higher = {post for level in table.data.levels.values() if level.rank > rank for post in level.posts} - {VICE}
    return any(fact.post in higher and fact.in_force(writing.day) for fact in writing.people.facts(writing.entry, writing.me))


def ruling_of(writing: Writing, request: Values) -> Ruling:
    """What the table says of a request on the line's day."""
    table: AuthorityTable = writing.people.table
    return table.decide(request["matter"], subject=request["subject"], on=writing.day, circumstances=frozenset(json.loads(request["circumstances"])))


def _permitted(writing: Writing, *, signs: bool) -> bool:
    _, request = _request(writing)
    if not request:
        return False
    facts, table = _person(writing, request), writing.people.table
    try:
        ruling = ruling_of(writing, request)
        if signs:
            may_sign(table, ruling, facts)
            return not facts.proposes
        may_decide(table, ruling, facts, _asked(writing, request, ruling))
    except Refusal:
        return False
    return True


def _person(writing: Writing, request: Values) -> PersonFacts:
    me = writing.me
    return PersonFacts(
        name="", posts=writing.people.facts(writing.entry, me), delegations=tuple(_letters(writing)), is_applicant=me in _whose(writing, request),
        is_responsible_judge=in_role(writing, request["case"], "judge", writing.day) == me,
        political=writing.value("Person", me).get("staffing", "political") == "political",
    )


def _asked(writing: Writing, request: Values, ruling: Ruling) -> RequestFacts:
    whose = {*_whose(writing, request), in_role(writing, request["case"], "judge", writing.day)} - {""}
    posts = tuple(fact for person in sorted(whose) for fact in writing.people.facts(writing.entry, person))
    return RequestFacts(bool(request["upward"]), posts, request["step"] if ruling.ladder else None)


def _whose(writing: Writing, request: Values) -> set[str]:
    """Whose application it is: his who filed it, and his who was in charge when it was submitted."""
    if request.get("submitted_at") is None:
        return {request["applicant"]}
    day = day_of(request["submitted_at"])
    before = date.fromordinal(day.toordinal() - 1).isoformat()  # one who hands the case on ends the day before
    held = (row for _, row in assignments(writing, request["case"]) if row["role"] == "judge")
    return {request["applicant"], *(row["person"] for row in held if row["starts_on"] <= day.isoformat() and (row.get("ends_on") is None or row["ends_on"] >= before))}


def _letters(writing: Writing) -> Iterator[DelegationFact]:
    for row in sorted(writing.people.letters(writing.entry, writing.me), key=lambda row: row["starts_on"]):
        matters = tuple(json.loads(row["matters"]))
        yield DelegationFact(
            row["letter"], matters, _day(row["starts_on"]), _day(row["ends_on"]), _day(row.get("revoked_on")),  # type: ignore[arg-type]
            tuple(m for m in matters if m != "all"), row["state"] == GrantState.EFFECTIVE,
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _papers_entered(writing: Writing) -> Iterator[Values]:
    """The approvals on paper that the line writes, as they are then."""
    for change in writing.entry.changes:
        if change.table == "PaperApproval":
            yield {**writing.value("PaperApproval", change.row), **change.values}


@role("paper_enterer", "提出人以外的录入人")
def paper_enterer(writing: Writing) -> bool:
    """Somebody other than whose application it is; its applicant where he says that he was alone, which is proved before anything is issued."""
    _, request = _request(writing)
    mine = bool(request) and writing.me in _whose(writing, request)
    return writing.may(*ENTERERS) and bool(request) and (not mine or any(paper.get("alone") for paper in _papers_entered(writing)))


@role("paper_approver", "在纸面上批准的人")
def paper_approver(writing: Writing) -> bool:
    """The last of those who signed the sheet that the line settles."""
    return any(not paper.get("alone") and json.loads(paper.get("approvers") or "[]")[-1:] == [writing.me] for paper in _papers_entered(writing))


@limit("on_paper", "录入的是该日的纸面批准")
def on_paper(writing: Writing) -> bool:
    """Whether the word is that of a sheet which the line enters, of its day."""
    told = writing.after.get("on_paper")
    return bool(told) and any((paper.get("state"), paper.get("approved_on")) == (PaperState.ENTERED, writing.after["on"]) for paper in _papers_entered(writing))


@limit("not_his_own", "不是自己办理的事项")
def not_his_own(writing: Writing) -> bool:
    kind, _, row = str(writing.before["place"]).partition(":")
    return kind != "Decision" or writing.value("Decision", row).get("person") != writing.me


@limit("settled_alone", "该事件可以单独办结")
def settled_alone(writing: Writing) -> bool:
    """Whether it is not one that ends with a certificate, a key or a word of 院长."""
    return writing.before["kind"] not in ("recovery_envelope", "issuing_key", "provisional", "paper")


# -- papers ------------------------------------------------------------------------------------------------------------


def _papers(writing: Writing) -> Iterator[Values]:
    """The papers of the row's case that the line changes, as its writer knew them; the row itself where it is one."""
    for table, row in writing.entry.by_row:
        if table == "Document" and (paper := writing.known.row(writing.entry, table, row)) and paper["case"] == writing.case:
            yield paper


def signatories_of(paper: Values) -> list[str]:
    """Who signs a paper by its frozen content, in order."""
    block = json.loads(paper.get("content") or "{}").get("signature", {})
    return [one["person"] for one in (*block.get("signatories", ()), *block.get("invisible", ()))]


@role("signer", "署名人")
def signer(writing: Writing) -> bool:
    """Who stands first under a paper of the case that the line is about, or has signed it."""
    return writing.may(*_SIGNING) and any(writing.me == paper.get("signer") or writing.me in signatories_of(paper)[:1] for paper in _papers(writing))


@role("cosigner", "待签名的人")
def cosigner(writing: Writing) -> bool:
    return writing.may(*_SIGNING) and any(writing.me in signatories_of(paper) and writing.me != paper.get("signer") for paper in _papers(writing))


@limit("of_voided", "代替同一报批事项中签发后作废、尚未重制的文书")
def of_voided(writing: Writing) -> bool:
    """Whether a new paper stands for one that was declared void in its request, for which none stands yet; one that goes by the approval
    given reads as that one did, word for word, and the approval stands."""
    paper, voided = writing.after, writing.value("Document", writing.after.get("replaces"))
    if not voided or voided["state"] != DocumentState.VOID or not voided.get("signed_on"):
        return False
    before = (row for _, row in writing.known.below(writing.entry, "Document", "request", str(paper.get("request") or "")))
    beside = (change.values for change in writing.entry.changes if change.table == "Document" and change.new and change.row != writing.row)
    if any(row.get("replaces") == paper["replaces"] and row["state"] != DocumentState.VOID for row in (*before, *beside)):
        return False
    if any(paper.get(name) != voided.get(name) for name in ("case", "request", "type_id")):
        return False
    if paper["state"] == DocumentState.DRAFT:
        return not paper.get("content_hash")
    approved_still = writing.value("Request", paper["request"]).get("state") == RequestState.APPROVED
    return approved_still and all(paper.get(name) == voided.get(name) for name in AS_VOIDED)


@limit("approved", "先经批准")
def approved(writing: Writing) -> bool:
    return writing.value("Request", writing.before.get("request")).get("state") == RequestState.APPROVED


@limit("kept_by_it", "文件由同一行留存")
def kept_by_it(writing: Writing) -> bool:
    """Whether the line that gives a paper its file keeps that file for it, so that no paper names one that nobody kept."""
    told = (change.values for change in writing.entry.changes if change.table == "KeptFile" and change.new)
    return any((kept["document"], kept["sha256"]) == (writing.row, writing.after["file"]) for kept in told)


@limit("approved_and_kept", "先经批准，文件由同一行留存")
def approved_and_kept(writing: Writing) -> bool:
    return approved(writing) and kept_by_it(writing)


@limit("by_digest", "写明文件的校验值")
def by_digest(writing: Writing) -> bool:
    return re.fullmatch("[0-9a-f]{64}", str(writing.after["sha256"])) is not None


@limit("one_character", "是一个汉字的字形，写明文件的校验值")
def one_character(writing: Writing) -> bool:
    return may_be_drawn(str(writing.after["character"])) and by_digest(writing)


@limit("glyphs_released", "只用局长批准的本院补字")
def glyphs_released(writing: Writing) -> bool:
    """Whether every glyph of the court's own in a content is one that its writer knew to be in use, of that character and file."""
    named = json.loads(writing.after.get("content") or "{}").get("glyphs", ())
    known = ((one, writing.value("Glyph", one["glyph"])) for one in named)
    return all((row.get("character"), row.get("sha256"), row.get("state")) == (one["character"], one["sha256"], ProposalState.EFFECTIVE) for one, row in known)


@limit("unsigned", "文书尚未签发")
def unsigned(writing: Writing) -> bool:
    return writing.before["state"] in UNSIGNED


@limit("no_keeper", "本处无印章管理员")
def no_keeper(writing: Writing) -> bool:
    return not any(post["site"] == writing.entry.data["site"] for post in writing.people.holders(writing.entry, "seal"))


@limit("signed_paper", "文书已经签发")
def signed_paper(writing: Writing) -> bool:
    return writing.value("Document", writing.after.get("document")).get("state") in SIGNED


@limit("served", "有相应文书的送达")
def served(writing: Writing) -> bool:
    """Whether the line records the service of a paper about the measure, or about the one that renews it; a release by one that was
    put forward as such."""
    return any(_reaches(writing, paper) for change in writing.entry.changes if change.table == "Service" and change.new
               for paper in [writing.value("Document", change.values["document"])])


def _reaches(writing: Writing, paper: Values) -> bool:
    measure = paper.get("measure")
    if measure != writing.row and writing.value("Measure", measure).get("renewed_from") != writing.row:
        return False
    return writing.after["state"] != MeasureState.RELEASED or _releases(writing, paper)


def _releases(writing: Writing, paper: Values) -> bool:
    return str(writing.value("Request", paper.get("request")).get("matter", "")).startswith(_RELEASE)


def _serves(writing: Writing, document: str) -> bool:
    return any(change.table == "Service" and change.new and change.values["document"] == document for change in writing.entry.changes)


@limit("served_by_it", "有该文书的送达")
def served_by_it(writing: Writing) -> bool:
    """Whether the line records the service of the paper that the row names."""
    return _serves(writing, str(writing.after["document"]))


@limit("released_by_it", "有解除文书的送达")
def released_by_it(writing: Writing) -> bool:
    """Whether the line records the service of the paper that releases a part of the measure."""
    paper = writing.value("Document", writing.after["document"])
    return _serves(writing, str(writing.after["document"])) and paper.get("measure") == writing.after["measure"] and _releases(writing, paper)



