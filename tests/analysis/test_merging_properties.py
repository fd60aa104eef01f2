from hypothesis import assume, given
from hypothesis import strategies as st

from aluplanner.analysis.differences import plan_differences
from aluplanner.analysis.merge.parts import Answers
from aluplanner.analysis.merging import Merge, Side, Trio, merge_plans
from aluplanner.analysis.row_matching import match_rows
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.schema import fold
from tests.analysis.edited_plans import ancestor, edited, pairs

BASE = ancestor()
copies = edited(BASE)
pairs_of_copies = pairs(BASE)


def crossed(answers: Answers) -> Answers:
    """Return the same decisions seen from the other side."""
    return {
        (table, Trio(trio.base, trio.yours, trio.mine), column): side.other
        for (table, trio, column), side in answers.items()
    }


def has_one_row_a_name(plan: Plan) -> bool:
    """Return whether no two rows have one name; which is which is anybody's guess where they do."""
    return all(len({fold(key) for key in plan.table(name).keys}) == len(plan.table(name)) for name in TABLES)


def renamed(plan: Plan) -> set[tuple[str, int | None, str]]:
    """Return the rows that seem to have been renamed since the ancestor, though they may be others in their place."""
    return {
        (name, match, plan.table(name).keys[place])
        for name in TABLES
        for place, match in enumerate(match_rows(BASE.table(name), plan.table(name)))
        if match is not None and fold(BASE.table(name).keys[match]) != fold(plan.table(name).keys[place])
    }


@st.composite
def decided(draw: st.DrawFn, merge: Merge) -> Answers:
    return {conflict.about: draw(st.sampled_from(Side)) for conflict in merge.conflicts}


@given(copies)
def test_that_a_copy_nobody_changed_gives_way_to_the_other(copy: Plan) -> None:
    for merge in (merge_plans(BASE, BASE, copy), merge_plans(BASE, copy, BASE)):
        assert merge.conflicts == ()
        assert merge.plan() == copy


@given(copies)
def test_that_two_copies_changed_alike_are_one(copy: Plan) -> None:
    for base in (BASE, None):
        merge = merge_plans(base, copy, copy)
        assert merge.conflicts == ()
        assert merge.plan() == copy


@given(pairs_of_copies, st.data())
def test_that_it_makes_no_difference_which_copy_is_mine(copies: tuple[Plan, Plan], data: st.DataObject) -> None:
    one, other = copies
    forth, back = merge_plans(BASE, one, other), merge_plans(BASE, other, one)
    answers = data.draw(decided(forth))
    assert {conflict.about for conflict in back.conflicts} == set(crossed(forth.all_from(Side.MINE)))
    assert forth.plan(answers) == back.plan(crossed(answers))
    assert forth.plan() == back.plan()


@given(pairs_of_copies, st.data())
def test_that_without_an_ancestor_it_makes_no_difference_either(copies: tuple[Plan, Plan], data: st.DataObject) -> None:
    one, other = copies
    forth, back = merge_plans(None, one, other), merge_plans(None, other, one)
    answers = data.draw(decided(forth))
    assert forth.plan(answers) == back.plan(crossed(answers))


@given(pairs_of_copies, st.sampled_from(Side))
def test_that_merging_the_outcome_again_changes_nothing(copies: tuple[Plan, Plan], side: Side) -> None:
    one, other = copies
    merge = merge_plans(BASE, one, other)
    merged = merge.plan(merge.all_from(side))
    assume(all(map(has_one_row_a_name, (one, other, merged))))
    assume(renamed(merged) == renamed(one) | renamed(other))
    again = merge_plans(BASE, merged, other)
    assert again.plan(again.all_from(Side.MINE)) == merged


@given(pairs_of_copies)
def test_that_with_every_answer_mine_no_edit_of_mine_is_lost(copies: tuple[Plan, Plan]) -> None:
    one, other = copies
    merge = merge_plans(BASE, one, other)
    merged = merge.plan(merge.all_from(Side.MINE))
    for name in ("monthly", "plan", "assumptions"):
        changed = {(each.row, each.column): each.new for each in plan_differences(BASE, one) if each.table == name}
        for each in plan_differences(one, merged):
            assert each.table != name or (each.row, each.column) not in changed
