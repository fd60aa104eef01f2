"""Keeping forecasts in files and reading them again, in the background."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from aluplanner.analysis.backtest_facts import known_from, latest_fact
from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.analysis.forecast import Forecast, make_forecast
from aluplanner.document.change_log import user_name
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.questions import PLAIN, as_file_name

if TYPE_CHECKING:
    from aluplanner.ui.analysis.panel import AnalysisPanel


class ForecastFiles(QObject):
    """What a panel does with files of kept forecasts.

    Parameters
    ----------
    panel
        The panel, whose background does the work.
    document, preferences
        The open document, and what the program remembers.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    refused : Signal(str)
        Why a file was neither written nor read.
    kept : Signal(Path)
        A forecast is in a file now.
    read : Signal(Forecast, str)
        A kept forecast was read, from a file of that name.
    """

    said = Signal(str)
    refused = Signal(str)
    kept = Signal(object)
    read = Signal(object, str)

    def __init__(self, panel: "AnalysisPanel", document: Document, preferences: Preferences) -> None:
        super().__init__(panel)
        self._panel, self._document, self._preferences = panel, document, preferences

    # Keeping

    def ask_where_to_keep(self, plan: Plan, scenario: str, origin: Month | None, fan: FanOrder) -> None:
        """Ask for a file, and keep the forecast of a plan in it."""
        as_of = origin or _last_known(plan)
        if as_of is None:
            self.refused.emit(tr("The plan does not say which months it covers."))
            return
        name, _ = QFileDialog.getSaveFileName(
            self._panel.window(), tr("Keep this forecast"), str(self.suggested_path(as_of)), _filters()
        )
        if name:
            path = Path(name if name.lower().endswith(PLAIN) else f"{name}{PLAIN}")
            self.keep(plan if origin is None else known_from(plan, origin), scenario, as_of, fan, path)

    def suggested_path(self, as_of: Month) -> Path:
        """Return where a forecast goes unless the planner says otherwise: beside the plan, named after its month."""
        path = self._document.path
        folder = path.parent if path else self._preferences.last_folder
        stem = path.name.removesuffix(PLAIN).removesuffix(".aluplan") if path else self._document.plan.title
        return folder / f"{as_file_name(tr('{plan} – said {month}', plan=stem, month=as_of))}{PLAIN}"

    def keep(self, plan: Plan, scenario: str, as_of: Month, fan: FanOrder, path: Path) -> None:
        """Make a forecast from the facts known at the end of a month and write it, in the background."""
        own = self._document.path
        if own is not None and own.exists() and path.exists() and path.samefile(own):
            self.refused.emit(tr("{name} is the plan itself: choose another name.", name=path.name))
            return
        self.said.emit(tr("Keeping the forecast in {name} …", name=path.name))
        self._panel.worker.run(
            partial(_make_and_write, plan, scenario, as_of, fan, path, user_name()), self._on_kept, self._on_failed
        )

    def _on_kept(self, path: Path) -> None:
        self.said.emit(tr("Kept the forecast in {name}.", name=path.name))
        self.kept.emit(path)

    # Reading

    def ask_for_kept(self) -> None:
        """Ask for the file of a kept forecast, and read it."""
        folder = self._document.path.parent if self._document.path else self._preferences.last_folder
        name, _ = QFileDialog.getOpenFileName(
            self._panel.window(), tr("Score a kept forecast"), str(folder), _filters()
        )
        if name:
            self.read_kept(Path(name))

    def read_kept(self, path: Path) -> None:
        """Read a kept forecast in the background."""
        self.said.emit(tr("Reading {name} …", name=path.name))
        self._panel.worker.run(partial(_read, path), partial(self._on_read, path.name), self._on_failed)

    def _on_read(self, name: str, forecast: Forecast) -> None:
        self.said.emit(tr("Read {name}.", name=name))
        self.read.emit(forecast, name)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, PlanError | OSError):
            raise error
        self.refused.emit(str(error))


def _make_and_write(plan: Plan, scenario: str, as_of: Month, fan: FanOrder, path: Path, made_by: str) -> Path:
    # heavy, and needed for this only
    from aluplanner.workbook.forecasts import write_forecast
    from aluplanner.workbook.storable import as_stored

    forecast = make_forecast(as_stored(plan), as_of=as_of, scenario=scenario, fan=fan, made_by=made_by)
    write_forecast(forecast, path, replace=True)  # the file dialog has asked
    return path


def _read(path: Path) -> Forecast:
    from aluplanner.workbook.forecasts import read_forecast  # heavy, and needed for this only

    return read_forecast(path)


def _last_known(plan: Plan) -> Month | None:
    return latest_fact(plan) or (plan.horizon.first + (-1) if plan.horizon else None)


def _filters() -> str:
    return tr("Kept forecast (*.xlsx)")
