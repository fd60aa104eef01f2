"""Conflicts of a merge in words."""

from aluplanner.analysis.difference_words import change_text, content_text, place_text, two_texts
from aluplanner.analysis.merging import Conflict, Merge, Side, What
from aluplanner.i18n import tr


def where_text(merge: Merge, conflict: Conflict) -> str:
    """Return what a conflict is about: a cell, a row, or the order of a table."""
    place = place_text(merge.mine, conflict.table, conflict.row, conflict.column)
    return tr("{place} › Order of rows", place=place) if conflict.what is What.ORDER else place


def base_text(merge: Merge, conflict: Conflict) -> str:
    """Return what the ancestor says."""
    if merge.base is None or conflict.what is not What.CELL:
        return ""
    text = content_text(merge.base, conflict.table, conflict.trio.base, conflict.column, conflict.base)
    return text or tr("blank")


def side_texts(merge: Merge, conflict: Conflict) -> tuple[str, str]:
    """Return what mine and what yours says."""
    if conflict.what is What.CELL:
        places = conflict.trio.mine, conflict.trio.yours
        values = conflict.mine, conflict.yours
        texts = two_texts((merge.mine, merge.yours), conflict.table, places, conflict.column, values)
        return texts[0] or tr("blank"), texts[1] or tr("blank")
    if conflict.what is What.ORDER:
        return tr("moved: {rows}", rows=conflict.mine), tr("moved: {rows}", rows=conflict.yours)
    return _row_text(merge, conflict, Side.MINE), _row_text(merge, conflict, Side.YOURS)


def _row_text(merge: Merge, conflict: Conflict, side: Side) -> str:
    if conflict.trio.place(side) is None:
        return tr("row taken out")
    plan = merge.mine if side is Side.MINE else merge.yours
    changes = merge.row_changes(conflict, side)
    if merge.base is None or not changes:
        return tr("row changed")
    return "; ".join(change_text(merge.base, plan, found) for found in changes)
