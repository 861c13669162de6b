"""The court, its desks, groups and towns; its corrections of law data, of document texts, the types it adopted, its phrases."""

from __future__ import annotations

from peewee import BooleanField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, refers_to
from execdesk.records.moves import NEW, Moves, moves, stays
from execdesk.records.owners import TableOwners, makes, writes


class ProposalState:
    """What one person prepares and 局长 approves."""

    PROPOSED, EFFECTIVE, REFUSED, ENDED = "proposed", "effective", "refused", "ended"


class TextState:
    """How far a correction of a document text is: written by one, released by another, adopted by 局长."""

    DRAFT, PROPOSED, RELEASED, EFFECTIVE, REFUSED, WITHDRAWN = "draft", "proposed", "released", "effective", "refused", "withdrawn"


class PhraseState:
    """Whose a phrase is: a person's own, put before the court, or the court's."""

    OWN, PROPOSED, RELEASED, DROPPED = "own", "proposed", "released", "dropped"


WORDING = ("prepare_adoption", "undertake")  # who words a document text, and who releases what another worded
WRITING = ("draft", "undertake", "prepare_adoption")  # who fills papers, and keeps phrases for it
_S, _T, _P = ProposalState, TextState, PhraseState
_WORDS = {_S.PROPOSED: "待局长批准", _S.EFFECTIVE: "已生效", _S.REFUSED: "未批准"}
CORRECTION_MOVES = Moves(
    _WORDS,
    moves(NEW, _S.PROPOSED, "law.propose", ("prepare_adoption", "undertake", "apply_for_judge", "correct_law")),
    moves(_S.PROPOSED, _S.EFFECTIVE, "law.approve", "correct_law"),
    moves(_S.PROPOSED, _S.REFUSED, "law.refuse", "correct_law"),
)
ADOPTION_MOVES = Moves(
    _WORDS,
    moves(NEW, _S.PROPOSED, "adoption.prepare", "prepare_adoption"),
    moves(NEW, _S.PROPOSED, "text.release", WORDING),
    moves(_S.PROPOSED, _S.EFFECTIVE, "adoption.approve", "adopt"),
    moves(_S.PROPOSED, _S.REFUSED, "adoption.refuse", "adopt"),
)
GLYPH_MOVES = Moves(
    {**_WORDS, _S.EFFECTIVE: "在用", _S.ENDED: "已停用"},
    moves(NEW, _S.PROPOSED, "glyph.prepare", "prepare_adoption"),
    moves(_S.PROPOSED, _S.EFFECTIVE, "glyph.release", "adopt"),
    moves(_S.PROPOSED, _S.REFUSED, "glyph.refuse", "adopt"),
    moves(_S.EFFECTIVE, _S.ENDED, ("glyph.end", "glyph.release"), "adopt"),
)
TEXT_MOVES = Moves(
    {_T.DRAFT: "拟改中", _T.PROPOSED: "待另一人核对", _T.RELEASED: "待局长采用", _T.EFFECTIVE: "已采用", _T.REFUSED: "未采用", _T.WITHDRAWN: "已撤回"},
    moves(NEW, _T.DRAFT, "text.draft", WORDING),
    stays(_T.DRAFT, "text.save", "text_author"),
    moves(_T.DRAFT, _T.PROPOSED, "text.submit", "text_author"),
    moves(_T.PROPOSED, _T.DRAFT, "text.return", WORDING),
    moves(_T.PROPOSED, _T.RELEASED, "text.release", WORDING),
    moves((_T.DRAFT, _T.PROPOSED, _T.RELEASED), _T.WITHDRAWN, "text.withdraw", "text_author"),
    moves(_T.RELEASED, _T.EFFECTIVE, "adoption.approve", "adopt"),
    moves(_T.RELEASED, _T.REFUSED, "adoption.refuse", "adopt"),
)
PHRASE_MOVES = Moves(
    {_P.OWN: "本人的", _P.PROPOSED: "待另一人核对", _P.RELEASED: "本院的", _P.DROPPED: "已停用"},
    moves(NEW, _P.OWN, "phrase.keep", WRITING),
    moves(_P.OWN, _P.PROPOSED, "phrase.offer", "phrase_author"),
    moves(_P.PROPOSED, _P.OWN, "phrase.return", WORDING),
    moves(_P.PROPOSED, _P.RELEASED, "phrase.release", WORDING),
    moves((_P.OWN, _P.PROPOSED), _P.DROPPED, "phrase.drop", "phrase_author"),
    moves(_P.RELEASED, _P.DROPPED, "phrase.retire", WORDING),
)


COURT_DETAILS = ("address", "telephone", "hotline", "account_name", "account_bank", "account_no")  # what a court says of itself and may change


class Court(Journaled):
    """The court itself and the rules it chose; line 1 of the first chain creates it."""

    WORDS = "法院"
    name = CharField(max_length=64)
    code = CharField(max_length=16)
    upper = CharField(max_length=64)
    short = CharField(max_length=32, null=True)  # as numbers of the old form and its own letters begin
    letters = CharField(max_length=16, null=True)
    address = CharField(max_length=128, null=True)
    telephone = CharField(max_length=64, null=True)
    hotline = CharField(max_length=64, null=True)  # 举报电话
    account_name = CharField(max_length=64, null=True)  # where parties pay to
    account_bank = CharField(max_length=64, null=True)
    account_no = CharField(max_length=64, null=True)
    demo = BooleanField()
    root_fingerprint = CharField(max_length=64)
    root_certificate = TextField()
    started_on = DayField()

    OF_ALL = True
    OWNERS = TableOwners(
        writes("root.replace", "root_certificate", "keep_root"),
        writes("court.change", " ".join(COURT_DETAILS), "countersign"),
    )


class Site(Journaled):
    """A desk: HQ or the tribunal at Huangliu. ``certificate`` is its issuing certificate under the root (PEM)."""

    WORDS = "办公点"
    code = CharField(max_length=8)
    name = CharField(max_length=32)
    certificate = TextField(null=True)
    key = CharField(max_length=64, null=True)  # public Ed25519 key of the desk, hexadecimal

    OF_ALL = True
    OWNERS = TableOwners(
        writes("issuing.replace root.replace", "certificate", "keep_root"),
    )


class Group(Journaled):
    """沿海组, 山区组."""

    WORDS = "执行组"
    code = CharField(max_length=16)
    name = CharField(max_length=16)
    seat = CharField(max_length=32)
    site = CharField(max_length=8)
    starts_on = DayField()
    ends_on = DayField(null=True)

    OWNERS = TableOwners()  # made when the court is founded, and never written after

    class Meta:
        table_name = "bureau_group"

    OF_ALL = True


class Area(Journaled):
    """A town or unit of the county with the group that serves it, if the plan lists it."""

    WORDS = "辖区"
    code = CharField(max_length=9)
    name = CharField(max_length=32)
    names = JsonField()  # other ways in which addresses spell it
    group = refers_to("Group", null=True)
    near = CharField(max_length=9, null=True)  # code of the town that a unit without a group is named after
    kind = CharField(max_length=16)  # town | unit

    OF_ALL = True
    OWNERS = TableOwners()  # made when the court is founded, and never written after


class LawCorrection(Journaled):
    """A value of law data corrected by the court, approved by 局长."""

    WORDS = "法规参数更正"
    key = CharField(max_length=96)
    value = JsonField()
    unit = CharField(max_length=32)
    valid_from = DayField()
    source = TextField()
    reason = TextField()
    proposed_by = refers_to("Person")
    state = CharField(max_length=16)
    approved_by = refers_to("Person", null=True)
    approved_on = DayField(null=True)

    OF_ALL = True
    MOVES = CORRECTION_MOVES
    FACTS = {"state": ("state", "approved_by", "approved_on")}
    OWNERS = TableOwners(
        makes("law.propose", own="proposed_by", blank="approved_by approved_on"),
        writes("law.approve law.refuse", "state approved_by approved_on", own="approved_by", day="approved_on"),
        moves=CORRECTION_MOVES,
    )


class Adoption(Journaled):
    """A document type adopted by the court, with its text and every unconfirmed value it can reach."""

    WORDS = "文书样式采用"
    type_id = CharField(max_length=48, index=True)
    text_version = CharField(max_length=64)
    unconfirmed = JsonField()
    proposed_by = refers_to("Person")
    state = CharField(max_length=16)
    approved_by = refers_to("Person", null=True)
    approved_on = DayField(null=True)

    OF_ALL = True
    MOVES = ADOPTION_MOVES
    FACTS = {"state": ("state", "approved_by", "approved_on")}
    OWNERS = TableOwners(
        makes("adoption.prepare text.release", own="proposed_by", blank="approved_by approved_on"),
        writes("adoption.prepare", "struck", "prepare_adoption"),
        writes("text.release", "struck", WORDING),
        writes("text.withdraw", "struck", WORDING),
        writes("adoption.approve adoption.refuse", "state approved_by approved_on", own="approved_by", day="approved_on"),
        moves=ADOPTION_MOVES,
    )


class TextCorrection(Journaled):
    """The text of a document type as the court words it: ``body`` is what a data file would say, ``base`` the version it began from.

    It holds from ``valid_from``, from the day of its adoption at the earliest, to the end of the text it corrects.
    """

    WORDS = "文书正文更正"
    type_id = CharField(max_length=48, index=True)
    base = CharField(max_length=64, verbose_name="起草所据文本")
    body = JsonField(verbose_name="正文")
    valid_from = DayField()
    source = TextField()
    reason = TextField()
    proposed_by = refers_to("Person")
    state = CharField(max_length=16)
    released_by = refers_to("Person", null=True, verbose_name="核对人")
    released_on = DayField(null=True)
    approved_by = refers_to("Person", null=True)
    approved_on = DayField(null=True)

    OF_ALL = True
    MOVES = TEXT_MOVES
    FACTS = {"state": ("state", "body", "valid_from", "source", "reason", "released_by", "released_on", "approved_by", "approved_on")}
    OWNERS = TableOwners(
        makes("text.draft", own="proposed_by", blank="released_by released_on approved_by approved_on"),
        writes("text.save", "body valid_from source reason"),
        writes("text.submit text.withdraw", "state"),
        writes("text.return", "state"),
        writes("text.release", "state released_by released_on", own="released_by", day="released_on", when="text_of_another"),
        writes("adoption.approve adoption.refuse", "state approved_by approved_on", own="approved_by", day="approved_on", when="adopts_of_others"),
        moves=TEXT_MOVES,
    )


class Phrase(Journaled):
    """Words kept to be put into a slot: of the person who wrote them, or of the court once another has released them. ``slot`` is for which
    slot, empty for any."""

    WORDS = "常用语"
    words = TextField()
    slot = CharField(max_length=48, null=True, verbose_name="用于哪一项")
    person = refers_to("Person")
    state = CharField(max_length=16)
    released_by = refers_to("Person", null=True, verbose_name="核对人")
    released_on = DayField(null=True)

    MOVES = PHRASE_MOVES
    FACTS = {"state": ("state", "words", "slot", "released_by", "released_on")}
    OWNERS = TableOwners(
        makes("phrase.keep", own="person", blank="released_by released_on"),
        writes("phrase.offer phrase.return phrase.drop phrase.retire", "state"),
        writes("phrase.release", "state released_by released_on", own="released_by", day="released_on", when="phrase_of_another"),
        moves=PHRASE_MOVES,
    )


class Glyph(Journaled):
    """A court's own glyph for a character that no shipped font has: its font file is kept under ``sha256``; ``source`` says where the shape is from.

    In use from its release until another of the same character is released or it is ended; papers that name it keep naming it.
    """

    WORDS = "本院补字"
    character = CharField(max_length=8, index=True, verbose_name="字")
    sha256 = CharField(max_length=64, index=True)
    size = IntegerField()
    source = TextField()
    proposed_by = refers_to("Person")
    proposed_on = DayField(verbose_name="登记日期")
    state = CharField(max_length=16)
    approved_by = refers_to("Person", null=True)
    approved_on = DayField(null=True)

    OF_ALL = True
    MOVES = GLYPH_MOVES
    FACTS = {"state": ("state", "approved_by", "approved_on")}
    OWNERS = TableOwners(
        makes("glyph.prepare", own="proposed_by", day="proposed_on", blank="approved_by approved_on", when="one_character"),
        writes("glyph.prepare", "struck", "prepare_adoption"),
        writes("glyph.release glyph.refuse glyph.end", "state approved_by approved_on", own="approved_by", day="approved_on"),
        moves=GLYPH_MOVES,
    )
