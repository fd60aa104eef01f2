from pathlib import Path

import pytest

from aluplanner.resources import find_root, resource_path


def test_that_a_checkout_finds_the_folder_beside_the_package(root: Path) -> None:
    assert resource_path("examples", "china-2017.xlsx") == root / "resources" / "examples" / "china-2017.xlsx"


def test_that_an_installed_package_prefers_its_own_copy(tmp_path: Path) -> None:
    own = tmp_path / "aluplanner" / "_resources"
    own.mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    assert find_root(tmp_path / "aluplanner", None) == own


def test_that_a_frozen_program_finds_the_folder_in_its_bundle(tmp_path: Path) -> None:
    (tmp_path / "bundle" / "resources").mkdir(parents=True)
    assert find_root(tmp_path / "library" / "aluplanner", str(tmp_path / "bundle")) == (
        tmp_path / "bundle" / "resources"
    )


def test_that_a_damaged_installation_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="_resources"):
        find_root(tmp_path / "aluplanner", None)
