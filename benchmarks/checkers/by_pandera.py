"""pandera, with what a careful schema says: of each column, of parts and wholes, of the future, and one row a key."""

import json
import sys
import time
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

catalogue = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
ids, percent, counts = catalogue["ids"], catalogue["percent"], catalogue["counts"]


def number(frame, column):  # type: ignore[no-untyped-def]
    return pd.to_numeric(frame[column], errors="coerce")


def ratio(frame):  # type: ignore[no-untyped-def]
    return 100 * number(frame, "numerator") / number(frame, "denominator")


schema = pa.DataFrameSchema(
    {
        "measure_id": pa.Column(str, pa.Check.isin(ids)),
        "period": pa.Column(str, pa.Check.str_matches(r"^\d{4}-(0[1-9]|1[0-2])$")),
        "value": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "numerator": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "denominator": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "area": pa.Column(str, pa.Check.str_matches(r"^[EWSNK]\d{8}$")),
    },
    checks=[
        pa.Check(lambda frame: ~(number(frame, "numerator") > number(frame, "denominator"))),
        pa.Check(lambda frame: ~(number(frame, "value") < 0)),
        pa.Check(lambda frame: ~((number(frame, "value") > 100) & frame["measure_id"].isin(percent))),
        pa.Check(lambda frame: ~((number(frame, "value") % 1 > 0) & frame["measure_id"].isin(counts))),
        pa.Check(lambda frame: frame["period"] <= "2020-12"),
        pa.Check(lambda frame: frame["value"].notna() | frame["numerator"].notna()),
        pa.Check(lambda frame: ~((number(frame, "value") - ratio(frame)).abs() > 0.5)),
    ],
    unique=["measure_id", "period", "area"],
)
times, rows = [], []
for _ in range(3):
    start = time.process_time()
    frame = pd.read_csv(sys.argv[1], dtype=str)
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        named = pd.to_numeric(errors.failure_cases["index"], errors="coerce").dropna()
        rows = sorted({int(index) + 2 for index in named})
    times.append(time.process_time() - start)
print(json.dumps({"seconds": min(times), "rows": rows}))
