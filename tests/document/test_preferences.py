from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from aluplanner.document.preferences import MOST_RECENT, Preferences


def preferences(folder: Path) -> Preferences:
    return Preferences(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))


def test_that_no_and_yes_come_back_as_such(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    first.set_flag("grid", False)
    first.set_flag("dots", True)
    del first
    again = preferences(tmp_path)
    assert again.flag("grid", True) is False
    assert again.flag("dots", False) is True
    assert again.flag("unknown", True) is True


def test_that_words_and_states_come_back(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    first.set_text("theme", "dark")
    first.set_bytes("window/docks", QByteArray(b"\x00\xff"))
    del first
    again = preferences(tmp_path)
    assert again.text("theme", "light") == "dark"
    assert again.bytes_of("window/docks").data() == b"\x00\xff"
    assert again.bytes_of("never").isEmpty()


def test_that_the_newest_file_stands_first_and_once(tmp_path: Path) -> None:
    kept = preferences(tmp_path)
    for name in ("a.xlsx", "b.xlsx", "a.xlsx"):
        kept.add_recent_file(tmp_path / name)
    assert kept.recent_files == (tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert kept.last_folder == tmp_path


def test_that_one_recent_file_comes_back_as_one(tmp_path: Path) -> None:
    preferences(tmp_path).add_recent_file(tmp_path / "only.xlsx")
    assert preferences(tmp_path).recent_files == (tmp_path / "only.xlsx",)


def test_that_old_files_fall_off_the_list(tmp_path: Path) -> None:
    kept = preferences(tmp_path)
    for number in range(MOST_RECENT + 3):
        kept.add_recent_file(tmp_path / f"{number}.xlsx")
    assert len(kept.recent_files) == MOST_RECENT
    assert kept.recent_files[0].name == f"{MOST_RECENT + 2}.xlsx"


def test_that_a_file_that_is_gone_can_be_forgotten(tmp_path: Path) -> None:
    kept = preferences(tmp_path)
    kept.add_recent_file(tmp_path / "gone.xlsx")
    kept.forget_recent_file(tmp_path / "gone.xlsx")
    assert kept.recent_files == ()
