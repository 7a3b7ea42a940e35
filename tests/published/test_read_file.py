from __future__ import annotations

import io
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scorecard.published.read_file import Refused, read_file
from tests.published.files import ENGLAND, PORTSMOUTH, SOUTH_EAST, SOUTHAMPTON, ees, lait, year

REFERRALS = "category,referral_count"


def found_by_code(faults) -> dict[str, str]:
    return {code: found for part in faults for code, found in zip(part["code"], part["found"], strict=True)}


@pytest.fixture
def read(mapping, authorities):
    def read(content: bytes, dictionary=None):
        return read_file(content, mapping, authorities, dictionary)

    return read


def cells(figures) -> dict[tuple[str, str, str], tuple[float, str]]:
    keys = zip(figures["measure_id"], figures["area"], figures["period_end"].dt.strftime("%Y-%m"), strict=True)
    return dict(zip(keys, zip(figures["value"], figures["symbol"], strict=True), strict=True))


def test_an_ees_file_is_known_by_its_columns_in_any_order(read) -> None:
    file = read(ees(year("12.5"), year("11", PORTSMOUTH), year("13", SOUTH_EAST), year("14", ENGLAND)))
    turned = [line.split(",") for line in ees(year("12.5")).decode().splitlines()]
    backwards = "\r\n".join(",".join(f'"{cell}"' for cell in reversed(line)) for line in turned)
    assert (file.kind, file.rows, file.faults) == ("ees", 4, ())
    assert cells(file.figures) == {
        ("social-worker-turnover", area, "2025-09"): (value, "")
        for area, value in (("852", 12.5), ("851", 11.0), ("989", 13.0), ("970", 14.0))
    }
    assert cells(read(b"\xef\xbb\xbf" + backwards.encode()).figures) == {
        ("social-worker-turnover", "852", "2025-09"): (12.5, "")
    }


def test_a_file_larger_than_any_published_one_is_refused(read, monkeypatch) -> None:
    monkeypatch.setattr("scorecard.published.limits.MOST_ROWS", 2)
    with pytest.raises(Refused) as refused:
        read(ees(*[year("12.5", time=f"{number},Reporting year") for number in (2020, 2021, 2022)]))
    assert found_by_code(refused.value.faults) == {"published-too-large": "more than 2 rows"}


def test_how_much_of_a_file_has_been_read_is_told_batch_by_batch(mapping, authorities, monkeypatch) -> None:
    monkeypatch.setattr("scorecard.published.limits.BLOCK", 1_000)
    monkeypatch.setattr("scorecard.published.limits.BATCH", 20)
    rows = [("LAC", str(1990 + number % 40), "90", 852) for number in range(400)]
    years = [year("12.5", time=f"{1990 + number % 40},Reporting year") for number in range(400)]
    for content in (ees(*years), lait(*rows)):
        shares: list[float] = []
        read_file(content, mapping, authorities, done=shares.append)
        assert shares == sorted(shares)
        assert len(shares) > 1
        assert 0 < shares[0] < shares[-1] == 1


def test_every_generation_of_a_file_gives_the_same_figure(read) -> None:
    before = read(
        ees(year("Referrals and Re-referrals,3094", time="2024,Reporting year"), columns="category,Referrals")
    )
    after = read(ees(year("Referrals and Re-referrals,3094", time="2024,Reporting year"), columns=REFERRALS))
    assert cells(before.figures) == cells(after.figures) == {("referral-number", "852", "2024-03"): (3094.0, "")}
    capitals = read(
        ees(year("referrals and  re-referrals,3094", time="2024,Reporting year"), columns="Category,Referral_Count")
    )
    assert cells(capitals.figures) == cells(after.figures)


def test_schools_and_districts_are_counted_and_left_out(read) -> None:
    school = SOUTHAMPTON.replace("Local authority", "School")
    file = read(ees(year("12.5"), year("99", school), year("99", school)))
    assert file.skipped == {"level 'school'": 2}
    assert len(file.figures) == 1


def test_a_symbol_gives_no_value(read) -> None:
    figures_by_cell = cells(read(ees(year("c"), year("low", PORTSMOUTH))).figures)
    assert figures_by_cell["social-worker-turnover", "851", "2025-09"] == (0.0, "low")
    assert figures_by_cell["social-worker-turnover", "852", "2025-09"][1] == "c"


def test_an_authority_never_stands_beside_its_successor(read) -> None:
    rows = [("LAC", years, value, number) for years in ("2023", "2024") for value, number in (("82", 909), ("93", 942))]
    file = read(lait(*rows))
    assert {(area, end) for _, area, end in cells(file.figures)} == {("909", "2023-03"), ("942", "2024-03")}
    assert file.skipped == {"the authority was not there at the period's end": 2}


def test_lait_is_read_by_its_years_and_states(read) -> None:
    file = read(lait(("SEN_EHC_Excpt_20wks", "2018 (Rev)", "57.1", 852), ("LAC", "2019", "-", 970)))
    assert cells(file.figures)["lait-plans-20-weeks-less-exceptions", "852", "2018-12"] == (57.1, "r")
    assert cells(file.figures)["lait-looked-after-rate", "970", "2019-03"][1] == "-"
    assert found_by_code(file.faults) == {"published-without-dictionary": ""}


BAD = [
    ("filter open", ees(year("Primary,1,12.5"), year("Secondary,2,9.5"), columns="school_type,n,turnover_rate_fte"),
     "published-filter-open", "would take 2 rows for one cell: say which school_type"),
    ("twice", ees(year("12.5"), year("13")), "published-cell-twice", "2 rows of area 852, 2025-09"),
    ("same again", ees(year("12.5"), year("12.5")), "published-same-cell", "1 rows"),
    ("same again, otherwise written", ees(year("12.5"), year("12.50"), year("12.5")), "published-same-cell", "2 rows"),
    ("four rows, two alike", ees(*(year(f"{kind},{value}") for kind, value in zip("ABCD", "1123", strict=True)),
                                 columns="school_type,turnover_rate_fte"),
     "published-filter-open", "would take 4 rows for one cell: say which school_type"),
    ("no area", ees(year("1"), year("1", SOUTHAMPTON.replace("852,E06000045", "z,z"))), "published-rows-skipped",
     "1: no area is named, but the symbol 'z'"),
    ("time identifier", ees(year("1", time="2025,Fiscal year")), "published-time-unknown", "Fiscal year"),
    ("years", ees(year("1", time="201719,Academic year")), "published-period-unreadable", "'201719' are not two years"),
    ("area", ees(year("1", SOUTHAMPTON.replace("852", "199"))), "published-area-unknown", "199"),
    ("two areas", ees(year("1", SOUTHAMPTON.replace("E06000045", "E06000044"))), "published-area-twice",
     "852 (Southampton) and E06000044 (Portsmouth)"),
    ("symbol", ees(year("n/a")), "published-symbol-unknown", "n/a"),
    ("years and months", ees(year("01:07")), "published-not-a-number", "'01:07' is years and months"),
    ("a date", ees(year("31/03/2025")), "published-not-a-number", "'31/03/2025' is a date"),
    ("percent", ees(year("100.1")), "published-out-of-range", "100.1"),
    ("negative", ees(year("-1")), "published-out-of-range", "-1"),
    ("choice", ees(year("All,1"), columns=REFERRALS), "published-filter-missing", "no row with category"),
    ("renamed", ees(year("1,2"), columns="turnover_rate_fte_percent,agency_rate_fte"), "published-indicator-missing",
     "no column 'turnover_rate_fte'"),
    ("a year that isn't", lait(("LAC", "0", "1", 852)), "published-year-missing", "'0' for lait-looked-after-rate"),
    ("schools", ees(year("1", SOUTHAMPTON.replace("Local authority", "School"))), "published-no-figures", "1 rows"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code", "found"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_input_gets_its_code(read, content: bytes, code: str, found: str) -> None:
    said_of_it = found_by_code(read(content).faults)
    assert said_of_it[code].startswith(found), said_of_it


def test_a_finding_names_row_and_column(read) -> None:
    [part] = read(ees(year("1"), year("n/a", PORTSMOUTH))).faults
    assert (part["row"].iat[0], part["column"].iat[0]) == (3, "turnover_rate_fte")
    [part] = read(ees(year("1"), year("1", PORTSMOUTH), year("2"), year("3", PORTSMOUTH))).faults[:1]
    assert (part["row"].iat[0], part["column"].iat[0]) == (4, "turnover_rate_fte")
    [part] = read(ees(year("All,1"), columns=REFERRALS)).faults[:1]
    assert "config/published.yaml, line" in part["remedy"].iat[0]


def test_a_column_that_may_have_been_renamed_is_named_and_no_other(read) -> None:
    [part] = read(ees(year("1,2,3"), columns="turnover_rate_fte_percent,agency_rate_fte,vacancies")).faults
    assert (part["row"].iat[0], part["column"].iat[0]) == (1, "turnover_rate_fte_percent")
    assert "config/published.yaml, line" in part["remedy"].iat[0]
    assert "Nearest in the file: turnover_rate_fte_percent." in part["remedy"].iat[0]
    assert read(ees(year("2,3"), columns="agency_rate_fte,vacancies")).faults == ()  # what isn't printed is no fault


def test_the_dictionary_and_the_mapping_must_agree(read) -> None:
    file = lait(("LAC", "2025", "90", 852))
    assert found_by_code(read(file, {"LAC": "Annual"}).faults) == {}
    assert found_by_code(read(file, {"LAC": "Academic Year"}).faults) == {
        "published-year-type": "the dictionary says 'Academic Year' of LAC"
    }
    dictionary = read(b'"Measure_short","Year_Type","Methodology"\n"LAC","Annual","one\n""two"""\n')
    assert (dictionary.kind, dictionary.dictionary) == ("dictionary", {"LAC": "Annual"})


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (ees(year("12.5")).replace(b",", b";"), "semicolons between its columns: it was saved again"),
        (ees(year("12.5")).replace(b",", b"\t"), "tabs between its columns: it was saved again"),
        (ees(year("12.5")).decode().encode("utf-16"), "text in UTF-16, as a spreadsheet program saves it"),
        (ees(year("12.5"), year("1,2")), "{cells} cells, where the header has {names} [row 3]"),
        (
            ees(year("12.5")).replace(b"Southampton", b"Southampt\xf4n"),
            "a letter not written in UTF-8 [la_name]",
        ),
    ],
)
def test_a_file_that_was_saved_again_is_told_as_that(read, content: bytes, found: str) -> None:
    names = ees(year("12.5")).split(b"\n", 1)[0].count(b",") + 1
    with pytest.raises(Refused) as refused:
        read(content)
    [part] = refused.value.faults
    row, column = part["row"].iat[0], part["column"].iat[0]
    where = f" [row {row}]" if not pd.isna(row) else "" if pd.isna(column) or not column else f" [{column}]"
    assert part["found"].iat[0] + where == found.format(cells=names + 1, names=names)


@pytest.mark.parametrize("text", ["3,094", "632,830", "1,234.5", "22.6%", "+1,000%"])
def test_a_number_as_a_spreadsheet_shows_it_is_not_read_and_says_why(read, text: str) -> None:
    [part] = read(ees(year(f'"{text}"'))).faults
    assert (part["code"].iat[0], part["found"].iat[0]) == ("published-symbol-unknown", text)
    assert "saved the file again" in part["remedy"].iat[0]


def ods() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return buffer.getvalue()


def nested() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(
        pa.table({"Short Desc": ["LAC"], "Values": [["1"]], "Years": ["2025"], "LA Number": [852.0]}), buffer
    )
    return buffer.getvalue()


REFUSED = [
    ("no areas", b"time_period,time_identifier,turnover_rate_fte\n2025,Reporting year,1\n", "published-no-geography"),
    ("no time", b"geographic_level,old_la_code,turnover_rate_fte\nNational,,1\n", "published-no-period"),
    ("LAIT without numbers", b"Short Desc,Years,Values\nLAC,2025,1\n", "published-no-geography"),
    ("meta file", b"col_name,col_type,label\nx,Filter,X\n", "published-other-kind"),
    ("Fingertips", b"Indicator ID,Indicator Name,Area Code,Time period,Value\n1,x,E06000045,2020,1\n",
     "published-other-kind"),
    ("printed table", b"Table A1: Children looked after,,,\n,,,\nArea,2024,2025\n", "published-other-kind"),
    ("its title with commas", b"Table 1a: Referrals, by authority, England, 2024\nArea,2024\n", "published-other-kind"),
    ("neighbours", b"LA num,LA Name,SN1,SNP,SN2\n852,Southampton,851,Close,850\n", "published-other-kind"),
    ("a monthly extract", b"measure_id,period,value\nadoptions,2020-07,3\n", "published-other-kind"),
    ("ods", ods(), "published-other-kind"),
    ("pdf", b"%PDF-1.7", "published-other-kind"),
    ("nothing", b"", "empty-file"),
    ("cut off", lait(("LAC", "2025", "90", 852))[:-40], "published-unreadable"),
    ("nested", nested(), "published-unreadable"),
    ("too many cells", ees(year("1,2")), "published-unreadable"),
    ("feeds nothing", ees(year("1"), columns="absence_rate"), "published-feeds-nothing"),
    ("LAIT of others", lait(("Absence", "2025", "90", 852)), "published-feeds-nothing"),
    ("a header twice", ees(year("1,2"), columns="turnover_rate_fte,turnover_rate_fte"), "duplicate-header"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_no_data_file_is_named_and_refused(read, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content)
    assert refused.value.faults[0]["code"].iat[0] == code
