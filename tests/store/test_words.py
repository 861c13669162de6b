"""Every table and every field has a name that a person knows."""

from __future__ import annotations

from execdesk.records.tables import BY_NAME
from execdesk.records.words import FIELDS, TABLES, value_words


def test_no_table_and_no_field_is_told_by_its_key() -> None:
    assert BY_NAME.keys() == TABLES.keys()
    assert {field.name for model in BY_NAME.values() for field in model.journal_fields()} == FIELDS.keys()
    assert not any(word.isascii() for word in (*TABLES.values(), *FIELDS.values()))


def test_values_in_a_sentence() -> None:
    assert [value_words(value) for value in (None, "", 0, False, True, "九所镇")] == ["空", "空", "「0」", "否", "是", "「九所镇」"]
