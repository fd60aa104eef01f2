"""What holds for every test: no display, no traces on the user's machine, one locale, bounded examples."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt. Setting QT_QPA_PLATFORM yourself shows the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QLocale, QStandardPaths

from aluplanner.i18n import ENGLISH, set_language
from aluplanner.ui.collector import collect_if_due

# On a busy machine drawing examples can be slow without anything being wrong.
settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("ci"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

BENCHMARKS = Path(__file__).parent / "benchmarks"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in tests/benchmarks before the markers select what is run."""
    for item in items:
        if item.path.is_relative_to(BENCHMARKS):
            item.add_marker(pytest.mark.benchmark)


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings, data and state of the tests out of the user's folders."""
    home = tmp_path_factory.mktemp("home")
    QStandardPaths.setTestModeEnabled(True)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        yield


@pytest.fixture(autouse=True)
def garbage_collected_here() -> Iterator[None]:
    """Collect between tests, as the program does while its window is idle, and never in a background thread.

    A Qt object that the collector destroys in another thread takes the process down with it.
    """
    gc.disable()
    yield
    collect_if_due()


@pytest.fixture(autouse=True)
def english() -> None:
    """Start every test with English words, numbers and months, whatever the one before chose."""
    set_language(ENGLISH)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
