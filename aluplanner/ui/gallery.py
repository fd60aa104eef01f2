"""Every widget in every state, for the eye: ``python -m aluplanner.ui.gallery [OUTDIR]``.

Without a folder the exhibits are shown in a window; with one each is written to it as a picture, in
every theme and both languages.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QLocale, QSettings, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aluplanner.analysis.result_rows import BREAKDOWNS, COUNTRY
from aluplanner.analysis.result_table import Step
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import CHINESE, ENGLISH, set_language, tr
from aluplanner.model.calendar import Month
from aluplanner.model.measure import parse_measure
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.plants import ALUMINA, PLANTS
from aluplanner.resources import resource_path
from aluplanner.ui.analysis.gallery_attribution import attribution_panel
from aluplanner.ui.analysis.gallery_compare import compare_panel, difference_plots
from aluplanner.ui.analysis.gallery_ledger import ledger_exhibits
from aluplanner.ui.analysis.gallery_monte_carlo import monte_carlo_exhibits
from aluplanner.ui.analysis.gallery_tornado import tornado_exhibits
from aluplanner.ui.dialogs.import_workbook import ImportDialog
from aluplanner.ui.gallery_copies import compare_dialog, merge_dialog
from aluplanner.ui.panels.headline import HeadlineStrip
from aluplanner.ui.panels.sliders import SlidersPanel
from aluplanner.ui.panels.trace import TracePanel
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.cost_curve import NAME as COST_CURVE
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.results.page import ResultsPage
from aluplanner.ui.tables.paste_preview import PastePreview
from aluplanner.ui.theme import THEMES, apply_theme
from aluplanner.workbook.importing.pages import make_page
from aluplanner.workbook.importing.proposing import Proposal, SheetProposal, propose_mapping
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.sheet import Cell, Row, SheetContents

LANGUAGES: Final = {ENGLISH: QLocale(QLocale.Language.English), CHINESE: QLocale(QLocale.Language.Chinese)}
PATIENCE: Final = 20_000
STRONG: Final = "Strong enforcement H2"
OTHERS: Final = ("What happened", "Weak demand", "Announced in full")


@dataclass(frozen=True)
class Exhibit:
    """A widget in one state."""

    name: str
    size: tuple[int, int]
    make: Callable[[], QWidget]


def exhibits() -> list[Exhibit]:
    """Return all exhibits."""
    every = [*(spec.name for spec in plot_specs()), COST_CURVE]
    plots = [
        Exhibit("plots-narrow", (640, 480), lambda: _panel(solved())),
        Exhibit("plots-wide", (900, 800), lambda: _panel(solved(STRONG, OTHERS[:2]))),
        Exhibit("plots-crosshair", (900, 800), lambda: _panel(solved(STRONG, OTHERS), month=Month.of(2017, 11))),
        Exhibit("plots-every", (1300, 1100), lambda: _panel(solved(STRONG, OTHERS), every)),
        Exhibit("plots-zoomed", (900, 500), lambda: _zoomed(solved(STRONG, OTHERS))),
        Exhibit("plots-no-alumina", (640, 300), lambda: _panel(_solved_plan(_without_refineries()), ["alumina"])),
        Exhibit("plots-errors", (640, 480), lambda: _panel(_with_errors())),
        Exhibit("plots-nothing", (640, 300), lambda: _panel(Document(Plan()))),
    ]
    single = [Exhibit(f"plot-{name}", (640, 330), partial(_single, name)) for name in every]
    strips = [
        Exhibit("headline-base", (640, 150), lambda: HeadlineStrip(solved())),
        Exhibit("headline-narrow", (640, 250), lambda: HeadlineStrip(solved(STRONG, OTHERS[:2]))),
        Exhibit("headline-wide", (1200, 230), lambda: HeadlineStrip(solved("What happened", (STRONG, *OTHERS)))),
        Exhibit("headline-2018", (900, 250), lambda: _strip_of(2018)),
        Exhibit("headline-nothing", (640, 60), lambda: HeadlineStrip(Document(Plan()))),
    ]
    results = [
        Exhibit("results-country", (640, 480), lambda: _results(solved())),
        Exhibit("results-compared", (900, 700), lambda: _results(solved(STRONG, OTHERS[:2]), has_compared=True)),
        Exhibit("results-change", (900, 700), lambda: _results(solved(STRONG), step=Step.QUARTERS, is_difference=True)),
        Exhibit("results-plants", (900, 700), lambda: _results(solved(STRONG), "operating by plant", Step.MONTHS)),
        Exhibit("results-part", (640, 480), lambda: _results(_solved_plan(_cut_short()), step=Step.YEARS)),
        Exhibit("results-nothing", (640, 300), lambda: ResultsPage(Document(Plan()))),
    ]
    traces = [
        Exhibit("trace-operating", (1100, 260), lambda: _trace(solved(STRONG), "operating 2017-12 end", "actions")),
        Exhibit("trace-balance", (1100, 260), lambda: _trace(solved(), "balance 2017H2 sum")),
        Exhibit("trace-price", (640, 200), lambda: _trace(solved(), "price 2017-09 end", "action")),
        Exhibit("trace-nothing", (640, 120), lambda: TracePanel(Document(Plan()))),
    ]
    sliders = [
        Exhibit("sliders-base", (1180, 130), lambda: _sliders(solved())),
        Exhibit("sliders-scenario", (1366, 110), lambda: _sliders(solved(STRONG))),
        Exhibit("sliders-wide", (1900, 140), lambda: _sliders(solved(STRONG))),
        Exhibit("sliders-narrow", (560, 240), lambda: _sliders(solved())),
        Exhibit("sliders-nothing", (1180, 110), lambda: SlidersPanel(Document(Plan()))),
    ]
    pastes = [
        Exhibit("paste-preview", (860, 360), lambda: _paste_preview(solved())),
        Exhibit("import", (1240, 680), lambda: _import_dialog(solved())),
    ]
    copies = [
        Exhibit("merge", (1080, 680), lambda: merge_dialog(solved(), has_base=True)),
        Exhibit("merge-without-ancestor", (1080, 680), lambda: merge_dialog(solved(), has_base=False)),
        Exhibit("compare", (920, 420), lambda: compare_dialog(solved())),
    ]
    attributions = [
        Exhibit("attribution", (900, 300), lambda: attribution_panel(solved())),
        Exhibit("attribution-scenarios", (1366, 320), lambda: attribution_panel(solved(STRONG), against="Base")),
        Exhibit("attribution-square", (500, 500), lambda: attribution_panel(solved(OTHERS[0]), against="Base")),
        Exhibit(
            "attribution-price", (900, 260), lambda: attribution_panel(solved(STRONG), measure="price 2017H2 mean")
        ),
    ]
    comparisons = [
        Exhibit("comparison", (1366, 300), lambda: compare_panel(solved(STRONG, OTHERS[:2]))),
        Exhibit(
            "comparison-square", (500, 500), lambda: compare_panel(solved(STRONG, OTHERS), measure="price 2018 mean")
        ),
        Exhibit("comparison-measures", (900, 260), lambda: compare_panel(solved(STRONG), shows_measures=True)),
        Exhibit("plots-difference", (900, 800), lambda: difference_plots(solved(STRONG, OTHERS[:2]))),
    ]
    ledgers = [
        Exhibit(*each)
        for each in (
            *ledger_exhibits(solved, STRONG),
            *tornado_exhibits(solved, STRONG),
            *monte_carlo_exhibits(solved, STRONG),
        )
    ]
    analyses = [*attributions, *comparisons, *ledgers]
    return [*plots, *single, *strips, *pastes, *results, *traces, *sliders, *copies, *analyses]


# Documents


def example() -> Plan:
    """Return the plan that comes with the program."""
    return read_plan(resource_path("examples", "china-2017.xlsx"))


def solved(scenario: str = "Base", compared: Sequence[str] = ()) -> Document:
    """Return a document of the example plan, solved with these scenarios on view."""
    document = Document(example())
    document.select_scenario(scenario)
    document.set_compared(compared)
    wait_until(document, lambda: _is_on_view(document, [scenario, *compared]))
    return document


def _is_on_view(document: Document, names: Sequence[str]) -> bool:
    solution = document.solution
    return solution is not None and set(names) <= set(document.claims) and set(names) <= set(solution.balances)


def _solved_plan(plan: Plan) -> Document:
    document = Document(plan)
    wait_until(document, lambda: document.solution is not None)
    return document


def wait_until(document: Document, is_done: Callable[[], bool]) -> None:
    """Run the event loop until a document's background work has come that far.

    Raises
    ------
    TimeoutError
        If it takes longer than twenty seconds.
    """
    loop, clock = QEventLoop(), QTimer()
    clock.setSingleShot(True)
    clock.timeout.connect(loop.quit)
    signals = (document.solved, document.claims_checked, document.issues_changed, document.busy_changed)
    for signal in signals:
        signal.connect(loop.quit)
    clock.start(PATIENCE)
    while not is_done() and clock.isActive():
        loop.exec()
    for signal in signals:
        signal.disconnect(loop.quit)
    if not is_done():
        raise TimeoutError("the plan was not solved in time")


def _without_refineries() -> Plan:
    plan = example()
    for name in ("scenarios", "overrides", "uncertainty", "claims"):
        plan = plan.with_table(plan.table(name).replaced(()))
    plants = plan.plants.replaced(plant for plant in plan.plants if plant.product != ALUMINA)
    actions = plan.actions.replaced(action for action in plan.actions if action.product != ALUMINA)
    return plan.with_table(plants).with_table(actions)


def _cut_short() -> Plan:
    """Return the plan up to August 2018, so that its last periods are parts."""
    return example().with_value("plan/Months/value", 20.0)


def _with_errors() -> Document:
    document = solved()
    document.set_cell("assumptions", "load_factor", "value", -1.0)
    wait_until(document, lambda: any(issue.is_error for issue in document.issues))
    return document


# Widgets


def _panel(document: Document, names: Sequence[str] = (), month: Month | None = None) -> PlotPanel:
    panel = PlotPanel(document)
    document.setParent(panel)
    if names:
        panel.choose(names)
    panel.span.set_month(month)
    return panel


def _single(name: str) -> PlotPanel:
    return _panel(solved(STRONG, OTHERS), [name])


def _trace(document: Document, measure: str, by: str = "") -> TracePanel:
    panel = TracePanel(document)
    document.setParent(panel)
    panel.choose_grouping(by)
    panel.show_trace(document.scenario, parse_measure(measure, document.plan))
    return panel


def _zoomed(document: Document) -> PlotPanel:
    panel = _panel(document, ["balance", "price"])
    panel.span.zoom(0.3, Month.of(2017, 12).ordinal)
    return panel


def _results(
    document: Document, name: str = COUNTRY.name, step: Step = Step.HALF_YEARS, **contents: bool
) -> ResultsPage:
    page = ResultsPage(document)
    page.choose(next(breakdown for breakdown in BREAKDOWNS if breakdown.name == name), step, **contents)
    return page


def _sliders(document: Document) -> SlidersPanel:
    """Return sliders of every kind of cell, the first of them moved and the second with a text it does not take."""
    panel = SlidersPanel(document)
    orders = [action.action for action in document.plan.actions]
    panel.board.pin(
        [
            ("actions", orders[7], "implementation"),
            ("actions", orders[7], "announced"),
            ("actions", orders[12], "start"),
            ("assumptions", "load_factor", "value"),
            ("demand", document.plan.demand[0].sector, "growth 2017"),
            ("plants", document.plan.plants[0].plant, "pot_size"),
        ]
    )
    first, second = panel.rows[:2]
    panel.sliding.slide(first.pin, 0.35)
    panel.sliding.end()
    second.box.setText("as much as can be")
    second.box.refuse(tr("“{text}” is not a number.", text=second.box.text()))
    return panel


def _strip_of(year: int) -> HeadlineStrip:
    strip = HeadlineStrip(solved("What happened", (STRONG,)))
    strip.choose_year(year)
    return strip


def _paste_preview(document: Document) -> PastePreview:
    """Return a paste with a changed, an unchanged, a new and a bad row."""
    titles = [column.heading for column in TABLES["plants"].columns if column.name in ("plant", "group", "built")]
    first, second, third = (row for row in document.plan.plants[:3])
    rows = [
        *([first.plant, first.group or "", "6,600"], [second.plant, second.group or "", f"{second.built:g}"]),
        *(["Wenshan", "Chalco", "600"], [third.plant, third.group or "", "unknown"]),
    ]
    return PastePreview(document, "plants", [titles, *rows])


def _import_dialog(document: Document) -> ImportDialog:
    """Return the import of a list of smelters with a bad cell, a total and a unit that nobody states."""
    first, second = document.plan.plants[:2]
    titles = [
        PLANTS.columns[0].title_zh,
        *(c.title_zh for c in PLANTS.columns if c.name in ("group", "built", "operating")),
    ]
    lines: list[list[Cell]] = [
        [f"{titles[0]} 2017-06"],
        [*titles],
        [first.plant, first.group or "", 660.0, 640.0],
        [second.plant, second.group or "", 120.0, "n. v."],
        ["Wenshan", "Chalco", 60.0, 0.0],
        ["合计", "", 840.0, 640.0],
    ]
    rows = [(number, dict(enumerate(line, start=1))) for number, line in enumerate(lines, start=1)]
    notes: list[Row] = [(1, {1: "1."}), (2, {1: "2."})]
    pages = (
        make_page("电解铝", SheetContents(rows)),
        make_page("Notes", SheetContents(notes)),
        make_page("Old", SheetContents(rows), is_hidden=True),
    )
    proposal = Proposal(tuple(SheetProposal(page, propose_mapping(page)) for page in pages))
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "Gallery")
    return ImportDialog(document, Preferences(settings), Path("smelters.xlsx"), proposal)


# Showing


def use_language(language: str) -> None:
    """Write texts, numbers and months in a language from now on."""
    set_language(language)
    QLocale.setDefault(LANGUAGES[language])


def write_pictures(app: QApplication, folder: Path) -> int:
    """Write every exhibit in every theme and language; return how many pictures there are."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for language in LANGUAGES:
        use_language(language)
        for exhibit in exhibits():
            widget = exhibit.make()
            widget.resize(*exhibit.size)
            widget.show()
            for theme in THEMES:
                apply_theme(app, theme)
                name = f"{exhibit.name}-{theme.replace(' ', '-')}-{language}.png"
                count += widget.grab().save(str(folder / name))
            widget.document.close()  # type: ignore[attr-defined]  # panels and strips know their document
            widget.deleteLater()
    use_language(ENGLISH)
    return count


class Gallery(QWidget):
    """The exhibits in a window, with theme and language to choose."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._exhibits = exhibits()
        self.setWindowTitle("AluPlanner gallery")
        self._list, self._themes, self._languages = QListWidget(), QComboBox(), QComboBox()
        self._list.addItems([exhibit.name for exhibit in self._exhibits])
        self._themes.addItems(list(THEMES))
        self._languages.addItems(list(LANGUAGES))
        self._room = QScrollArea()
        side = QVBoxLayout()
        for widget in (self._themes, self._languages, self._list):
            side.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.addLayout(side)
        layout.addWidget(self._room, 1)
        self._themes.currentTextChanged.connect(self._on_theme_chosen)
        self._languages.currentTextChanged.connect(self._on_language_chosen)
        self._list.currentRowChanged.connect(self._on_exhibit_chosen)
        self._list.setCurrentRow(0)

    def _on_theme_chosen(self, name: str) -> None:
        apply_theme(self._app, name)

    def _on_language_chosen(self, language: str) -> None:
        use_language(language)
        self._on_exhibit_chosen(self._list.currentRow())

    def _on_exhibit_chosen(self, row: int) -> None:
        exhibit = self._exhibits[row]
        widget = exhibit.make()
        widget.resize(*exhibit.size)
        self._room.setWidget(widget)


def main(arguments: Sequence[str]) -> int:
    """Show the gallery, or write its pictures to the folder named."""
    app = QApplication([])
    apply_theme(app, "light")
    use_language(ENGLISH)
    if arguments:
        write_pictures(app, Path(arguments[0]))
        return 0
    gallery = Gallery(app)
    gallery.resize(1500, 950)
    gallery.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
