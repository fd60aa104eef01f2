"""Every exhibit of the gallery can be made and drawn, in every theme and language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.i18n import ENGLISH, set_language
from aluplanner.ui import gallery
from aluplanner.ui.theme import THEMES, apply_theme, current_theme


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    before = current_theme().name
    yield qapp
    apply_theme(qapp, before)
    set_language(ENGLISH)


def test_that_every_exhibit_is_written_in_every_theme_and_language(
    app: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [exhibit for exhibit in gallery.exhibits() if exhibit.name in ("plots-crosshair", "headline-narrow")]
    monkeypatch.setattr(gallery, "exhibits", lambda: chosen)
    count = gallery.write_pictures(app, tmp_path)
    names = {path.stem for path in tmp_path.glob("*.png")}
    assert count == len(names) == len(chosen) * len(THEMES) * len(gallery.LANGUAGES)
    assert "plots-crosshair-high-contrast-zh_CN" in names
    for exhibit in chosen:
        size = QImage(str(tmp_path / f"{exhibit.name}-dark-en.png")).size()
        assert (size.width(), size.height()) == exhibit.size


@pytest.mark.parametrize("exhibit", gallery.exhibits(), ids=lambda exhibit: exhibit.name)
def test_that_an_exhibit_shows_something(app: QApplication, qtbot: QtBot, exhibit: gallery.Exhibit) -> None:
    gallery.use_language(ENGLISH)
    widget = exhibit.make()
    qtbot.addWidget(widget)
    widget.resize(*exhibit.size)
    widget.show()
    image = widget.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}) > 2
    widget.document.close()  # type: ignore[attr-defined]


def test_that_languages_bring_their_months(app: QApplication) -> None:
    for language, locale in gallery.LANGUAGES.items():
        gallery.use_language(language)
        assert QLocale().language() == locale.language()
