"""Who somebody is to a text or a phrase of the court, judged from the lines alone: nobody releases or adopts what he worded himself."""

from __future__ import annotations

from execdesk.records.court import WORDING, WRITING
from execdesk.records.owners import limit, role
from execdesk.store.ownerverifier import Writing


@role("text_author", "起草更正的人")
def text_author(writing: Writing) -> bool:
    return writing.before.get("proposed_by") == writing.me and writing.may(*WORDING)


@role("phrase_author", "记下常用语的人")
def phrase_author(writing: Writing) -> bool:
    return writing.before.get("person") == writing.me and writing.may(*WRITING)


@limit("text_of_another", "由起草人以外的人核对")
def text_of_another(writing: Writing) -> bool:
    return writing.before.get("proposed_by") != writing.me


@limit("adopts_of_others", "由起草人、核对人以外的人采用")
def adopts_of_others(writing: Writing) -> bool:
    return writing.me not in (writing.before.get("proposed_by"), writing.before.get("released_by"))


@limit("phrase_of_another", "由记下的人以外的人核对")
def phrase_of_another(writing: Writing) -> bool:
    return writing.before.get("person") != writing.me
