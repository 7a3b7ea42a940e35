"""The interface's description is true: every kind of answer holds to its schema, and none is undescribed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route

from scorecard.api.problems import TITLES
from scorecard.api.routes import _INTERFACE, described
from scorecard.use_cases.view.export_assessment import EXPORTED
from tests.api.asking import Answer, ask
from tests.conftest import PROJECT

DOCUMENT = described()
WRONG = {"page": "0", "page_size": "x", "as_known_at": "x", "month": "x", "from": "x", "to": "x"}


def resolved(part: Any) -> Any:
    """A part of the description, or what it refers to."""
    while isinstance(part, dict) and "$ref" in part:
        section = DOCUMENT
        for name in part["$ref"].removeprefix("#/").split("/"):
            section = section[name]
        part = section
    return part


def faults(schema: dict[str, Any], body: Any) -> list[str]:
    whole = {**schema, "components": DOCUMENT["components"]}
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(whole).iter_errors(body)]


def described_answer(operation: dict[str, Any], answer: Answer) -> list[str]:
    """What of an answer is otherwise than the description of its address says."""
    response = resolved(operation["responses"].get(str(answer.status)))
    if response is None:
        return [f"{answer.status} is not described"]
    wanted = [name for name, header in response.get("headers", {}).items() if resolved(header).get("required")]
    faults_of_answer = [name for name in wanted if name.lower() not in answer.headers]
    if answer.status == 304:
        return faults_of_answer
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type not in response["content"]:
        return [*faults_of_answer, f"{media_type} is not described"]
    if "json" in media_type:
        faults_of_answer += faults(response["content"][media_type]["schema"], answer.json)
    return faults_of_answer


def address(path: str, snapshot_id: str) -> str:
    return path.replace("{snapshot_id}", snapshot_id).replace("{format}", "xlsx")


def test_the_description_is_of_openapi_3_1_and_its_schemas_are_schemas() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    ids = [operation["get"]["operationId"] for operation in DOCUMENT["paths"].values()]
    assert len(ids) == len(set(ids))
    for path, operations in DOCUMENT["paths"].items():
        placed = {
            parameter["name"]
            for parameter in map(resolved, operations["get"].get("parameters", []))
            if parameter["in"] == "path"
        }
        assert placed == set(re.findall(r"\{(\w+)\}", path))


def test_every_address_is_described_and_every_column_of_the_assessment() -> None:
    assert set(DOCUMENT["paths"]) == {f"/api{route.path}" for route in _INTERFACE.routes if isinstance(route, Route)}
    message = "describe new columns of the assessment in scorecard/api/openapi.yaml (AssessmentRow)"
    assert list(DOCUMENT["components"]["schemas"]["AssessmentRow"]["properties"]) == list(EXPORTED), message


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_every_kind_of_answer_is_as_it_is_described(path: str, interface: Any) -> None:
    operation = DOCUMENT["paths"][path]["get"]
    snapshot_id = ask(interface, "/api/v1/snapshots").json["rows"][0]["snapshot_id"]
    asked = address(path, snapshot_id)
    first = ask(interface, asked)
    answers = {
        "as it is": first,
        "held already": ask(interface, asked, if_none_match=first.headers["etag"]),
        "as csv": ask(interface, asked, accept="text/csv"),
        "in no such form": ask(interface, asked, accept="application/xml"),
        "of another site": ask(interface, asked, origin="https://elsewhere.test"),
        "to be changed": ask(interface, asked, "POST"),
        "with what isn't known": ask(interface, f"{asked}?colour=red"),
        "of no snapshot": ask(interface, address(path, "0" * 64)),
    }
    names = [
        parameter["name"] for parameter in map(resolved, operation.get("parameters", [])) if parameter["in"] == "query"
    ]
    for name in names:
        answers[f"wrong {name}"] = ask(interface, f"{asked}?{name}={WRONG.get(name, 'x')}")
        assert answers[f"wrong {name}"].status == 400
    assert {kind: described_answer(operation, answer) for kind, answer in answers.items()} == {
        kind: [] for kind in answers
    }
    assert (first.status, answers["held already"].status, answers["to be changed"].status) == (200, 304, 405)


def test_what_is_served_is_the_description(interface: Any) -> None:
    assert ask(interface, "/api/v1/openapi.json").json == DOCUMENT


def test_every_problem_is_told_in_the_guide() -> None:
    guide = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \| [0-9]", guide, re.MULTILINE)) == set(TITLES)
