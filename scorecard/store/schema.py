"""The tables, as the newest migration leaves them. Moments are microseconds (moments.py), months are YYYYMM.

Rows are added and never edited. The two exceptions: `recorded_to` of a figure, which is set once, when a row is
superseded; and a sent file of before the third migration, which goes once the table that was read of it is kept.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from scorecard.store.values.column_types import String, Text

metadata = MetaData()


def _key_of_extract() -> Column[int]:
    """A key for what an extract has one of."""
    return Column("extract_id", ForeignKey("extracts.extract_id"), primary_key=True, autoincrement=False)


def _figure_of_extract() -> tuple[Column[Any], ...]:
    """A figure: which extract reported it, of what and when it is, and its value."""
    return (
        Column("extract_id", ForeignKey("extracts.extract_id"), nullable=False),
        Column("measure_id", String, nullable=False),
        Column("area", String, nullable=False),
        Column("month", Integer, nullable=False),
        Column("months", Integer, nullable=False),
        Column("value", Float),
    )


migrations = Table(
    "scorecard_migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
)

catalogues = Table(
    "catalogues",
    metadata,
    Column("catalogue_id", Integer, Identity(), primary_key=True),
    Column("recorded_from", BigInteger, nullable=False, unique=True),
    Column("sha256", String, nullable=False),
    Column("who", String, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)

extracts = Table(
    "extracts",
    metadata,
    Column("extract_id", Integer, Identity(), primary_key=True),
    Column("recorded_from", BigInteger, nullable=False, unique=True),
    Column("sha256", String, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("file_name", String, nullable=False),
    Column("source", String, nullable=False),
    Column("layout", String),
    Column("who", String, nullable=False),
    Column("reason", Text),
    Column("accepted", Text, nullable=False),  # JSON: the warnings that were accepted
    Column("rows", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
)

# What was read of each extract, as CSV, and how it was read. Of the file as it was sent, its sha256 alone is kept, in
# `extracts`. Apart from `extracts`, so that listing them never walks over the bytes.
read_tables = Table(
    "read_tables",
    metadata,
    _key_of_extract(),
    Column("sha256", String, nullable=False),  # of the table
    Column("sheet", String),  # of the workbook, that was read
    Column("month", String),  # of the whole report, YYYY-MM, where it is beside the table
    Column("content", LargeBinary, nullable=False),  # zlib
)

# The files as they were sent, of before the third migration: a row goes once what was read of its file is kept.
extract_contents = Table(
    "extract_contents",
    metadata,
    _key_of_extract(),
    Column("content", LargeBinary, nullable=False),  # zlib
)

withdrawals = Table(
    "withdrawals",
    metadata,
    _key_of_extract(),
    Column("recorded_from", BigInteger, nullable=False, unique=True),
    Column("who", String, nullable=False),
    Column("reason", Text, nullable=False),
)

# Every row that an extract reported, the unchanged ones too: after an earlier extract is withdrawn, a later
# one that said the same still stands. A withdrawal adds again the row that is now in force.
observations = Table(
    "observations",
    metadata,
    Column("observation_id", Integer, Identity(), primary_key=True),
    *_figure_of_extract(),
    Column("numerator", Float),
    Column("denominator", Float),
    Column("symbol", String),
    Column("note", Text),
    Column("origin", String, nullable=False),
    Column("recorded_from", BigInteger, nullable=False),
    Column("recorded_to", BigInteger, nullable=False),
    # The view of a month, a measure or an area: of the rows superseded by then none is visited. No third column:
    # a month's load then adds at few places, however much history lies between them.
    Index("observations_by_month", "month", "recorded_to"),
    Index("observations_by_measure", "measure_id", "recorded_to"),
    Index("observations_by_area", "area", "recorded_to"),
    # The versions of one figure.
    Index("observations_by_figure", "measure_id", "month", "area", "months", "recorded_to"),
    # What one extract reported, and what of it is still in force.
    Index("observations_by_extract", "extract_id", "recorded_to"),
)

# Which extracts are editions of published files. `edition` orders them: the day, as 20251120.
editions = Table(
    "editions",
    metadata,
    _key_of_extract(),
    Column("publications", Text, nullable=False),  # JSON: the data sets' ids
    Column("edition", Integer, nullable=False),
    Column("published", Integer),
    Column("dropped", Integer, nullable=False),
)

# What editions print: every row of each, those too that a later edition had superseded before they came. Apart from
# `observations`, for a published figure and a local one of the same month are two. `measure_id` is the published
# figure's id, `area` the department's number.
published_figures = Table(
    "published_figures",
    metadata,
    Column("published_figure_id", Integer, Identity(), primary_key=True),
    *_figure_of_extract(),
    Column("symbol", String),
    Column("edition", Integer, nullable=False),
    Column("recorded_from", BigInteger, nullable=False),
    Column("recorded_to", BigInteger, nullable=False),
    Index("published_figures_by_figure", "measure_id", "recorded_to"),
    Index("published_figures_by_cell", "measure_id", "month", "area", "months"),
    Index("published_figures_by_extract", "extract_id", "recorded_to"),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("snapshot_id", String, primary_key=True),  # the sha256 of the content
    Column("board", String),
    Column("period", String, nullable=False),
    Column("as_known_at", BigInteger, nullable=False),
    Column("who", String, nullable=False),
    Column("taken_at", BigInteger, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)

snapshot_states = Table(
    "snapshot_states",
    metadata,
    Column("state_id", Integer, Identity(), primary_key=True),
    Column("snapshot_id", ForeignKey("snapshots.snapshot_id"), nullable=False, index=True),
    Column("state", String, nullable=False),  # draft | approved | superseded
    Column("role", String),
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("superseded_by", ForeignKey("snapshots.snapshot_id")),
    Column("reason", Text),
)

snapshot_exports = Table(
    "snapshot_exports",
    metadata,
    Column("snapshot_id", ForeignKey("snapshots.snapshot_id"), primary_key=True),
    Column("format", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # as handed out
)

layouts = Table(
    "layouts",
    metadata,
    Column("layout_id", Integer, Identity(), primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("state", String, nullable=False),  # in use | out of use
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)

# What heads of service say of a measure in a month: every version of every comment, the newest last.
commentary = Table(
    "commentary",
    metadata,
    Column("comment_id", Integer, Identity(), primary_key=True),
    Column("measure_id", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),  # the version that was on the screen; 0: none
    Column("state", String, nullable=False),  # draft | submitted | approved | returned
    Column("what_happened", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("being_done", Text, nullable=False),
    Column("by_whom", Text, nullable=False),  # a role
    Column("by_when", String, nullable=False),  # YYYY-MM-DD, or empty
    Column("role", String),  # of who approved it
    Column("reason", Text),  # why it was returned
    Column("flags", Text),  # JSON: the claims that were flagged when it was approved
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("measure_id", "month", "version"),
    Index("commentary_by_month", "month"),
)

# What a board asked or decided, and what came of it.
decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Integer, Identity(), primary_key=True),
    Column("kind", String, nullable=False),  # question | decision
    Column("board", String, nullable=False),
    Column("month", Integer, nullable=False),  # that the board's pack was for
    Column("service_area_id", String, nullable=False),
    Column("measure_id", String),  # none: the whole area
    Column("text", Text, nullable=False),
    Column("owner", String, nullable=False),  # a role
    Column("due", String, nullable=False),  # YYYY-MM-DD
    Column("asked_by", String, nullable=False),  # at the board: a role
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
)

decision_answers = Table(
    "decision_answers",
    metadata,
    Column("answer_id", Integer, Identity(), primary_key=True),
    Column("decision_id", ForeignKey("decisions.decision_id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("closes", Integer, nullable=False),  # 1: nothing more is asked
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# What programs sign in with: the hash of it. A token is of use until its end, or until it is taken back.
tokens = Table(
    "tokens",
    metadata,
    Column("token_id", String, primary_key=True),  # its public part
    Column("sha256", String, nullable=False),  # of its secret part
    Column("name", String, nullable=False),  # of the program
    Column("role", String, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
)

token_ends = Table(
    "token_ends",
    metadata,
    Column("token_id", ForeignKey("tokens.token_id"), primary_key=True),
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# Sign-ins that let nobody in any more, whatever a browser still holds.
ended_sign_ins = Table(
    "ended_sign_ins",
    metadata,
    Column("sign_in", String, primary_key=True),  # a hash of what the provider said
    Column("at", BigInteger, nullable=False),
    Column("why", String, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("act_id", Integer, Identity(), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
)

# The seal of each act, by which a row that was changed, removed, added or put elsewhere is found (audit/chain.py).
act_chain = Table(
    "act_chain",
    metadata,
    Column("act_id", ForeignKey("acts.act_id"), primary_key=True, autoincrement=False),
    Column("previous", String, nullable=False),  # the seal of the act before
    Column("sha256", String, nullable=False),
)
