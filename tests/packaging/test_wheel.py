import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(__file__).resolve().parents[2]
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("aluplanner-*.whl")
    return built


def files_below(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".DS_Store")
    return {path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts}


def test_that_the_wheel_holds_the_package_the_resources_and_nothing_else(wheel: Path, root: Path) -> None:
    expected = {f"aluplanner/{name}" for name in files_below(root / "aluplanner")}
    expected |= {f"aluplanner/_resources/{name}" for name in files_below(root / "resources")}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected
    assert "aluplanner/_resources/examples/china-2017.xlsx" in held


def test_that_the_installed_wheel_starts_and_finds_its_own_resources(wheel: Path, tmp_path: Path) -> None:
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    target = tmp_path / "installed"
    subprocess.run([sys.executable, "-m", "pip", *install, "--target", str(target), str(wheel)], check=True)
    question = (
        f"import sys; sys.path.insert(0, {str(target)!r});"
        "from aluplanner.resources import resource_path;"
        "path = resource_path('examples', 'china-2017.xlsx'); print(path, path.is_file())"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-c", question], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    example = target / "aluplanner" / "_resources" / "examples" / "china-2017.xlsx"
    assert answer.stdout.strip() == f"{example} True"
    scripts = target / ("Scripts" if sys.platform == "win32" else "bin")
    assert list(scripts.glob("aluplanner*"))
