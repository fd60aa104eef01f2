import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from aluplanner.app import has_display
from aluplanner.resources import resource_path

NO_DISPLAY = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}


def run(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_that_a_display_is_looked_for_where_one_is_needed(
    platform: str, environment: dict[str, str], expected: bool
) -> None:
    assert has_display(platform, environment) is expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_that_without_a_display_the_program_says_so_in_a_sentence() -> None:
    done = run("import sys; from aluplanner.app import main_window; sys.exit(main_window([]))", NO_DISPLAY)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr


def test_that_the_window_can_be_pictured_without_a_display(tmp_path: Path) -> None:
    plan, picture = resource_path("examples", "china-2017.xlsx"), tmp_path / "window.png"
    code = (
        "from pathlib import Path; from aluplanner.app import render_window;"
        f"render_window(Path({str(plan)!r}), Path({str(picture)!r}), (1366, 768))"
    )
    done = run(code, NO_DISPLAY)
    assert done.returncode == 0, done.stderr
    assert "propagateSizeHints" not in done.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1366, 768)
    colours = {image.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
    assert len(colours) > 20


def test_that_nothing_heavy_is_loaded_before_the_window_can_be_seen() -> None:
    code = (
        "import sys; import aluplanner.app;"
        "print([name for name in ('pandas', 'pyqtgraph', 'scipy', 'openpyxl') if name in sys.modules])"
    )
    done = run(code, NO_DISPLAY)
    assert done.stdout.strip() == "[]", done.stderr


def test_that_a_picture_is_drawn_offscreen_whatever_the_desktop_asks_for(tmp_path: Path) -> None:
    plan, picture = resource_path("examples", "china-2017.xlsx"), tmp_path / "window.png"
    code = (
        "import os; os.environ['QT_QPA_PLATFORM'] = 'wayland';"
        "from pathlib import Path; from aluplanner.app import render_window;"
        f"render_window(Path({str(plan)!r}), Path({str(picture)!r}), (1366, 768))"
    )
    done = run(code, NO_DISPLAY)
    assert done.returncode == 0, done.stderr
    assert picture.is_file()


def test_that_drawing_offscreen_drops_one_message_and_passes_the_others_on() -> None:
    code = (
        "from PySide6.QtCore import qWarning; from aluplanner.ui.quiet import NOISE, without_noise\n"
        "with without_noise():\n    qWarning(NOISE); qWarning('kept')\n"
        "qWarning('after')"
    )
    done = run(code, NO_DISPLAY)
    assert done.stderr.split() == ["kept", "after"]
