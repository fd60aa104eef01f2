"""``ensemble`` and ``montecarlo`` spread over processes and a Dask cluster: the same output."""

import json
from pathlib import Path

import pytest

from aluplanner.cli import main
from aluplanner.resources import resource_path
from tests.dask_cluster import running_cluster

CASE = str(resource_path("examples", "china-2017.xlsx"))
ASKED = ("--measure", "balance 2017H2 sum", "--draws", "2500", "--seed", "9")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = main(arguments, lambda file, out: None)
    said = capsys.readouterr()
    assert code == 0, said.err
    return said.out


def test_that_a_dask_cluster_prints_what_this_process_prints(capsys: pytest.CaptureFixture[str]) -> None:
    here = run(capsys, "montecarlo", CASE, *ASKED, "--json")
    with running_cluster() as address:
        there = run(capsys, "montecarlo", CASE, *ASKED, "--json", "--dask", address)
        plans = run(capsys, "ensemble", CASE, CASE, *ASKED, "--json", "--dask", address)
    assert json.loads(there) == json.loads(here)
    assert "china-2017.xlsx" in json.loads(plans)["plans"]


def test_that_processes_print_what_this_process_prints(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(Path(CASE).read_bytes())
    asked = ("ensemble", CASE, str(other), "--scenario", "Base", "Weak demand", *ASKED)
    assert run(capsys, *asked, "--workers", "2") == run(capsys, *asked)


def test_that_workers_and_a_cluster_together_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(("montecarlo", CASE, "--workers", "2", "--dask", "tcp://localhost:1"), lambda file, out: None)
    assert left.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_that_a_negative_number_of_workers_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("montecarlo", CASE, "--workers", "-1"), lambda file, out: None) == 2
    assert "one or more" in capsys.readouterr().err
