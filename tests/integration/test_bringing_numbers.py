"""A partner's numbers by the pages and their routes: looked at, asked about, saved with a word, undone."""

import re
from concurrent.futures import ThreadPoolExecutor

from steward_at_work import ATHOL, ORANGE, Steward, month, sheet

from dashboard.store.partner_files import history


def test_a_file_is_looked_at_and_then_saved(steward: Steward) -> None:
    assert steward.bring(sheet((3, 1), (4, 0))) == 303
    assert steward.loads() == 0
    assert "ready to save: 4 new numbers" in steward.page()
    assert steward.save() == 303
    assert steward.held() == {(month(1), ATHOL): 3, (month(1), ORANGE): 1, (month(0), ATHOL): 4, (month(0), ORANGE): 0}
    assert "Saved: 4 new numbers" in steward.page()


def test_an_answer_is_asked_once_and_remembered(steward: Steward) -> None:
    steward.bring(sheet((3, 1), title="Naloxone kits"))
    asked = set(re.findall(r'"name":"(q[.][^"]+)"', steward.page().replace(" ", "")))
    assert asked == {"q.basis"}
    assert steward.post(f"/{steward.token}/answer", **{"q.basis": "occurrence"}) == 303
    assert steward.save() == 303
    steward.bring(sheet((9, 9), (3, 1), title="Naloxone kits"))
    assert "ready to save: 2 new numbers, 2 unchanged" in steward.page()


def test_the_same_file_again_changes_nothing(steward: Steward) -> None:
    steward.bring(sheet((3, 1)))
    steward.save()
    steward.bring(sheet((3, 1)))
    assert "changes nothing: its 2 numbers are here already" in steward.page()
    assert steward.post(f"/{steward.token}/save") == 303
    assert steward.loads() == 1


def test_ten_uploads_at_once_leave_one_load(steward: Steward) -> None:
    def all_of_it(_number: int) -> int:
        own = Steward(steward.workspace, steward.client.application.test_client(), steward.partner)
        assert own.bring(sheet((3, 1))) == 303
        seen = own.seen()  # once: a page asked for again may have been overtaken
        return own.post(f"/{own.token}/save", seen=seen) if seen else 303

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(all_of_it, range(10))) == {303}
    assert steward.loads() == 1


def test_a_drop_needs_a_word_that_is_kept(steward: Steward) -> None:
    steward.bring(sheet((20, 20), (22, 19), (19, 20)))
    steward.save()
    steward.bring(sheet((20, 20), (22, 19), (19, 20), (5, 4)))
    page = steward.page()
    assert "This is unusual" in page
    assert steward.save() == 303
    assert "said=word" in steward.at
    assert steward.loads() == 1
    assert steward.save(word="The van was in repair") == 303
    assert history(steward.workspace.engine, steward.partner)[0].word == "The van was in repair"


def test_what_changed_meanwhile_is_shown_before_it_is_saved(steward: Steward) -> None:
    steward.bring(sheet((3, 1)))
    other = Steward(steward.workspace, steward.client, steward.partner)
    other.bring(sheet((7, 7)))
    seen = re.search(r"seen=([0-9a-f]{24})", steward.page())
    assert seen
    other.save()
    assert steward.post(f"/{steward.token}/save", seen=seen[1]) == 303
    assert "said=changed" in steward.at
    assert steward.held()[month(0), ATHOL] == 7


def test_undo_is_one_post_and_leaves_a_trace(steward: Steward) -> None:
    steward.bring(sheet((3, 1)))
    steward.save()
    number = history(steward.workspace.engine, steward.partner)[0].load_id
    assert steward.post(f"/undo/{number}") == 303
    assert "is undone" in steward.page()
    assert steward.held() == {}
    assert history(steward.workspace.engine, steward.partner)[0].undone_by == "This computer"


def test_none_this_month_is_a_true_zero_in_every_town_of_the_partner(steward: Steward) -> None:
    assert steward.post("/none", measure="positive_tests", period=month(0)) == 303
    assert "saved=" in steward.at
    assert "Saved: none (Positive tests): 2 true zeros." in steward.page()
    assert steward.held() == {(month(0), ATHOL): 0, (month(0), ORANGE): 0}


def test_none_this_month_never_overwrites_a_number(steward: Steward) -> None:
    steward.bring(sheet((3, 1)))
    steward.save()
    steward.post("/none", measure="supplies_distributed", period=month(0))
    assert "Numbers are held for this month already." in steward.page()
    assert steward.held()[month(0), ATHOL] == 3


def test_a_few_numbers_are_typed_and_touch_no_other_town(steward: Steward) -> None:
    steward.bring(sheet((3, 1)))
    steward.save()
    steward.post("/numbers", measure="supplies_distributed", period=month(0), town1="Athol", number1="5")
    assert "1 changed" in steward.page()
    assert steward.save(word="Two more were found") == 303
    assert steward.held() == {(month(0), ATHOL): 5, (month(0), ORANGE): 1}


def test_every_fault_of_what_was_typed_is_told_at_once(steward: Steward) -> None:
    steward.post("/numbers", measure="supplies_distributed", period=month(0), town1="Athool", number1="5",
                 town2="Orange", number2="-2")  # fmt: skip
    page = steward.page()
    assert "Did you mean Athol" in page
    assert "A count is never negative." in page
