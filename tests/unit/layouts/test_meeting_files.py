"""A picture of meeting mode is to be had as a file: the first picture of the page that the screen is from."""

from layouts.staff.meeting_screen import picture_files


def test_a_picture_is_to_be_had_as_a_file_of_the_page_it_is_from() -> None:
    files = dict(picture_files("/places/gaps?within=ours&as_of=2026-11-18"))
    assert files["PNG"] == "/figure/priority-gaps.png?within=ours&as_of=2026-11-18"
    assert dict(picture_files("/places/trends?place=ours"))["SVG"] == "/figure/trends.svg?place=ours"
