"""Kept forecasts: a copy of the plan's workbook with a sheet that says what was said, when, and from which facts."""

from pathlib import Path
from typing import Final

from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.analysis.forecast import DRAWS, Forecast, make_forecast
from aluplanner.analysis.forecast_digest import inputs_digest
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Month
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.workbook.apart import read_apart
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.container import BookReader, Container
from aluplanner.workbook.endings import PLAIN, fitting
from aluplanner.workbook.files import replace_file, require_ending, save_error
from aluplanner.workbook.forecast_reading import ForecastReader
from aluplanner.workbook.forecast_sheet import FORECAST, digest_of, forecast_sheet
from aluplanner.workbook.marks import mark_sheet, marked_sheet, own_sheet
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.package import Package
from aluplanner.workbook.read import read_workbook
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.strict import as_transitional
from aluplanner.workbook.surgery.plain_parts import as_plain
from aluplanner.workbook.tables import read_tables

DEFAULT_FAN: Final = FanOrder(DRAWS, 1)
"""The fan of a kept forecast unless another is asked for."""


def keep_forecast(
    plan: Plan,
    path: str | Path,
    *,
    as_of: Month,
    scenario: str | None = None,
    fan: FanOrder | None = DEFAULT_FAN,
    made_by: str = "",
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Forecast:
    """Make a forecast of a plan from the facts known at the end of a month, and keep it in a file of its own.

    Parameters
    ----------
    plan
        The plan; facts after ``as_of`` go neither into the run nor into the file.
    path
        The file, an .xlsx that is not there yet.
    as_of, scenario, fan, made_by
        See :func:`~aluplanner.analysis.forecast.make_forecast`.
    cancelled, progress
        As everywhere, see :func:`~aluplanner.model.progress.watched`.

    Raises
    ------
    PlanError
        If the plan has errors, there is no such scenario, or the file cannot be written.
    """
    with watched(cancelled, progress):
        _require_free(Path(path))
        require_ending(path, PLAIN)
        with part_of_work(0.0, 0.7):
            forecast = make_forecast(as_stored(plan), as_of=as_of, scenario=scenario, fan=fan, made_by=made_by)
        write_forecast(forecast, path)
        return forecast


def write_forecast(forecast: Forecast, path: str | Path, *, replace: bool = False) -> None:
    """Write a forecast to a file: the workbook of its plan, with the sheet Forecast before the others.

    Parameters
    ----------
    forecast
        The forecast.
    path
        The file.
    replace
        Whether a file that is there may be replaced: what is kept is to stay.

    Raises
    ------
    PlanError
        If it cannot be written; what was in the file is untouched.
    """
    target = Path(path)
    if not replace:
        _require_free(target)
    require_ending(target, PLAIN)
    try:
        data = forecast_bytes(forecast)
        is_whole = _holds(data, forecast)
    except PartError as error:
        raise save_error(target, error.message, error.remedy) from error
    if not is_whole:
        raise save_error(
            target,
            tr("the workbook does not give back the forecast."),
            tr("Save the plan as a new workbook, and keep the forecast from that."),
        )
    replace_file(target, data)


def _require_free(target: Path) -> None:
    if target.exists():
        raise save_error(
            target, tr("there is such a file already, and what is kept is to stay."), tr("Give another name.")
        )


def forecast_bytes(forecast: Forecast) -> bytes:
    """Return the workbook of a kept forecast; the same forecast gives the same bytes.

    Raises
    ------
    PartError
        If the workbook that the plan came from cannot be written back.
    """
    from aluplanner.workbook.besides import Besides
    from aluplanner.workbook.graft import graft
    from aluplanner.workbook.write import plan_bytes

    stored = as_stored(forecast.plan)
    package = Package(as_transitional(as_plain(plan_bytes(stored, Besides(_balances(stored))))))
    book = BookPart(package)
    name = own_sheet(book, FORECAST)
    graft(package, forecast_sheet(forecast, is_1904=book.is_1904), {FORECAST: name})
    mark_sheet(book, FORECAST, name)
    book.move_first(book.find(name) or 0)
    return fitting(package.to_bytes(), PLAIN)


def _balances(plan: Plan) -> dict[str, Balance] | None:
    """Return the balance of every scenario for the sheets of results; ``None`` if one has errors."""
    try:
        return {name: solve(plan, name) for name in (BASE, *plan.scenario_names)}
    except PlanError:
        return None


def _holds(data: bytes, forecast: Forecast) -> bool:
    """Return whether a workbook gives back a forecast with its inputs."""
    plan = read_tables(data).plan
    try:
        found = _read(data, Container(data), plan)
    except PlanError:
        return False
    return not found.doubts and digest_of(found) == digest_of(forecast)


def read_forecast(path: str | Path) -> Forecast:
    """Read a kept forecast.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Forecast
        The forecast; :attr:`~aluplanner.analysis.forecast.Forecast.doubts` says if its figures or the plan beside it
        were touched since it was kept.

    Raises
    ------
    PlanError
        With everything wrong in the file, each with sheet and cell; and if it holds no forecast.
    """
    result = read_workbook(path)
    plan = result.plan
    if plan is None or plan.source is None:
        raise PlanError(issue for issue in result.issues if issue.is_error)
    try:
        with read_apart(plan.source) as book:
            return _read(plan.source, book, plan, Path(path).name)
    except PartError as error:
        raise PlanError([Issue(Severity.ERROR, error.code, error.message, error.remedy)]) from error


def _read(data: bytes, book: BookReader, plan: Plan, name: str = "") -> Forecast:
    sheet = marked_sheet(BookPart(Package(data)), FORECAST)
    part = next((known for known in book.sheets if known.name == sheet), None)
    if part is None:
        message = tr("{name} holds no kept forecast.", name=name or tr("The workbook"))
        remedy = tr("Choose a file that AluPlanner kept a forecast in, or keep one now.")
        raise PlanError([Issue(Severity.ERROR, "no-forecast", message, remedy)])
    return ForecastReader(part.name, book.read(part)).read(plan, inputs_digest(as_stored(plan)))
