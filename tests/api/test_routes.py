"""The interface for other programs: what it answers, to whom, in what form, and what it refuses."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from scorecard.cli.commands import main
from scorecard.pack.formats import FORMATS
from scorecard.use_cases.open_scorecard import CATALOGUE_VARIABLE, DATABASE_VARIABLE
from tests.api.asking import Answer, ask
from tests.api.conftest import HOSTILE

MEASURE, OWN = "first-measure", "E06000099"
OBSERVATIONS, ASSESSMENT = "/api/v1/observations", "/api/v1/assessment"
TABLES = ("measures", "observations", "assessment", "snapshots")


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_observations_are_those_of_the_measure_the_months_and_the_area_that_are_asked_for(interface: Any) -> None:
    answer = ask(interface, f"{OBSERVATIONS}?measure_id={MEASURE}&from=2020-05&to=2020-07&area={OWN}").json
    assert [row["period_end"] for row in answer["rows"]] == ["2020-05", "2020-06", "2020-07"]
    assert {(row["measure_id"], row["area"]) for row in answer["rows"]} == {(MEASURE, OWN)}
    assert answer["rows"][-1] == answer["rows"][-1] | {"value": 40.0, "origin": "plan", "extract_id": None}
    assert answer["count"] == 3
    assert answer["next"] is None


def test_before_anything_was_loaded_the_plan_s_figures_alone_are_known(interface: Any) -> None:
    answer = ask(interface, f"{OBSERVATIONS}?measure_id={MEASURE}&as_known_at=2020-08-01").json
    assert [(row["period_end"], row["value"], row["origin"]) for row in answer["rows"]] == [("2020-07", 40.0, "plan")]


def test_the_assessment_is_the_terminal_s(interface: Any, capsys: pytest.CaptureFixture[str]) -> None:
    june_of_an_area = ("?month=2020-06&service_area=area-one", ["--period=2020-06", "--service-area=area-one"])
    for asked, option in (("", []), june_of_an_area):
        main(["assess", "--csv", *option])
        assert ask(interface, f"{ASSESSMENT}.csv{asked}").text == capsys.readouterr().out


def test_pages_hold_every_row_once_and_stay_with_one_moment(interface: Any) -> None:
    whole = ask(interface, f"{OBSERVATIONS}?page_size=10000").json["rows"]
    address, rows_read = f"{OBSERVATIONS}?page_size=5", []
    while address:
        answer = ask(interface, address)
        rows_read += answer.json["rows"]
        address = answer.json["next"]
        assert answer.headers.get("link") == (f'<{address}>; rel="next"' if address else None)
        assert address is None or "as_known_at=2020-" in address
    assert rows_read == whole
    assert len(rows_read) > 25
    assert ask(interface, f"{OBSERVATIONS}?page=999").json["rows"] == []


@pytest.mark.parametrize("name", TABLES)
def test_csv_by_ending_or_by_accept_is_whole_and_has_the_rows_of_json(name: str, interface: Any) -> None:
    by_ending = ask(interface, f"/api/v1/{name}.csv")
    by_accept = ask(interface, f"/api/v1/{name}", accept="text/csv, application/json;q=0.5")
    assert by_ending.body == by_accept.body
    assert by_ending.headers["content-type"] == "text/csv; charset=utf-8"
    asked = ask(interface, f"/api/v1/{name}?page_size=10000").json
    assert len(rows(by_ending)) == asked["count"]
    assert list(rows(by_ending)[0]) == list(asked["rows"][0])
    assert len(rows(ask(interface, f"/api/v1/{name}.csv?page_size=1"))) == 1


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv;q=0.2, application/json;q=0.9", "application/json"),
        ("TEXT/CSV", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0, text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=NaN, */*;q=zero", None),
        ("application/xml", None),
    ],
)
def test_the_form_that_is_asked_for(accept: str, kind: str | None, interface: Any) -> None:
    answer = ask(interface, "/api/v1/measures", accept=accept)
    assert (answer.status, answer.headers["content-type"]) == (
        (200, kind) if kind else (406, "application/problem+json")
    )


def test_a_name_that_could_be_a_formula_is_none_in_csv_and_itself_in_json(interface: Any) -> None:
    assert rows(ask(interface, "/api/v1/measures.csv"))[0]["name"] == f"'{HOSTILE}"
    assert rows(ask(interface, f"{ASSESSMENT}.csv"))[0]["name"] == f"'{HOSTILE}"
    assert ask(interface, "/api/v1/measures").json["rows"][0]["name"] == HOSTILE


def test_an_answer_that_is_held_already_is_not_sent_again_until_the_store_changes(
    interface: Any, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    of_one_measure = f"{OBSERVATIONS}?measure_id={MEASURE}"
    addresses = ["/api/v1/measures", OBSERVATIONS, of_one_measure, ASSESSMENT, "/api/v1/catalogue", "/api/v1/snapshots"]
    tags = {address: ask(interface, address).headers["etag"] for address in addresses}
    tags["/api/v1/measures.csv"] = ask(interface, "/api/v1/measures.csv").headers["etag"]
    assert len(set(tags.values())) == len(tags)
    for address, tag in tags.items():
        answer = ask(interface, address, if_none_match=f'"other", {tag}')
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
        assert ask(interface, address, if_none_match='"other"').status == 200
    changed = tmp_path / "measures.yaml"
    changed.write_bytes(Path(environment[CATALOGUE_VARIABLE]).read_bytes() + b"# agreed\n")
    monkeypatch.setenv(CATALOGUE_VARIABLE, str(changed))
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{tmp_path / 'scorecard.db'}")
    for address, tag in tags.items():
        assert ask(interface, address, if_none_match=tag).status == 200


def test_an_approved_snapshot_is_handed_out_as_it_was_kept_and_names_nobody(interface: Any) -> None:
    listed = ask(interface, "/api/v1/snapshots").json["rows"]
    assert [(row["period"], row["state"]) for row in listed] == [("2020-07", "approved"), ("2020-06", "draft")]
    snapshot = ask(interface, f"/api/v1/snapshots/{listed[0]['snapshot_id'][:12]}").json
    assert (snapshot["role"], snapshot["edition"]) == ("Executive Director", 1)
    frozen = ask(interface, snapshot["content_url"])
    assert hashlib.sha256(frozen.body).hexdigest() == snapshot["snapshot_id"]
    for exported in snapshot["exports"]:
        document = ask(interface, exported["url"])
        assert (hashlib.sha256(document.body).hexdigest(), len(document.body)) == (exported["sha256"], exported["size"])
        assert document.headers["content-type"] == exported["media_type"]
        assert document.headers["content-disposition"].startswith("attachment")
        assert ask(interface, exported["url"], if_none_match=document.headers["etag"]).status == 304
    draft = ask(interface, f"/api/v1/snapshots/{listed[1]['snapshot_id']}").json
    assert {exported["sha256"] for exported in draft["exports"]} == {None}
    assert quote(" draft ") in ask(interface, draft["exports"][3]["url"]).headers["content-disposition"]
    for address in ("/api/v1/snapshots", f"/api/v1/snapshots/{listed[0]['snapshot_id']}"):
        assert "Smith" not in ask(interface, address).text


PROBLEMS = [
    ("/api/v1/measures?measure=x", 400, "unknown-parameter", "measure"),
    ("/api/v1/measures?service_area=area-two", 400, "unknown-service-area", "Did you mean area-one?"),
    (f"{OBSERVATIONS}?measure_id=first-measures", 400, "unknown-measure", f"Did you mean {MEASURE}?"),
    (f"{OBSERVATIONS}?area=E06000045", 400, "unreadable-parameter", "E06000099"),
    (f"{OBSERVATIONS}?from=last+year", 400, "unreadable-parameter", "write a month as 2020-07"),
    (f"{OBSERVATIONS}?to=2020-13", 400, "unreadable-parameter", "2020-13"),
    (f"{OBSERVATIONS}?as_known_at=yesterday", 400, "unreadable-parameter", "write a day as 2020-08-31"),
    (f"{OBSERVATIONS}?as_known_at=2999-01-01", 400, "unreadable-parameter", "future"),
    (f"{OBSERVATIONS}?page=0", 400, "unreadable-parameter", "from 1"),
    (f"{OBSERVATIONS}?page=-1", 400, "unreadable-parameter", "from 1"),
    (f"{OBSERVATIONS}?page=%D9%A1", 400, "unreadable-parameter", "from 1"),
    (f"{OBSERVATIONS}?page_size=10001", 400, "unreadable-parameter", "10,000"),
    (f"{OBSERVATIONS}?page={'9' * 5000}", 400, "unreadable-parameter", "from 1"),
    (f"{ASSESSMENT}?month=2020-07&month=2020-06", 400, "unreadable-parameter", "once"),
    ("/api/v1/catalogue.csv", 404, "unknown-address", "openapi.json"),
    ("/api/v1/snapshots/00000000", 404, "unknown-snapshot", "00000000"),
    ("/api/v1/snapshots/%25%25%25%25%25%25%25%25", 404, "unknown-snapshot", "%"),
    ("/api/v1/snapshots/short", 404, "unknown-snapshot", "8 characters"),
    ("/api/v1/snapshots/00000000/exports/docx", 404, "unknown-address", ", ".join(FORMATS)),
    ("/api/v1/measures/", 404, "unknown-address", "openapi.json"),
    ("/api/v2/measures", 404, "unknown-address", "openapi.json"),
    ("/api/", 404, "unknown-address", "openapi.json"),
]


@pytest.mark.parametrize(("address", "status", "code", "phrase"), PROBLEMS)
def test_what_can_not_be_answered_is_said_in_words(
    address: str, status: int, code: str, phrase: str, interface: Any
) -> None:
    answer = ask(interface, address)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.json["type"], answer.json["status"]) == (f"urn:scorecard:problem:{code}", status)
    assert phrase in answer.json["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_changed(method: str, interface: Any) -> None:
    answer = ask(interface, "/api/v1/measures", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.json["type"] == "urn:scorecard:problem:read-only"
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_store_that_can_not_be_used_is_said_and_nothing_is_made(
    interface: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "recipes.db"
    file.write_bytes(b"recipes, not figures")
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{file}")
    for address in ("/api/v1/measures", OBSERVATIONS, ASSESSMENT, "/api/v1/catalogue", "/api/v1/snapshots"):
        answer = ask(interface, address)
        assert (answer.status, answer.json["type"]) == (503, "urn:scorecard:problem:not-available")
        assert "can't be used as a store" in answer.json["detail"]
    assert file.read_bytes() == b"recipes, not figures"


def test_a_fault_of_ours_is_a_problem_without_its_traceback(interface: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("scorecard.api.routes.exported_measures", fails)
    answer = ask(interface, "/api/v1/measures?page_size=7")  # which nobody asked for before
    assert (answer.status, answer.json["type"]) == (500, "urn:scorecard:problem:our-fault")
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.test"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"},
        {"host": "elsewhere.test:8501"},
    ],
    ids=str,
)
def test_a_page_of_another_site_learns_nothing(headers: dict[str, str], interface: Any) -> None:
    answer = ask(interface, "/api/v1/measures", **headers)
    assert (answer.status, answer.json["type"]) == (403, "urn:scorecard:problem:not-from-here")
    assert MEASURE not in answer.text
