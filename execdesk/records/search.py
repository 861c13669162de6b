"""The search for property: clues and how they were looked into, what debtors reported when they were ordered to."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, belongs_to, refers_to
from execdesk.records.charge import FINDING, KEEPING, NOTING, WATCHING
from execdesk.records.moves import NEW, Moves, moves, stays
from execdesk.records.owners import TableOwners, makes, writes


class ClueState:
    """Where a clue stands: given, looked into, or finished by the judge either way."""

    GIVEN, CHECKED, VERIFIED, REFUSED = "given", "checked", "verified", "refused"


_C = ClueState
CLUE_MOVES = Moves(
    {_C.GIVEN: "待核实", _C.CHECKED: "已核实待确认", _C.VERIFIED: "已核实", _C.REFUSED: "不予核实"},
    moves(NEW, _C.GIVEN, "clue.give", NOTING),
    stays(_C.GIVEN, "clue.grade", FINDING),
    moves(_C.GIVEN, _C.CHECKED, "clue.check", WATCHING),
    stays(_C.CHECKED, "clue.check", WATCHING),
    moves(_C.CHECKED, _C.VERIFIED, "clue.confirm", FINDING),
    moves(_C.CHECKED, _C.GIVEN, "clue.again", FINDING),
    moves((_C.GIVEN, _C.CHECKED), _C.REFUSED, "clue.close", FINDING),
)


class PropertyClue(Journaled):
    """What somebody said a debtor owns, and where. ``clear`` clues are looked into within the days of the law, ``urgent`` ones within fewer.

    An informant of a reward is never named here: who he is, is sealed on paper (财产调查规定第23条). ``outcome`` says why one was not looked into.
    """

    WORDS = "财产线索"
    case = belongs_to("Case")
    party = refers_to("Party")
    given_by = CharField(max_length=16, verbose_name="线索来源")  # applicant | debtor | reward | other
    person = CharField(max_length=64, null=True)
    given_on = DayField(verbose_name="提供日期")
    text = TextField()
    clear = BooleanField(default=True, verbose_name="线索明确")
    urgent = BooleanField(default=False, verbose_name="情况紧急")
    state = CharField(max_length=16)
    outcome = TextField(null=True)

    MOVES = CLUE_MOVES
    FACTS = {"state": ("state", "outcome")}
    OWNERS = TableOwners(
        makes("clue.give", blank="outcome"),
        writes("clue.grade", "clear urgent", FINDING),
        writes("clue.check clue.confirm clue.again", "state"),
        writes("clue.close", "state outcome"),
        moves=CLUE_MOVES,
    )


class ClueCheck(Journaled):
    """What was found when a clue was looked into. Rows are only added: a second look is a second row."""

    WORDS = "线索核实"
    clue = belongs_to("PropertyClue", verbose_name="线索")
    done_on = DayField(verbose_name="核实日期")
    by = CharField(max_length=64, verbose_name="核实人")  # who went, as they are named
    result = CharField(max_length=16)  # found | nothing | unclear
    words = TextField()
    property = refers_to("Property", null=True)

    OWNERS = TableOwners(
        makes("clue.check", WATCHING),
    )


class DeclarationState:
    """Where a report of property stands: ordered, handed in, or looked at by the judge."""

    ASKED, SUBMITTED, CHECKED = "asked", "submitted", "checked"


_D = DeclarationState
DECLARATION_MOVES = Moves(
    {_D.ASKED: "待申报", _D.SUBMITTED: "待核查", _D.CHECKED: "已核查"},
    moves(NEW, _D.ASKED, "service.record", "register_service"),
    stays(_D.ASKED, "service.record", "register_service"),
    stays(_D.ASKED, "declaration.extend", FINDING),
    moves(_D.ASKED, _D.SUBMITTED, "declaration.record", KEEPING),
    moves((_D.ASKED, _D.SUBMITTED), _D.CHECKED, "declaration.check", FINDING),
    moves(NEW, _D.SUBMITTED, "declaration.supplement", KEEPING),
)


class PropertyDeclaration(Journaled):
    """What a debtor is to report of his property under an order (``document``) that came to him on ``asked_on``, within ``days`` days; or a
    change that he reported later, on his own.

    ``lines`` are what he owns, each ``{"head", "words", "burden", "holder"}``; ``changes`` what he gave away or took on since the day the
    order looks back to, each ``{"kind", "on", "words"}``. ``result`` is the judge's: true, incomplete, false, late, refused.
    """

    WORDS = "财产申报"
    case = belongs_to("Case")
    party = refers_to("Party")
    document = refers_to("Document", null=True)
    state = CharField(max_length=16)
    asked_on = DayField(null=True, verbose_name="报告财产令送达日期")
    days = IntegerField(null=True, verbose_name="期限（日）")
    extended_to = DayField(null=True, verbose_name="准予延期至")
    submitted_on = DayField(null=True, verbose_name="申报日期")
    lines = JsonField(null=True, verbose_name="申报的财产")
    changes = JsonField(null=True, verbose_name="申报的变动")
    result = CharField(max_length=16, null=True)
    checked_on = DayField(null=True, verbose_name="核查日期")
    words = TextField(null=True)

    MOVES = DECLARATION_MOVES
    FACTS = {"report": ("submitted_on", "lines", "changes"), "check": ("state", "result", "checked_on", "words")}
    OWNERS = TableOwners(
        makes("service.record", blank="extended_to submitted_on lines changes result checked_on words", when="served_by_it"),
        makes("declaration.supplement", blank="document asked_on days extended_to result checked_on words"),
        writes("service.record", "asked_on", when="served_by_it"),
        writes("declaration.extend", "extended_to"),
        writes("declaration.record", "state submitted_on lines changes"),
        writes("declaration.check", "state result checked_on words", day="checked_on"),
        moves=DECLARATION_MOVES,
    )


class NetworkQuery(Journaled):
    """A query about a debtor that went out to banks and registries; what was asked of them, by ``heads`` of resources/search/feedback.toml.

    A head not asked or not answered is 「未反馈」, never "nothing".
    """

    WORDS = "网络查询"
    case = belongs_to("Case")
    party = refers_to("Party")
    request_no = CharField(max_length=64, index=True, verbose_name="请求单号")
    heads = JsonField(verbose_name="查询种类")
    sent_on = DayField(verbose_name="发起日期")

    OWNERS = TableOwners(
        makes("query.send", NOTING),
    )


class AnswerState:
    """What became of an answer: nothing found, a proposal, taken as a property, or put aside by a person."""

    NOTHING, PROPOSED, TAKEN, ASIDE = "nothing", "proposed", "taken", "aside"


_A = AnswerState
ANSWER_MOVES = Moves(
    {_A.NOTHING: "查无", _A.PROPOSED: "待处理", _A.TAKEN: "已登记为财产", _A.ASIDE: "不登记"},
    moves(NEW, (_A.NOTHING, _A.PROPOSED), "query.import", NOTING),
    moves(NEW, (_A.NOTHING, _A.PROPOSED), "query.answer", NOTING),
    moves(_A.PROPOSED, _A.TAKEN, "query.take", NOTING),
    moves(_A.PROPOSED, _A.ASIDE, "query.aside", NOTING),
    moves(_A.ASIDE, _A.PROPOSED, "query.again", NOTING),
    stays((_A.NOTHING, _A.PROPOSED), "query.undo", NOTING),
)


class QueryAnswer(Journaled):
    """One answer to a query: an account, a vehicle, a house, or that there is none. It is a proposal until somebody takes it.

    ``answer_key`` is the request with the number the body gave the answer: the same again changes nothing; ``raw`` is all that was told,
    column by column; ``batch`` the file it came with. Sums in fen; ``marks`` are kinds of accounts that are not free until a judge says so.
    """

    WORDS = "查询反馈"
    query = belongs_to("NetworkQuery", verbose_name="网络查询")
    head = CharField(max_length=24, verbose_name="查询种类")
    body = CharField(max_length=128, verbose_name="反馈单位")
    answered_on = DayField(verbose_name="反馈日期")
    answer_key = CharField(max_length=160, index=True, verbose_name="反馈编号")
    state = CharField(max_length=16)
    identifiers = JsonField(null=True)
    words = TextField()
    value_fen = BigIntegerField(null=True)
    marks = JsonField(null=True, verbose_name="账户标注")
    raw = JsonField()
    batch = CharField(max_length=64, null=True, index=True, verbose_name="反馈文件")
    property = refers_to("Property", null=True)

    MOVES = ANSWER_MOVES
    FACTS = {"taken": ("state", "property")}
    OWNERS = TableOwners(
        makes("query.import", blank="property"),
        makes("query.answer", blank="property batch"),
        writes("query.take", "state property"),
        writes("query.aside query.again", "state"),
        writes("query.undo", "struck", NOTING),
        moves=ANSWER_MOVES,
    )
