"""What the dock Attribution says in words: its answer in a sentence, and what contributions are added up by."""

from aluplanner.analysis.answer_table import figure_text
from aluplanner.analysis.attribution import Attribution
from aluplanner.analysis.attribution_groups import By
from aluplanner.analysis.attribution_tables import figure_column
from aluplanner.i18n import tr
from aluplanner.ui.panels.trace_words import measure_text


def groupings() -> dict[str, str]:
    """Return the words for the ways to add up, by their keys."""
    return {
        By.ACTION: tr("by action"),
        By.PROVINCE: tr("by province"),
        By.KIND: tr("by kind"),
        By.GROUP: tr("by group"),
        By.POLICY: tr("orders / own moves"),
    }


def headline_of(answer: Attribution) -> str:
    """Return the difference between the two cases in one sentence, and what contributes most to it."""
    words = {
        "measure": measure_text(answer.measure),
        "start": answer.start_name,
        "end": answer.end_name,
        "difference": _figure(answer, answer.end - answer.start),
    }
    most = max(answer.groups, key=lambda each: abs(each.value), default=None)
    if most is None or not most.value:
        return tr("{measure}: {difference} from {start} to {end}.", **words)
    return tr(
        "{measure}: {difference} from {start} to {end}. Most by {name}: {part}.",
        name=most.name,
        part=_figure(answer, most.value),
        **words,
    )


def _figure(answer: Attribution, value: float) -> str:
    column = figure_column(answer, "")
    return f"{figure_text(column, value)} {column.unit}".strip()
