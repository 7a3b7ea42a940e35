"""What went wrong, as other programs read it: problem details (RFC 9457), worded for the person who must act."""

from __future__ import annotations

import json

MEDIA_TYPE = "application/problem+json"
TITLES = {
    "not-acceptable": "No such form of the answer",
    "not-allowed": "Not yours to read",
    "not-available": "The scorecard can't answer now",
    "not-from-here": "This machine alone, and programs alone",
    "no-token": "A token is needed",
    "our-fault": "Something went wrong that should not",
    "read-only": "Nothing can be changed here",
    "unknown-address": "Nothing has this address",
    "unknown-measure": "No such measure",
    "unknown-parameter": "No such parameter",
    "unknown-service-area": "No such service area",
    "unknown-snapshot": "No such snapshot",
    "unreadable-parameter": "A parameter that can't be read",
}


def problem(code: str, status: int, detail: str, instance: str) -> bytes:
    """A problem as JSON. code: one of TITLES, which never changes its meaning. instance: the address's path."""
    body = {
        "type": f"urn:scorecard:problem:{code}",
        "title": TITLES[code],
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    return (json.dumps(body, ensure_ascii=False) + "\n").encode()
