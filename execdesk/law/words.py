"""Words of the court: the one place to import numbers, dates, amounts and case numbers in words from."""

from __future__ import annotations

from execdesk.law.casenumber import CaseNumber, ParsedCaseNumber, case_number, format_case_number, parse_case_number
from execdesk.law.numerals import (
    amount_in_list,
    amount_in_receipt,
    amount_in_ruling,
    amount_in_words,
    article_in_words,
    date_in_words,
    normalise,
    number_in_words,
    parse_amount,
    parse_amount_words,
    parse_date_words,
    parse_day,
    parse_number_words,
    parse_suffix_words,
    suffix_in_words,
)

__all__ = [
    "CaseNumber",
    "ParsedCaseNumber",
    "amount_in_list",
    "amount_in_receipt",
    "amount_in_ruling",
    "amount_in_words",
    "article_in_words",
    "case_number",
    "date_in_words",
    "format_case_number",
    "normalise",
    "number_in_words",
    "parse_amount",
    "parse_amount_words",
    "parse_case_number",
    "parse_date_words",
    "parse_day",
    "parse_number_words",
    "parse_suffix_words",
    "suffix_in_words",
]
