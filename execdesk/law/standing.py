"""Where a person stands on a day: posts, letters of delegation, part in the case. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from execdesk.law.matters import Ruling

EVERYTHING = "all"  # a letter for all matters of the president's list, save those statute keeps for him


@dataclass(frozen=True)
class PostFact:
    """A post held from ``starts_on`` to ``ends_on``; ``effective``: countersigned where that is required."""

    post: str
    starts_on: date
    ends_on: date | None = None
    effective: bool = True

    def in_force(self, on: date) -> bool:
        """Whether the post counts on ``on``."""
        return self.effective and self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    @property
    def term(self) -> str:
        """2017-08-01 起, or 2017-08-01 至 2018-07-31."""
        return f"{self.starts_on} " + (f"至 {self.ends_on}" if self.ends_on else "起")

    def lapse(self, name: str, on: date) -> str:
        """Why the post, called ``name``, does not count on ``on``."""
        if not self.effective:
            return f"您的{name}职务尚未会签生效"
        if replace(self, ends_on=None).in_force(on):
            return f"您的{name}职务已于 {self.ends_on} 届满"
        return f"您的{name}职务自 {self.starts_on} 起才生效"


@dataclass(frozen=True)
class DelegationFact:
    """A letter of 院长: matters (ids or names, or ``all``) from day to day; ``named``: matters it lists one by one besides."""

    letter: str
    matters: tuple[str, ...]
    starts_on: date
    ends_on: date
    revoked_on: date | None = None
    named: tuple[str, ...] = ()
    effective: bool = True

    def fault(self, ruling: Ruling) -> str:
        """Why the letter does not reach the matter on the ruling's day; empty where it does.

        ``all`` does not reach a matter that statute keeps for 院长: such a matter is named or not given (T05).
        """
        title, on = f"授权书{self.letter}", ruling.on
        if not self.effective:
            return f"{title}尚未经院长签署生效"
        if self.revoked_on and self.revoked_on <= on:
            return f"{title}已于 {self.revoked_on} 撤销"
        if on < self.starts_on:
            return f"{title}自 {self.starts_on} 起才生效"
        if on > self.ends_on:
            return f"{title}已于 {self.ends_on} 届满"
        listed = {ruling.matter, ruling.name} & {*self.matters, *self.named}
        if listed or (EVERYTHING in self.matters and not ruling.reserved):
            return ""
        if ruling.reserved:
            return f"法律把本事项留给院长，须在授权书中逐项写明，{title}没有写明{ruling.name}"
        return f"{title}的事项不包括{ruling.name}"


@dataclass(frozen=True)
class PersonFacts:
    """What counts about one person for one request on one day."""

    name: str
    posts: tuple[PostFact, ...] = ()
    delegations: tuple[DelegationFact, ...] = ()
    is_applicant: bool = False
    is_responsible_judge: bool = False
    political: bool = True  # 政法编: only such staff lead an act of enforcement
    acted_in_case: bool = False  # a judge who acted in the case does not review it

    def holds(self, post: str, on: date) -> PostFact | None:
        """The fact by which the person holds ``post`` on ``on``."""
        return next((fact for fact in self.posts if fact.post == post and fact.in_force(on)), None)

    @property
    def proposes(self) -> bool:
        """Whether the request is his own: he filed it, or it is his case."""
        return self.is_applicant or self.is_responsible_judge


@dataclass(frozen=True)
class RequestFacts:
    """What counts about the request: submitted upward (层报), the applicant's posts, the step of the ladder now due."""

    upward: bool = False
    applicant_posts: tuple[PostFact, ...] = ()
    step: int | None = None
