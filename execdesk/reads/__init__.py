"""Rows for screens and commands: one query makes small frozen rows; nothing here writes.

A new read is a function of a session in one of these modules and one line in :class:`Reads`.
"""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.choices import judges_free
from execdesk.access.door import Read, unsigned
from execdesk.access.forms import Begun as Begun
from execdesk.access.forms import FormField as FormField
from execdesk.access.forms import FormShown as FormShown
from execdesk.access.forms import begun_by_form, consent_words, form
from execdesk.access.forms import led_by as led_by
from execdesk.access.session import Session
from execdesk.approval.who import Who as Who
from execdesk.casefile.registration import check_registration
from execdesk.casefile.steps import Step as Step
from execdesk.issue.actions.handforms import form_pages
from execdesk.issue.printing import approval_sheet, paper_sheet, service_receipt
from execdesk.reads.admin import sections
from execdesk.reads.adoption import adoption_desk, adoption_pages, adoption_sheet
from execdesk.reads.approvals import inbox
from execdesk.reads.caselist import all_cases, page, place
from execdesk.reads.cases import case_and_steps, case_page, steps_in, who_decides_in
from execdesk.reads.casesums import counts
from execdesk.reads.clauses import clause_text
from execdesk.reads.drafting import draft_shown, papers_of
from execdesk.reads.finding import find
from execdesk.reads.firstday import first_day
from execdesk.reads.glyphs import glyph_fonts, glyph_specimen
from execdesk.reads.health import health_of
from execdesk.reads.importruns import importing_refused
from execdesk.reads.imports import begin, reopen
from execdesk.reads.lawdata import law_desk
from execdesk.reads.listing import list_counts, list_page, list_place
from execdesk.reads.measures import expiry
from execdesk.reads.papers import PaperStanding as PaperStanding
from execdesk.reads.papers import account_of, copy, documents_of, pages, verdict, verdict_on_file, waiting_for_seal
from execdesk.reads.papersuffixes import unnumbered_cases
from execdesk.reads.paperversions import paper_difference, paper_versions
from execdesk.reads.phrases import last_like, phrases
from execdesk.reads.requestpage import draft_pages, letters, paper_scan, request_page
from execdesk.reads.sitting import WithoutCertificate as WithoutCertificate
from execdesk.reads.sitting import without_certificate
from execdesk.reads.standing import person_shown, store_facts
from execdesk.reads.teams import team_day
from execdesk.reads.texts import (
    adoption_difference,
    text_desk,
    text_difference,
    text_edited,
    text_lines,
    text_pages,
    text_words,
)


@dataclass(frozen=True)
class Reads:
    """The reads of one session, each one look; what they promise stands at the functions they are bound to."""

    session: Session

    cases = Read(all_cases)
    case_list = Read(page)
    case_place = Read(place)
    case_counts = Read(counts)
    search = Read(find)
    case = Read(case_page)
    case_and_steps = Read(case_and_steps)
    next_steps = Read(steps_in)
    who_decides = Read(who_decides_in)
    registration = Read(check_registration)
    expiry = Read(expiry)
    list_page = Read(list_page)
    list_place = Read(list_place)
    list_counts = Read(list_counts)

    begun_by_form = Read(unsigned(begun_by_form))
    form = Read(form)
    consent_words = Read(consent_words)
    draft = Read(draft_shown)
    papers_of = Read(unsigned(papers_of))
    documents_of = Read(unsigned(documents_of))
    waiting_for_seal = Read(unsigned(waiting_for_seal))
    pages = Read(unsigned(pages))
    draft_pages = Read(draft_pages)
    copy = Read(copy)
    verdict = Read(verdict)
    verdict_on_file = Read(verdict_on_file)
    approval_sheet = Read(approval_sheet)
    receipt_form = Read(service_receipt)
    form_pages = Read(form_pages)
    paper_sheet = Read(paper_sheet)
    paper_scan = Read(paper_scan)

    unnumbered_cases = Read(unnumbered_cases)

    inbox = Read(inbox)
    request_page = Read(request_page)
    letters = Read(letters)
    clause_text = Read(clause_text)

    team_day = Read(team_day)
    judges_free = Read(judges_free)
    person = Read(person_shown)
    account_of = Read(unsigned(account_of))
    admin_sections = Read(sections)
    without_certificate = Read(without_certificate)

    import_session = Read(begin)
    reopen_import = Read(reopen)
    importing_refused = Read(importing_refused)

    law_desk = Read(law_desk)
    paper_versions = Read(paper_versions)
    paper_difference = Read(paper_difference)
    phrases = Read(phrases)
    last_like = Read(last_like)
    text_desk = Read(text_desk)
    text_lines = Read(text_lines)
    text_words = Read(text_words)
    text_difference = Read(text_difference)
    text_pages = Read(text_pages)
    text_edited = Read(text_edited)
    adoption_difference = Read(adoption_difference)
    adoption_desk = Read(adoption_desk)
    adoption_sheet = Read(adoption_sheet)
    adoption_pages = Read(adoption_pages)
    glyph_specimen = Read(glyph_specimen)
    glyph_fonts = Read(glyph_fonts)
    first_day = Read(first_day)
    health = Read(health_of)
    store_facts = Read(store_facts)
