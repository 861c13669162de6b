"""Every table and every field has a name that a person knows."""

from __future__ import annotations

from execdesk.records.tables import BY_NAME
from execdesk.records.words import FIELDS, SHARED, TABLES, value_words


def test_no_table_and_no_field_is_told_by_its_key() -> None:
    assert BY_NAME.keys() == TABLES.keys()
    assert [key for key, words in (*TABLES.items(), *FIELDS.items()) if not words or words.isascii()] == []
    assert len(set(TABLES.values())) == len(TABLES)


def test_no_words_are_kept_for_fields_that_are_no_more() -> None:
    assert SHARED.keys() <= {field.name for model in BY_NAME.values() for field in model.journal_fields()}
    assert [f.name for model in BY_NAME.values() for f in model.journal_fields() if f.verbose_name and f.name in SHARED] == []


def test_values_in_a_sentence() -> None:
    assert [value_words(value) for value in (None, "", 0, False, True, "九所镇")] == ["空", "空", "「0」", "否", "是", "「九所镇」"]
