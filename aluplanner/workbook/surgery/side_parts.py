"""The parts that belong to a sheet and name its rows: notes, Excel tables, drawings."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from aluplanner.workbook.package import Package
from aluplanner.workbook.sheet import column_letters, column_number
from aluplanner.workbook.surgery.markup_text import (
    attributes,
    bytes_of,
    escaped,
    text_of,
    with_attributes,
    with_usual_prefixes,
)
from aluplanner.workbook.surgery.references import GONE, moved_formula
from aluplanner.workbook.surgery.row_map import RowMap

_COMMENT = re.compile(r"<(?P<name>comment|threadedComment)\b[^>]*?(?:/>|>.*?</(?P=name)>)", re.DOTALL)
_START = re.compile(r"<[^>]*>")
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
_SHAPE_ROW = re.compile(r"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_SHAPE_ANCHOR = re.compile(r"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_TABLE_REF = re.compile(r"<(?:table|autoFilter|sortState|sortCondition)\b[^>]*>")
_COLUMNS = re.compile(r"<tableColumns\b[^>]*>(.*?)</tableColumns>", re.DOTALL)
_COLUMN = re.compile(r"<tableColumn\b[^>]*>")
_ANCHOR = re.compile(r"<(?P<name>(?:\w+:)?(?:oneCell|twoCell)Anchor)\b.*?</(?P=name)>", re.DOTALL)
_ANCHOR_ROW = re.compile(r"(<(?:\w+:)?row>\s*)(\d+)(\s*</(?:\w+:)?row>)")


def move_side_parts(package: Package, part: str, sheet: str, own: RowMap) -> None:
    """Let the parts of a sheet follow its rows.

    Parameters
    ----------
    package
        The workbook; its parts are changed in place.
    part
        The sheet's part.
    sheet
        Its name in lower case.
    own
        Where its rows go.
    """
    movers: Final[dict[str, Callable[[str], str]]] = {
        "comments": lambda text: _COMMENT.sub(lambda found: _moved_comment(found[0], own), text),
        "threadedComment": lambda text: _COMMENT.sub(lambda found: _moved_comment(found[0], own), text),
        "vmlDrawing": lambda text: _SHAPE.sub(lambda found: _moved_shape(found[0], own), with_usual_prefixes(text)),
        "table": lambda text: _moved_table(text, sheet, own),
        "drawing": lambda text: _ANCHOR.sub(lambda found: _moved_anchor(found[0], own), text),
    }
    for relation in package.relations(part):
        if relation.kind in movers and relation.part in package:
            change_part(package, relation.part, movers[relation.kind])


def change_part(package: Package, part: str, change: Callable[[str], str]) -> None:
    """Put another text into a part, unless it is the same."""
    before = text_of(package[part])
    after = change(before)
    if after != before:
        package[part] = bytes_of(after)


def widen_tables(package: Package, part: str, header_row: int, last: int, titles: Iterable[str]) -> None:
    """Let the Excel table that ends with the last column before take in the columns added behind it.

    Parameters
    ----------
    package, part
        The workbook and the sheet's part.
    header_row
        The row of the headers.
    last
        The number of the column in front of the added ones.
    titles
        The headers of the added columns.
    """
    added = list(titles)
    for relation in package.relations(part):
        if relation.kind == "table" and relation.part in package:
            change_part(package, relation.part, lambda text: _widened(text, header_row, last, added))


def _moved_comment(element: str, own: RowMap) -> str:
    """Return a note that follows its cell; none if the row is gone."""
    start = _START.match(element)
    place = attributes(start[0]).get("ref", "") if start else ""
    letters = place.rstrip("0123456789")
    if start is None or letters == place:
        return element
    row = own.row(int(place[len(letters) :]))
    return "" if row is None else with_attributes(start[0], {"ref": f"{letters}{row}"}) + element[start.end() :]


def _moved_shape(element: str, own: RowMap) -> str:
    """Return the frame of a note, which goes with its row, or a button, which stays beside what it stands beside."""
    found = _SHAPE_ROW.search(element)
    if found:
        old = int(found[2]) + 1
        row = own.row(old)
        if row is None:
            return ""
        element = _SHAPE_ROW.sub(rf"\g<1>{row - 1}\g<3>", element, count=1)
        return _SHAPE_ANCHOR.sub(lambda anchor: _shifted_anchor(anchor, row - old), element)
    return _SHAPE_ANCHOR.sub(lambda anchor: _shifted_anchor(anchor, _shift(_anchor_rows(anchor), own)), element)


def _anchor_rows(found: re.Match[str]) -> tuple[int, int]:
    numbers = [int(number) for number in re.findall(r"-?\d+", found[2])]
    return (numbers[2] + 1, numbers[6] + 1) if len(numbers) == 8 else (1, 1)


def _shifted_anchor(found: re.Match[str], shift: int) -> str:
    numbers = [int(number) for number in re.findall(r"-?\d+", found[2])]
    if len(numbers) != 8 or not shift:
        return found[0]
    numbers[2], numbers[6] = max(numbers[2] + shift, 0), max(numbers[6] + shift, 0)
    return f"{found[1]}{', '.join(map(str, numbers))}{found[3]}"


def _shift(rows: tuple[int, int], own: RowMap) -> int:
    """Return by how many rows something that covers some rows moves.

    What stands below the table keeps its distance, and what lies within one row goes with it; a chart beside the table
    stays where it is.
    """
    top, bottom = rows
    if top > own.end or top == bottom:
        moved = own.row(top)
        return 0 if moved is None else moved - top
    return 0


def _moved_anchor(element: str, own: RowMap) -> str:
    """Return a drawing that stays beside what it stands beside."""
    rows = [int(found[2]) + 1 for found in _ANCHOR_ROW.finditer(element)][:2]
    shift = _shift((rows[0], rows[-1]), own) if rows else 0
    if not shift:
        return element
    # the places come first, and only they are meant: a group may have rows of its own inside
    return _ANCHOR_ROW.sub(lambda found: f"{found[1]}{int(found[2]) + shift}{found[3]}", element, count=len(rows))


def _moved_table(text: str, sheet: str, own: RowMap) -> str:
    moved = _TABLE_REF.sub(lambda found: _moved_ref(found[0], sheet, own), text)
    start = _TABLE_REF.search(moved)
    return moved if moved == text or start is None else _with_a_row(moved, start[0])


def _with_a_row(text: str, start: str) -> str:
    """Return an Excel table that has a row below its header, if only an empty one: Excel refuses any other."""
    given = attributes(start)
    first, _, last = given.get("ref", "").partition(":")
    top, end = (place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for place in (first, last or first))
    letters = (last or first).removesuffix(end)
    count = int(end) - int(top) + 1 - int(given.get("headerRowCount", "1"))
    if count > int(given.get("totalsRowCount", "0")):
        return text
    # the row of totals that is left over becomes that row
    tag = with_attributes(start, {"totalsRowCount": None}) if count else start
    ref = f"{first}:{letters}{max(int(end), int(top) + 1)}"
    text = text.replace(start, tag, 1)
    return _TABLE_REF.sub(
        lambda found: (
            with_attributes(found[0], {"ref": ref}) if found[0].startswith(("<table", "<autoFilter")) else found[0]
        ),
        text,
    )


def _moved_ref(tag: str, sheet: str, own: RowMap) -> str:
    given = attributes(tag).get("ref", "")
    moved = moved_formula(given, sheet, {sheet: own}) if given else given
    return tag if moved == given or GONE in moved else with_attributes(tag, {"ref": moved})


def _widened(text: str, header_row: int, last: int, titles: list[str]) -> str:
    start = _TABLE_REF.search(text)
    listed = _COLUMNS.search(text)
    if start is None or listed is None:
        return text
    first, _, end = attributes(start[0]).get("ref", "").partition(":")
    letters = end.rstrip("0123456789")
    if not end or first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != str(header_row) or column_number(letters) != last:
        return text
    columns = _COLUMN.findall(listed[1])
    ids = [int(attributes(column).get("id", "0")) for column in columns]
    names = {attributes(column).get("name", "").casefold() for column in columns}
    if any(title.casefold() in names for title in titles):
        return text
    new = [f'<tableColumn id="{max(ids) + n}" name="{escaped(title)}"/>' for n, title in enumerate(titles, start=1)]
    written = f'<tableColumns count="{len(columns) + len(new)}">{listed[1]}{"".join(new)}</tableColumns>'
    text = text[: listed.start()] + written + text[listed.end() :]
    new_end = f"{column_letters(column_number(letters) + len(titles))}{end[len(letters) :]}"
    return _TABLE_REF.sub(
        lambda found: (
            with_attributes(found[0], {"ref": f"{first}:{new_end}"})
            if attributes(found[0]).get("ref", "") == f"{first}:{end}"
            else found[0]
        ),
        text,
    )
