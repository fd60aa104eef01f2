"""What has to hold of whatever reading a file gives."""

import re
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.issues import Issue
from aluplanner.workbook.read import ReadResult
from tests.hostile.case import ANYTHING, OPENS, Case

_ENDS: Final = (".", "?", "!", "。", "separated by ;")
_LONGEST: Final = 1000
_PROGRAMMERS_WORDS: Final = re.compile(
    r"Traceback|\w(Error|Exception)\b|\bNone\b|<class|object at 0x|[Ee]rrno|zipfile|expat|zlib|codec|dict\b|tuple|byte-"
)


def check(case: Case, result: ReadResult) -> None:
    """Raise ``AssertionError`` unless reading a file gave what it must."""
    check_words(result)
    errors = [issue for issue in result.issues if issue.is_error]
    if result.plan is None:
        assert errors, "neither a plan nor a reason"
    if case.expected == ANYTHING:
        return
    if result.plan is not None:
        assert OPENS in case.expected, f"opens, but should be one of {sorted(case.expected)}"
        check_plan(result)
        return
    found = {issue.code for issue in errors if not case.place or issue.place == case.place}
    assert found & case.expected, f"expected {sorted(case.expected)} {case.place}, got {_told(errors)}"


def check_words(result: ReadResult) -> None:
    """Raise ``AssertionError`` unless everything that is told is told in sentences."""
    for issue in result.issues:
        check_sentence(issue.message, f"{issue.code} at {issue.place}")
        check_sentence(issue.remedy, f"{issue.code} at {issue.place}")


def check_sentence(said: str, what: str) -> None:
    """Raise ``AssertionError`` unless something is said that a planner understands."""
    said.encode()
    assert said.strip(), f"{what} says nothing"
    assert said.rstrip().endswith(_ENDS), f"{what} is no sentence: {said[-60:]}"
    assert len(said) < _LONGEST, f"{what} is a sentence of {len(said)} letters: {said[:100]}"
    assert not _PROGRAMMERS_WORDS.search(said), f"{what} has words of programmers: {said}"


def check_plan(result: ReadResult) -> None:
    """Raise ``AssertionError`` unless the plan is the one that every odd, but good file holds."""
    plan = result.plan
    assert plan is not None
    east = plan.plants.find("East")
    assert east is not None
    assert east.built == 1000
    assert plan.plants.find("West").operating == 700
    assert plan.actions.find("Close East").start == Month.of(2017, 6)
    assert plan.demand.find("Building").consumption == 1500


def _told(errors: list[Issue]) -> list[str]:
    return [f"{issue.code} {issue.place}: {issue.message}"[:200] for issue in errors[:5]]
