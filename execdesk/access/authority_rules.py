"""Who may write the rows on which authority rests: posts, letters, certificates, desks, adopted texts, corrected law, panels, decisions.

The actions check this when they are used; here it is checked again from the lines alone, so that whoever signs lines with a program of
his own, or brings them from another desk, brings nothing about that is not his. A line is judged by what its writer knew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.organisation_data import ATTENDING, PostData
from execdesk.access.root_trust import RootTrust
from execdesk.law.authority import AuthorityTable
from execdesk.law.permission import PostFact
from execdesk.records.approvals import ENTERERS, PaperState
from execdesk.records.court import COURT_DETAILS, WORDING, ProposalState, TextState
from execdesk.records.incidents import IncidentState
from execdesk.records.people import FOR_PRESIDENT, CertificateState, GrantState
from execdesk.store.clock import CLOCK_CORRECTION
from execdesk.store.line import Change, Entry
from execdesk.store.ownerverifier import day_of

ENDING = frozenset({"prepare_people", "prepare_posts", "countersign"})
SETUP = "store.setup"
_SIGNING = frozenset({"document.issue", "document.cosign", "document.seal"})  # acts that put a signature into a paper
_BY_DUTY = {"store.clear_restored": "correct_law"}  # acts that open what is closed, whatever rows they write
_KEPT = frozenset({"Post", "Delegation", "Certificate", "LawCorrection", "Adoption", "Glyph", "TextCorrection", "Panel", "PaperApproval", "Site", "Court"})  # judged by what they were before
_GUARDED = _KEPT | {"Decision"}
Values = dict[str, Any]


@dataclass(frozen=True)
class _Write:
    """One change of one row by one line: what the row was, as its writer knew it, and what it is to be."""

    entry: Entry
    change: Change
    before: Values
    may: Callable[[str, Collection[str]], bool]  # (person, duties) → whether a post of his carries one of them

    @property
    def me(self) -> str:
        return str(self.entry.data["person"])

    @property
    def after(self) -> Values:
        return {**self.before, **self.change.values}

    def allowed(self, *duties: str) -> bool:
        return self.may(self.me, duties)

    def changed(self) -> set[str]:
        """The fields that get another value."""
        return {name for name, value in self.change.values.items() if self.before.get(name) != value}


class OrganisationAuthority:
    """Who may write the rows on which authority rests, by the duties of posts (``posts``) and by what the root vouches for. The ``table`` of levels says who decides a matter. Feed it every line with effect."""

    def __init__(self, posts: Mapping[str, PostData], table: AuthorityTable, trust: RootTrust) -> None:
        self._posts, self.table, self._trust = posts, table, trust
        self._deciding = frozenset(duty for post in posts.values() for duty in post.deciding)
        self._sites: dict[str, str] = {}  # code of a desk → its row
        self._court = ""
        self._writes: dict[tuple[str, str], list[tuple[Entry, Values]]] = {}
        self._held: dict[str, set[str]] = {}  # person → rows of posts
        self._holder: dict[str, str] = {}  # row of a post → person
        self._letters: dict[str, set[str]] = {}  # person → rows of letters
        self._told: dict[str, dict[str, int]] = {}  # person → the last line of each chain that wrote a post of his
        self._duties: dict[str, dict[date, frozenset[str]]] = {}  # by all that is told of his posts
        self._entered: dict[str, list[Values]] = {}  # the same of the posts themselves
        self._facts: dict[str, tuple[Sequence[Values], tuple[PostFact, ...]]] = {}  # what was last asked of somebody's posts, with these
        self._founding = ""  # the hash of the line that made the court: the first one told
        self._rules: dict[str, Callable[[_Write], str | None]] = {
            "Post": self._post, "Delegation": _delegation, "LawCorrection": _correction, "Adoption": _adoption, "Glyph": _glyph, "TextCorrection": _text, "Panel": _panel,
            "Decision": _decision, "PaperApproval": self._paper, "Site": self._site, "Court": self._new_root,
        }

    def learn(self, entry: Entry) -> None:
        """Take what a line with effect tells."""
        self._founding = self._founding or entry.hash
        for change in entry.changes:
            if change.table in _KEPT:
                self._writes.setdefault((change.table, change.row), []).append((entry, change.values))
                if change.table == "Court" and change.new:
                    self._court = change.row
                elif change.table == "Court" and "root_certificate" in change.values:
                    self._trust.learn_roots(change.values["root_certificate"])
                elif change.table == "Site" and change.new:
                    self._sites.setdefault(str(change.values["code"]), change.row)
                elif change.table == "Post":
                    self._note_post(entry, change)
                elif change.table == "Delegation" and change.new:
                    self._letters.setdefault(change.values["person"], set()).add(change.row)

    def _note_post(self, entry: Entry, change: Change) -> None:
        if change.new:
            self._held.setdefault(change.values["person"], set()).add(change.row)
            self._holder[change.row] = change.values["person"]
        person = self._holder.get(change.row, "")
        told = self._told.setdefault(person, {})
        told[entry.chain] = max(told.get(entry.chain, 0), entry.number)
        self._duties.pop(person, None)
        self._entered.pop(person, None)

    def breach(self, entry: Entry, certified: Callable[[], Collection[str]], waiting: Collection[str] = ()) -> str | None:
        """Why a line has no effect, as the end of a sentence. Those ``waiting`` for 院长 to consent decide, sign and seal nothing."""
        if not entry.data["person"]:
            return None if self._founding in ("", entry.hash) else self._by_desk(entry)
        if entry.data["act"] == CLOCK_CORRECTION and not self._may(entry, (entry.data.get("with") or {}).get("person", ""), ATTENDING, waiting):
            return "改正日期没有有权的第二人在场"
        duty = _BY_DUTY.get(entry.data["act"])
        if duty is not None and not self._may(entry, entry.data["person"], (duty,), waiting):
            return "由无权的人办理"
        if entry.data["person"] in waiting and (entry.data["act"] in _SIGNING or any(_decides(change) for change in entry.changes)):
            return "签名所用证书待院长同意，不能审批、签名、盖章"
        if entry.tables.isdisjoint(_GUARDED):
            return None
        try:
            return next((fault for change in entry.changes if (fault := self._judge(entry, change, certified, waiting)) is not None), None)
        except (TypeError, ValueError, KeyError, AttributeError):
            return "写下的任职、授权或证书残缺不全"

    def _judge(self, entry: Entry, change: Change, certified: Callable[[], Collection[str]], waiting: Collection[str]) -> str | None:
        if change.table not in _GUARDED:
            return None

        def able(person: str, duties: Collection[str]) -> bool:
            return self._may(entry, person, duties, waiting)

        write = _Write(entry, change, self._known(entry, change.table, change.row), able)
        if change.table in _KEPT and change.new == bool(write.before):
            return "改动了没有效力的记录" if not change.new else "重复登记同一条记录"
        return self._certificate(write, certified) if change.table == "Certificate" else self._rules[change.table](write)

    def _known(self, entry: Entry, table: str, row: str) -> Values:
        """A row as the writer of a line knew it."""
        found: Values = {}
        for other, values in sorted(self._writes.get((table, row), ()), key=lambda write: write[0].order):
            if entry.knew(other):
                found.update(values)
        return found

    def _may(self, entry: Entry, person: str, duties: Collection[str], waiting: Collection[str] = ()) -> bool:
        held = self.duties(entry, person)
        return not (held - self._deciding if person in waiting else held).isdisjoint(duties)

    def _signs(self, entry: Entry, person: str) -> bool:
        """Whether a post that a person holds, will hold or is prepared for approves, signs or seals, as the writer of a line knew it."""
        day = day_of(entry.data["at"])
        return any(
            self._posts[post["post"]].countersign for post in self.posts(entry, person)
            if post["post"] in self._posts and post["state"] != GrantState.REFUSED and not _over(post, day)
        )

    # -- what is known of people ---------------------------------------------------------------------------------------

    def duties(self, entry: Entry, person: str) -> frozenset[str]:
        """What the posts of a person carry that are in effect on the line's day, as its writer knew them."""
        if not self._knew_all(entry, person):
            return self._carried(entry, person)
        known, day = self._duties.setdefault(person, {}), day_of(entry.data["at"])
        if day not in known:
            known[day] = self._carried(entry, person)
        return known[day]

    def _knew_all(self, entry: Entry, person: str) -> bool:
        """Whether the writer of a line knew all that is told of somebody's posts by now."""
        seen, own, number = entry.seen, entry.chain, entry.number
        for chain, last in self._told.get(person, {}).items():
            if last >= number if chain == own else seen.get(chain, 0) < last:
                return False
        return True

    def _carried(self, entry: Entry, person: str) -> frozenset[str]:
        return frozenset(duty for post in self._posts_of(entry, person) for duty in self._posts[post["post"]].may)

    def posts(self, entry: Entry, person: str) -> Sequence[Values]:
        """All posts ever entered for a person that are not struck, as the writer of a line knew them."""
        found = self._entered.get(person) if (knew := self._knew_all(entry, person)) else None
        if found is None:
            found = [post for row in sorted(self._held.get(person, ())) if (post := self._known(entry, "Post", row)) and post.get("struck") is None]
            if knew:
                self._entered[person] = found
        return found

    def facts(self, entry: Entry, person: str) -> tuple[PostFact, ...]:
        """The same by the day on which they begin, as the rules of permission ask them. Asked for every case of a package, so told once where
        the posts are the same."""
        posts = self.posts(entry, person)
        kept = self._facts.get(person)
        if kept is None or kept[0] is not posts:
            kept = self._facts[person] = posts, tuple(map(_post_fact, sorted(posts, key=lambda post: post["starts_on"])))
        return kept[1]

    def letters(self, entry: Entry, person: str) -> Iterator[Values]:
        """All letters of a person that are not struck."""
        yield from (one for row in sorted(self._letters.get(person, ())) if (one := self._known(entry, "Delegation", row)) and one.get("struck") is None)

    def holders(self, entry: Entry, duty: str) -> Iterator[Values]:
        """The posts in effect on the line's day that carry a duty."""
        for person in self._held:
            yield from (post for post in self._posts_of(entry, person) if duty in self._posts[post["post"]].may)

    def _posts_of(self, entry: Entry, person: str) -> Iterator[Values]:
        """The posts of a person in effect on the line's day, as its writer knew them."""
        day = _day(entry)
        for row in self._held.get(person, ()):
            post = self._known(entry, "Post", row)
            if post.get("state") == GrantState.EFFECTIVE and post.get("struck") is None and _holds_on(post, day) and post["post"] in self._posts:
                yield post

    # -- the rules -----------------------------------------------------------------------------------------------------

    def _post(self, write: _Write) -> str | None:
        after, data = write.after, self._posts.get(str(write.after.get("post")))
        if data is None:
            return "登记了不存在的职务"
        if write.change.new:
            if after["state"] not in (GrantState.PREPARED, GrantState.REFUSED) and data.countersign:
                return f"使{data.name}的任职未经会签生效"
            own = after["state"] == GrantState.EFFECTIVE and after["person"] == write.me
            return None if write.allowed("prepare_posts") and not own else "登记了无权登记的任职"
        changed = write.changed()
        if changed & {"person", "post", "starts_on", "struck"} or _longer(write, "ends_on"):
            return "改动了任职的人、职务或期间"
        if data.succession and (fault := self._succession(write, data)):
            return fault
        if "state" not in changed:
            return None if not changed or write.allowed(*ENDING) else "无权登记免职"
        if after["state"] == GrantState.EFFECTIVE:
            if data.succession:
                return None
            fine = write.before["state"] == GrantState.PREPARED and write.allowed("countersign") and after["countersigned_by"] == write.me != after["person"]
            return None if fine else f"{data.name}的任职不是由有权会签的人会签"
        return None if write.before["state"] == GrantState.PREPARED and after["state"] == GrantState.REFUSED and write.allowed(*ENDING) else "无权处理任职"

    def _succession(self, write: _Write, data: PostData) -> str | None:
        """院长 and 局长: brought in by the former holder or by the root, ended by themselves or by that."""
        after, changed = write.after, write.changed()
        if "state" in changed and after["state"] == GrantState.EFFECTIVE:
            if _over(after, day_of(write.entry.data["at"])):  # a term of earlier days, which gives no authority any more
                fine = write.before["state"] == GrantState.PREPARED and write.allowed("countersign") and after["countersigned_by"] == write.me != after["person"]
                return None if fine else f"{data.name}以前的任职不是由有权会签的另一人会签"
            former = any(post["post"] == data.code for post in self._posts_of(write.entry, write.me))
            fine = self._trust.is_appointed({**after, "id": write.change.row}, self._roots(write.entry)) or former and after["countersigned_by"] == write.me != after["person"]
            return None if fine and write.before["state"] == GrantState.PREPARED else f"新任{data.name}不是由前任会签，也没有证书根为任命文件所作的签名"
        appointing = any(c.table == "Post" and self._trust.is_appointed({**self._known(write.entry, "Post", c.row), **c.values, "id": c.row}, self._roots(write.entry))
                         for c in write.entry.changes)
        others = "ends_on" in changed and after["person"] != write.me and not appointing
        return f"终止了{data.name}的任职" if others else None

    def _certificate(self, write: _Write, certified: Callable[[], Collection[str]]) -> str | None:
        after, changed = write.after, write.changed()
        if write.change.new:
            return self._not_attended(write, after, certified) or self._not_from_here(write.entry, after)
        if changed - {"state", "revoked_at", "reason"}:
            return "改动了证书的内容"
        if after["state"] == CertificateState.REVOKED:
            fine = write.before["state"] != CertificateState.REVOKED and after["revoked_at"] is not None and write.allowed(*ATTENDING, *ENDING, "ratify")
            return None if fine else "无权撤销证书"
        fine = write.before["state"] in FOR_PRESIDENT and after["state"] == CertificateState.VALID and write.allowed("ratify") and write.me != after["person"]
        return None if fine else "无权追认证书，或使已撤销的证书重新有效"

    def _not_attended(self, write: _Write, after: Values, certified: Callable[[], Collection[str]]) -> str | None:
        holder, second = after["person"], (write.entry.data.get("with") or {}).get("person")
        if holder == write.me or not write.allowed(*ATTENDING):
            return "签发了无权签发的证书"
        signs, by_envelope = self._signs(write.entry, holder), after["state"] == CertificateState.PROVISIONAL
        if second is None and signs and by_envelope:
            return "签发证书没有两人在场，却可以签名"
        if second is not None or after["state"] == CertificateState.VALID:
            if second in (None, holder) or not write.may(second, ATTENDING):
                return "签发证书没有两人在场"
            free = not signs or by_envelope or after["state"] == CertificateState.AWAITING or self._consented(write, holder, second)
            return _unnoted(write) if by_envelope else None if free else "签发批准、签名、盖章的证书没有经院长同意"
        if write.may(holder, ("ratify",)):
            return "以恢复码信封代替第二人给院长签发证书"
        others = set(certified()) - {holder, write.me}
        able = [p for p in others for post in self._posts_of(write.entry, p)
                if post["site"] == write.entry.data["site"] and not self._posts[post["post"]].may.isdisjoint(ATTENDING)]
        return "签发证书没有两人在场，而本席位另有可以在场的人" if able else _unnoted(write)

    def _consented(self, write: _Write, holder: str, second: str) -> bool:
        """Whether 院长 is one of the two who issue, or the certificate is his own, which the root issues."""
        return any(write.may(person, ("ratify",)) for person in (write.me, second)) or self._may(write.entry, holder, ("keep_root",))

    def _not_from_here(self, entry: Entry, after: Values) -> str | None:
        """Why a new certificate does not come from the issuing key that its desk had then."""
        if self._may(entry, after["person"], ("keep_root",)):
            return None if self._trust.is_by_root(after, self._roots(entry)) else "给院长签发证书没有用证书根"
        above = self._known(entry, "Site", self._sites.get(entry.data["site"], "")).get("certificate")
        if after["site"] != entry.data["site"] or not above or not after["pem"].endswith(above):
            return "签发证书用的不是本席位现用的签发钥匙"
        fault = self._trust.certificate_fault(after)
        return f"签发{fault.removeprefix('的')}" if fault else None

    def _roots(self, entry: Entry) -> str:
        """The court's roots as the writer of a line knew them, or as the line itself tells."""
        told = [change.values["root_certificate"] for change in entry.changes if change.table == "Court" and "root_certificate" in change.values]
        return str(told[-1] if told else self._known(entry, "Court", self._court).get("root_certificate", ""))

    def _new_root(self, write: _Write) -> str | None:
        """院长 and 局长 together name a new root, the old ones staying for what they vouched for; either says where the court is to be reached and paid."""
        if write.changed() <= set(COURT_DETAILS):
            return None if write.allowed("countersign") else "改动了无权改动的本院信息"
        second = (write.entry.data.get("with") or {}).get("person")
        grown = write.changed() == {"root_certificate"} and write.after["root_certificate"].startswith(write.before["root_certificate"])
        both = write.allowed("keep_root") and second not in (None, write.me) and write.may(second, ("name_root",))
        return None if grown and both and self._trust.is_root(write.after["root_certificate"]) else "改动了设立时定下的事项"

    def _by_desk(self, entry: Entry) -> str | None:
        """What the desk's own key may write of these tables after the founding line: itself, when it joins."""
        if entry.data["act"] == SETUP:
            fine = all(change.table == "Site" and self._joins(entry, change) for change in entry.changes)
        else:
            fine = not any(table in _GUARDED for table, _ in entry.touched)
        return None if fine else "由本机钥匙写下了只能由人办理的事项"

    def _joins(self, entry: Entry, change: Change) -> bool:
        """Whether a line writes the row of its own desk with the key that signs it, as the root vouches for it."""
        values, code = change.values, entry.data["site"]
        own = self._sites.get(code, change.row) == change.row and (values.get("code"), values.get("key")) == (code, entry.data["key"])
        return own and self._trust.site_vouched(values, self._roots(entry)) is None

    def _site(self, write: _Write) -> str | None:
        changed = write.changed() - {"name"}
        if not changed:
            return None
        second = (write.entry.data.get("with") or {}).get("person")
        fine = changed == {"certificate"} and write.allowed("keep_root") and second not in (None, write.me) and write.may(second, ATTENDING)
        return None if fine and self._trust.site_vouched(write.after, self._roots(write.entry)) is None else "改动了席位的钥匙或证书"

    @staticmethod
    def _paper(write: _Write) -> str | None:
        """凭纸批: printed on its day, entered on its day by none of the approvers (whose application it is, is proved before issue), confirmed or denied by the last of these or 院长."""
        after, changed, today = write.after, write.changed(), _day(write.entry).isoformat()
        if changed & {"struck"}:
            return "划去了纸面批准"
        if after["state"] == PaperState.PRINTED:
            fine = write.allowed(*ENTERERS) and (after["asked_by"], after["asked_on"], after["entered_by"]) == (write.me, today, None)
            return None if fine and write.change.new else "倒填或者改动了纸面报批单"
        if after["state"] == PaperState.ENTERED:
            signed = json.loads(after["approvers"])
            fine = write.allowed(*ENTERERS) and (after["entered_by"], after["entered_on"], bool(after["scan"])) == (write.me, today, True)
            in_order = bool(signed) and after["asked_on"] <= after["approved_on"] <= today
            fixed = write.change.new or changed.isdisjoint({"request", "content_hash", "asked_by", "asked_on"}) and write.before["state"] == PaperState.PRINTED
            return None if fine and in_order and fixed and write.me not in signed else "录入了不能由其录入的纸面批准"
        mine = write.allowed("ratify") or (not after["alone"] and json.loads(after["approvers"])[-1] == write.me)
        fine = changed == {"state", "settled_by", "settled_on"} and (after["settled_by"], after["settled_on"]) == (write.me, today)
        return None if fine and mine and write.me != after["entered_by"] else "确认或者否认了不待其表态的纸面批准"


def _decides(change: Change) -> bool:
    return change.table == "Decision" or change.table == "PaperApproval" and not change.new


def _unnoted(write: _Write) -> str | None:
    """What stands instead of a second person, or of 院长, is an incident of the same line."""
    place = f"Certificate:{write.change.row}"
    noted = any(c.table == "Incident" and c.new and c.values.get("place") == place and c.values.get("state") == IncidentState.OPEN for c in write.entry.changes)
    return None if noted else "启用恢复信封或者电话码而没有记为事件"


def _delegation(write: _Write) -> str | None:
    before, after, changed = write.before, write.after, write.changed()
    if write.change.new:
        return None if after["state"] == GrantState.PREPARED and write.allowed("prepare_delegations") else "登记了未经院长签署的授权书"
    if changed - {"state", "countersigned_by", "revoked_on"} or before.get("revoked_on") and "revoked_on" in changed:
        return "改动了授权书的范围、期间或受权人"
    if "revoked_on" in changed and not write.allowed("delegate", *ENDING):
        return "无权撤销授权"
    if "state" in changed:
        signed = after["countersigned_by"] == write.me != after["person"] or after["state"] == GrantState.REFUSED
        return None if before["state"] == GrantState.PREPARED and write.allowed("delegate") and signed else "授权书不是院长签署"
    return None


def _correction(write: _Write) -> str | None:
    return _proposal(write, "correct_law", "法规参数的更正")


def _adoption(write: _Write) -> str | None:
    return _proposal(write, "adopt", "文书样式的采用")


def _glyph(write: _Write) -> str | None:
    """As what is proposed and approved; one in use may be ended by whoever may approve."""
    if write.before.get("state") == ProposalState.EFFECTIVE and write.after["state"] == ProposalState.ENDED and write.changed() <= {"state", "approved_by", "approved_on"}:
        return None if write.allowed("adopt") and write.after["approved_by"] == write.me else "停用本院补字的人无权停用"
    return _proposal(write, "adopt", "本院补字")


def _proposal(write: _Write, duty: str, what: str) -> str | None:
    """What one prepares and 局长 approves, never his own."""
    before, after, changed = write.before, write.after, write.changed()
    if write.change.new:
        return None if after["state"] == ProposalState.PROPOSED and after["proposed_by"] == write.me else f"使{what}未经批准生效"
    if changed <= {"struck"}:
        return None if not changed or before["state"] == ProposalState.PROPOSED else f"划去了已生效的{what}"
    if changed - {"state", "approved_by", "approved_on"}:
        return f"改动了{what}的内容"
    fine = before["state"] == ProposalState.PROPOSED and write.allowed(duty) and after["approved_by"] == write.me
    return None if fine and (after["state"] == ProposalState.REFUSED or after["proposed_by"] != write.me) else f"{what}不是由有权的人批准"


_WORDED = {"body", "valid_from", "source", "reason", "type_id", "base", "proposed_by"}


def _text(write: _Write) -> str | None:
    """A text of the court's own: worded by one, released by another, adopted by 局长, who had no hand in it."""
    before, after, changed = write.before, write.after, write.changed()
    if write.change.new:
        return None if after["state"] == TextState.DRAFT and after["proposed_by"] == write.me else "使更正的正文未经核对、采用而生效"
    if changed & _WORDED and (before["state"] != TextState.DRAFT or before["proposed_by"] != write.me):
        return "改动了他人拟的或者已提请核对的正文"
    if "struck" in changed:
        return "划去了正文的更正"
    if after["state"] == TextState.RELEASED != before["state"]:
        fine = after["released_by"] == write.me != before["proposed_by"] and write.allowed(*WORDING)
        return None if fine else "正文的更正不是由起草人以外的人核对"
    if after["state"] == TextState.EFFECTIVE != before["state"]:
        fine = after["approved_by"] == write.me and write.me not in (before["proposed_by"], before["released_by"]) and write.allowed("adopt")
        return None if fine else "正文的更正不是由有权的人采用"
    return None


def _panel(write: _Write) -> str | None:
    if write.change.new:
        return None if not write.after.get("designated_by") and write.after["members"] == "[]" else "合议庭不是局长指定"
    named = write.changed() & {"members", "designated_by", "request"}
    return None if not named or write.allowed("designate_panel") and write.after["designated_by"] == write.me else "合议庭不是局长指定"


def _decision(write: _Write) -> str | None:
    if not write.change.new:
        return None if write.changed() <= {"struck"} and write.allowed("ratify") else "改动了已作出的审批意见"
    if write.after["person"] != write.me:
        return "以他人名义作出审批意见"
    dated = write.after["on"] == _day(write.entry).isoformat() or _enters(write)
    return None if dated and write.after["at"] == write.entry.data["at"] else "倒填了审批意见的日期"


def _enters(write: _Write) -> bool:
    """Whether the line enters the paper on which a word of an earlier day was given."""
    papers = (c.values for c in write.entry.changes if c.table == "PaperApproval" and c.row == write.after["paper_approval"])
    return write.after["kind"] in ("approve", "sign_issue") and any(
        (values.get("state"), values.get("approved_on")) == (PaperState.ENTERED, write.after["on"]) for values in papers
    )


def _post_fact(post: Values) -> PostFact:
    last = post.get("ends_on")
    return PostFact(post["post"], date.fromisoformat(post["starts_on"]), date.fromisoformat(last) if last else None, post["state"] == GrantState.EFFECTIVE)


def _day(entry: Entry) -> date:
    return day_of(entry.data["at"])


def _longer(write: _Write, field: str) -> bool:
    """Whether a last day was put off."""
    before, after = write.before.get(field), write.after.get(field)
    return before is not None and (after is None or after > before)


def _holds_on(post: Values, day: date) -> bool:
    return bool(post["starts_on"] <= day.isoformat() and not _over(post, day))


def _over(post: Values, day: date) -> bool:
    return post.get("ends_on") is not None and bool(post["ends_on"] < day.isoformat())


__all__ = ["OrganisationAuthority"]
