"""Every kind of doubt: findings that rest on what was known before the file."""

from __future__ import annotations

from scorecard.extract.codes.code import Code, information, warning

DOUBT_CODES: dict[str, Code] = {
    "unit-looks-wrong": warning(
        "The unit looks wrong",
        "The figure is a share where a percentage is expected, or a rate ten, a hundred or a thousand times too large "
        "or too small.",
        "0.82 for 82%; 1 for 100%",
        "Write percentages as 82, and rates in the measure's own unit.",
    ),
    "unusual-change": warning(
        "A change no month has shown before",
        "The figure lies outside the limits its history gives, or changed by more than it ever has.",
        "82 after months between 40 and 45",
        "Check the figure. If it is right, say why.",
    ),
    "far-from-plan": warning(
        "Far from what the plan has",
        "A measure's first figures are compared with its baseline and the plan's actual, until it has a history.",
        "51 where the plan has 512",
        "Look for a lost or added digit, or another unit. If it is right, say why.",
    ),
    "total-falls": warning(
        "A total that falls within its year",
        "A total from the start of the year can't be less than it was in an earlier month of the same year.",
        "120 referrals by July, 112 by August",
        "Check both months. If records were corrected, send the earlier months again too.",
    ),
    "measure-missing": warning(
        "A measure is missing",
        "The source sent it for its recent periods; this file and the store have nothing for the latest month.",
        "twelve measures last month, eleven now",
        "Add it. If there is no figure for the month, give it a row with a symbol; if it comes later, say so.",
    ),
    "closed-month-changed": warning(
        "A closed month's figure has changed",
        "An approved board pack holds another figure for this period. The pack stays as it is.",
        "July was 82 in the pack and is 79 now",
        "Check that the revision is meant, and say why.",
    ),
    "closed-month-same-digits": information(
        "A closed month's figure has changed, but not as shown",
        "The revision changes no digit that the board was shown.",
        "81.98 to 82.01, shown as 82",
        "Nothing is needed.",
    ),
    "pair-disagrees": warning(
        "A number and its rate disagree",
        "A number and a rate of the same thing can't both be right: they moved apart, or count differently.",
        "516 → 512 children while the rate rose from 100 to 101",
        "Check both figures, and the population behind the rate.",
    ),
    "wrong-months": warning(
        "A period of another length",
        "The period is longer or shorter than the one that the measure's figures cover.",
        "a quarter for a rolling 12 months",
        "Write the month in which the figure's own period ends.",
    ),
    "not-a-whole-number": warning(
        "A count that is no whole number",
        "The measure counts things, and the figure has decimals.",
        "426.5 children",
        "Check the figure.",
    ),
    "ambiguous-comma": warning(
        "A comma or a point that could mean the other",
        "The file is separated by semicolons, which often goes with a comma before decimals and points between "
        "thousands. A comma was read as thousands, a point as decimals.",
        "1,234 read as 1234; 1.234 read as 1.234",
        "Write thousands without a comma or a point, and decimals with a point, and not three of them.",
    ),
    "ambiguous-date": warning(
        "A period with two readings",
        "A date may have the day or the month first, 2010-11 may be a month or a financial year, and the number after "
        "a month's name may be a year or a day. Neither the rest of the file nor its name settles which. The finding "
        "says how it was read.",
        "08/01/2020 read as January 2020; 2010-11 alone, read as November 2010",
        "Write the month, as 2020-08, or the financial year, as 2010/11; or say that it was read as it is meant.",
    ),
    "far-period": warning(
        "A month far from the others",
        "The period lies more than a year from the file's others, or the whole file from the last figure known of its "
        "measures.",
        "2002-08 in a file of 2020-08",
        "If the year is a slip, mend it; if it is right, say so.",
    ),
    "name-disagrees": warning(
        "The name beside the id is another measure's",
        "The row's measure_name is that of another measure: perhaps only some columns were sorted.",
        "the id of one measure beside the name of another",
        "Check that ids and figures are still in the same rows.",
    ),
    "copied-month": warning(
        "A month that repeats the one before",
        "Every figure of the period equals that of the period before: perhaps a copy with a new date.",
        "August the same as July in all of 20 figures",
        "Check that these are the new period's figures.",
    ),
    "new-area": information(
        "An area not seen before",
        "No figure of this area is known yet.",
        "E06000054",
        "Nothing is needed, if the code is the one you meant.",
    ),
}
