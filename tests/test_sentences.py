"""What a person reads: no code, hash, rule name or English word stands in a sentence of the window, of a refusal, a step or the inbox."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.test_house import CODE

CHINESE = re.compile("[一-鿿]")
# Words that are on keys, files and things of a PC, as people call them; units; names of this program and of what a person types.
KNOWN = frozenset({
    "Alt", "Ctrl", "Enter", "Esc", "Shift", "PIN", "PDF", "U", "Excel", "Word", "CSV", "JSON", "XML", "MB", "GB", "KB", "UTF", "GB18030", "RMB", "CNY", "LPR", "execdesk", "demo",
    "recovery", "xlsx", "xls", "xlsm", "xlsb", "csv", "txt", "ods", "ODS", "pdf", "jpg", "jpeg", "png", "JPG", "PNG", "zip", "html", "Z", "USB", "PC", "CPU", "root.p12", "PKCS",
    "HQ.1", "RSA", "pkcs11", "python", "p12", "CEPEJ", "V", "A", "B", "K7QX", "A7K2", "QF4", "M3TX", "HJ", "NP", "Z0", "A1234",
})
# Who speaks to the IT clerk, who writes data files and commands, or reads the insides of files; patterns that recognise are no sentences.
TO_CLERKS = re.compile(
    r"execdesk/(commands/|law/(datafile|articletables|authority_data|ruletexts|book|calendar|units|casenumber|matternames|typed|entries|indicators|nodes)|documents/(reading|textfile|typefile|catalogue|events)"
    r"|fields/(dates|identifiers|money|names|numbers)|intake/(opendocument|packed|spreadsheet_xml|columns|continuing)|access/(foundingplan|organisation|requesting|routing)|casefile/(kinds|settings|fileitems)"
    r"|store/(searchtexts|checklines|merge)|reads/lists/|integrity/actions|access/tokens)|reports/|ui/sheetview"
)
KEYS = re.compile(r"\bF\d{1,2}\b")


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module in which Chinese stands, what is put in left out; docstrings are no sentences for a person."""
    inside = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    told = {node.body[0].value for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "…".join(part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside and node not in told:
            text = node.value
        text = re.sub(r"\{\w+\}|\*\.\w+|<[^<>]*>|U\+[0-9A-F]+", "", text)  # what is put in later, patterns of files, marks of the page
        if CHINESE.search(text) and not text.startswith(("[", "set:")):
            yield node.lineno, text


READ = [(f"{place}:{line}", text) for place, tree in CODE.items() if not TO_CLERKS.match(place) for line, text in sentences(tree)]


def test_there_are_the_sentences_of_the_whole_program() -> None:
    assert len(READ) > 4000


def test_no_code_and_no_english_word_stands_in_a_sentence() -> None:
    wrong = [
        (place, word, text) for place, text in READ for word in re.findall(r"[A-Za-z][A-Za-z0-9_.]*[A-Za-z0-9]|[A-Za-z]", KEYS.sub("", text))
        if word not in KNOWN and len(word) > 1
    ]
    assert wrong == [], f"say it in Chinese, or, where everybody calls it so, add the word to KNOWN: {wrong[:10]}"


def test_no_rule_of_the_table_is_named_and_no_hash_is_shown() -> None:
    assert [(place, text) for place, text in READ if re.search(r"规则\s*R\d|SHA|sha256|哈希|校验和", text)] == []


def test_what_waits_is_not_said_to_be_done() -> None:
    """A sentence that says 已提交 says for whose word it waits, or that nobody's is needed."""
    told = [(place, text) for place, text in READ if text.startswith("已提交")]
    assert told and all(re.match("已提交(，(…|待|不能)|$|的)", text) for _, text in told), told


def test_a_power_cut_is_not_called_a_fault_of_the_program() -> None:
    last_time = [text for place, text in READ if "上次使用没有正常结束" in text or "断电" in text]
    assert last_time and not any("程序出错" in text or "程序的错误" in text for text in last_time)
