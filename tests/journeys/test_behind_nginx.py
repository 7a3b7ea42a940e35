"""The pages behind a real nginx with the lines that councils copy: TLS, web sockets, one person at one process.

Two processes serve one store in PostgreSQL. It wants nginx, openssl and systemd-analyze on this machine, which no wheel
carries: make soak runs it, and says how to get them where they are missing.
"""

from __future__ import annotations

import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import FLAGS
from tests.journeys.browser import browser as browser_path
from tests.journeys.conftest import PROJECT, App, free_port, run_through, settled, started, stop, visiting
from tests.journeys.test_journeys import send
from tests.journeys.test_one_store import AUGUST, MEASURE
from tests.postgresql import Databases

pytestmark = [pytest.mark.browser, pytest.mark.long]

NAME = "scorecard.example.gov.uk"
WHERE = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin"
# Kept beside the lines: everything is in the test's own folder, and it runs as whoever runs the tests.
AROUND = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {lines}
}}
"""


class Ports(NamedTuple):
    """Where nginx listens: for http, for https, and for https with its web sockets stripped."""

    http: int
    https: int
    stripping: int


def program(name: str, package: str) -> str:
    """Where a program is; without it the test fails, and says how to get it."""
    path = shutil.which(name, path=WHERE) or shutil.which(name)
    assert path, f"{name} is wanted, to try what deploy/ has. On Debian or Ubuntu: sudo apt-get install {package}"
    return path


@pytest.fixture(scope="module")
def apps(postgresql: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[App]]:
    """Two processes, each told the name that it is opened by, as the unit's SERVE_OPTIONS are."""
    address, running = postgresql.url(), []
    try:
        for name in ("one", "other"):
            running.append(
                started(
                    tmp_path_factory.mktemp(name), "--name", NAME, "--let-anyone-on-the-network-in",
                    SCORECARD_DATABASE_URL=address,
                )
            )  # fmt: skip
        yield running
    finally:
        for app in running:
            if app.process.poll() is None:
                stop(app)


def lines_for(apps: list[App], folder: Path, ports: Ports) -> str:
    """deploy/nginx.conf with the second server in use, and its ports and files where this test has them.

    Beside it stand the same lines without those that pass web sockets.
    """
    lines = (PROJECT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    one, other = (app.address.rpartition("/")[2] for app in apps)
    for line, here in (
        ("listen 80;", f"listen 127.0.0.1:{ports.http};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{ports.https} ssl;"),
        ("server 127.0.0.1:8501;", f"server {one};"), ("# server 127.0.0.1:8502;", f"server {other};"),
    ):  # fmt: skip
        assert lines.count(line) == 1, line
        lines = lines.replace(line, here)
    lines = lines.replace("/etc/ssl/scorecard", str(folder))
    stripping = lines[lines.rindex("server {") :].replace(f":{ports.https} ", f":{ports.stripping} ")
    for passes in ("proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection $scorecard_connection;"):
        assert passes in stripping
        stripping = stripping.replace(passes, "")
    return lines + stripping


@pytest.fixture(scope="module")
def ports(apps: list[App], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """nginx before them."""
    folder, free_ports = tmp_path_factory.mktemp("nginx"), Ports(free_port(), free_port(), free_port())
    subprocess.run(
        [program("openssl", "openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "1", "-subj", f"/CN={NAME}", "-keyout", folder / "privkey.pem",
         "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    whole = folder / "nginx.conf"
    whole.write_text(AROUND.format(folder=folder, lines=lines_for(apps, folder, free_ports)), encoding="utf-8")
    nginx = program("nginx", "nginx-light")
    tried = subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
    process = subprocess.Popen([nginx, "-c", whole], stderr=subprocess.DEVNULL)
    yield free_ports
    process.terminate()
    process.wait(60)
    assert "[emerg]" not in (folder / "error.log").read_text()


@pytest.fixture(scope="module")
def page(chromium: Browser, ports: Ports) -> Iterator[Page]:
    """A page in a browser that finds the council's name at this nginx."""
    with finding(chromium, {80: ports.http, 443: ports.https}) as opened:
        yield opened


@contextmanager
def finding(chromium: Browser, ports: dict[int, int]) -> Iterator[Page]:
    """A page of a browser in which the council's name has these ports on this machine."""
    path, rules = browser_path(), ", ".join(f"MAP {NAME}:{port} 127.0.0.1:{here}" for port, here in ports.items())
    named = {} if path == "playwright" else {"executable_path": path}
    browser = chromium.browser_type.launch(args=[*FLAGS, f"--host-resolver-rules={rules}"], **named)
    yield visiting(browser, ignore_https_errors=True).new_page()
    browser.close()


def ask(ports: Ports, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """What whoever reaches nginx is answered: status, body, headers."""
    given = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
    request = urllib.request.Request(f"https://127.0.0.1:{ports.https}{path}", headers=given)
    trusting = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(request, timeout=60, context=trusting) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers.items())
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers.items())


def heard(app: App) -> int:
    """How many web sockets a process has taken, by its request log."""
    return app.log.read_text().count("WEBSOCKET /_stcore/stream 101")


def test_a_file_is_sent_and_seen_through_nginx_and_one_process_keeps_the_person(page: Page, apps: list[App]) -> None:
    sockets: list[str] = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.goto(f"http://{NAME}/upload")
    settled(page)
    assert page.url == f"https://{NAME}/upload"
    send(page, "august.csv", AUGUST)
    with run_through(page):
        page.get_by_role("button", name="Store this extract").click()
    expect(page.get_by_text("Extract 1 is stored: 1 new", exact=False)).to_be_visible()
    page.goto(f"https://{NAME}/measure?measure={MEASURE['measure']}")
    settled(page)
    expect(page.get_by_text("August 2020", exact=False).first).to_be_visible()
    assert set(sockets) == {f"wss://{NAME}/_stcore/stream"}
    page.goto(f"https://{NAME}/board-pack")  # a line is written once its web socket is let go of
    settled(page)
    assert sorted(bool(heard(app)) for app in apps) == [False, True]


def test_where_one_process_ends_the_other_serves_on(page: Page, apps: list[App]) -> None:
    (used,) = [app for app in apps if heard(app)]
    stop(used)
    page.goto(f"https://{NAME}/measure?measure={MEASURE['measure']}")
    settled(page)
    expect(page.get_by_text("August 2020", exact=False).first).to_be_visible()


def test_where_web_sockets_are_stripped_the_page_says_what_is_wrong(chromium: Browser, ports: Ports) -> None:
    with finding(chromium, {443: ports.stripping}) as page:
        page.goto(f"https://{NAME}/overview")
        expect(page.get_by_text("lets no web sockets through", exact=False)).to_be_visible()


def test_what_others_may_not_ask_is_refused_through_nginx_too(ports: Ports) -> None:
    status, _, headers = ask(ports, "/overview")
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    for path, given in (
        ("/overview", {"Host": "elsewhere.test"}), ("/overview", {"Host": "localhost"}),
        ("/overview", {"Origin": "https://elsewhere.test"}), ("/overview", {"Origin": f"http://{NAME}"}),
        ("/api/v1/measures", {}), ("/api/v1/measures", {"X_Forwarded_For": "127.0.0.1", "Host": "127.0.0.1"}),
    ):  # fmt: skip
        assert ask(ports, path, **given)[0] == 403, (path, given)


def test_systemd_reads_the_unit_without_a_remark(tmp_path: Path) -> None:
    """But for its program, which is where the document puts it."""
    unit = (PROJECT / "deploy" / "scorecard.service").read_text(encoding="utf-8")
    here = tmp_path / "scorecard.service"
    here.write_text(unit.replace("/opt/scorecard/.venv/bin/python", shutil.which("true") or "/bin/true"))
    done = subprocess.run(
        [program("systemd-analyze", "systemd"), "verify", here], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
