"""Every finding in full: its code, row, column, what was found and what to do, and at which bound it begins."""

# ruff: noqa: E501  a case a line

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from scorecard.extract.codes.registry import CODES
from tests.extract.test_check_extract import LIMITS, LONG, MOVED, PAIR, SO_FAR, STEADY, closed, known_of

NONE = math.nan
FIVE = ["visits-on-time", "plans-number", "plans-rate", "sickness-days", "budget-spent"]
FIFTY = pd.concat([known_of(name, [50], months=12 if name == "sickness-days" else 1) for name in FIVE])


def monthly(start: str, count: int) -> pd.PeriodIndex:
    return pd.period_range(start, periods=count, freq="M")


# rows below the header of LONG, what is known, and the findings: a remedy of None is the code's own
Found = tuple[str, int | None, str | None, str, str | None]
CASES: list[tuple[str, dict[str, Any], list[Found]]] = [
    ("\nvisits-on-time,2020-08,82\n,2020-08,5", {}, [('missing-measure', 4, 'measure_id', '', "Write the measure's id. If its cell is merged with the one above, unmerge and fill down: visits-on-time.")]),
    ("visits-on-time,2020-08,82\n,,see above", {}, [('missing-measure', 3, 'measure_id', '', "Write the measure's id. If the row is a note, and no figure, delete it."), ('missing-period', 3, 'period', '', None), ('unreadable-value', 3, 'value', 'see above', None)]),
    (",2020-08,82", {}, [('missing-measure', 2, 'measure_id', '', "Write the measure's id. If the row is a note, and no figure, delete it.")]),
    ("visit-on-time,2020-08,82", {}, [('unknown-measure', 2, 'measure_id', 'visit-on-time', 'Did you mean visits-on-time?')]),
    ("Plans number,2020-08,4", {}, [('unknown-measure', 2, 'measure_id', 'Plans number', 'Did you mean plans-number? Write the id exactly so.')]),
    ("something-else,2020-08,4", {}, [('unknown-measure', 2, 'measure_id', 'something-else', 'Use the id as the template gives it. If the row is a footnote, delete it.')]),
    ("visits-on-time,2020-08,82,,,Southampto", {}, [('unknown-area', 2, 'area', 'Southampto', 'Did you mean E06000045?')]),
    ("visits-on-time,2020-08,82,,,south east", {}, [('unknown-area', 2, 'area', 'south east', 'Did you mean E12000008?')]),
    ("visits-on-time,2020-08,82,,,England", {}, [('unknown-area', 2, 'area', 'England', 'Did you mean E92000001?')]),
    ("visits-on-time,2020-08,82,,,852", {}, [('unknown-area', 2, 'area', '852', "This looks like a local authority's number. Write the area's GSS code, as E06000045, or leave it blank for the authority's own figures.")]),
    ("visits-on-time,2020-08,82,,,Mars", {}, [('unknown-area', 2, 'area', 'Mars', None)]),
    ("visits-on-time,2020-08,82,,,8521", {}, [('unknown-area', 2, 'area', '8521', None)]),
    ("visits-on-time,,82", {}, [('missing-period', 2, 'period', '', None)]),
    ("no-such,,82", {}, [('unknown-measure', 2, 'measure_id', 'no-such', 'Use the id as the template gives it. If the row is a footnote, delete it.'), ('missing-period', 2, 'period', '', None)]),
    ("visits-on-time,2020-13,82", {}, [('unreadable-period', 2, 'period', '2020-13', 'There is no month 13. Write a month as 2020-07, or a financial year as 2019-20.')]),
    ("visits-on-time,2020-08,82,,,,a\x00b", {}, [('binary-content', 2, 'note', '', None)]),
    ("visits-on-time,2020-08,82,,,E0600004\x1f5", {}, [('binary-content', 2, 'area', 'E0600004‹U+001F›5', None), ('unknown-area', 2, 'area', 'E0600004‹U+001F›5', 'Did you mean E06000045?')]),
    ("visits-on-time,2020-08,82,,,," + "n" * 2001, {}, [('note-too-long', 2, 'note', '2001 characters', None)]),
    ("visits-on-time,2020-08,82,,,," + "n" * 2000, {}, []),
    ("visits-on-time,2020-08,82,,,," + "n" * 32768, {}, [('cell-too-long', 2, 'note', '', None), ('note-too-long', 2, 'note', '32768 characters', None)]),
    ("plans-rate,2020-08,82,,,,,Visits on time", {}, [('name-disagrees', 2, 'measure_name', 'Visits on time', None)]),
    ("plans-rate,2020-08,82,,,,,Plans rate", {}, []),
    ("plans-rate,2020-08,82,,,,,Nothing known", {}, []),
    ("visits-on-time,2020-08,NaN", {}, [('unreadable-value', 2, 'value', 'NaN', 'That is what a program writes when it has no number. Write the figure, or a symbol: [x] not available, [c] suppressed, [z] not applicable, : missing.')]),
    ("visits-on-time,2020-08,82,x1,50", {}, [('unreadable-value', 2, 'numerator', 'x1', None)]),
    ("visits-on-time,2020-08,82,41,x2", {}, [('unreadable-value', 2, 'denominator', 'x2', None)]),
    ('visits-on-time,2020-08,"82,5"', {}, [('decimal-comma', 2, 'value', '82,5', 'Write decimals with a point, as 82.5, and thousands as 1,234 or 1234.')]),
    ("visits-on-time,2020-08,", {}, [('missing-value', 2, 'value', '', None)]),
    ("visits-on-time,2020-08,,41,", {}, [('missing-value', 2, 'value', '', None)]),
    ("visits-on-time,2020-08,,,50", {}, [('missing-value', 2, 'value', '', None)]),
    ("visits-on-time,2020-08,,x,50", {}, []),
    ("visits-on-time,2020-08,,41,0", {}, [('zero-denominator', 2, 'denominator', '41 of 0', None)]),
    ("plans-number,2020-08,82%", {}, [('percent-sign', 2, 'value', '82%', None)]),
    ("visits-on-time,2020-08,82,41%,50", {}, [('percent-sign', 2, 'numerator', '41%', None)]),
    ("visits-on-time,2020-08,82,41,50%", {}, [('percent-sign', 2, 'denominator', '50%', None)]),
    ("visits-on-time,2020-08,82%", {}, []),
    ("plans-number,2020-08,-3", {}, [('negative-value', 2, 'value', '-3', None)]),
    ("visits-on-time,2020-08,,-1,50", {}, [('negative-value', 2, 'numerator', '-1', None)]),
    ("visits-on-time,2020-08,,1,-50", {}, [('negative-value', 2, 'denominator', '-50', None)]),
    ("plans-number,2020-08,0", {}, []),
    ("visits-on-time,2020-08,100", {}, []),
    ("visits-on-time,2020-08,100.1", {}, [('over-maximum', 2, 'value', '100.1', 'The most this measure can be is 100. Check the figure.')]),
    ("budget-spent,2020-08,150", {}, []),
    ("budget-spent,2020-08,151", {}, [('over-maximum', 2, 'value', '151', 'The most this measure can be is 150. Check the figure.')]),
    ("budget-spent,2020-08,,16,10", {}, [('over-maximum', 2, 'value', '160', 'The most this measure can be is 150. Check the figure.')]),
    ("budget-spent,2020-08,,15,10", {}, []),
    ("plans-number,2020-08,1000000", {}, []),
    ("visits-on-time,2020-08,,12,10", {}, [('numerator-over-denominator', 2, 'numerator', '12 of 10', None)]),
    ("visits-on-time,2020-08,120,12,10", {}, [('over-maximum', 2, 'value', '120', 'The most this measure can be is 100. Check the figure.'), ('numerator-over-denominator', 2, 'numerator', '12 of 10', None)]),
    ("visits-on-time,2020-08,,10,10", {}, []),
    ("visits-on-time,2020-08,100,0,0", {}, [('zero-denominator', 2, 'denominator', '0 of 0', None)]),
    ("visits-on-time,2020-08,,3,0", {}, [('zero-denominator', 2, 'denominator', '3 of 0', None)]),
    ("visits-on-time,2020-08,50,,0", {}, [('zero-denominator', 2, 'denominator', '50 of 0', None)]),
    ("visits-on-time,2020-08,82,40,50", {}, [('ratio-disagrees', 2, 'value', '82 beside 40 ÷ 50', 'The numbers give 80. Check all three.')]),
    ("visits-on-time,2020-08,0.82,41,50", {}, [('ratio-disagrees', 2, 'value', '0.82 beside 41 ÷ 50', 'The value is written as a share: write 82.')]),
    ("visits-on-time,2020-08,0.8,40,50", {}, [('ratio-disagrees', 2, 'value', '0.8 beside 40 ÷ 50', 'The value is written as a share: write 80.')]),
    ("visits-on-time,2020-08,79,40,50", {}, [('ratio-disagrees', 2, 'value', '79 beside 40 ÷ 50', 'The numbers give 80. Check all three.')]),
    ("visits-on-time,2020-08,66.6,2,3", {}, [('ratio-disagrees', 2, 'value', '66.6 beside 2 ÷ 3', 'The numbers give 66.6667. Check all three.')]),
    ("visits-on-time,2020-08,66.7,2,3", {}, []),
    ("plans-rate,2020-08,83.0,426,51951", {}, [('ratio-disagrees', 2, 'value', '83.0 beside 426 ÷ 51951', 'The numbers give 82.0003. Check all three.')]),
    ("plans-rate,2020-08,82.1,426,51951", {}, [('ratio-disagrees', 2, 'value', '82.1 beside 426 ÷ 51951', 'The numbers give 82.0003. Check all three.')]),
    ("visits-on-time,2020-08,[c],3,12", {}, [('symbol-beside-figures', 2, 'value', '[c]', None)]),
    ("visits-on-time,2020-08,[c],3,", {}, []),
    ("visits-on-time,2020-08,[c],3,0", {}, [('zero-denominator', 2, 'denominator', '3 of 0', None)]),
    ("plans-number,2020-08,426.5", {}, [('not-a-whole-number', 2, 'value', '426.5', None)]),
    ("plans-rate,2020-08,82.5", {}, []),
    ("visits-on-time,2020-09,82", {}, [('month-not-over', 2, 'period', '2020-09', None)]),
    ("visits-on-time,2020-09,82 [p]", {}, []),
    ("visits-on-time,2020-10,82", {}, [('month-not-begun', 2, 'period', '2020-10', 'Today is 10 September 2020. Check the period.')]),
    ("visits-on-time,2020-10,", {}, [('missing-value', 2, 'value', '', None)]),
    ("visits-on-time,2020-09,", {}, [('missing-value', 2, 'value', '', None)]),
    ("old-measure,2020-04,82", {}, [('retired-measure', 2, 'period', '2020-04', 'It was retired in 2020-03. Leave the row out, or mend the catalogue.')]),
    ("old-measure,2020-03,82", {}, []),
    ("new-measure,2020-08,82", {}, [('before-start', 2, 'period', '2020-08', 'It starts in 2020-09. Leave the row out, or mend the catalogue.')]),
    ("new-measure,2020-09,82 [p]", {}, []),
    ("sickness-days,2020-21 Q1,14.1", {}, [('wrong-months', 2, 'period', '2020-21 Q1', "Its figures are of the 12 months to a month's end. Write that month, as 2020-07.")]),
    ("plans-rate,2020-21 Q1,82", {}, [('wrong-months', 2, 'period', '2020-21 Q1', "Its figures are of the state at a month's end. Write that month, as 2020-07.")]),
    ("sickness-days,2019-20,14.1", {}, []),
    ("caseload,2020-21 Q1,14", {}, []),
    ("visits-on-time,2020-08,82\nvisits-on-time,Aug-20,81\nvisits-on-time,August 2020,80", {}, [('duplicate-cell', 3, 'value', '81', 'Row 2 has this measure, area and period already. Keep one of the two.'), ('duplicate-cell', 4, 'value', '80', 'Row 2 has this measure, area and period already. Keep one of the two.')]),
    ("visits-on-time,2020-08,,41,50\nvisits-on-time,2020-08,,40,50", {}, [('duplicate-cell', 3, 'value', '40', 'Row 2 has this measure, area and period already. Keep one of the two.')]),
    ("visits-on-time,2020-08,0.82", {}, [('unit-looks-wrong', 2, 'value', '0.82', 'If this is a share, write it as a percentage: 82.')]),
    ("visits-on-time,2020-08,1", {"known": known_of("visits-on-time", [82])}, [('unit-looks-wrong', 2, 'value', '1', 'If this is a share, write it as a percentage: 100.')]),
    ("visits-on-time,2020-08,1", {"known": known_of("visits-on-time", [19])}, []),
    ("visits-on-time,2020-08,1", {"known": known_of("visits-on-time", [20])}, [('unit-looks-wrong', 2, 'value', '1', 'If this is a share, write it as a percentage: 100.')]),
    ("visits-on-time,2020-08,0.9", {"known": known_of("visits-on-time", [1.9])}, []),
    ("visits-on-time,2020-08,0.9", {"known": known_of("visits-on-time", [2])}, [('unit-looks-wrong', 2, 'value', '0.9', 'If this is a share, write it as a percentage: 90.')]),
    ("plans-rate,2020-08,820", {"known": known_of("plans-rate", [82, 82])}, [('unit-looks-wrong', 2, 'value', '820', 'Usual for this measure: about 82. Check which unit the figure is in.')]),
    ("plans-rate,2020-08,8.2", {"known": known_of("plans-rate", [82, 82])}, [('unit-looks-wrong', 2, 'value', '8.2', 'Usual for this measure: about 82. Check which unit the figure is in.')]),
    ("plans-rate,2020-08,82000", {"known": known_of("plans-rate", [82, 82])}, [('unit-looks-wrong', 2, 'value', '82000', 'Usual for this measure: about 82. Check which unit the figure is in.')]),
    ("plans-rate,2020-08,0.8", {"known": known_of("plans-rate", [82, 82])}, [('unit-looks-wrong', 2, 'value', '0.8', 'Usual for this measure: about 82. Check which unit the figure is in.')]),
    ("plans-rate,2020-08,1026", {"known": known_of("plans-rate", [82, 82])}, []),
    ("plans-rate,2020-08,1024", {"known": known_of("plans-rate", [82, 82])}, [('unit-looks-wrong', 2, 'value', '1024', 'Usual for this measure: about 82. Check which unit the figure is in.')]),
    ("plans-rate,2020-08,656", {"known": known_of("plans-rate", [82, 82])}, [('unit-looks-wrong', 2, 'value', '656', 'Usual for this measure: about 82. Check which unit the figure is in.')]),
    ("plans-rate,2020-08,655", {"known": known_of("plans-rate", [82, 82])}, []),
    ("visits-on-time,2020-08,70", STEADY, [('unusual-change', 2, 'value', '70', 'It was 82% the time before, and has never changed by more than 2 percentage points. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,79", STEADY, [('unusual-change', 2, 'value', '79', 'It was 82% the time before, and has never changed by more than 2 percentage points. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,84", STEADY, []),
    ("visits-on-time,2020-08,85", STEADY, [('unusual-change', 2, 'value', '85', 'It was 82% the time before, and has never changed by more than 2 percentage points. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,,35,50", STEADY, [('unusual-change', 2, 'value', '70', 'It was 82% the time before, and has never changed by more than 2 percentage points. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,84", {"known": known_of("visits-on-time", [80, 81, 80, 82])}, []),
    ("visits-on-time,2020-08,86", {"known": known_of("visits-on-time", [80, 81, 80, 82])}, []),
    ("visits-on-time,2020-08,87", {"known": known_of("visits-on-time", [80, 81, 80, 82])}, [('unusual-change', 2, 'value', '87', 'It was 82% the time before, and has never changed by more than 2 percentage points. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,99", {"known": known_of("visits-on-time", [80, 81, 80])}, []),
    ("visits-on-time,2020-08,70", {"limits": LIMITS}, [('unusual-change', 2, 'value', '70', 'Its history lies between 75% and 85%. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,75", {"limits": LIMITS}, []),
    ("visits-on-time,2020-08,85", {"limits": LIMITS}, []),
    ("visits-on-time,2020-08,85.5", {"limits": LIMITS}, [('unusual-change', 2, 'value', '85.5', 'Its history lies between 75% and 85%. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,86", {"limits": LIMITS.assign(lower=NONE)}, [('unusual-change', 2, 'value', '86', 'Its history lies below 85%. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,70", {"limits": LIMITS.assign(upper=NONE)}, [('unusual-change', 2, 'value', '70', 'Its history lies above 75%. Check the figure; if it is right, say why.')]),
    ("visits-on-time,2020-08,74", MOVED | {"limits": LIMITS}, []),
    ("visits-on-time,2020-08,65", MOVED | {"limits": LIMITS}, []),
    ("visits-on-time,2020-08,64", MOVED | {"limits": LIMITS}, [('unusual-change', 2, 'value', '64', 'Its history lies between 75% and 85%. Check the figure; if it is right, say why.')]),
    ("referrals-so-far,2020-08,480", SO_FAR, [('total-falls', 2, 'value', '500 → 480', None)]),
    ("contacts-so-far,2020-08,480", {"known": known_of("contacts-so-far", [500])}, [('total-falls', 2, 'value', '500 → 480', "Check both months. If records were corrected, send the earlier months again too. The catalogue doesn't say when its year starts: if a new year began between them, say so.")]),
    ("share-so-far,2020-07,80,80,100\nshare-so-far,2020-08,81,51,63", {}, [('total-falls', 3, 'value', '80 → 51', None)]),
    ("contacts-so-far,2020-07,480", {"known": known_of("contacts-so-far", [500], end="2019-08")}, [('total-falls', 2, 'value', '500 → 480', "Check both months. If records were corrected, send the earlier months again too. The catalogue doesn't say when its year starts: if a new year began between them, say so.")]),
    ("contacts-so-far,2020-08,480", {"known": known_of("contacts-so-far", [500], end="2019-08")}, []),
    ("visits-on-time,2020-07,79", {"closed": closed(82)}, [('closed-month-changed', 2, 'value', '82 → 79', None)]),
    ("visits-on-time,2020-07,82.01", {"closed": closed(81.98)}, [('closed-month-same-digits', 2, 'value', '81.98 → 82.01', None)]),
    ("visits-on-time,2020-07,[c]", {"closed": closed(82)}, [('closed-month-changed', 2, 'value', '82 → –', None)]),
    ("visits-on-time,2020-07,82.5", {"closed": closed(82.4)}, [('closed-month-changed', 2, 'value', '82.4 → 82.5', None)]),
    ("visits-on-time,2020-07,82.49", {"closed": closed(82.4)}, [('closed-month-same-digits', 2, 'value', '82.4 → 82.49', None)]),
    ("\n".join(f"visits-on-time,{m},70" for m in monthly("2019-01", 10)), {"closed": known_of("visits-on-time", [82.0] * 12, end="2019-12")}, [('closed-month-changed', 2, 'value', '82 → 70', None), ('closed-month-changed', 3, 'value', '82 → 70', None), ('closed-month-changed', 4, 'value', '82 → 70', None), ('closed-month-changed', 5, 'value', '82 → 70', None), ('closed-month-changed', 6, 'value', '82 → 70', None), ('closed-month-changed', 7, 'value', '82 → 70', None), ('closed-month-changed', 8, 'value', '82 → 70', None), ('closed-month-changed', 9, 'value', '82 → 70', None), ('closed-month-changed', 10, 'value', '82 → 70', None), ('closed-month-changed', 11, 'value', '82 → 70', None)]),
    ("\n".join(f"visits-on-time,{m},70" for m in monthly("2019-01", 11)), {"closed": known_of("visits-on-time", [82.0] * 12, end="2019-12")}, [('closed-month-changed', None, None, '11 figures of 1 measure, 2019-01 to 2019-11', None)]),
    ("plans-number,2020-08,512\nplans-rate,2020-08,101", PAIR, [('pair-disagrees', 3, 'value', 'plans-number 516 → 512, rate 100 → 101', None)]),
    ("plans-number,2020-08,512\nplans-rate,2020-08,99.2", PAIR, []),
    ("plans-number,2020-08,516\nplans-rate,2020-08,106", PAIR, [('pair-disagrees', 3, 'value', 'plans-number 516 → 516, rate 100 → 106', None)]),
    ("plans-number,2020-08,516\nplans-rate,2020-08,104", PAIR, []),
    ("plans-rate,2020-08,101", PAIR, []),
    ("plans-number,2020-08,600", PAIR, []),
    ("plans-number,2020-08,512\nplans-rate,2020-08,99.2,510,51613", PAIR, [('ratio-disagrees', 3, 'value', '99.2 beside 510 ÷ 51613', 'The numbers give 98.8123. Check all three.'), ('pair-disagrees', 3, 'value', 'plans-number 516 → 512, rate 100 → 99.2', None)]),
    ("\n".join(f"{n},2020-08,50" for n in FIVE), {"known": FIFTY}, [('copied-month', None, 'period', '2020-08: all of 5 figures', None)]),
    ("\n".join(f"{n},2020-08,50" for n in FIVE[1:]), {"known": FIFTY}, []),
    ("\n".join(f"{n},2020-08,0" for n in FIVE), {"known": FIFTY.assign(value=0.0)}, []),
    ("visits-on-time,2020-08,82,,,E06000054\nplans-number,2020-08,4,,,E06000054\nplans-rate,2020-08,80,,,N09000001", {}, [('new-area', 2, 'area', 'E06000054', None), ('new-area', 4, 'area', 'N09000001', None)]),
    ("visits-on-time,2020-08,82,,,E06000054", {"known": known_of("plans-number", [5], area="E06000054")}, []),
    ("visits-on-time,2002-08,82\nvisits-on-time,2020-07,82\nplans-number,2020-08,5\nbudget-spent,2002-08,50", {}, [('far-period', 2, 'period', 'August 2002', "The file's other figures are of July 2020 to August 2020. If the year is a slip, mend it; if it is right, say so.")]),
    ("visits-on-time,2019-08,82\nplans-number,2020-08,5\nbudget-spent,2020-08,50", {}, []),
    ("visits-on-time,2019-07,82\nplans-number,2020-08,5\nbudget-spent,2020-08,50", {}, [('far-period', 2, 'period', 'July 2019', "The file's other figures are of August 2020. If the year is a slip, mend it; if it is right, say so.")]),
    ("visits-on-time,2019-07,82\nplans-number,2020-08,5", {}, [('far-period', 2, 'period', 'July 2019', "The file's other figures are of August 2020. If the year is a slip, mend it; if it is right, say so.")]),
    ("visits-on-time,2019-06,82\nvisits-on-time,2019-05,82", {"known": known_of("visits-on-time", [82, 81])}, [('far-period', 2, 'period', 'June 2019', 'The last figure known of these measures is of July 2020. If the year is a slip, mend it; if it is right, say so.')]),
    ("visits-on-time,2019-07,82", {"known": known_of("visits-on-time", [82, 81])}, []),
    ("visits-on-time,2020-08,82", {"known": known_of("visits-on-time", [82, 81], end="2019-08")}, []),
    ("visits-on-time,2020-08,82", {"known": known_of("visits-on-time", [82, 81], end="2019-07")}, [('far-period', 2, 'period', 'August 2020', 'The last figure known of these measures is of July 2019. If the year is a slip, mend it; if it is right, say so.')]),
    ("visits-on-time,2020-08,82 [p],41,50\nplans-number,2020-08,5\nplans-rate,2020-08,82\nbudget-spent,2020-08,50%", {}, []),
    ("\n".join(f"visits-on-time,{m},{v}" for m, v in zip(monthly("2019-01", 8), [80, 81, 80, 82, 80, 81, 82, 60], strict=True)), {}, [('unusual-change', 9, 'value', '60', 'It was 82% the time before, and has never changed by more than 2 percentage points. Check the figure; if it is right, say why.')]),
    ("\n".join(f"visits-on-time,{m},{v}" for m, v in zip(monthly("2019-01", 7), [80, 81, 80, 82, 80, 81, 60], strict=True)), {}, []),
    ("\n".join(f"visits-on-time,{m},{v}" for m, v in zip(monthly("2019-01", 8), [80, 81, 80, 82, 80, 81, 82, 88], strict=True)), {}, []),
    ("\n".join(f"visits-on-time,{m},{v}" for m, v in zip(monthly("2019-01", 8), [80, 81, 80, 82, 80, 81, 82, 89], strict=True)), {}, [('unusual-change', 9, 'value', '89', 'It was 82% the time before, and has never changed by more than 2 percentage points. Check the figure; if it is right, say why.')]),
    ("plans-rate,2020-08,82\nvisits-on-time,2020-08,82", {"known": known_of("visits-on-time", [82], area="E12000008", end="2018-01")}, []),
    ("visits-on-time,2020-08,1", {"known": known_of("visits-on-time", [82], area="E12000008")}, []),
    ("budget-spent,2020-08,1\nbudget-spent,2020-07,1", {}, []),
    ("budget-spent,2020-08,2\nbudget-spent,2020-07,0", {}, []),
    ("visits-on-time,2020-08,0.82%", {"known": known_of("visits-on-time", [19])}, []),
    ("visits-on-time,2020-08,0.82%", {"known": known_of("visits-on-time", [20])}, [('unit-looks-wrong', 2, 'value', '0.82%', 'If this is a share, write it as a percentage: 82.')]),
    ("visits-on-time,2020-08,,1,100", {"known": known_of("visits-on-time", [82])}, []),
    ("referrals-so-far,2020-08,499", SO_FAR, [('total-falls', 2, 'value', '500 → 499', None)]),
    ("referrals-so-far,2020-08,480\nreferrals-so-far,2020-06,510", SO_FAR, [('total-falls', 2, 'value', '500 → 480', None), ('total-falls', 3, 'value', '510 → 500', None)]),
    ("referrals-so-far,2020-04,40", {"known": known_of("referrals-so-far", [500], months=12, end="2020-03")}, []),
    ("contacts-so-far,2020-07,480", {"known": known_of("contacts-so-far", [500], end="2019-07")}, []),
    ("visits-on-time,2020-07,82\nplans-number,2020-07,7", {"closed": pd.concat([closed(82), known_of("plans-number", [5])])}, [('closed-month-changed', 3, 'value', '5 → 7', None)]),
    ("plans-number,2020-07,512\nplans-rate,2020-07,100\nplans-number,2020-08,516\nplans-rate,2020-08,99", {}, [('pair-disagrees', 5, 'value', 'plans-number 512 → 516, rate 100 → 99', None)]),
    ("plans-number,2020-07,0\nplans-rate,2020-07,0\nplans-number,2020-08,516\nplans-rate,2020-08,99", {}, []),
    ("visits-on-time,2019-08,82,,,E12000008", {"known": known_of("visits-on-time", [82], area="E12000008")}, []),
    ("visits-on-time,08/01/2020,82", {}, [('ambiguous-date', 2, 'period', '08/01/2020', 'It was read as January 2020, day first. If it stands month first, it is August 2020: write 2020-08. Else write 2020-01.')]),
    ("visits-on-time,01/08/2020,82", {}, [('ambiguous-date', 2, 'period', '01/08/2020', 'It was read as August 2020, day first. If it stands month first, it is January 2020: write 2020-01. Else write 2020-08.')]),
    ("visits-on-time,2010-11,82", {}, [('ambiguous-date', 2, 'period', '2010-11', 'It was read as November 2010. If the year to March 2011 is meant, write 2010/11.')]),
    ("visits-on-time,Aug 19,82", {}, [('ambiguous-date', 2, 'period', 'Aug 19', 'It was read as August 2019. If its number is a day, write the month with its year, as 2020-07.')]),
    ("visits-on-time,2020-08,82\nvisits-on-time,01/08/2020,82", {}, [('duplicate-cell', 3, 'value', '82', 'Row 2 has this measure, area and period already. Keep one of the two.')]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "context", "expected"), CASES, ids=range(len(CASES)))
def test_a_finding_in_full(
    rows: str, context: dict[str, Any], expected: list[Found], check: Callable[..., Any]
) -> None:
    checked = check(LONG + rows + "\n", **context)
    assert [
        (finding.code, finding.row, finding.column, finding.found, finding.remedy) for finding in checked.findings
    ] == [
        (code, row, column, found, CODES[code].remedy if remedy is None else remedy)
        for code, row, column, found, remedy in expected
    ]


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        ("1,234", "It was read as 1234. If 1234 is meant, write it so; if not, write it with other than three decimals, or "
                  "say that it is right."),
        ("1.234", "It was read as 1.234. If 1234 is meant, write it so; if not, write it with other than three decimals, "
                  "or say that it is right."),
    ],
)  # fmt: skip
def test_a_number_that_may_be_a_thousand_times_as_large_is_told_with_both(
    number: str, remedy: str, check: Callable[..., Any]
) -> None:
    checked = check(f"measure_id;period;value\nplans-number;2020-08;{number}\n")
    (own_finding,) = [finding for finding in checked.findings if finding.code == "ambiguous-comma"]
    assert (own_finding.row, own_finding.column, own_finding.found, own_finding.remedy) == (2, "value", number, remedy)
