"""Comparing and merging workbooks on the command line."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from aluplanner.cli import main
from aluplanner.document.edits import delete_rows, set_cells
from aluplanner.model.plan import Plan
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan
from tests.document.small_plan import small_plan

# what openpyxl says of print areas that are whole columns
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")

Printed = pytest.CaptureFixture[str]


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], no_window)


class Desk:
    """A folder with the ancestor and copies of it."""

    def __init__(self, folder: Path) -> None:
        self.base = folder / "base.xlsx"
        self.mine = folder / "mine.xlsx"
        self.yours = folder / "yours.xlsx"
        self.out = folder / "out.xlsx"
        write_plan(small_plan(), self.base)
        self.plan = read_plan(self.base)

    def write(self, mine: Plan, yours: Plan) -> None:
        write_plan(mine, self.mine)
        write_plan(yours, self.yours)

    def write_disputed(self) -> None:
        mine = self.plan.with_cells({"plants/North/built": 1100.0, "plants/North/source": "annual report"})
        yours = self.plan.with_cells({"plants/North/built": 1200.0, "plants/North/note": "seen"})
        self.write(mine, yours.with_value("demand/Cables/consumption", 710.0))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_that_diff_prints_what_differs_and_ends_well(desk: Desk, capsys: Printed) -> None:
    yours = set_cells(delete_rows(desk.plan, "plants", [2]), "plants", [(0, "plant", "Far North")])
    desk.write(desk.plan, yours)
    assert run("diff", desk.mine, desk.yours) == 0
    printed = capsys.readouterr()
    rows = [line.split() for line in printed.out.splitlines()]
    assert rows[0] == ["Table", "Row", "Column", "mine.xlsx", "yours.xlsx"]
    assert ["Plants", "Far", "North", "Plant", "North", "Far", "North"] in rows
    assert any(row[:3] == ["Plants", "West", "(removed)"] for row in rows)
    assert "1 added" not in printed.err
    assert ", 1 removed." in printed.err


def test_that_diff_says_when_nothing_differs(desk: Desk, capsys: Printed) -> None:
    assert run("diff", desk.base, desk.base) == 0
    assert capsys.readouterr() == ("", "aluplanner: No difference.\n")


def test_that_diff_gives_machines_values_and_cells(desk: Desk, capsys: Printed) -> None:
    desk.write(desk.plan, desk.plan.with_value("plants/West/built", 800.0000000001))
    assert run("diff", desk.mine, desk.yours, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "differences": [
            {
                "table": "plants",
                "row": "West",
                "kind": "changed",
                "column": "built",
                "old": 800.0,
                "new": 800.0000000001,
                "cell_a": "Plants!E4",
                "cell_b": "Plants!E4",
            }
        ]
    }
    assert run("diff", desk.mine, desk.yours, "--json", "--tolerance", "1e-9") == 0
    assert json.loads(capsys.readouterr().out) == {"differences": []}


def test_that_diff_of_a_file_that_is_no_plan_names_it(desk: Desk, capsys: Printed) -> None:
    desk.mine.write_bytes(b"Dear Sir")
    assert run("diff", desk.base, desk.mine) == 1
    assert "mine.xlsx" in capsys.readouterr().err


def test_that_edits_that_do_not_meet_are_merged_into_the_workbook_of_mine(desk: Desk, capsys: Printed) -> None:
    desk.write(
        set_cells(desk.plan, "plants", [(0, "plant", "Far North")]), desk.plan.with_value("plants/North/built", 1200.0)
    )
    book = load_workbook(desk.mine)
    book.create_sheet("My sheet")["A1"] = "keep me"
    book.save(desk.mine)
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out) == 0
    merged = read_plan(desk.out)
    assert (merged.plants[0].plant, merged.plants[0].built) == ("Far North", 1200.0)
    assert merged.overrides[1].row == "Far North"
    assert load_workbook(desk.out)["My sheet"]["A1"].value == "keep me"
    assert "From YOURS: 1 changed" in capsys.readouterr().out


def test_that_the_merged_workbook_has_fresh_results_and_says_what_was_done(desk: Desk) -> None:
    desk.write(desk.plan.with_value("plants/West/built", 900.0), desk.plan.with_value("plants/North/built", 1200.0))
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out) == 0
    book = load_workbook(desk.out)
    assert {"Summary", "Balance", "Changes"} <= set(book.sheetnames)
    assert "Merged yours.xlsx" in {cell.value for row in book["Changes"] for cell in row}


def test_that_conflicts_are_listed_with_values_cells_and_notes_and_nothing_is_written(
    desk: Desk, capsys: Printed
) -> None:
    desk.write_disputed()
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out) == 1
    assert not desk.out.exists()
    printed = capsys.readouterr()
    assert [" ".join(line.split()) for line in printed.out.splitlines()] == [
        "Plants › North › Built (kt/y)",
        "BASE 1,000",
        "MINE 1,100 (Plants!E2)",
        "Source: annual report",
        "YOURS 1,200 (Plants!E2)",
        "Note: seen",
        "",
    ]
    assert "1 conflict; nothing was written." in printed.err


@pytest.mark.parametrize(("side", "built"), [("mine", 1100.0), ("yours", 1200.0)])
def test_that_conflicts_are_decided_as_preferred(desk: Desk, side: str, built: float) -> None:
    desk.write_disputed()
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out, "--prefer", side) == 0
    merged = read_plan(desk.out)
    assert merged.plants[0].built == built
    assert (merged.plants[0].source, merged.plants[0].note) == ("annual report", "seen")
    assert merged.demand[1].consumption == 710.0


def test_that_machines_get_the_conflicts_too(desk: Desk, capsys: Printed) -> None:
    desk.write_disputed()
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out, "--json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["merged"] is None
    assert printed["conflicts"] == [
        {
            "what": "cell",
            "table": "plants",
            "row": "North",
            "column": "built",
            "base": 1000.0,
            "mine": {"cell": "Plants!E2", "remarks": {"source": "annual report"}, "value": 1100.0},
            "yours": {"cell": "Plants!E2", "remarks": {"note": "seen"}, "value": 1200.0},
        }
    ]
    assert [found["column"] for found in printed["from_yours"]] == ["note", "consumption"]


def test_that_without_an_ancestor_all_that_differs_is_disputed(desk: Desk, capsys: Printed) -> None:
    desk.write_disputed()
    assert run("merge", desk.mine, desk.yours, "--out", desk.out) == 1
    assert "4 conflicts" in capsys.readouterr().err
    assert run("merge", desk.mine, desk.yours, "--out", desk.out, "--prefer", "yours") == 0
    assert read_plan(desk.out) == read_plan(desk.yours)


def test_that_a_merged_plan_with_errors_is_written_and_told_of(desk: Desk, capsys: Printed) -> None:
    desk.write(desk.plan.with_value("plants/North/built", 950.0), desk.plan.with_value("plants/North/operating", 980.0))
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out) == 1
    assert desk.out.exists()
    assert "Plants!F2" in capsys.readouterr().err


def test_that_a_row_taken_out_here_and_changed_there_is_told(desk: Desk, capsys: Printed) -> None:
    desk.write(delete_rows(desk.plan, "plants", [2]), desk.plan.with_value("plants/West/built", 900.0))
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == ["  MINE   row taken out", "  YOURS  Built 800 → 900 (Plants!A4)"]


def test_that_the_copies_of_others_are_not_replaced(desk: Desk, capsys: Printed) -> None:
    desk.write_disputed()
    for out in (desk.base, desk.yours):
        before = out.read_bytes()
        assert run("merge", desk.base, desk.mine, desk.yours, "--out", out, "--prefer", "mine") == 2
        assert out.read_bytes() == before
        assert out.name in capsys.readouterr().err
    assert run("merge", desk.base, "--out", desk.out) == 2
    assert run("merge", desk.base, desk.mine, desk.yours, "--out", desk.out.with_suffix(".csv")) == 2


@pytest.mark.parametrize("command", ["diff", "merge"])
def test_that_the_help_says_how_the_command_ends(command: str, capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        run(command, "--help")
    assert ended.value.code == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Example: aluplanner " + command in printed
    assert "with 1" in printed
