"""From an answer in a meeting to the public: who lets it out, what may not go, and what a change takes back."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from steward_at_work import OWN, TODAY

from dashboard.meetings import Conduct, Entry, Request
from dashboard.releases.release import PublicText
from dashboard.releases.texts import public_texts
from dashboard.store.meetings import entry_of, save_entry
from dashboard.store.workspace import Workspace

NOW = datetime(2026, 1, 3, 12)


def asked(workspace: Workspace, id_: str, text: str = "Open on Sundays.", answer: str = "We do.") -> Entry:
    entry = Request(coalition="quabbin", id=id_, text=text, role="resident", on=TODAY, answer=answer)
    return save_entry(workspace.engine, entry, who="Ann", now=NOW)


def let_out(client: FlaskClient, entry: Entry, kind: str = "request", public: str = "yes") -> tuple[int, str]:
    told = {"id": entry.id, "version": str(entry.version), "public": public}
    answer = client.post(f"/memory/quabbin/public/{kind}", data=told, headers=OWN)
    return answer.status_code, answer.text


def outgoing(workspace: Workspace) -> list[str]:
    return [text.text for text in public_texts(workspace.engine, workspace.release_reader({}))]


def is_public(workspace: Workspace, id_: str) -> bool:
    found = entry_of(workspace.engine, Request, "quabbin", id_)
    assert found is not None
    return found.public


def test_an_answer_goes_out_once_somebody_let_it_and_a_change_takes_it_back(
    bringing_client: FlaskClient, bringing: Workspace
) -> None:
    entry = asked(bringing, "out-1", "Open the van.")
    assert "Open the van." not in outgoing(bringing)
    assert let_out(bringing_client, entry)[0] == 303
    released = next(t for t in public_texts(bringing.engine, bringing.release_reader({})) if t.text == "Open the van.")
    month = f"{TODAY:%Y-%m}"
    assert released == PublicText("request", "en", "Open the van.", "resident", month, "We do.", month, "heard")
    changed = {"id": "out-1", "version": "2", "text": "Open it.", "role": "resident", "answer": "Yes", "language": "es"}
    assert bringing_client.post("/memory/quabbin/request", data=changed, headers=OWN).status_code == 303
    assert not is_public(bringing, "out-1")
    assert "Open it." not in outgoing(bringing)


def test_what_was_let_out_is_taken_back(bringing_client: FlaskClient, bringing: Workspace) -> None:
    entry = Conduct(coalition="quabbin", id="conduct", text="Be kind.")
    saved = save_entry(bringing.engine, entry, who="Ann", now=NOW)
    assert let_out(bringing_client, saved, "conduct")[0] == 303
    assert outgoing(bringing)[-1] == "Be kind."
    again = entry_of(bringing.engine, Conduct, "quabbin", "conduct")
    assert again is not None
    assert let_out(bringing_client, again, "conduct", "")[0] == 303
    assert "Be kind." not in outgoing(bringing)


@pytest.mark.parametrize(
    ("answer", "said"), [("Two people died there.", "counts people"), ("", "answer it first")]
)  # fmt: skip
def test_what_may_not_go_out_comes_back_to_be_worded_anew(
    bringing_client: FlaskClient, bringing: Workspace, answer: str, said: str
) -> None:
    entry = asked(bringing, f"out-{len(answer)}", answer=answer)
    status, page = let_out(bringing_client, entry)
    assert status == 422
    assert said in page
    assert not is_public(bringing, entry.id)


def test_only_the_wording_that_was_looked_at_goes_out(bringing_client: FlaskClient, bringing: Workspace) -> None:
    looked_at = asked(bringing, "out-late")
    newer = Request(**{**vars(looked_at), "answer": "Something else."})
    save_entry(bringing.engine, newer, who="Ben", now=NOW)
    status, page = let_out(bringing_client, looked_at)
    assert status == 422
    assert "Somebody else saved this" in page
    assert not is_public(bringing, "out-late")


def test_what_is_not_there_is_refused_in_words(bringing_client: FlaskClient) -> None:
    entry = Request(coalition="quabbin", id="none", text="x", role="resident", on=TODAY)
    assert let_out(bringing_client, entry) == (
        400, "There is nothing here that could become public. Open the page Meetings again.",
    )  # fmt: skip
    assert let_out(bringing_client, entry, "story")[0] == 400


def test_a_count_that_was_marked_all_the_same_stops_the_release(bringing: Workspace) -> None:
    entry = Request(coalition="quabbin", id="out-smuggled", text="x", role="resident", on=TODAY, public=True,
                    answer="Two people died.")  # fmt: skip
    saved = save_entry(bringing.engine, entry, who="Ann", now=NOW)
    with pytest.raises(Exception, match="counts people"):
        outgoing(bringing)
    save_entry(bringing.engine, Request(**{**vars(saved), "public": False}), who="Ann", now=NOW)
