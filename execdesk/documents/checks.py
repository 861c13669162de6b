"""The checks before a document is submitted or issued: each says in one sentence how it stands and where to go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from execdesk.documents.assemble import scope_of
from execdesk.documents.characters import named
from execdesk.documents.citations import citation_changes
from execdesk.documents.content import Content, Paragraph
from execdesk.documents.facts import ClaimFacts, Facts, MeasureFacts, SigningDay
from execdesk.documents.filling import claims_of, leftovers, texts, unfilled
from execdesk.documents.parties import unknown_details
from execdesk.documents.signature import block_on
from execdesk.documents.texts import DocType, TextVersion
from execdesk.law.book import LawBook
from execdesk.law.control import control_end, longest_term
from execdesk.law.days import add_days, add_months
from execdesk.law.matters import Ruling
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_ruling, parse_amount, parse_amount_words

State = Literal["ok", "warn", "stop"]
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)元")
_PAIR = re.compile(r"(\d+(?:\.\d+)?)元（(?:大写：)?(人民币[^）]+)）")


@dataclass(frozen=True)
class Check:
    """One line below the drafting page. ``field`` is the slot (or ``signed_on``, ``panel``) to go to; ``ways`` lead to what records it."""

    key: str
    label: str
    state: State
    sentence: str
    field: str = ""
    ways: tuple[WayOn, ...] = ()  # what settles it where that is done elsewhere


@dataclass(frozen=True)
class CheckedDraft:
    """What is checked: a content with the facts, text and day it came from."""

    doc_type: DocType
    text: TextVersion
    facts: Facts
    book: LawBook
    on: date
    content: Content

    def uses(self, *names: str) -> bool:
        """Whether the text has one of these slots."""
        return any(name in self.text.slots for name in names)


def run_checks(
    draft: CheckedDraft,
    *,
    previous_day: date | None = None,
    missing_glyphs: Callable[[str], Iterable[str]] | None = None,
    authority: Ruling | None = None,
) -> tuple[Check, ...]:
    """All checks in the order shown. ``previous_day`` is the signing day the citations were last accepted for;
    ``missing_glyphs`` tells the characters of a text that no font has; ``authority`` who decides the matter."""
    found = [
        _blanks(draft), *_claims(draft), _leftovers(draft), _amounts(draft), _capitals(draft), _parties(draft), _dates(draft),
        _terms(draft), _limits(draft), _citations(draft, previous_day),
    ]  # fmt: skip
    if missing_glyphs is not None:
        found.append(_glyphs(draft, missing_glyphs))
    found.append(_signers(draft, authority))
    if authority is not None:
        found.append(_authority(draft, authority))
    return tuple(found)


def _blanks(draft: CheckedDraft) -> Check:
    blanks = unfilled(draft.content)
    if not blanks:
        return Check("blanks", "空白项 0", "ok", "各项均已填写")
    words, slots = f"{'、'.join(blanks.values())}未填", draft.text.slots
    by_hand = [name for name in blanks if name in slots and slots[name].by_hand]
    ways = () if by_hand else tuple(dict.fromkeys(way for name in blanks if name in slots and (way := draft.facts.way_to(slots[name].source)) is not None))
    return Check("blanks", f"空白项 {len(blanks)}", "stop", words, next(iter(by_hand), next(iter(blanks))), ways)


def _claims(draft: CheckedDraft) -> Iterator[Check]:
    """What the printed sentences claim, as the case stands now: each that it does not record, with the step that records it."""
    claimed = claims_of(draft.content)
    proofs = []
    for name, kept in claimed.items():
        fact = draft.facts.claims.get(name)
        if fact is not None and fact.proof:
            proofs.append(fact.proof)
        else:
            fact = fact or ClaimFacts(lacking="案件没有这一记录")
            yield Check(f"claim.{name}", f"未见{kept['label']}", "stop", fact.lacking, fact.field, fact.ways)
    if claimed and len(proofs) == len(claimed):
        yield Check("claims", f"所述事实 {len(proofs)}", "ok", f"都有记录：{'；'.join(dict.fromkeys(proofs))}")


def _leftovers(draft: CheckedDraft) -> Check:
    if marks := leftovers(draft.content):
        return Check("leftovers", "残留符号", "stop", f"正文中还有「{'」「'.join(marks)}」，请改写")
    return Check("leftovers", "残留符号 0", "ok", "没有××、……等样式符号")


def _amounts(draft: CheckedDraft) -> Check:
    if not draft.uses("amount"):
        return Check("amounts", "金额一致", "ok", "本件不涉及措施金额")
    ordered = [measure.amount for measure in draft.facts.measures if measure.amount is not None]
    printed = [parse_amount(figure) for line in _items(draft.content) for figure in _FIGURE.findall(line)]
    if ordered and sorted(ordered) not in (sorted(printed), sorted((Counter(printed) - Counter(_other_amounts(draft))).elements())):
        return Check("amounts", "金额不一致", "stop", f"正文写{_sum(printed)}，措施为{_sum(ordered)}", "amount")
    total, ceiling = sum(ordered), draft.facts.money.ceiling
    if any(measure.action.startswith("解除") for measure in draft.facts.measures):
        return Check("amounts", "金额一致", "ok", f"正文{_sum(printed)}，与措施相同")
    if ceiling is None:
        return Check("amounts", "标的不明", "warn", f"措施{_sum(ordered)}，案件未登记申请标的，无法比较", "amount")
    if total > ceiling:
        words = f"措施{_sum(ordered)}，超过尚未执行的标的和费用{amount_in_ruling(ceiling)}"
        return Check("amounts", "超标的", "warn", words, "amount")
    return Check("amounts", "金额一致", "ok", f"正文{_sum(printed)}，未超过{amount_in_ruling(ceiling)}")


def _other_amounts(draft: CheckedDraft) -> list[int]:
    """Amounts that the operative part prints besides what is ordered: what is to be kept of an income."""
    scope = scope_of(draft.text, draft.facts, draft.book, draft.on)
    names = {name for part in draft.text.parts for item in part.items for name in item.text.slots()}
    found = [scope.value(name) for name in sorted(names - {"amount"}) if draft.text.slots[name].type == "money"]
    return [value for value in found if isinstance(value, int)]


def _capitals(draft: CheckedDraft) -> Check:
    pairs = [pair for text in texts(draft.content) for pair in _PAIR.findall(text)]
    if not pairs:
        return Check("capitals", "大小写一致", "ok", "本件无大写金额")
    for figure, words in pairs:
        if parse_amount(figure) != parse_amount_words(words):
            return Check("capitals", "大小写不一致", "stop", f"{figure}元与「{words}」不符", "amount")
    return Check("capitals", "大小写一致", "ok", f"{len(pairs)}处相符")


def _parties(draft: CheckedDraft) -> Check:
    known = {party.name for party in draft.facts.parties}
    for role in ("申请执行人", "被执行人"):
        if draft.uses("applicant" if role == "申请执行人" else "debtor") and not draft.facts.names(role):
            return Check("parties", "当事人不全", "stop", f"案件没有登记{role}", "parties")
    if strange := [measure.owner for measure in draft.facts.measures if measure.owner not in known]:
        return Check("parties", "当事人不符", "stop", f"{strange[0]}不是本案当事人，请核对财产所有人", "owner")
    printed = "".join(block.text for block in draft.content.body if isinstance(block, Paragraph))
    roles = {role for part in draft.text.parts for role in part.roles if part.who != "target"}
    listed = [party for party in draft.facts.parties if party.role in roles]
    if absent := [party.name for party in listed if party.name not in printed]:
        return Check("parties", "当事人不符", "stop", f"正文中没有{'、'.join(absent)}", "parties")
    for party in listed:
        if gaps := unknown_details(party):
            return Check("parties", "当事人信息不全", "warn", f"{party.name}缺{'、'.join(gaps.values())}", "parties", draft.facts.way_of(party, next(iter(gaps))))
    return Check("parties", "当事人一致", "ok", f"{len(listed) or len(known)}人，与立案登记相同")


def _dates(draft: CheckedDraft) -> Check:
    case = draft.facts.case
    steps = [("申请", case.applied_on), ("立案", case.filed_on), ("签署", draft.on)]
    steps = [step for step in steps if step[1] is not None]
    for (first, before), (second, after) in zip(steps, steps[1:], strict=False):
        assert before is not None and after is not None
        if before > after:
            return Check("dates", "日期倒置", "stop", f"{first}（{before}）晚于{second}（{after}）", "signed_on")
    scope = scope_of(draft.text, draft.facts, draft.book, draft.on)
    for slot in draft.text.slots.values():
        day = scope.value(slot.name) if slot.type == "date" else None
        if "not_after_signing" in slot.checks and isinstance(day, date) and day > draft.on:
            return Check("dates", "日期倒置", "stop", f"{slot.label}（{day}）晚于签署日（{draft.on}）", slot.name)
        if "not_before_signing" in slot.checks and isinstance(day, date) and day < draft.on:
            return Check("dates", "期限已届满", "stop", f"{slot.label}（{day}）早于签署日（{draft.on}），期限届满后不能办理", slot.name)
        for bound in (check.partition(":")[2] for check in slot.checks if check.startswith("not_before:")):
            least = scope.value(bound) if bound in draft.text.slots else None
            if isinstance(day, date) and isinstance(least, date) and day < least:
                return Check("dates", "日期倒置", "stop", f"{slot.label}（{day}）早于{draft.text.slots[bound].label}（{least}）", slot.name)
        for _, first, last in (check.split(":") for check in slot.checks if check.startswith("within:")):
            opens, closes = scope.value(first), scope.value(last)
            if isinstance(day, date) and ((opens and day < opens) or (closes and day > closes)):
                span = f"{opens or ''}至{closes}" if opens else f"{closes}以前"
                return Check("dates", "日期不在期间内", "stop", f"{slot.label}（{day}）应在{span}，请核对申请日期；逾期的不能延长", slot.name)
    return Check("dates", "日期顺序", "ok", f"{'、'.join(name for name, _ in steps)}依次")


def _terms(draft: CheckedDraft) -> Check:
    if not draft.uses("end"):
        return Check("terms", "期限合法", "ok", "本件不定期限")
    try:
        ends = [end for measure in draft.facts.measures if (end := _checked_end(draft, measure)) is not None]
    except Refusal as refusal:
        return Check("terms", "期限不合法", "stop", refusal.text, "end")
    if ends and min(ends) < draft.on:
        return Check("terms", "期限不合法", "stop", f"期限止日（{min(ends)}）早于签署日（{draft.on}）", "end")
    return Check(
        "terms",
        "期限合法",
        "ok",
        f"止日{'、'.join(str(day) for day in ends)}，与法定计算相同" if ends else "本件不定期限",
    )


def _checked_end(draft: CheckedDraft, measure: MeasureFacts) -> date | None:
    if measure.months is None or measure.waiting or measure.action.startswith("解除"):
        return None
    first, last = _on(measure.start, draft.on), _on(measure.end, draft.on)
    assert first is not None
    if measure.old_end is not None:
        if draft.on > measure.old_end:
            text = f"原期限已于{measure.old_end}届满，措施已失效，不能续行，请重新采取措施。"
            raise Refusal(text, code="document.lapsed")
        if first != add_days(measure.old_end, 1):
            raise Refusal(f"续行应自原期限届满的次日{add_days(measure.old_end, 1)}起算，请核对。", code="document.term")
        longest = longest_term(draft.book, measure.kind, draft.on).value
        if measure.months > longest:
            raise Refusal(f"续行期限不得超过{longest}个月，请改短。", code="document.term")
        due = add_days(add_months(first, measure.months), -1)
    else:
        due = control_end(draft.book, measure.kind, first, measure.months).ends_on
    if last != due:
        raise Refusal(f"期限止日应为{due}，正文写{last}，请核对。", code="document.term")
    return due


def _limits(draft: CheckedDraft) -> Check:
    scope = scope_of(draft.text, draft.facts, draft.book, draft.on)
    for slot in draft.text.slots.values():
        value = None if slot.source.startswith("item.") else scope.value(slot.name)
        if not isinstance(value, int) or isinstance(value, bool):
            continue
        for least, most in _bounds(slot.checks, draft):
            if (least is not None and value < least) or (most is not None and value > most):
                limit = f"不得少于{least}" if least is not None and value < least else f"不得超过{most}"
                return Check("limits", "数值越界", "stop", f"{slot.label}为{value}，{limit}", slot.name)
    return Check("limits", "数值范围", "ok", "各项在法定范围内")


def _bounds(checks: Iterable[str], draft: CheckedDraft) -> Iterator[tuple[int | None, int | None]]:
    for check in checks:
        kind, _, limit = check.partition(":")
        if kind == "min":
            yield int(limit), None
        elif kind == "max":
            yield None, int(limit)
        elif kind == "max_law":
            yield None, int(draft.book.value(limit, draft.on).value)


def _citations(draft: CheckedDraft, previous_day: date | None) -> Check:
    tokens = scope_of(draft.text, draft.facts, draft.book, draft.on).tokens()
    if previous_day is None or previous_day == draft.on:
        return Check("citations", "引用条文", "ok", f"按签署日{draft.on}解析")
    changed = citation_changes(draft.text, draft.book, previous_day, draft.on, tokens)
    if not changed:
        return Check("citations", "引用条文", "ok", f"签署日改为{draft.on}，条号不变")
    words = "；".join(f"{one.statute_title}{one.old or '（无）'} → {one.new or '（无）'}" for one in changed)
    return Check("citations", f"条号变化 {len(changed)}", "warn", f"{words}，请确认", "signed_on")


def _glyphs(draft: CheckedDraft, missing_glyphs: Callable[[str], Iterable[str]]) -> Check:
    missing = tuple(dict.fromkeys(sign for text in texts(draft.content) for sign in missing_glyphs(text)))
    if missing:
        words = f"字库中没有{'、'.join(map(named, missing))}，不能印制；请核对是否录错，确是这个字的，请系统管理员登记本院补字，经局长批准即可印制"
        return Check("glyphs", f"缺字 {len(missing)}", "stop", words, "glyphs")
    return Check("glyphs", "缺字 0", "ok", "字库齐全")


def _signers(draft: CheckedDraft, authority: Ruling | None) -> Check:
    needs_panel = block_on(draft.doc_type, draft.text, draft.on) == "panel"
    if authority is not None and authority.panel == "required" and draft.doc_type.judicial:
        needs_panel = True
    if needs_panel and not draft.facts.staff.panel:
        return Check("signers", "须合议庭署名", "stop", "本文书应由合议庭署名，尚未指定合议庭", "panel")
    names = [f"{line.label}{line.name}" for line in draft.content.signature.signatories]
    return Check("signers", "署名", "ok", "、".join(names) or "本文书不署名，盖院印")


def _authority(draft: CheckedDraft, authority: Ruling) -> Check:
    fits = draft.doc_type.id in authority.documents or authority.matter in draft.doc_type.matters
    if not fits and draft.doc_type.matters:
        words = f"《{draft.content.title}》不是「{authority.name}」的文书，请另选文书或者事项"
        return Check("authority", "与权限不符", "stop", words)
    return Check("authority", "与权限一致", "ok", f"{authority.name}：{authority.level_name}一级")


def _items(content: Content) -> Iterator[str]:
    yield from (block.text for block in content.body if isinstance(block, Paragraph) and block.role == "item")


def _sum(amounts: list[int]) -> str:
    count = f"（{len(amounts)}处）" if len(amounts) > 1 else ""
    return f"{amount_in_ruling(sum(amounts))}{count}"


def _on(day: date | SigningDay | None, on: date) -> date | None:
    return add_days(add_months(on, day.months), day.days) if isinstance(day, SigningDay) else day
