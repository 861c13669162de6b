"""How much of a file is read before it is refused; far above any ledger a county court keeps."""

from __future__ import annotations

from execdesk.law.refusal import Refusal

MAX_FILE_BYTES = 30 * 1024**2  # packed; 4,000 rows of 20 columns are about 0.4 MB as .xlsx, 4 MB as .csv
MAX_UNPACKED_BYTES = 40 * 1024**2  # all parts together; 40,000 rows of 20 columns
MAX_RATIO = 200  # unpacked : packed of one large part; real sheets stay below 30
RATIO_FROM_BYTES = 1024**2  # small parts may be as empty as they like
MAX_PARTS = 2_000
MAX_ROW = 100_000  # last used row of a sheet
MAX_COLUMN = 512  # last used column; a ledger has about 70
MAX_CELLS = 1_500_000  # rows × columns of all sheets, as the reader lays them out in memory
MAX_SHEETS = 100
MAX_FORMULAS = 5_000_000  # characters of all shared formulas of a sheet written out; 40,000 rows with two of 40 are 3,200,000

WAY = "请用表格软件打开核对，另存为只含台账的 .xlsx 后再导入。"


def refuse(text: str, code: str) -> Refusal:
    """A refusal of the whole file, with what to do next."""
    return Refusal(f"{text}{WAY}", code=f"file.{code}")


class Extent:
    """Counts the used area of the sheets of one file and refuses when it grows absurd."""

    def __init__(self) -> None:
        self._cells = 0

    def add_sheet(self, rows: int, columns: int) -> None:
        """Note one sheet's last used row and column, both from 1; raises Refusal above the limits."""
        if rows > MAX_ROW or columns > MAX_COLUMN:
            raise refuse(
                f"表格的已用区域到第 {rows:,} 行、第 {columns:,} 列，超过上限（{MAX_ROW:,} 行、{MAX_COLUMN} 列），未读取。",
                "too_large",
            )
        self._cells += rows * columns
        if self._cells > MAX_CELLS:
            raise refuse(f"表格共约 {self._cells:,} 格，超过上限 {MAX_CELLS:,} 格，未读取。", "too_large")
