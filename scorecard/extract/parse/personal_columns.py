"""Columns that tell one person from another, by their names: the one list of them, and it grows here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from scorecard.core.safe_text import without_unseen

CHILDREN = (
    "child", "pupil", "student", "learner", "young person", "yp", "client", "service user", "patient", "care leaver",
)  # fmt: skip
FAMILY = (
    "carer", "foster carer", "adopter", "parent", "mother", "father", "guardian", "sibling", "person", "next of kin",
)  # fmt: skip
WORKERS = (
    "social worker", "allocated social worker", "supervising social worker", "case worker", "key worker", "lead worker",
    "allocated worker", "worker", "lead practitioner", "practitioner", "case holder", "case manager", "allocated sw",
)  # fmt: skip
STAFF = ("staff", "employee", "staff member", "manager", "team manager")  # a name is theirs; 'staff' alone is a count
GROUPS = (
    "lac", "cla", "cic", "cin", "cp", "uasc", "looked after child", "family", "household", "sw", "iro",  # as of staff
)  # fmt: skip
SYSTEMS = ("mosaic", "lcs", "liquidlogic", "eclipse", "frameworki", "careworks", "ics")  # whose number it is
DETAILS = (
    "name", "names", "full name", "id", "ids", "identifier", "ref", "reference", "initials", "key", "record", "details",
    "address", "post code", "email", "phone", "dob", "date of birth", "upn", "nhs no", "nhs number", "forename",
    "surname",
)  # fmt: skip
CASES = (
    "case id", "case no", "case number", "case num", "case ref", "case reference", "case file", "case name", "case key",
    "case note", "case notes",
    "file number", "file no", "file ref", "record id", "record number", "referral id", "referral ref", "episode id",
    "unique id", "unique ref", "unique reference",
)  # fmt: skip
IDENTIFIERS = (
    "upn", "former upn", "uln", "nhs no", "nhs number", "nhs num", "nhs id", "chi no", "chi number", "hospital number",
    "hospital no", "ni number", "ni no", "nino", "national insurance", "national insurance no", "passport number",
    "national insurance number", "unique pupil no", "unique pupil number", "unique pupil ref", "unique pupil reference",
    "unique learner number", "unique learner no", "mosaic id", "mosaic no", "mosaic number", "lcs id", "lcs number",
    "liquidlogic id", "eclipse id", "frameworki id", "framework i id", "careworks id", "ics id", "ssid",
)  # fmt: skip
BIRTHS = (
    "dob", "d o b", "date of birth", "birth date", "birthday", "born", "born on", "birth day", "date of death",
    "death date",
)  # fmt: skip
NAMES = (
    "name", "names", "initials", "forename", "forenames", "surname", "surnames", "first name", "given name",
    "last name", "family name", "middle name", "full name", "known as", "preferred name", "alias", "first names",
    "given names", "middle names", "last names", "family names",
)  # fmt: skip
CONTACTS = (
    "email", "email address", "telephone", "telephone number", "phone", "phone number", "mobile", "mobile number",
    "address", "home address", "placement address", "current address", "street", "post code", "home post code",
    "post code home", "address home",
)  # fmt: skip
TELLING = (  # a name that has one of these says so, whatever else it says
    "forename", "surname", "date of birth", "birth date", "nhs number", "unique pupil number", "national insurance no",
)  # fmt: skip
NUMBERED = ("no", "nos", "num", "number", "numbers", "nr")  # after a person: the count of them, or one's number
COUNTED = (
    "number of", "no of", "count", "total", "percentage", "percent", "proportion", "share", "rate", "average", "mean",
    "median", "recorded", "missing", "not known", "per 10 000", "per 1 000", "per 10000", "per 1000",
)  # fmt: skip  # a column that counts what it names tells of no one
_LONGEST_NAME = 80


def _tidy(name: str) -> str:
    """A name's letters and digits alone, without case: 'Child's name' and 'child_name' are one."""
    usual = without_unseen(unicodedata.normalize("NFKC", name[:200])).casefold()
    return re.sub(r"['’`]s\b|[\W_]+", "", usual)


def _any_of(names: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(_tidy, names), key=len, reverse=True)) + ")"


_WHOSE = rf"(?:the)?(?:named?|current|allocated|lead)?{_any_of(SYSTEMS)}?"
_PERSONS = _any_of([*CHILDREN, *FAMILY, *WORKERS])
_ANYBODY = _any_of([*CHILDREN, *FAMILY, *WORKERS, *STAFF, *GROUPS])
_CHILD = _any_of([*CHILDREN, *FAMILY])
_PERSONAL = re.compile(
    rf"{_WHOSE}{_PERSONS}(?:(?:or|and)?{_PERSONS})?|{_WHOSE}{_ANYBODY}s?{_any_of(DETAILS)}|{_any_of(NAMES)}of(?:the)?{_ANYBODY}"
    rf"|{_any_of([*CASES, *IDENTIFIERS, *BIRTHS, *NAMES, *CONTACTS])}"
)
_WITHIN = re.compile(_any_of(TELLING))
_OF_ONE_CHILD = re.compile(
    rf"{_WHOSE}{_CHILD}s?{_any_of(DETAILS)}|{_any_of(NAMES)}of(?:the)?{_CHILD}"
    rf"|{_any_of([*CASES, *IDENTIFIERS, *BIRTHS])}"
)
_ASKED = re.compile(_any_of([*NAMES, *CONTACTS[: CONTACTS.index("address")]]))
_NUMBERED = re.compile(rf"{_WHOSE}{_CHILD}{_any_of(NUMBERED)}")
_COUNTS = re.compile(r"%|\( ?(?:no|nos|num|number|n)\b|\b(?:" + "|".join(COUNTED) + r")\b")
_COUNT = re.compile(r"\[?[a-z:.\-–]{0,4}\]?|[+\-]?[0-9]{1,4}(?:\.[0-9]*)?%?|[0-9]{1,3}(?:,[0-9]{3})+", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def is_personal(name: str) -> bool:
    """Whether a column of this name would hold what tells one person from another; not where it counts persons."""
    if _counts(name):
        return False
    tidy = _tidy(name)
    return len(name) <= _LONGEST_NAME and (_PERSONAL.fullmatch(tidy) or _WITHIN.search(tidy)) is not None


@lru_cache(maxsize=10_000)
def is_of_one_child(name: str) -> bool:
    """Whether a column of this name can hold only what tells one child from another: no name of staff or of a team."""
    return len(name) <= _LONGEST_NAME and not _counts(name) and _OF_ONE_CHILD.fullmatch(_tidy(name)) is not None


def tells_whom_to_ask(name: str) -> bool:
    """Whether a column of this name may stand in a list of colleagues, as 'Name' and 'Email' do."""
    return _ASKED.fullmatch(_tidy(name)) is not None


def may_number_persons(name: str) -> bool:
    """Whether a column may count persons or number each of them, as 'Child No.': what stands in it tells."""
    return len(name) <= _LONGEST_NAME and _NUMBERED.fullmatch(_tidy(name)) is not None


def is_count(text: str) -> bool:
    """Whether a cell is a count or a symbol, and no person's number."""
    return _COUNT.fullmatch(text.strip()) is not None


def _counts(name: str) -> bool:
    words = " ".join(re.findall(r"\w+|[%(]", without_unseen(unicodedata.normalize("NFKC", name[:200])).casefold()))
    return _COUNTS.search(words.replace("_", " ")) is not None
