"""What a council's IT copies: the unit, the container file and nginx's lines hold to the rules of docs/deploying.md.

In make soak a real nginx runs the lines, and systemd's own checker reads the unit: tests/journeys/test_behind_nginx.py.
"""

from __future__ import annotations

import configparser
import re
from fnmatch import fnmatch
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DEPLOY = PROJECT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
CONTAINER = re.sub(r"\\\n\s*", "", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))
TOLD = (PROJECT / "docs" / "deploying.md").read_text(encoding="utf-8")
HARDENED = {
    "nonewprivileges": "true", "protectsystem": "strict", "protecthome": "true", "privatetmp": "true",
    "privatedevices": "true", "capabilityboundingset": "", "restrictsuidsgid": "true", "lockpersonality": "true",
    "systemcallfilter": "@system-service", "umask": "0077", "user": "scorecard", "killmode": "mixed",
}  # fmt: skip


def directives(text: str) -> list[tuple[str, ...]]:
    """nginx's directives, each as its words, whatever block they stand in."""
    plain = re.sub(r"#[^\n]*", "", text)
    assert plain.count("{") == plain.count("}")
    return [tuple(part.split()) for part in re.split(r"[;{}]", plain) if part.strip()]


def test_the_unit_runs_the_scorecard_as_a_user_of_its_own_that_can_write_to_its_store_alone() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(DEPLOY / "scorecard.service")
    service = unit["Service"]
    assert {name: service.get(name) for name in HARDENED} == HARDENED
    assert service["ExecStart"].endswith("-m scorecard serve --no-browser --port 8501 $SERVE_OPTIONS")
    assert int(service["TimeoutStopSec"]) >= 300  # what is being stored is stored to its end
    assert "EnvironmentFile" in service


def test_the_container_is_built_in_two_stages_and_runs_as_nobody_who_could_do_harm() -> None:
    lines = [line.split(None, 1) for line in CONTAINER.splitlines() if line and not line.startswith("#")]
    instructions = {name for name, _ in lines}
    assert [name for name, _ in lines].count("FROM") == 2
    assert not any(":latest" in rest or ":" not in rest for name, rest in lines if name == "FROM")
    (user,) = [rest for name, rest in lines if name == "USER"]
    assert int(user.split(":")[0]) > 0
    assert {"HEALTHCHECK", "VOLUME", "ENTRYPOINT"} <= instructions
    assert "/health/ready" in CONTAINER
    assert "--require-hashes" in CONTAINER
    assert "ADD" not in instructions
    copied = [rest.split()[:-1] for name, rest in lines if name == "COPY" and "--from" not in rest]
    assert [source for sources in copied for source in sources if not (PROJECT / source).exists()] == []
    for source in (source for sources in copied for source in sources):
        files = [PROJECT / source] if (PROJECT / source).is_file() else (PROJECT / source).iterdir()
        assert any(built_from(file.relative_to(PROJECT).as_posix()) for file in files), source


def built_from(file: str) -> bool:
    """Whether a file is handed to whoever builds a container: of .dockerignore's lines the last that fits says so."""
    lines = [line for line in (PROJECT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    fits = [line for line in lines if fnmatch(file, line.lstrip("!")) or fnmatch(file, f"{line.lstrip('!')}/*")]
    return fits[-1].startswith("!")


def test_no_container_is_built_from_a_store_a_list_of_people_or_a_secret() -> None:
    for secret in (
        ".streamlit/secrets.toml", "config/access.yaml", "data/scorecard.db", "data/demonstration/demonstration.db",
        ".git/config", ".venv/bin/python", "backup.db", "sign-in.toml", "scorecard/api/__pycache__/health.pyc",
    ):  # fmt: skip
        assert not built_from(secret), secret
    for wanted in ("server.py", "scorecard/api/openapi.yaml", "config/measures.yaml", "data/published/figures.csv"):
        assert built_from(wanted), wanted


def test_nginx_passes_web_sockets_keeps_a_person_at_one_process_and_lets_no_forged_header_through() -> None:
    nginx_lines = directives(NGINX)
    for wanted in (
        ("ip_hash",),
        ("ssl_protocols", "TLSv1.2", "TLSv1.3"),
        ("proxy_http_version", "1.1"),
        ("proxy_set_header", "Host", "$host"),
        ("proxy_set_header", "Upgrade", "$http_upgrade"),
        ("proxy_set_header", "Connection", "$scorecard_connection"),
        ("proxy_set_header", "X-Forwarded-For", "$remote_addr"),  # not what the browser says of it
        ("proxy_set_header", "X-Forwarded-Proto", "https"),
        ("proxy_set_header", "X-Forwarded-Host", '""'),
        ("proxy_set_header", "Forwarded", '""'),
    ):
        assert wanted in nginx_lines, wanted
    (largest,) = [words[1] for words in nginx_lines if words[0] == "client_max_body_size"]
    assert int(largest.removesuffix("m")) > 50


def test_the_document_names_what_there_is() -> None:
    assert {f"deploy/{file.name}" for file in DEPLOY.iterdir()} <= set(re.findall(r"deploy/[\w.]+", TOLD))
