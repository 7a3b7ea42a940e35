"""A large extract with faults planted in it, each kind in rows that are known."""

from __future__ import annotations

from benchmarks.histories import plan_catalogue

EACH = 20
FAULTS = (
    "no such measure", "month 0", "words for a number", "less than zero", "blank value", "area by name",
    "the same figure twice", "over 100%", "part over whole", "value against its parts", "half a child",
    "a decimal comma", "a month to come", "a jump",
)  # fmt: skip


def planted(rows: int) -> tuple[bytes, dict[str, list[int]], dict[str, list[str]]]:
    """The file's bytes, the spreadsheet's rows of each kind of fault, and measure ids: all, percent, counts."""
    measures = [
        measure
        for measure in plan_catalogue().measures
        if measure.starts is None and measure.accumulation != "year_to_date"
    ]
    percent = [measure.id for measure in measures if measure.unit == "percent"]
    counts = [measure.id for measure in measures if measure.unit == "number" and measure.decimals == 0]
    lines, faults = ["measure_id,period,value,numerator,denominator,area"], {}
    every = rows // (EACH * len(FAULTS))
    for row in range(rows):
        kind = FAULTS[row // every % len(FAULTS)] if row % every == every - 1 else ""
        ids = counts if kind == "half a child" else percent
        month = row % 120
        cells = [ids[row // 120 % len(ids)], f"{2010 + month // 12}-{month % 12 + 1:02d}", str(50 + row % 7), "", "",
                 f"E06{row // (120 * len(ids)) + 100:06d}"]  # fmt: skip
        if kind == "half a child":
            cells[5] = f"E06{row + 200_000:06d}"
        if kind:
            faults.setdefault(kind, []).append(len(lines) + 1)
            cells = _with_fault(kind, cells, lines[-1].split(","))
        lines.append(",".join(cells))
    return (
        "\n".join(lines).encode(),
        faults,
        {"ids": [measure.id for measure in measures], "percent": percent, "counts": counts},
    )


def _with_fault(kind: str, cells: list[str], before: list[str]) -> list[str]:
    measure, period, value, _, _, area = cells
    changed: dict[str, list[str]] = {
        "no such measure": [f"{measure}x", period, value, "", "", area],
        "month 0": [measure, f"{period[:4]}-00", value, "", "", area],
        "words for a number": [measure, period, "about 50", "", "", area],
        "less than zero": [measure, period, "-5", "", "", area],
        "blank value": [measure, period, "", "", "", area],
        "area by name": [measure, period, value, "", "", "Southampton"],
        "the same figure twice": before,
        "over 100%": [measure, period, "820", "", "", area],
        "part over whole": [measure, period, "", "12", "10", area],
        "value against its parts": [measure, period, "82", "40", "50", area],
        "half a child": [measure, period, "426.5", "", "", area],
        "a decimal comma": [measure, period, '"82,5"', "", "", area],
        "a month to come": [measure, "2090-01", value, "", "", area],
        "a jump": [measure, period, "3", "", "", area],
    }
    return changed[kind]
