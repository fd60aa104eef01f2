"""The Monte Carlo in its states, for the gallery."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.calendar import Month
from aluplanner.ui.analysis.monte_carlo_panel import MonteCarloPanel
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.fan_shown import ShownFan, lead_series
from aluplanner.ui.plots.panel import PlotPanel

_DRAWS = 2_000
OUTLOOK, STOCK, DRIVERS, DIFFERENCE = range(4)


def monte_carlo_panel(document: Document, page: int = OUTLOOK, *, scenarios: Sequence[str] = ()) -> MonteCarloPanel:
    """Return the panel with its answer, worked out at once, one of its pages in front."""
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "Gallery")
    panel = MonteCarloPanel(document, Preferences(settings))
    document.setParent(panel)
    if scenarios:
        panel.ticks.choose(*scenarios)
    measures = (panel.measure_box.measure(),)
    panel.answer = monte_carlo(document.plan, draws=_DRAWS, scenarios=panel.ticks.scenarios, measures=measures)
    panel.show_answer(panel.answer)
    panel.tabs.setCurrentIndex(page)
    panel.face.show_notes(panel.notes())
    panel.face.show_body()
    return panel


def fan_plots(document: Document, *, is_old: bool = False) -> PlotPanel:
    """Return the plots with the fan of the selected scenario, the crosshair on a month."""
    panel = PlotPanel(document)
    document.setParent(panel)
    series = {lead_series(pane) for spec in plot_specs() for pane in spec.panes}
    found = monte_carlo(document.plan, draws=_DRAWS, scenarios=(document.scenario,), series=series)
    panel.span.set_month(Month.of(2017, 12))
    if panel.shown is not None:
        shown = replace(panel.shown, fan=ShownFan(found.of().fans, _DRAWS, is_old=is_old))
        panel.key.show_scenarios(shown)
        for plot in panel.plots:
            plot.show_balances(shown)
    return panel


def monte_carlo_exhibits(
    solved: Callable[..., Document], strong: str
) -> list[tuple[str, tuple[int, int], Callable[[], QWidget]]]:
    """Return the exhibits: name, size, and what makes each of a document that ``solved`` gives."""
    return [
        ("monte-carlo", (1366, 320), lambda: monte_carlo_panel(solved(strong))),
        ("monte-carlo-base", (900, 260), lambda: monte_carlo_panel(solved())),
        ("monte-carlo-square", (500, 500), lambda: monte_carlo_panel(solved(strong))),
        ("monte-carlo-stock", (900, 320), lambda: monte_carlo_panel(solved(strong), STOCK)),
        ("monte-carlo-drivers", (900, 320), lambda: monte_carlo_panel(solved(), DRIVERS)),
        ("monte-carlo-difference", (900, 320), lambda: monte_carlo_panel(solved(strong), DIFFERENCE)),
        ("plots-fan", (900, 900), lambda: fan_plots(solved(strong))),
        ("plots-fan-old", (900, 500), lambda: fan_plots(solved(), is_old=True)),
    ]
