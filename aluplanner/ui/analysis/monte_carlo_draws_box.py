"""How a Monte Carlo is drawn: how many draws, their seed, how they are spread."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QMenu, QToolButton, QWidget, QWidgetAction

from aluplanner.analysis.monte_carlo import DRAWS
from aluplanner.analysis.streams import Sampling
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.ui.analysis.number_field import NumberField, number_column

MOST_DRAWS: Final = 1_000_000
_DRAWS, _SEED, _SAMPLING = (f"analysis/monte_carlo/{name}" for name in ("draws", "seed", "sampling"))


class DrawsBox(QToolButton):
    """A button that says how it is drawn, over a small form.

    Attributes
    ----------
    changed : Signal()
        Something else is wanted.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAutoRaise(True)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # the text has its arrow
        self._form = QWidget(self)
        self.draws_field = self._field(tr("Draws"), _DRAWS, DRAWS, least=1.0, most=float(MOST_DRAWS))
        self.seed_field = self._field(tr("Seed"), _SEED, 1, least=0.0, most=1e9)
        self.sampling_box = QComboBox()
        self.sampling_box.setAccessibleName(tr("Sampling"))
        for sampling, words in _samplings().items():
            self.sampling_box.addItem(words, str(sampling))
        kept = self.sampling_box.findData(preferences.text(_SAMPLING, str(Sampling.RANDOM)))
        self.sampling_box.setCurrentIndex(max(0, kept))
        self._lay_out()
        for signal in (self.draws_field.changed, self.seed_field.changed, self.sampling_box.currentIndexChanged):
            signal.connect(self._on_changed)
        self._say()

    def _field(self, title: str, memory: str, usual: int, *, least: float, most: float) -> NumberField:
        column = number_column(title, minimum=least, maximum=most)
        kept = self._preferences.text(memory, "")
        value = float(kept) if kept.isdigit() and least <= float(kept) <= most else float(usual)
        return NumberField(column, self._form, value)

    def _lay_out(self) -> None:
        layout = QFormLayout(self._form)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addRow(tr("Draws"), self.draws_field)
        layout.addRow(tr("Seed"), self.seed_field)
        layout.addRow(tr("Sampling"), self.sampling_box)
        menu = QMenu(self)
        held = QWidgetAction(menu)
        held.setDefaultWidget(self._form)
        menu.addAction(held)
        self.setMenu(menu)

    @property
    def draws(self) -> int:
        """How many draws; raises what :meth:`NumberField.number` raises."""
        return round(self.draws_field.number())

    @property
    def seed(self) -> int:
        """Their seed."""
        return round(self.seed_field.number())

    @property
    def sampling(self) -> str:
        """``random``, ``latin`` or ``sobol``."""
        return str(self.sampling_box.currentData())

    def _on_changed(self) -> None:
        self._say()
        for memory, value in ((_DRAWS, self.draws_field.value), (_SEED, self.seed_field.value)):
            self._preferences.set_text(memory, f"{value or 0:.0f}")
        self._preferences.set_text(_SAMPLING, self.sampling)
        self.changed.emit()

    def _say(self) -> None:
        count = f"{self.draws_field.value or 0:,.0f}"
        self.setText(tr("{count} draws ▾", count=count))
        seed = f"{self.seed_field.value or 0:.0f}"
        tip = tr(
            "{count} draws, seed {seed}, {sampling}. The same three give the same numbers on any machine.",
            count=count, seed=seed, sampling=self.sampling_box.currentText(),
        )  # fmt: skip
        self.setToolTip(tip)
        self.setAccessibleName(tip)


def _samplings() -> dict[Sampling, str]:
    return {
        Sampling.RANDOM: tr("independent random draws"),
        Sampling.LATIN: tr("Latin hypercube"),
        Sampling.SOBOL: tr("scrambled Sobol sequence"),
    }
