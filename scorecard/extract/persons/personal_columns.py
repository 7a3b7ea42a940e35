"""Columns that tell one person from another, by their names: the one list of them, and it grows here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from scorecard.core.safe_text import without_unseen

CHILDREN = (
    "child", "pupil", "student", "learner", "young person", "yp", "cyp", "client", "service user", "patient",
    "care leaver", "looked after child", "baby", "candidate", "victim",
)  # fmt: skip
FAMILY = (
    "carer", "foster carer", "adopter", "parent", "mother", "father", "mum", "dad", "guardian", "sibling", "person",
    "next of kin", "applicant", "perpetrator",
)  # fmt: skip
WORKERS = (
    "social worker", "supervising social worker", "case worker", "key worker", "worker", "practitioner", "case holder",
    "case manager", "allocated sw",
)  # fmt: skip
STAFF = ("staff", "employee", "staff member", "manager", "team manager")  # a name is theirs; 'staff' alone is a count
GROUPS = (  # as of staff
    "lac", "cla", "cic", "cin", "cp", "cpp", "uasc", "children", "family", "household", "sw", "iro", "sen",
    "individual", "citizen", "resident", "customer",
)  # fmt: skip
SYSTEMS = (  # whose number it is
    "mosaic", "lcs", "liquidlogic", "eclipse", "frameworki", "framework i", "careworks", "ics", "carefirst", "swift",
    "rio", "systmone", "emis", "controcc", "synergy", "capita", "capita one", "ehm", "ssd", "csc", "early help",
    "paris", "azeus",
)  # fmt: skip
DETAILS = (
    "name", "names", "full name", "name id", "id", "ids", "id no", "id number", "identifier", "ref", "reference",
    "ref no", "reference no", "reference number", "initials", "key", "record", "details", "address", "post code",
    "email", "phone", "dob", "date of birth", "upn", "nhs no", "nhs number", "forename", "surname", "first name",
    "last name",
)  # fmt: skip
CASES = (
    "case id", "case no", "case number", "case num", "case ref", "case reference", "case ref no", "case reference no",
    "case reference number", "case file", "case name", "case key", "case note", "case notes",
    "file number", "file no", "file ref", "record id", "record number", "referral id", "referral ref", "episode id",
    "unique id", "unique ref", "unique reference", "unique identifier",
)  # fmt: skip
IDENTIFIERS = (
    "upn", "former upn", "uln", "uci", "nhs no", "nhs number", "nhs num", "nhs id", "chi no", "chi number",
    "hospital number", "hospital no", "ni number", "ni no", "nino", "national insurance", "national insurance no",
    "national insurance number", "passport no", "passport number", "home office ref", "home office reference",
    "immigration number", "payroll no", "payroll number", "unique pupil no", "unique pupil number", "unique pupil ref",
    "unique pupil reference", "unique learner number", "unique learner no", "unique candidate identifier", "ssid",
)  # fmt: skip
BIRTHS = (
    "dob", "d o b", "date of birth", "birth date", "birthday", "born", "born on", "date born", "birth day",
    "date of death", "death date", "year of birth", "edd",
)  # fmt: skip
NAMES = (
    "name", "names", "initials", "forename", "forenames", "surname", "surnames", "first name", "given name",
    "last name", "family name", "middle name", "full name", "known as", "preferred name", "alias", "first names",
    "given names", "middle names", "last names", "family names", "former name", "previous name", "maiden name",
    "legal name", "birth name", "preferred first name",
)  # fmt: skip
CONTACTS = (
    "email", "email address", "telephone", "telephone no", "telephone number", "phone", "phone no", "phone number",
    "mobile", "mobile no", "mobile number", "contact number", "address", "address line", "home address",
    "placement address", "current address", "street", "post code", "home post code", "post code home", "address home",
    "placement post code", "post code of placement", "address of placement",
)  # fmt: skip
WHICH = (  # of several persons: before what they are called
    "the", "name", "named", "current", "allocated", "lead", "main", "subject", "referred", "missing", "adopted",
    "unborn", "birth", "special", "unique", "alleged", "sen", "local", "la",
)  # fmt: skip
TELLING = (  # a name that has one of these says so, whatever else it says
    "forename", "surname", "date of birth", "birth date", "nhs number", "unique pupil number", "national insurance no",
)  # fmt: skip
NUMBERED = ("no", "nos", "num", "number", "numbers", "nr")  # after a person: the count of them, or one's number
MAY_NAME = ("sw", "iro", "allocated")  # a count of them, or who it is
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


_WHOSE = rf"(?:{_any_of(WHICH)}|{_any_of(SYSTEMS)})*"
_PERSONS = _any_of([*CHILDREN, *FAMILY, *WORKERS])
_ANYBODY = _any_of([*CHILDREN, *FAMILY, *WORKERS, *STAFF, *GROUPS])
_CHILD = _any_of([*CHILDREN, *FAMILY])
_NTH = "[0-9]{0,2}"  # 'Carer 1', 'Address line 2'
_ITS_NUMBER = rf"{_any_of(SYSTEMS)}(?:{_any_of(['id', 'no', 'number', 'ref', 'reference'])})"
_ALONE = _any_of([*CASES, *IDENTIFIERS, *BIRTHS, *NAMES])
_PERSONAL = re.compile(
    rf"{_WHOSE}{_PERSONS}(?:(?:or|and)?{_PERSONS})?{_NTH}|{_WHOSE}{_ANYBODY}s?{_NTH}(?:unique)?{_any_of(DETAILS)}{_NTH}"
    rf"(?:{_any_of(SYSTEMS)})?|{_any_of(NAMES)}of{_WHOSE}{_ANYBODY}s?{_NTH}|{_ITS_NUMBER}"
    rf"|{_ALONE}{_NTH}(?:(?:of)?{_WHOSE}{_ANYBODY})?|{_any_of(CONTACTS)}{_NTH}(?:of{_WHOSE}{_ANYBODY})?"
)
_WITHIN = re.compile(_any_of(TELLING))
_OF_ONE_CHILD = re.compile(
    rf"{_WHOSE}{_CHILD}s?{_NTH}(?:unique)?{_any_of(DETAILS)}{_NTH}(?:{_any_of(SYSTEMS)})?"
    rf"|{_any_of(NAMES)}of{_WHOSE}{_CHILD}s?{_NTH}|{_ITS_NUMBER}"
    rf"|{_any_of([*CASES, *IDENTIFIERS, *BIRTHS])}{_NTH}(?:(?:of)?{_WHOSE}{_ANYBODY})?"
)
_ASKED = re.compile(_any_of([*NAMES, *CONTACTS[: CONTACTS.index("address")]]))
_NUMBERED = re.compile(rf"{_WHOSE}(?:{_CHILD}|referral){_any_of(NUMBERED)}|{_any_of(MAY_NAME)}")
_ONE_OR_MORE = re.compile(r"\(s\)", re.IGNORECASE)
_BOTH = re.compile(r"[/|&;]")
_COUNTS = re.compile(r"%|\( ?(?:no|nos|num|number|n)\b|\b(?:" + "|".join(COUNTED) + r")\b")
_COUNT = re.compile(r"\[?[a-z:.\-–]{0,4}\]?|[+\-]?[0-9]{1,4}(?:\.[0-9]*)?%?|[0-9]{1,3}(?:,[0-9]{3})+", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def is_personal(name: str) -> bool:
    """Whether a column of this name would hold what tells one person from another; not where it counts persons."""
    if _counts(name):
        return False
    if len(name) > _LONGEST_NAME:
        return False
    tidy, parts = _tidy(name), [part for part in _BOTH.split(name) if part.strip()]
    both = len(parts) > 1 and all(_PERSONAL.fullmatch(_tidy(part)) for part in parts)
    return both or (_PERSONAL.fullmatch(tidy) or _WITHIN.search(tidy)) is not None


@lru_cache(maxsize=10_000)
def is_of_one_child(name: str) -> bool:
    """Whether a column of this name can hold only what tells one child from another: no name of staff or of a team."""
    return len(name) <= _LONGEST_NAME and not _counts(name) and _OF_ONE_CHILD.fullmatch(_tidy(name)) is not None


def tells_whom_to_ask(name: str) -> bool:
    """Whether a column of this name may stand in a list of colleagues, as 'Name' and 'Email' do."""
    return _ASKED.fullmatch(_tidy(name)) is not None


def may_number_persons(name: str) -> bool:
    """Whether a column may count persons or tell them apart, as 'Child No.' and 'Carer(s)': what is in it tells."""
    one, more = _ONE_OR_MORE.subn("", name[:_LONGEST_NAME])
    return len(name) <= _LONGEST_NAME and (
        _NUMBERED.fullmatch(_tidy(name)) is not None or (more > 0 and _PERSONAL.fullmatch(_tidy(one)) is not None)
    )


def is_count(text: str) -> bool:
    """Whether a cell is a count or a symbol, and no person's number."""
    return _COUNT.fullmatch(text.strip()) is not None


def _counts(name: str) -> bool:
    tidy = " ".join(re.findall(r"\w+|[%(]", without_unseen(unicodedata.normalize("NFKC", name[:200])).casefold()))
    return _COUNTS.search(tidy.replace("_", " ")) is not None
