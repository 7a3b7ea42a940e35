"""`python -m benchmarks.under_load.people [permission|sign-in|trail|alterations]`: what signing in costs.

permission: what looking at who may do something adds to a click. sign-in: in a browser, from the provider's button to
the overview. trail: the proof of 100,000 acts, and the store's version after 100,000 sign-ins. alterations: a thousand
random ones of a store of 10,000 acts, each looked for in the whole store. All of them without a name.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter, process_time, time

from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import sync_playwright
from sqlalchemy import Connection, insert, text

from benchmarks.pages import FLAGS
from benchmarks.timing import line
from scorecard.access.permissions import Permission
from scorecard.access.person import local_person
from scorecard.store import Head, Store, open_store
from scorecard.store.audit.chain import ACT, seals
from scorecard.store.connection import connect
from scorecard.store.schema import act_chain, acts
from scorecard.store.trail import Trail, prove
from scorecard.use_cases.hand_out import note_reading
from scorecard.use_cases.open_scorecard import ACCESS_VARIABLE, DATABASE_VARIABLE, SIGN_IN_VARIABLE
from scorecard.use_cases.sign_in import sign_in_of, signed_in_person
from scorecard.use_cases.view.shared import shared_scorecard
from tests.journeys.browser import browser as browser_path
from tests.journeys.conftest import settled, started, stop, visiting

CLICKS, SIGN_INS, ACTS, ALTERED_ACTS, ALTERATIONS = 2_000, 7, 100_000, 10_000, 1_000
CLIENT, ADDRESS = "scorecard", "jane@council.gov.uk"
SIGN_IN = (
    '[auth]\nredirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"\n'
    'cookie_secret = "a secret of this benchmark alone, 32 characters"\n'
    f'client_id = "{CLIENT}"\nclient_secret = "x"\nserver_metadata_url = "{{provider}}"\n'
)


def lists(folder: Path, provider: str) -> dict[str, str]:
    """The environment of a scorecard where people sign in, with a list of 200 entries."""
    access, sign_in = folder / "access.yaml", folder / "sign-in.toml"
    others = "".join(f"  - {{email: person{at}@council.gov.uk, roles: [viewer]}}\n" for at in range(199))
    head = f"  - {{email: {ADDRESS}, roles: [head_of_service, data_team], service_areas: [adoption]}}\n"
    access.write_text(f"grants:\n{others}{head}")
    sign_in.write_text(SIGN_IN.format(provider=provider))
    return {ACCESS_VARIABLE: str(access), SIGN_IN_VARIABLE: str(sign_in)}


def spent(work: Callable[[], object]) -> float:
    """What work takes in processor time, in seconds: what else the machine does doesn't count."""
    begun = process_time()
    work()
    return process_time() - begun


def permission(folder: Path) -> None:
    """Who signed in, read anew, with the list, the sign-in's settings and three checks: as at a click."""
    database = f"sqlite:///{folder / 'clicks.db'}"
    os.environ.update({DATABASE_VARIABLE: database, **lists(folder, "https://login.example/x")})
    machine, moment = shared_scorecard(local_person("benchmark")), time()
    claims = {"iss": "x", "sub": "jane", "aud": CLIENT, "iat": moment, "exp": moment + 3600, "email": ADDRESS}
    claims |= {"email_verified": True, "groups": [f"group-{at}" for at in range(200)]}

    def click() -> None:
        sign_in = sign_in_of(os.environ)
        assert sign_in is not None
        opened = machine.of(signed_in_person(claims, sign_in, machine))
        for asked in (Permission.READ, Permission.SUBMIT):
            opened.require(asked)
        note_reading(opened, "observations")

    click()
    times = sorted(spent(click) for _ in range(CLICKS))
    line("permission, a click, 19 of 20 within", f"{1000 * times[CLICKS * 19 // 20]:.2f} ms", "aim: under 1 ms")
    line("the same, half within", f"{1000 * times[CLICKS // 2]:.2f} ms")


def sign_in(folder: Path) -> None:
    """In a browser: from the provider's button to the overview, drawn and settled."""
    person = User(sub="jane", claims={"email": ADDRESS, "email_verified": True})
    path, times = browser_path(), []
    with run_server_in_thread(user_claims=[person]) as server, sync_playwright() as playwright:
        provider = f"http://localhost:{server.server_port}/.well-known/openid-configuration"
        app = started(folder, **lists(folder, provider))
        browser = playwright.chromium.launch(args=FLAGS, **({} if path == "playwright" else {"executable_path": path}))
        for _ in range(SIGN_INS):
            visitor = visiting(browser)
            page = visitor.new_page()
            page.goto(app.url())
            page.get_by_role("button", name="Sign in", exact=True).click()
            button = page.locator("button[value=jane]").first
            button.wait_for()
            begun = perf_counter()
            button.click()
            page.get_by_role("link", name="Overview").wait_for()
            page.get_by_role("heading", level=1).wait_for()
            times.append(perf_counter() - begun)
            settled(page)
            visitor.close()
        browser.close()
        stop(app)
    line("sign-in, from the provider's button to the overview", f"{min(times):.2f} s", "aim: under 2 s")
    line("the same, half within", f"{sorted(times)[SIGN_INS // 2]:.2f} s")


def with_acts(folder: Path, many: int, what: str = "submitted") -> Store:
    """A store with so many acts, sealed as they are kept."""
    url = f"sqlite:///{folder / f'{many}-{what}.db'}"
    open_store(url).close()
    moment = int(datetime(2020, 8, 3, tzinfo=UTC).timestamp() * 1_000_000)
    rows = [
        (number, moment + number, f"person{number % 20}@council.gov.uk", what, f"extract {number}",
         f'{{"new": {number}, "reason": "as agreed"}}')
        for number in range(1, many + 1)
    ]  # fmt: skip
    with closing(connect(url)) as database, database.writing() as connection:
        connection.execute(insert(acts), [dict(zip(ACT, row, strict=True)) for row in rows])
        names = act_chain.columns.keys()
        connection.execute(insert(act_chain), [dict(zip(names, row, strict=True)) for row in seals(rows)])
    return open_store(url)


def trail(folder: Path) -> None:
    """The proof of the whole trail, read from the store; and the store's version, with nothing but sign-ins in it."""
    with with_acts(folder, ACTS) as store:
        assert store.trail.prove().acts == ACTS
        seconds = min(spent(store.trail.prove) for _ in range(3))
    line(f"audit --verify of {ACTS:,} acts", f"{seconds:.2f} s", "aim: under 2 s")
    with with_acts(folder, ACTS, "signed in") as store:
        seconds = min(spent(store.version) for _ in range(50))
    line(f"the store's version after {ACTS:,} sign-ins", f"{1000 * seconds:.2f} ms")


def _one(chance: Random) -> int:
    return chance.randint(1, ALTERED_ACTS)


def _change(connection: Connection, chance: Random) -> None:
    column = chance.choice(["who", "what", "subject", "detail"])
    connection.execute(text(f"UPDATE acts SET {column} = {column} || ' ' WHERE act_id = {_one(chance)}"))


def _move(connection: Connection, chance: Random) -> None:
    step = chance.choice([-1, 1, 60_000_000])
    connection.execute(text(f"UPDATE acts SET at = at + {step} WHERE act_id = {_one(chance)}"))


def _remove(connection: Connection, chance: Random) -> None:
    first_act, many = _one(chance), chance.choice([1, 1, 2, 500])
    for table in ("act_chain", "acts"):
        connection.execute(text(f"DELETE FROM {table} WHERE act_id >= {first_act} AND act_id < {first_act + many}"))


def _remove_the_last(connection: Connection, chance: Random) -> None:
    for table in ("act_chain", "acts"):
        last = ALTERED_ACTS - chance.choice([1, 2, 500])
        connection.execute(text(f"DELETE FROM {table} WHERE act_id > {last}"))


def _remove_one_side(connection: Connection, chance: Random) -> None:
    table = chance.choice(["act_chain", "acts"])
    connection.execute(text(f"DELETE FROM {table} WHERE act_id = {_one(chance)}"))


def _exchange(connection: Connection, chance: Random) -> None:
    one, other = chance.sample(range(1, ALTERED_ACTS + 1), 2)
    for table in chance.choice([("acts",), ("act_chain",), ("acts", "act_chain")]):
        for old, new in ((one, -1), (other, one), (-1, other)):
            connection.execute(text(f"UPDATE {table} SET act_id = {new} WHERE act_id = {old}"))


def _add(connection: Connection, chance: Random) -> None:
    new = f"{ALTERED_ACTS + chance.randint(1, 9)}, at, who, what, subject, detail"
    connection.execute(text(f"INSERT INTO acts SELECT {new} FROM acts WHERE act_id = {_one(chance)}"))


def _rewrite(connection: Connection, chance: Random) -> None:
    """One is changed, and everything after it is sealed anew, as somebody who knows how would."""
    act_id = _one(chance)
    connection.execute(text(f"UPDATE acts SET who = who || '!' WHERE act_id = {act_id}"))
    rows = connection.execute(text("SELECT act_id, at, who, what, subject, detail FROM acts ORDER BY act_id")).all()
    connection.execute(text("DELETE FROM act_chain"))
    names = act_chain.columns.keys()
    connection.execute(insert(act_chain), [dict(zip(names, seal, strict=True)) for seal in seals(map(tuple, rows))])


ALTERS: list[Callable[[Connection, Random], None]] = [
    _change, _move, _remove, _remove_the_last, _remove_one_side, _exchange, _add, _rewrite,
]  # fmt: skip


def alterations(folder: Path) -> None:
    """Each in the store itself, proved against the head that was kept elsewhere, and undone."""
    with with_acts(folder, ALTERED_ACTS) as store:
        head = store.trail.head()
    url, chance, noticed = f"sqlite:///{folder / f'{ALTERED_ACTS}-submitted.db'}", Random(19), 0
    assert isinstance(head, Head)
    with closing(connect(url)) as database:
        with database.writing() as connection:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        assert not Trail(database).prove([head]).faults
        for number in range(ALTERATIONS):
            noticed += _is_found(database, ALTERS[number % len(ALTERS)], chance, head)
    line(f"random alterations of {ALTERED_ACTS:,} acts that are found", f"{noticed:,} of {ALTERATIONS:,}", "aim: all")


class _Undone(Exception):
    """Rolls back what was only tried."""


def _is_found(database: object, alter: Callable[[Connection, Random], None], chance: Random, head: Head) -> bool:
    faults: tuple[str, ...] = ()
    try:
        with database.writing() as connection:  # type: ignore[attr-defined]
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            alter(connection, chance)
            faults = prove(connection, [head]).faults
            raise _Undone
    except _Undone:
        return bool(faults)


PARTS = {"permission": permission, "sign-in": sign_in, "trail": trail, "alterations": alterations}


def main() -> None:
    print("People")
    for name in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder))


if __name__ == "__main__":
    main()
