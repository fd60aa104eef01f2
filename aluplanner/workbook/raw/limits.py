"""How much of anything a workbook may hold: more than planners' workbooks do, less than what would harm."""

from typing import Final

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384

MEBIBYTE: Final = 1 << 20
LARGEST_FILE: Final = 256 * MEBIBYTE
LARGEST_PART: Final = 512 * MEBIBYTE
"""Bytes of a part that is left alone."""
LARGEST_READ_PART: Final = 256 * MEBIBYTE
"""Bytes of a part that is read."""
LARGEST_TOTAL: Final = 2048 * MEBIBYTE
"""Bytes of all parts together; a workbook of 50 MB expands to 300 to 800 MB."""
BOMB_RATIO: Final = 100
BOMB_TOTAL: Final = 512 * MEBIBYTE
"""Parts that expand more than ``BOMB_RATIO`` times may do so up to this total.

The ratio alone says nothing: sheets full of equal cells shrink to a thousandth.
"""
MOST_PARTS: Final = 10_000

MOST_CELLS: Final = 2_000_000
"""Cells of one sheet that hold something."""
MOST_MERGES: Final = 10_000
"""Merged ranges of one sheet."""
MOST_STYLES: Final = 100_000
"""Cell styles; Excel itself stops at 65,490."""
MOST_TEXTS: Final = 3_000_000
"""Shared texts."""
DEEPEST: Final = 256
"""Elements within elements; Excel writes about ten."""

MEMORY: Final = 1024 * MEBIBYTE
"""Bytes that the child process may use."""
SECONDS: Final = 10.0
"""How long reading a workbook may take."""
