"""Requests for approval, the stops they pass and the decisions taken."""

from __future__ import annotations

from peewee import BooleanField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, belongs_to, refers_to
from execdesk.records.charge import KEEPING, OPENING
from execdesk.records.moves import ANY, NEW, Moves, moves, stays
from execdesk.records.owners import TableOwners, makes, writes


class PaperState:
    """An approval on paper: its sheet printed, what was signed on it entered, confirmed or denied by the approver."""

    PRINTED, ENTERED, CONFIRMED, DENIED = "printed", "entered", "confirmed", "denied"


_E = PaperState
COUNTING = (_E.ENTERED, _E.CONFIRMED)  # on which an approval stands, provisionally or for good
ENTERERS = ("draft", "undertake", "print")  # duties of posts that print sheets and enter what was signed on them
_SETTLING = ("paper_approver", "ratify")
PAPER_MOVES = Moves(
    {_E.PRINTED: "待签名录入", _E.ENTERED: "暂定，待确认", _E.CONFIRMED: "已确认", _E.DENIED: "已否认"},
    moves(NEW, _E.PRINTED, "paper.print", ENTERERS),
    moves((NEW, _E.PRINTED), _E.ENTERED, "request.paper_approval", "paper_enterer"),
    moves(_E.ENTERED, _E.CONFIRMED, "paper.confirm", _SETTLING),
    moves(_E.ENTERED, _E.DENIED, "paper.deny", _SETTLING),
)


class RequestState:
    """How far a matter is on its way."""

    DRAFT, SUBMITTED, APPROVED, RETURNED = "draft", "submitted", "approved", "returned"
    WITHDRAWN, VOID, LAPSED, USED, DONE = "withdrawn", "void", "lapsed", "used", "done"


_R = RequestState
TO_CHANGE = (_R.DRAFT, _R.RETURNED, _R.LAPSED, _R.WITHDRAWN)  # with its drafter
UNDER_WAY = (_R.SUBMITTED, _R.APPROVED)
MAY_STAND = (*UNDER_WAY, _R.USED, _R.DONE)  # in which what was said to the content on hand may count
_OWN = ("applicant", "case_judge")
REQUEST_MOVES = Moves(
    {
        _R.DRAFT: "草稿", _R.SUBMITTED: "待批准", _R.APPROVED: "已批准", _R.RETURNED: "已退回", _R.WITHDRAWN: "已撤回", _R.VOID: "已作废",
        _R.LAPSED: "批准已失效", _R.USED: "已签发", _R.DONE: "已办结",
    },
    moves(NEW, _R.DRAFT, ANY, OPENING),
    moves(TO_CHANGE, _R.SUBMITTED, "request.submit", _OWN),
    stays((*TO_CHANGE, _R.SUBMITTED), "panel.ask", "case_judge"),
    stays((*TO_CHANGE, _R.SUBMITTED), "panel.designate", "designate_panel"),
    stays(_R.SUBMITTED, "panel.conclude", "recorder"),
    moves(_R.SUBMITTED, _R.APPROVED, "request.approve", "decider", "last_step"),
    stays(_R.SUBMITTED, "request.approve", "decider", "more_steps"),
    stays(_R.SUBMITTED, "paper.print", ENTERERS),
    moves(_R.SUBMITTED, _R.APPROVED, "request.paper_approval", "paper_enterer"),
    stays(_R.SUBMITTED, "request.comment", "comment"),
    stays(_R.SUBMITTED, "request.refer", "case_judge"),
    stays(_R.APPROVED, "request.sign", "statute_signer"),
    moves(_R.SUBMITTED, _R.RETURNED, "request.return", ("decider", "above"), "unused"),
    moves(_R.APPROVED, _R.LAPSED, "request.return", ("decider", "above"), "unused"),
    moves((_R.SUBMITTED, _R.APPROVED, _R.RETURNED, _R.LAPSED), _R.WITHDRAWN, "request.withdraw", _OWN, "unused"),
    moves((*TO_CHANGE, *UNDER_WAY), _R.VOID, "request.void", _OWN, "unused"),
    moves(_R.SUBMITTED, _R.RETURNED, "party.special", KEEPING),
    moves(_R.APPROVED, _R.LAPSED, "party.special", KEEPING),
    moves(_R.SUBMITTED, _R.RETURNED, "provisional.annul", "ratify", "unused"),
    moves(_R.APPROVED, _R.LAPSED, "provisional.annul", "ratify", "unused"),
    moves(_R.APPROVED, _R.LAPSED, "paper.deny", ("paper_approver", "ratify"), "unused"),
    moves(_R.APPROVED, _R.LAPSED, "request.lapse", ("signer", "case_judge"), "content_differs"),
    stays(_R.APPROVED, "document.issue", "signer"),
    moves(_R.APPROVED, _R.USED, "document.issue", "signer", "all_issued"),
    moves(_R.USED, _R.APPROVED, "document.void", "signer", "paper_voided"),
    stays((_R.APPROVED, _R.RETURNED, _R.LAPSED, _R.WITHDRAWN), "document.replace", _OWN),
    moves(_R.APPROVED, _R.LAPSED, "document.replace", _OWN),
    moves(_R.APPROVED, _R.DONE, "request.done", _OWN, "carried_out"),
)


class PanelState:
    """A panel: asked for, designated, concluded."""

    ASKED, DESIGNATED, CONCLUDED = "asked", "designated", "concluded"


_P = PanelState
PANEL_MOVES = Moves(
    {_P.ASKED: "待指定", _P.DESIGNATED: "待评议", _P.CONCLUDED: "已评议"},
    moves(NEW, _P.ASKED, "panel.ask", "case_judge"),
    moves(_P.ASKED, _P.DESIGNATED, "panel.designate", "designate_panel"),
    stays(_P.DESIGNATED, "panel.designate", "designate_panel"),
    moves(_P.DESIGNATED, _P.CONCLUDED, "panel.conclude", "recorder"),
    moves(_P.CONCLUDED, _P.DESIGNATED, "request.submit", _OWN, "content_changed"),
)


SUBMITTING = "state content_hash level step submitted_at upward note subject"


class Request(Journaled):
    """One matter of one case put to the level that decides it. Level, phrase and reason are those of the day of submission;
    the decision stores its own."""

    WORDS = "审批事项"
    case = belongs_to("Case")
    matter = CharField(max_length=48, index=True)
    title = CharField(max_length=128)
    subject = CharField(max_length=32, default="ordinary")
    circumstances = JsonField()
    applicant = refers_to("Person")
    party = refers_to("Party", null=True)  # whom it aims at, where it aims at one party: his being 特殊主体 decides the level
    state = CharField(max_length=16, index=True)
    submitted_at = MomentField(null=True)
    level = CharField(max_length=32, null=True)
    upward = BooleanField(default=False)  # the judge asked a higher level though his own would do (层报)
    step = IntegerField(default=0)  # position on the path before 2017-08-01, else 0
    content_hash = CharField(max_length=64, null=True)
    due_on = DayField(null=True)
    note = TextField(null=True)
    done_on = DayField(null=True, verbose_name="办结日期")  # of a matter that is carried out without a paper of this program
    outcome = TextField(null=True)  # what was done, in the words of who did it

    MOVES = REQUEST_MOVES
    FACTS = {"state": ("state", "content_hash", "level", "step", "done_on", "outcome")}
    OWNERS = TableOwners(
        makes(ANY, own="applicant", blank="submitted_at content_hash done_on outcome"),
        writes("request.submit panel.designate", SUBMITTING, at="submitted_at", when="subject_told referred"),
        writes("request.approve", "state level step"),
        writes("request.paper_approval", "state level"),
        writes("request.refer", "upward"),
        writes("request.return request.withdraw request.void request.lapse party.special provisional.annul paper.deny", "state note"),
        writes("document.issue document.void", "state"),
        writes("document.replace", "state note"),
        writes("request.done", "state done_on outcome"),
        moves=REQUEST_MOVES,
    )


_WORD = {"own": "person", "at": "at", "day": "on", "blank": "on_paper"}


class Decision(Journaled):
    """One word on a request by one person: approve, return, comment, refer upward, withdraw, void, ratify, annul.

    ``signature`` is the person's certificate key over ``statement``; ``rule_id`` and ``data_hash`` name the rule used.
    """

    WORDS = "审批意见"
    request = belongs_to("Request")
    kind = CharField(max_length=16, index=True)
    person = refers_to("Person")
    post = CharField(max_length=64)
    delegation = refers_to("Delegation", null=True)
    on = DayField(column_name="decided_on")
    at = MomentField()
    level = CharField(max_length=32)
    article = CharField(max_length=16)
    phrase = TextField()
    reason = TextField()
    opinion = TextField(null=True)
    conflict = BooleanField(default=False)
    rule_id = CharField(max_length=32)
    data_hash = CharField(max_length=64)
    content_hash = CharField(max_length=64, null=True)
    chain_head = CharField(max_length=96)
    statement = TextField()
    signature = TextField()
    on_paper = TextField(null=True)  # an approval given on paper, in the words of who entered it
    paper_approval = refers_to("PaperApproval", null=True, verbose_name="纸面批准")  # the paper that this word enters, confirms or denies

    OWNERS = TableOwners(
        makes("request.approve", "decider", only={"kind": "approve"}, **_WORD),
        makes("request.approve request.sign", "statute_signer", only={"kind": "sign_issue"}, **_WORD),
        makes("request.return", ("decider", "above"), only={"kind": "return"}, **_WORD),
        makes("request.comment", "comment", only={"kind": "comment"}, **_WORD),
        makes("request.refer", "case_judge", only={"kind": "refer"}, **_WORD),
        makes("request.paper_approval", "paper_enterer", own="person", at="at", only={"kind": ("approve", "sign_issue")}, when="on_paper"),
        makes("paper.confirm", _SETTLING, only={"kind": "confirm"}, **_WORD),
        makes("paper.deny", _SETTLING, only={"kind": "deny"}, **_WORD),
        writes("provisional.annul", "struck", "ratify"),
    )


class PaperApproval(Journaled):
    """凭纸批: one content of a request on a sheet that is approved by hand. ``approvers`` signed in the order of the steps; the last one's
    word is awaited, or 院长's where the applicant was ``alone`` at his desk."""

    WORDS = "纸面批准"
    request = belongs_to("Request")
    content_hash = CharField(max_length=64, index=True)  # of the request, as printed
    asked_by = refers_to("Person", verbose_name="打印人")
    asked_on = DayField(verbose_name="纸面申请日期")  # the day of the paper application
    approvers = JsonField(verbose_name="签名批准的人")
    approved_on = DayField(null=True)
    opinion = TextField(null=True)
    scan = CharField(max_length=64, null=True)  # of the signed sheet, a kept file
    entered_by = refers_to("Person", null=True, verbose_name="录入人")
    entered_on = DayField(null=True, verbose_name="录入日期")
    alone = BooleanField(default=False, verbose_name="本处只有提出人")
    state = CharField(max_length=16, index=True)
    settled_by = refers_to("Person", null=True)  # who confirmed or denied
    settled_on = DayField(null=True, verbose_name="办结日期")

    MOVES = PAPER_MOVES
    FACTS = {"state": ("state", "approvers", "approved_on", "scan", "entered_by", "entered_on", "alone", "settled_by", "settled_on")}
    OWNERS = TableOwners(
        makes("paper.print", own="asked_by", day="asked_on", blank="approved_on scan entered_by entered_on settled_by settled_on"),
        makes("request.paper_approval", own="entered_by", day="entered_on", blank="settled_by settled_on"),
        writes("request.paper_approval", "state approvers approved_on opinion scan entered_by entered_on alone", own="entered_by", day="entered_on"),
        writes("paper.confirm paper.deny", "state settled_by settled_on", own="settled_by", day="settled_on"),
        moves=PAPER_MOVES,
    )


class Panel(Journaled):
    """合议庭: requested by the judge, designated by 局长, with its minutes."""

    WORDS = "合议庭"
    request = belongs_to("Request")
    members = JsonField()  # person ids, presiding first
    designated_by = refers_to("Person", null=True)
    designated_on = DayField(null=True)
    minutes = JsonField(null=True)  # person id → {vote, opinion}
    outcome = TextField(null=True)
    state = CharField(max_length=16)

    MOVES = PANEL_MOVES
    FACTS = {"state": ("state", "members", "minutes", "outcome", "designated_by", "designated_on")}
    OWNERS = TableOwners(
        makes("panel.ask", blank="designated_by designated_on minutes outcome"),
        writes("panel.designate", "state members designated_by designated_on", own="designated_by", day="designated_on"),
        writes("panel.conclude", "state minutes outcome"),
        writes("request.submit", "state"),
        moves=PANEL_MOVES,
    )


class Permit(Journaled):
    """A gate outside the court that must be open before issue, e.g. the permit to detain a deputy."""

    WORDS = "许可"
    request = belongs_to("Request")
    kind = CharField(max_length=32)
    text = TextField()
    granted_on = DayField(null=True)

    OWNERS = TableOwners(
        makes("request.submit", ("applicant", "case_judge"), blank="granted_on"),
        makes("panel.designate", "designate_panel", blank="granted_on"),
        writes("permit.record", "granted_on text", "case_judge"),
    )



APPROVALS = (Request, PaperApproval, Decision, Panel, Permit)
