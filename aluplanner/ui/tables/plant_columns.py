"""The Plants table with what each plant runs by month in the selected scenario."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QObject

from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.model.schema import Column, Type
from aluplanner.ui.tables.spark import Spark
from aluplanner.ui.tables.spark_model import Mask, SparkModel, Story
from aluplanner.ui.tables.spark_words import Path, path_text

if TYPE_CHECKING:  # the solver is loaded in the background, after the window is shown
    from aluplanner.model.balance import Balance

OPERATING_PATH: Final = Column(
    "operating_path", "Operating path", "运行走势", Type.TEXT, derived=True, width=10,
    meaning="Operating capacity by month in the selected scenario, dashed in the base; full height: what is built",
)  # fmt: skip


class _Paths:
    """What every plant runs from the opening on, kt/y."""

    def __init__(self, balance: "Balance") -> None:
        self.opening = balance.plan.plants.numbers("operating")
        self.built = balance.plan.plants.numbers("built")
        self.months = balance.operating_paths

    def of(self, place: int) -> Path:
        """Return one plant's path: at the opening, then at the end of each month."""
        return np.concatenate([self.opening[place, None], self.months[:, place]])


class PlantStory(Story):
    """What the balances say about plants."""

    def __init__(self, solution: Solution) -> None:
        super().__init__(solution, "plants")
        self._paths = _Paths(self.selected)
        self._base = _Paths(self.base) if self.base else None

    def _base_path(self, place: int, path: Path) -> Path | None:
        """Return the path in the base where it is another one."""
        base = self._base.of(place) if self._base else path
        return None if np.array_equal(base, path) else base

    def spark(self, place: int) -> Spark:
        path = self._paths.of(place)
        base = self._base_path(place, path)
        top = max(float(part.max()) for part in (path, self._paths.built[place, None], base) if part is not None)
        scale = 1.0 / top if top else 0.0
        return Spark((path * scale).tolist(), () if base is None else (base * scale).tolist())

    def words(self, place: int) -> str:
        path = self._paths.of(place)
        base = self._base_path(place, path)
        lines = [tr("Operating: {path}", path=path_text(path, self.months))]
        if base is not None:
            lines.append(tr("Base: {path}", path=path_text(base, self.months)))
        return "\n".join(lines)

    def differing(self, before: Any) -> Mask:
        if self.months != before.months or (self._base is None) is not (before._base is None):
            return np.ones(len(self.rows), dtype=bool)
        differs = np.zeros(len(self.rows), dtype=bool)
        for new, old in zip(self._figures(), before._figures(), strict=True):
            differs |= np.atleast_2d(new != old).any(axis=0)
        return differs

    def _figures(self) -> list[Path]:
        paths = [self._paths] if self._base is None else [self._paths, self._base]
        return [figures for each in paths for figures in (each.opening, each.built, each.months)]


class PlantsModel(SparkModel):
    """The Plants table with the path of what each plant runs."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(document, "plants", OPERATING_PATH, PlantStory, parent)
