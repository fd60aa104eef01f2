"""What two copies say and note about the row of a conflict, side by side."""

from collections.abc import Sequence
from html import escape

from aluplanner.analysis.conflict_words import base_text, side_texts, where_text
from aluplanner.analysis.merging import Conflict, Merge, Side
from aluplanner.i18n import tr
from aluplanner.ui.theme import current_theme


def details_html(merge: Merge, conflict: Conflict, name: str) -> str:
    """Return the details of a conflict.

    Parameters
    ----------
    merge
        The merge.
    conflict
        One of its conflicts.
    name
        What the other copy is called.
    """
    rows = [_row("", [tr("Here"), tr("In {name}", name=name)], is_heading=True)]
    rows.append(_row(tr("Says"), side_texts(merge, conflict)))
    remarks = {side: merge.remarks(conflict, side) for side in Side}
    texts = {side: {column.name: text for column, text in found} for side, found in remarks.items()}
    headings = {column.name: column.heading for found in remarks.values() for column, _ in found}
    headings.pop(conflict.column, None)  # told above
    rows += [_row(heading, [texts[side].get(name, "") for side in Side]) for name, heading in headings.items()]
    title = f"<b>{escape(where_text(merge, conflict))}</b>"
    before = base_text(merge, conflict)
    if before:
        title += f' <span style="color:{current_theme().muted}">{escape(tr("before: {text}", text=before))}</span>'
    return f'{title}<table cellpadding="3" width="100%">{"".join(rows)}</table>'


def _row(heading: str, texts: Sequence[str], is_heading: bool = False) -> str:
    muted = current_theme().muted
    style = f' style="color:{muted}"' if is_heading else ""
    cells = "".join(f'<td width="43%"{style}>{escape(text)}</td>' for text in texts)
    return f'<tr><td width="14%" style="color:{muted}">{escape(heading)}</td>{cells}</tr>'
