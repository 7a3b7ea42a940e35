"""Texts as the store keeps them: the same order and the same refusals in every database."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Dialect, TypeDecorator
from sqlalchemy.types import TypeEngine

from scorecard.store.errors import UnkeepableText


def keepable(text: str | None) -> str | None:
    """The text, if every database can keep it. Raises UnkeepableText: PostgreSQL's texts hold no NUL."""
    if text is not None and "\0" in text:
        raise UnkeepableText(text)
    return text


class String(TypeDecorator[str]):
    """A short text, ordered by its characters' numbers wherever it is kept, as SQLite and pandas do."""

    impl = sa.String
    cache_ok = True
    kind: type[sa.String] = sa.String

    @property
    def python_type(self) -> type[str]:
        """What its values are here."""
        return str

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type, with its plainest order."""
        return dialect.type_descriptor(self.kind(collation="C") if dialect.name == "postgresql" else self.kind())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """On the way in."""
        del dialect
        return keepable(value)


class Text(String):
    """A long text."""

    impl = sa.Text
    cache_ok = True
    kind = sa.Text
