"""What lies above the towns of a map is named in its legend."""

from dashboard.figures.svg_marks import marks_legend


def test_the_lines_round_clusters_are_named_and_drawn_apart() -> None:
    entries = marks_legend({"outlines": [{"kind": "emerging"}, {"kind": "sure"}, {"kind": "unsure"}, {"kind": "sure"}]})
    assert [words.partition(":")[0] for _, words in entries] == ["thick", "dashed", "dotted"]
    assert ["stroke-dasharray" in sign for sign, _ in entries] == [False, True, True]
    assert len({sign for sign, _ in entries}) == 3


def test_a_map_without_clusters_names_none() -> None:
    assert marks_legend({"outlines": []}) == []
