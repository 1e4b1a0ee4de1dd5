"""What was said about a path stands at the step it speaks of, as a number with its words below."""

from datetime import date

from dashboard.figures.cascade import CascadeChart, CascadeStep
from dashboard.figures.render_svg import figure as svg
from dashboard.meetings import About, Decision, Story
from dashboard.meetings.memory import Memory
from dashboard.views.memory import entries_of_any
from dashboard.views.said_steps import flagged_steps, path_abouts, path_subjects

CHART = CascadeChart(
    "After an overdose", "Of 9 overdoses 5 were followed.", "overdoses",
    (CascadeStep("All", 9, 9, indicators=("base",)), CascadeStep("Called", 5, 9, indicators=("called", "alone"))),
)  # fmt: skip


def decided(id_: str, indicator: str, day: int = 1) -> Decision:
    return Decision(coalition="ours", id=id_, text="Call *everybody*.", on=date(2026, 5, day),
                    about=About(indicator=indicator, place="town"))  # fmt: skip


def test_each_step_carries_what_speaks_of_it_in_the_order_of_the_path() -> None:
    said = [decided("late", "alone", 3), decided("early", "called", 2), decided("whole", "base"), decided("other", "x")]
    first, second = flagged_steps(CHART, said).steps
    assert [(flag.number, flag.href) for flag in first.flags] == [(1, "#said-whole")]
    assert [(flag.number, flag.href) for flag in second.flags] == [(2, "#said-early"), (3, "#said-late")]
    assert second.flags[0].head == "Decision, 2 May 2026, Called"


def test_what_speaks_of_the_place_alone_stands_at_the_whole_path_and_a_story_at_no_step() -> None:
    story = Story(coalition="ours", id="s", text="She came.", role="resident", on=date(2026, 5, 1),
                  about=About(place="area", period="2026Q1"))  # fmt: skip
    first, second = flagged_steps(CHART, [decided("place", ""), story]).steps
    assert [flag.href for flag in first.flags] == ["#said-place"]
    assert second.flags == ()


def test_of_many_the_newest_are_numbers() -> None:
    said = [decided(f"d{day}", "called", day) for day in range(1, 6)]
    assert [flag.href for flag in flagged_steps(CHART, said, most=2).flags] == ["#said-d4", "#said-d5"]


def test_the_picture_has_the_numbers_before_the_name_and_without_any_it_is_as_it_was() -> None:
    drawn = svg(flagged_steps(CHART, [decided("a", "called"), decided("b", "called", 2)]), 700)
    assert 'font-size="12">1–2</text>' in drawn
    assert "<rect" in drawn
    assert 'font-size="12">' not in svg(CHART, 700)


def test_a_path_is_spoken_of_as_a_whole_or_at_a_step() -> None:
    subjects = path_subjects("overdose")
    assert subjects[0] == ("known_nonfatal_overdoses", "The whole path")
    assert ("contact_next_day", "Contact by the next day") in subjects
    assert path_subjects("nowhere") == []
    memory = Memory("ours", decisions=(decided("d", "naloxone_in_hand_at_discharge"), decided("x", "spent")))
    found = entries_of_any(memory, path_abouts("overdose", "town"), (), stories=True)
    assert [entry.id for entry in found] == ["d"]  # the indicator that tells the step by its own base
