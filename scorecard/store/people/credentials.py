"""What lets somebody in, as far as a store keeps it: tokens of programs, as hashes, and sign-ins that are over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import insert, select

from scorecard.store import frames
from scorecard.store.audit import audit_log
from scorecard.store.audit.row_hashes import row_sha256
from scorecard.store.connection import Database
from scorecard.store.errors import TokenTakenBack, UnknownToken
from scorecard.store.schema import ended_sign_ins, token_ends, tokens
from scorecard.store.values.timestamps import from_micros, to_micros

TOKEN_COLUMNS = ["token_id", "name", "role", "who", "at", "ends_at", "taken_back_by", "taken_back_at"]


class StoredToken(NamedTuple):
    """A token as it is kept: never the token itself. taken_back: whether it was before its end."""

    name: str
    role: str
    sha256: str
    ends_at: datetime
    taken_back: bool


def token_sha256(row: Mapping[str, Any]) -> str:
    """What names all that is kept of a token in the act that gave it."""
    return row_sha256(row, ("token_id", "sha256", "name", "role", "ends_at"))


def sign_in_sha256(row: Mapping[str, Any]) -> str:
    """What names an ended sign-in in its act."""
    return row_sha256(row, ("sign_in", "why"))


class Credentials:
    """The tokens and ended sign-ins of a store. Rows are only ever added."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give_token(
        self, token_id: str, sha256: str, name: str, role: str, ends_at: datetime, who: str, when: datetime
    ) -> None:
        """Keep a token's hash, for whom it is, the role it has and until when."""
        at, end = to_micros(when), to_micros(ends_at)
        row = {"token_id": token_id, "sha256": sha256, "name": name, "role": role, "ends_at": end, "who": who, "at": at}
        detail = {"name": name, "role": role, "ends_at": ends_at.isoformat(), "kept_sha256": token_sha256(row)}
        with self._database.writing() as connection:
            connection.execute(insert(tokens).values(row))
            audit_log.record(connection, at, who, "gave a token", f"token {token_id}", detail)

    def take_token_back(self, token_id: str, who: str, when: datetime) -> None:
        """Let a token be of no use from now on. Raises UnknownToken, TokenTakenBack."""
        at = to_micros(when)
        with self._database.writing() as connection:
            name = connection.execute(select(tokens.c.name).where(tokens.c.token_id == token_id)).scalar()
            if name is None:
                raise UnknownToken(token_id)
            before = connection.execute(select(token_ends.c.who).where(token_ends.c.token_id == token_id)).scalar()
            if before is not None:
                raise TokenTakenBack(str(name), str(before))
            connection.execute(insert(token_ends).values({"token_id": token_id, "who": who, "at": at}))
            audit_log.record(connection, at, who, "took back a token", f"token {token_id}", {"name": name})

    def token(self, token_id: str) -> StoredToken | None:
        """A token by its public part; None where there is none such."""
        query = select(tokens, token_ends.c.at.label("over")).outerjoin(token_ends).where(tokens.c.token_id == token_id)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        ends_at, taken_back = from_micros(row["ends_at"]), row["over"] is not None
        return StoredToken(row["name"], row["role"], row["sha256"], ends_at, taken_back)

    def tokens(self) -> pd.DataFrame:
        """Every token, the latest first, in TOKEN_COLUMNS; taken_back_at is NaT for one that wasn't."""
        over = [token_ends.c.who.label("taken_back_by"), token_ends.c.at.label("taken_back_at")]
        query = select(*[tokens.c[name] for name in TOKEN_COLUMNS[:6]], *over).outerjoin(token_ends)
        with self._database.reading() as connection:
            rows = [tuple(row) for row in connection.execute(query.order_by(tokens.c.at.desc())).all()]
        frame = pd.DataFrame(rows, columns=TOKEN_COLUMNS, dtype="object")
        back = [pd.NaT if micros is None else from_micros(micros) for micros in frame["taken_back_at"]]
        return frame.assign(
            at=frames.timestamps(frame["at"].astype("int64")),
            ends_at=frames.timestamps(frame["ends_at"].astype("int64")),
            taken_back_at=pd.to_datetime(pd.Series(back, dtype="object"), utc=True),
        )

    def end_sign_in(self, sign_in: str, why: str, who: str, when: datetime) -> None:
        """Let a sign-in (its hash) let nobody in any more, and keep that as an act; the same again writes nothing."""
        at = to_micros(when)
        with self._database.writing() as connection:
            known = select(ended_sign_ins.c.at).where(ended_sign_ins.c.sign_in == sign_in)
            if connection.execute(known).first() is None:
                row = {"sign_in": sign_in, "at": at, "why": why}
                connection.execute(insert(ended_sign_ins).values(row))
                detail = {"why": why, "kept_sha256": sign_in_sha256(row)}
                audit_log.record(connection, at, who, "signed out", f"sign-in {sign_in[:12]}", detail)

    def is_over(self, sign_in: str) -> bool:
        """Whether a sign-in (its hash) was ended before."""
        with self._database.reading() as connection:
            known = select(ended_sign_ins.c.at).where(ended_sign_ins.c.sign_in == sign_in)
            return connection.execute(known).first() is not None
