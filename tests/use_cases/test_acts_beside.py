"""What is done beside the figures is in the trail, and reading waits for none of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from scorecard.access.permissions import Permission
from scorecard.access.person import NotAllowed, Person, local_person
from scorecard.access.sign_in import SignIn
from scorecard.store import open_store
from scorecard.use_cases import note_act as noting
from scorecard.use_cases.hand_out import hand_out, note_reading
from scorecard.use_cases.note_act import note_act
from scorecard.use_cases.open_scorecard import Scorecard, Settings, open_scorecard
from scorecard.use_cases.sign_in import sign_out, signed_in_person
from tests.conftest import WHEN

US = SignIn(redirect_uri="https://scorecard.council.gov.uk/oauth2callback", client_id="me")

OF_A_FILE = pytest.mark.parametrize("database", ["sqlite"])  # as locks and rights of files


def last_acts(opened: Scorecard, many: int = 1) -> list[dict[str, Any]]:
    return opened.store.acts().tail(many).to_dict("records")


def claims(sub: str) -> dict[str, Any]:
    moment = int(datetime.now(UTC).timestamp())
    return {"iss": "https://login.example", "sub": sub, "aud": "me", "iat": moment, "exp": moment + 600}


def test_a_file_that_is_handed_out_is_an_act_with_what_names_its_bytes(opened: Scorecard) -> None:
    assert hand_out(opened, "adoptions.csv", "é", about="adoptions") == "é"
    assert hand_out(opened, "a\u202e.pdf", b"%PDF") == b"%PDF"
    text, document = last_acts(opened, 2)
    assert (text["who"], text["what"], text["subject"]) == ("tester", "handed out", "adoptions.csv")
    assert text["detail"] == {"sha256": sha256("é".encode()).hexdigest(), "size": 2, "about": "adoptions"}
    assert document["subject"] == "a‹U+202E›.pdf"
    with pytest.raises(NotAllowed):
        hand_out(opened.of(Person(name="nobody")), "x.csv", "x")


def test_a_program_s_reading_is_noted_once_a_day_for_each_table(opened: Scorecard) -> None:
    for table in ("observations", "observations", "measures", "observations"):
        note_reading(opened, table)
    assert [(act["what"], act["subject"]) for act in last_acts(opened, 2)] == [
        ("read", "observations"),
        ("read", "measures"),
    ]


@OF_A_FILE
def test_where_the_store_is_locked_people_come_in_and_go_and_the_acts_are_kept_later(
    opened: Scorecard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "scorecard.db"
    with open_store(f"sqlite:///{file}", busy_timeout=0.05) as store:
        quick = Scorecard(opened.settings, opened.catalogue, opened.catalogue_content, store, opened.person)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert signed_in_person(claims("jane"), US, quick).roles == frozenset()
            with pytest.raises(NotAllowed):
                quick.of(Person(name="Eve")).require(Permission.READ)
            assert hand_out(quick, "x.csv", "x") == "x"
            sign_out(claims("jane"), quick)
            other.execute("ROLLBACK")
        note_act(store, "Ann", WHEN, "read", "measures", {})
        assert [act["what"] for act in last_acts(quick)] == ["changed"], "nobody waits again for a while"
        monkeypatch.setattr(noting, "monotonic", lambda: 1e12)
        note_act(store, "Ann", WHEN, "read", "measures", {})
        acts = last_acts(quick, 5)
        assert [act["what"] for act in acts] == ["signed in", "was refused", "handed out", "read", "read"]
        assert store.trail.prove().faults == ()


@OF_A_FILE
def test_a_store_that_may_only_be_read_lets_people_in_and_files_out(opened: Scorecard) -> None:
    settings = opened.settings.model_copy(update={"database_url": f"{opened.settings.database_url}?mode=ro"})
    before = len(opened.store.acts())
    with open_scorecard(settings, local_person("tester"), WHEN) as only_read:
        assert signed_in_person(claims("bob"), US, only_read).name
        assert hand_out(only_read, "x.csv", "x") == "x"
        note_reading(only_read, "measures")
        sign_out(claims("bob"), only_read)
    assert len(opened.store.acts()) == before


ONE = "grants: [{email: jane@council.gov.uk, roles: [viewer]}]"
TWO = "# why\ngrants:\n- {email: jane@council.gov.uk, roles: [viewer, data_team]}\n- {domain: b.uk, roles: [viewer]}"


def found_of(settings: Settings) -> list[dict[str, Any]]:
    """Every change of the list of access that was noted, as it is found by opening once more."""
    with open_scorecard(settings, local_person("tester"), WHEN) as scorecard:
        acts = scorecard.store.acts()
    return acts[acts["what"] == "found access changed"].to_dict("records")


def test_each_change_of_who_may_do_what_is_an_act_once_with_what_it_gave_and_took(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "access.yaml"
    listed = settings.model_copy(update={"access": file})
    assert found_of(settings) == []
    file.write_text(ONE)
    assert len(found_of(listed)) == len(found_of(listed)) == 1
    file.write_text(TWO)
    act = found_of(listed)[-1]
    assert (act["who"], act["subject"]) == ("the scorecard", "access.yaml")
    assert act["detail"]["sha256"] == sha256(TWO.encode()).hexdigest()
    assert act["detail"]["added"] == ["domain b.uk: viewer", "email jane@council.gov.uk: data_team, viewer"]
    assert act["detail"]["removed"] == ["email jane@council.gov.uk: viewer"]
    file.write_text("grants: [}")
    broken = found_of(listed)[-1]["detail"]
    assert (broken["faults"], broken["added"], len(broken["removed"])) == (1, [], 3)
    file.unlink()
    assert found_of(listed)[-1]["detail"]["sha256"] == "a list that can't be read"
    assert found_of(settings)[-1]["detail"]["sha256"] == "no list", "nobody is told apart any more"
    assert len(found_of(settings)) == 5
    assert json.dumps(broken), "it can be handed out as it is"
