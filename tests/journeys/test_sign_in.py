"""Signing in, against a real OpenID Connect provider: who gets in, what they see, and what ends it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.journeys.conftest import App, started, stop, visiting

SECRET, CLIENT = "a secret of this test alone, 32 characters", "scorecard"
LIST = """
ask: the performance team
grants:
  - {email: jane@council.gov.uk, roles: [data_team]}
  - {group: heads, roles: [head_of_service], service_areas: [adoption]}
  - {domain: council.gov.uk, roles: [viewer]}
"""
PEOPLE = {
    "jane": {"email": "jane@council.gov.uk", "email_verified": True, "name": "Jane <b>Smith</b>"},
    "bob": {"email": "bob@council.gov.uk", "email_verified": True, "name": "Bob Brown"},
    "eve": {"email": "jane@council.gov.uk", "email_verified": False, "name": "Eve"},
    "sam": {"name": "Sam", "groups": [f"5b2d1c7e-9a40-4c11-8e2f-{number:012d}" for number in range(200)] + ["heads"]},
}
SIGNED_IN = {"is_logged_in": True, "provider": "default"}


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("access") / "access.yaml"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, access: Path) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("sign-in")
    access.write_text(LIST)
    with run_server_in_thread(user_claims=[User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]) as server:
        file = folder / "sign-in.toml"
        file.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "x"\n'
            f'server_metadata_url = "http://localhost:{server.server_port}/.well-known/openid-configuration"\n'
        )
        running = started(folder, SCORECARD_SIGN_IN=str(file), SCORECARD_ACCESS=str(access))
        yield running
        stop(running)


@pytest.fixture
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    context = visiting(chromium)
    yield context
    context.close()


def sign_in(page: Page, sub: str) -> None:
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator(f"button[value={sub}]").first.click()


def claims(app: App, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    known = {"iss": "http://localhost", "sub": "x", "aud": CLIENT, "iat": now, "exp": now + 3600, "nonce": str(now)}
    return {**SIGNED_IN, "origin": app.address, **known, **PEOPLE["bob"], **changed}


def cookie(app: App, signed_in: dict[str, Any], secret: str = SECRET) -> Any:
    value = create_signed_value(secret, "_streamlit_user", json.dumps(signed_in)).decode()
    return {"name": "_streamlit_user", "value": value, "url": app.address}


def test_the_page_that_was_asked_for_is_shown_after_signing_in_and_nothing_before(
    app: App, browser: BrowserContext
) -> None:
    page = browser.new_page()
    asked = app.url("service-area", area="adoption", month="2020-07")
    page.goto(asked)
    expect(page.get_by_role("heading", name="Measures that matter")).to_be_visible()
    assert "Adoption" not in page.content()
    sign_in(page, "jane")
    expect(page).to_have_url(asked)
    expect(page.get_by_text("Jane <b>Smith</b>")).to_be_visible()
    expect(page.get_by_role("link", name="Upload")).to_be_visible()
    expect(page.get_by_role("heading", name="Adoption").first).to_be_visible()


@pytest.mark.long
def test_one_person_s_sign_out_ends_their_other_tab_and_the_next_sees_nothing_of_theirs(
    app: App, browser: BrowserContext
) -> None:
    page, other = browser.new_page(), browser.new_page()
    page.goto(app.url("about"))
    sign_in(page, "jane")
    expect(page.get_by_role("link", name="Upload")).to_be_visible()
    other.goto(app.url("about"))
    expect(other.get_by_role("button", name="Sign out")).to_be_visible()
    held = browser.cookies()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="End Session")).to_be_visible()  # the provider's: the scorecard has let go
    other.get_by_role("link", name="Overview").click()
    expect(other.get_by_text("You have signed out.")).to_be_visible()
    browser.add_cookies(held)  # type: ignore[arg-type]
    page.goto(app.url("about"))
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    sign_in(page, "bob")
    expect(page.get_by_text("Bob Brown", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Upload")).to_have_count(0)
    page.goto(app.url("upload"))
    expect(page.get_by_text("Bob Brown may not store a file of figures")).to_be_visible()


@pytest.mark.long
def test_two_hundred_groups_are_let_in_and_an_address_that_is_not_verified_is_not(
    app: App, browser: BrowserContext
) -> None:
    page = browser.new_page()
    page.goto(app.url("about"))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("Your provider did not sign you in")).to_be_visible()
    assert page.url == app.url("about"), "what was asked for is still asked for"
    sign_in(page, "sam")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    browser.clear_cookies()
    page.goto(app.url("about"))
    sign_in(page, "eve")
    expect(page.get_by_text("Ask the performance team for one")).to_be_visible()
    expect(page.get_by_text("doesn't say that your address is verified")).to_be_visible()
    expect(page.get_by_role("link", name="Overview")).to_have_count(0)


def test_a_role_that_is_taken_away_is_gone_at_the_next_click(app: App, browser: BrowserContext, access: Path) -> None:
    browser.add_cookies([cookie(app, claims(app, sub="role"))])
    page = browser.new_page()
    page.goto(app.url("about"))
    expect(page.get_by_text("Bob Brown", exact=True)).to_be_visible()
    try:
        access.write_text(LIST.replace("domain: council", "domain: elsewhere"))
        page.get_by_role("link", name="Completeness").click()
        expect(page.get_by_text("No role is given to you")).to_be_visible()
        access.write_text("grants: [{email: x, roles: [viewer]}]")
        page.reload()
        expect(page.get_by_text("access.yaml, line 1")).to_be_visible()
    finally:
        access.write_text(LIST)


def test_a_cookie_that_is_over_altered_or_for_another_lets_nobody_in(app: App, browser: BrowserContext) -> None:
    now = int(time.time())
    cases = {
        "run out": (cookie(app, claims(app, exp=now - 5)), "Your sign-in has run out"),
        "for another program": (cookie(app, claims(app, aud="payroll")), "made for something else"),
        "signed by another": (cookie(app, claims(app), "another secret"), "Sign in to see the figures"),
        "altered": ({**cookie(app, claims(app)), "value": "x" + cookie(app, claims(app))["value"]}, "Sign in to see"),
    }
    page = browser.new_page()
    for name, (held, message) in cases.items():
        browser.clear_cookies()
        browser.add_cookies([held])
        page.goto(app.url("about"))
        expect(page.get_by_text(message), name).to_be_visible()
        assert page.get_by_role("link", name="Overview").count() == 0, name
