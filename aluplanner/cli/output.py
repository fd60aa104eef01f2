"""What goes to the terminal: tables on stdout, sentences on stderr."""

import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any


def say(sentence: str) -> None:
    """Print a sentence on stderr."""
    print(f"aluplanner: {sentence}", file=sys.stderr)


def print_json(data: Any) -> None:
    """Print data for machines on stdout, in full precision."""
    print(json.dumps(data, ensure_ascii=False, allow_nan=False))  # made whole first: half an object helps nobody


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print an aligned table: the first column to the left, figures to the right, words to the left."""
    columns = list(zip(header, *rows, strict=True))
    widths = [max(map(_width, column)) for column in columns]
    to_left = [place == 0 or not _holds_figures(column[1:]) for place, column in enumerate(columns)]
    for row in (header, *rows):
        cells = [_padded(*cell) for cell in zip(row, widths, to_left, strict=True)]
        print("  ".join(cells).rstrip())


def _holds_figures(cells: Sequence[str]) -> bool:
    """Return whether most of what stands in a column are figures; a name may begin with a digit too."""
    stated = [cell for cell in cells if cell]
    return 2 * sum(map(_is_figure, stated)) > len(stated)


def _is_figure(cell: str) -> bool:
    return cell[:1].isdigit() or (cell[:1] in "+-−" and cell[1:2].isdigit())


def _width(text: str) -> int:
    """Return the columns a text takes on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, to_left: bool) -> str:
    blanks = " " * (width - _width(text))
    return text + blanks if to_left else blanks + text
