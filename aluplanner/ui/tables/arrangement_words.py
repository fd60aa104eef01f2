"""How a table is sorted and filtered, in words."""

from aluplanner.i18n import tr
from aluplanner.model.schema import Column
from aluplanner.ui.tables.arrangement import Arrangement, Only
from aluplanner.ui.tables.faces import header_text
from aluplanner.ui.tables.model import PlanTableModel


def title_of(column: Column) -> str:
    """Return the title of a column without its unit, in the language in force."""
    return header_text(column).partition("\n")[0]


def _titles(model: PlanTableModel) -> dict[str, str]:
    return {column.name: title_of(column) for column in model.columns}


def caption(model: PlanTableModel, arrangement: Arrangement, shown: int) -> str:
    """Return how many rows are shown and why, and how they are sorted; empty for a table as it is stored."""
    titles, parts = _titles(model), []
    if arrangement.is_filtered:
        template = tr("{shown} of {count} rows shown – filtered by {columns}")
        columns = _joined(_filtered_by(titles, arrangement))
        parts.append(template.format(shown=shown, count=model.rowCount(), columns=columns))
    if arrangement.sorts:
        columns = _joined([titles.get(key.column, key.column) for key in arrangement.sorts])
        parts.append(tr("sorted by {columns}", columns=columns))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _joined(words: list[str]) -> str:
    return tr(", ").join(words)


def _filtered_by(titles: dict[str, str], arrangement: Arrangement) -> list[str]:
    rows = {Only.ISSUES: tr("issues"), Only.OVERRIDDEN: tr("changes of the scenario")}
    columns = [titles.get(name, name) for name in arrangement.filters]
    return columns + [rows[kind] for kind in Only if kind in arrangement.only]


def details(model: PlanTableModel, arrangement: Arrangement) -> str:
    """Return everything that is asked of the rows, one sentence a line."""
    titles = _titles(model)
    lines = [kept.sentence(titles.get(name, name)) for name, kept in arrangement.filters.items()]
    if Only.ISSUES in arrangement.only:
        lines.append(tr("Only rows with errors or warnings"))
    if Only.OVERRIDDEN in arrangement.only:
        lines.append(tr("Only rows that the selected scenario changes"))
    lines += [_sort_sentence(titles.get(key.column, key.column), key.is_descending) for key in arrangement.sorts]
    return "\n".join(lines)


def _sort_sentence(title: str, is_descending: bool) -> str:
    return tr("{title} descending", title=title) if is_descending else tr("{title} ascending", title=title)


def of_column(arrangement: Arrangement, column: Column) -> str:
    """Return how a column is filtered and sorted, one sentence a line; empty if it is neither."""
    lines = []
    if (kept := arrangement.filters.get(column.name)) is not None:
        lines.append(tr("Filter: {sentence}", sentence=kept.sentence(title_of(column))))
    if (key := arrangement.sort_of(column.name)) is not None:
        lines.append(tr("Sorted descending") if key.is_descending else tr("Sorted ascending"))
    return "\n".join(lines)
