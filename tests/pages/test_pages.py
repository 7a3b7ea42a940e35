"""Every page on every kind of store: nothing breaks, headings are in order, and it says what it should."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.analysis.data_quality import completeness
from scorecard.analysis.data_quality import completeness as analysis
from tests.pages.conftest import HOSTILE, PAGES, STORES, Opener, screen_of

LOOKED_AFTER = "looked-after-children-number"
REFERRALS = "contacts-becoming-referrals"
STRATEGY = "strategy-discussions-within-one-day"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("store", STORES)
def test_every_page_opens_with_one_title_and_skips_no_heading(store: str, page: str, opened_once: Opener) -> None:
    screen = opened_once(store, page)
    assert not screen.app.exception
    assert "Something went wrong on this page" not in screen.words
    levels = [level for level, _ in screen.headings]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), screen.headings


SAYS = [
    # The plan's figures alone: no signal, and the reason.
    ("plan", "overview", {}, r"^20 of 38 targets missed in July 2020 "),
    ("plan", "overview", {}, r"Real change shows once a measure has 12 months. You have 1\."),
    ("plan", "overview", {"view": "grid", "list": "all"}, "fewer than 12 figures: no limits are drawn yet"),
    (
        "plan",
        "overview",
        {"list": "outgrown"},
        r"Staff turnover, social workers Leadership and Stability 4%",
    ),
    (
        "plan",
        "measure",
        {"measure": REFERRALS},
        "become new referrals: missed, 5 percentage points above",
    ),
    ("plan", "measure", {"measure": REFERRALS, "section": "signals"}, "fewer than 12 figures: no limits are drawn yet"),
    ("plan", "measure", {"measure": REFERRALS}, "No projection: 1 monthly figure so far; it takes 12"),
    ("plan", "measure", {"measure": REFERRALS}, "July 2020 26% The improvement plan"),
    ("plan", "measure", {"measure": REFERRALS, "section": "compared"}, r"worse than South East \(21%"),
    (
        "plan",
        "compare",
        {"measure": "looked-after-children-rate"},
        r"98\.0, 0\.1 per 10,000 below the neighbours \(31 March 2020\)"
        r".*90\.0, 4\.8 per 10,000 below the neighbours \(31 March 2025\)",
    ),
    (
        "plan",
        "compare",
        {"measure": "looked-after-children-rate"},
        r"about 23 fewer than at the neighbours' rate\); by the list of May 2025 .* \(about 89 more",
    ),
    ("plan", "compare", {"list": "may-2025"}, r"mean of 10 of 10, list of May 2025"),
    ("plan", "measure", {"measure": REFERRALS, "section": "compared"}, "Nothing that is published feeds it: Contacts"),
    (
        "plan",
        "measure",
        {"measure": "looked-after-children-rate", "section": "compared"},
        "As published.*The same definition as ours",
    ),
    ("empty", "compare", {}, "No published figures are known for the measures of this catalogue"),
    ("hostile", "compare", {}, "Published figures can't be shown config/authorities.csv has no area E06000099"),
    ("demonstration", "compare", {}, "Published figures are real, and every figure of this demonstration is invented"),
    ("plan", "measure", {"measure": REFERRALS, "section": "sent"}, "July 2020 26% .* The plan's edition Current"),
    ("plan", "measure", {"measure": REFERRALS, "section": "definition"}, "In the plan's own words"),
    ("plan", "measure", {"measure": REFERRALS, "section": "no-such"}, "figures as they stand"),
    ("plan", "measure", {"measure": "home-education-initial-engagement"}, "starts in September 2020"),
    ("plan", "service_area", {"area": "mash-edt"}, "MASH / EDT: none of 4 targets met"),
    ("plan", "service_area", {"area": "mash-edt"}, "Trends appear here from the third month"),
    (
        "plan",
        "service_area",
        {"area": "leadership-and-stability"},
        "worker, PACT above 25 No figure",
    ),
    # Three years of months: signals, chance, wait, outlook.
    (
        "history",
        "overview",
        {},
        r"^20 of 38 targets missed in July 2020, 2 of 2 by older figures; \d+ measures? (getting worse|improving)",
    ),
    ("history", "overview", {}, r"\d+ of \d+ measures signal a change; by chance (none|about \w+) would\."),
    ("history", "overview", {"view": "grid"}, "Is it moving, and will it be met?"),
    ("plan", "service_area", {"area": "mash-edt"}, r"● July 2020, │ target.* 98% Missed Contacts"),
    (
        "plan",
        "service_area",
        {"area": "mash-edt", "month": "2020-08"},
        r"● latest figure, │ target.* 98% Missed July 2020 Contacts",
    ),
    ("history", "overview", {"view": "areas", "list": "all"}, "Safeguarding Children Partnership"),
    ("history", "overview", {"list": "better"}, "Improving"),
    ("history", "measure", {"measure": REFERRALS, "section": "signals"}, r"of 100 stable series of 36 such figures"),
    (
        "history",
        "measure",
        {"measure": REFERRALS, "section": "signals"},
        r"changed for good by so much.*within \w+ months",
    ),
    (
        "history",
        "measure",
        {"measure": REFERRALS, "section": "ahead"},
        r"being there by its date .*by October 2020",
    ),
    ("history", "measure", {"measure": "staff-turnover-overall"}, r"(\d%|as) a year ago"),
    ("history", "measure", {"measure": REFERRALS}, r"Several sources \(tester\) 10 August 2020 history.csv"),
    (
        "history",
        "measure",
        {"measure": REFERRALS, "section": "sent"},
        r"Sent by File .* July 2020 26% The improvement plan – .* June 2020 \d+% Several .* history.csv",
    ),
    ("history", "measure", {"measure": "in-house-foster-care"}, "is further ahead than the projection reaches"),
    ("history", "service_area", {"area": "mash-edt"}, "one time axis; grey: usual range"),
    # URLs that name nothing.
    ("plan", "measure", {"measure": "no-such"}, "There is no measure 'no-such' to show: it is not in the catalogue"),
    ("plan", "service_area", {"area": "no-such"}, "There is no service area 'no-such', so the first one is shown"),
    ("plan", "overview", {"month": "2020-13", "sort": "no"}, "The address ends in month=…, and '2020-13' runs"),
    ("plan", "overview", {"known": "yesterday"}, "can't be read"),
    ("plan", "overview", {"sort": "no", "list": "no", "view": "no"}, "20 of 38 targets missed"),
    # A catalogue without a single figure.
    ("empty", "overview", {}, "No target can be judged in July 2020 yet"),
    ("empty", "measure", {}, "No figure: none has come yet"),
    ("empty", "service_area", {}, "no target can be judged yet"),
    # How far figures can be relied on.
    ("plan", "measure", {"measure": REFERRALS}, r"The plan's own figure .*Data: complete, plausible"),
    ("plan", "measure", {"measure": "caseload-pact"}, "not complete .1 of 1 figure due in"),
    (
        "plan",
        "service_area",
        {"area": "leadership-and-stability"},
        "Caseload per social worker, PACT Plausible; not co",
    ),
    ("plan", "completeness", {}, "Of 46 figures due in the 12 months to July 2020, 44 came and 2 are missing"),
    (
        "plan",
        "completeness",
        {},
        "Stable: where at least 6 figures were sent again, their usual revision is at most 50%",
    ),
    ("empty", "measure", {}, "Nothing has come yet"),
    ("plan", "about", {}, "Register of targets"),
    ("plan", "about", {}, "How long a real change takes to show"),
    ("plan", "about", {}, "No limits have been drawn anew"),
]


@pytest.mark.parametrize(("store", "page", "query", "pattern"), SAYS)
def test_a_page_says(store: str, page: str, query: dict[str, str], pattern: str, opened_once: Opener) -> None:
    assert re.search(pattern, opened_once(store, page, **query).words)


HEADS = ["Measure", "Latest", "Target", "Short│ met", "Last 24 months", "Is it moving?", "Will it be met?"]


@pytest.mark.parametrize(
    ("store", "query", "heads"),
    [
        ("history", {}, HEADS),
        ("plan", {}, [*HEADS[:4], HEADS[6]]),  # one target was due before July
        ("plan", {"list": "met"}, HEADS[:4]),
    ],
)
def test_a_list_leaves_out_columns_in_which_no_row_has_anything(
    store: str, query: dict[str, str], heads: list[str], opened_once: Opener
) -> None:
    """A row's cells are as many as its columns; a plan's one figure a measure is no line, and moves nowhere."""
    html = opened_once(store, "overview", **query).html
    assert [re.sub("<[^>]+>", "", head) for head in re.findall(r'role="columnheader"[^>]*>(.*?)</th>', html)] == heads
    for row in re.findall(r'<th scope="row".*?</tr>', html, re.DOTALL):
        assert len(re.findall(r'class="sc-cell-(?!told)', row)) == len(heads) - 1


def test_who_sent_a_figure_is_told_with_the_way_to_the_file(opened_once: Opener) -> None:
    html = opened_once("history", "measure", measure=REFERRALS, section="sent").html
    assert '<a href="./upload?extract=1" target="_self">history.csv</a>' in html


def test_an_exception_in_doubt_is_read_with_care_where_it_stands(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not complete, and an exception: what the analysis says of it stands in the exception's own box."""
    care = "Read with care: its data are not complete (1 of 12 figures due in the last 12 months is missing)."
    monkeypatch.setattr(analysis, "_care", lambda row: care if row["measure_id"] == STRATEGY else "")
    html = opened("plan", "measure", known="2020-09-30", measure=STRATEGY).html
    boxes = re.findall(r'<div class="sc-exception">(.*?)</div>', html, re.DOTALL)
    assert [care in box for box in boxes] == [True]
    assert (
        "Data quality: 1 of 4 to read with care"
        in opened("plan", "service_area", known="2020-09-30", area="mash-edt").words
    )


def test_a_view_is_judged_once_for_all_pages_and_visitors(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    opened("plan", "about")  # the first to open a store keeps its catalogue there
    judged, received = [], completeness.received_figures
    monkeypatch.setattr(completeness, "received_figures", lambda versions: judged.append(1) or received(versions))
    for page in ("measure", "service_area", "completeness", "measure"):
        opened("plan", page, known="2020-10-31", measure=REFERRALS, area="mash-edt")
    assert len(judged) == 1


@pytest.mark.parametrize(
    ("page", "asked", "shown", "others"),
    [
        ("service_area", {"area": "mash-edt"}, "All areas", ["early-help", "assessment", "adoption"]),
        (
            "measure",
            {"measure": REFERRALS},
            "Other measures",
            ["mash-referrals-within-one-day", "strategy-discussions-within-one-day"],
        ),
    ],
)
def test_one_leads_to_the_others_which_stand_folded_and_keep_the_month(
    page: str, asked: dict[str, str], shown: str, others: list[str], opened_once: Opener
) -> None:
    screen = opened_once("history", page, month="2020-06", **asked)
    folded = re.findall(
        r'<details class="sc-folded"><summary id="choice-[a-z]+">(.*?)</summary>(.*?)</details>', screen.html
    )
    assert [summary for summary, _ in folded] == [shown]
    [name] = asked
    for other in others:
        assert re.search(rf'href="\?[^"]*{name}={other}[^"]*"', folded[0][1])
    links = re.findall(r'href="([^"]*)"', folded[0][1])
    assert len(links) == len(set(links)) > len(others)
    assert all("month=2020-06" in link for link in links)


@pytest.mark.parametrize("page", ["overview", "service_area", "measure"])
def test_no_volume_is_called_better_or_worse(page: str, opened_once: Opener) -> None:
    screen = opened_once("history", page, measure=LOOKED_AFTER, area="looked-after-children")
    parts = re.split(r"(?=Children looked after, number)", screen.words)[1:]
    if page == "measure":
        assert not re.search(
            r"\b(better|worse|worsening|improving)\b", screen.words.replace("the rate compares better", ""), re.I
        )
    assert all(not re.search(r"\((better|worse)\)", part[:200]) for part in parts)


@pytest.mark.parametrize("page", ["overview", "service_area", "measure", "about"])
def test_hostile_names_are_text(page: str, opened: Opener) -> None:
    screen = opened("hostile", page, list="all")
    assert "Something went wrong on this page" not in screen.words
    assert "<img src=x" not in re.sub(r"(?m)^.*$", lambda line: "" if line[0] == HOSTILE else line[0], screen.html)
    assert HOSTILE in screen.words
    for title in (element.value for element in [*screen.app.title, *screen.app.header]):
        assert not re.search(r"(?<!\\)[<*\[$`]", title), "a heading reads Markdown"


def test_the_words_to_copy_hold_the_finding_the_figures_and_the_link(opened: Opener) -> None:
    screen = opened("history", "measure", measure=REFERRALS, month="2020-07")
    screen.app.session_state["share"] = True
    screen.app.run()
    copied = screen_of(screen.app).copied
    link, _, copied = copied.partition("\n")
    assert link == copied.splitlines()[-1]
    assert copied.startswith("Contacts that become new referrals (Southampton, MASH / EDT)")
    assert "Target: at most 21%" in copied
    assert copied.splitlines()[-1].endswith(f"/measure?measure={REFERRALS}&month=2020-07")


def test_a_choice_stands_in_the_url_and_a_list_holds_what_its_chip_counts(opened: Opener) -> None:
    screen = opened("history", "overview", list="all", sort="plan")
    names = re.findall(r'class="sc-name"><a href="./measure\?measure=([a-z0-9-]+)', screen.html)
    assert len(names) == len(set(names)) == 47
    choices = dict(re.findall(r'id="choice-([a-z-]+)" href="\?([^"]*)"', screen.html))
    assert choices["sort-furthest"] == "list=all&amp;sort=furthest"
    assert choices["view-grid"] == "list=all&amp;sort=plan&amp;view=grid"
    chips = re.findall(r'id="choice-list-(all|met|missed)"[^>]*>[^<]* (\d+)</a>', screen.html)
    assert len(chips) == 3
    for code, count in chips:
        assert opened("history", "overview", list=code).html.count('class="sc-name"') == int(count), code


def test_an_earlier_moment_is_asked_for_in_the_url_and_lists_all(opened_once: Opener) -> None:
    screen = opened_once("history", "overview", known="2020-07-01")
    assert "As known at the end of 1 July 2020" in screen.words
    assert screen.html.count('class="sc-name"') == 47


def test_a_day_that_is_typed_is_taken_at_once_and_what_can_t_be_read_is_told_beside_it() -> None:
    app = AppTest.from_string("from scorecard.pages.parts.session import choose_moment\nchoose_moment()\n")
    app.query_params["known"] = "2020-07-01"
    app.session_state["known"] = True
    app.run()
    assert app.text_input(key="known-day").value == "1 July 2020"
    app.text_input(key="known-day").input("31 Mai 2020").run()
    assert "'31 Mai 2020' is no moment: write a day as" in screen_of(app).words
    assert app.text_input(key="known-day").value == "31 Mai 2020"
    assert app.query_params["known"] == "2020-07-01"
    for typed, asked in (("31/05/2020", "2020-05-31"), ("1 June 2020", "2020-06-01"), ("", None)):
        app.text_input(key="known-day").input(typed).run()
        assert app.query_params.get("known") in (asked, [asked])
        assert "is no moment" not in screen_of(app).words


def test_monthly_change_is_charted_where_months_lean(opened: Opener) -> None:
    screen = opened("history", "measure", measure=LOOKED_AFTER, section="signals")
    headings = [heading for _, heading in screen.headings]
    assert "the monthly change is charted instead" in screen.words
    assert re.match("Latest change no more than chance|Change in|Changes from month to month", headings[2])
    screen.app.session_state["share"] = True
    screen.app.run()
    assert "Chart of the monthly change (PNG)" in [button.label for button in screen.app.download_button]


def test_a_chart_answers_a_pointer_only_where_that_is_asked_for(opened_once: Opener) -> None:
    assert not opened_once("history", "measure", measure=REFERRALS).app.get("plotly_chart")
    assert not opened_once("history", "service_area", area="mash-edt").app.get("plotly_chart")
    asked = opened_once("history", "measure", measure=REFERRALS, show="range,projection,point", months="12")
    assert len(asked.app.get("plotly_chart")) == 1


@pytest.mark.parametrize(
    ("query", "phrase"),
    [
        ({"known": "0001-01-01"}, "lies before 2000"),
        ({"known": "2999-01-01"}, "lies in the future"),
        ({"known": "soon"}, "'soon' is no moment"),
        ({"month": "2020-13"}, "The address ends in month="),
    ],
)
@pytest.mark.parametrize("page", ["overview", "board_pack"])
def test_an_address_that_asks_for_what_can_t_be_shown_says_so(
    opened_once: Opener, page: str, query: dict[str, str], phrase: str
) -> None:
    if page == "board_pack" and "month" in query:
        pytest.skip("the board pack's month is chosen on its page")
    assert phrase in opened_once("plan", page, **query).words


def test_the_board_pack_counts_what_completeness_finds_owed(opened_once: Opener) -> None:
    shown = opened_once("history", "board_pack").words
    owed = re.search(r"exceptions, (\d+) overdue figure", shown)
    page_words = opened_once("history", "completeness").words
    missing = re.search(r"(\d+) for \w+ \d{4}, (\d+) for earlier months", page_words)
    assert owed is not None
    assert missing is not None
    assert int(owed[1]) == int(missing[1]) + int(missing[2]) > 0


def test_a_moment_is_shown_as_it_was_asked_for_and_before_the_first_load_it_is_said(opened_once: Opener) -> None:
    shown = opened_once("history", "overview", known="2026-01-01T17:00:05").words
    assert "As known at 17:00:05 on 1 January 2026: later figures" in shown
    assert "Nothing had been loaded by" not in shown
    for page in ("overview", "board_pack"):
        shown = opened_once("plan", page, known="2020-07-01").words
        assert "Nothing had been loaded by the end of 1 July 2020: the plan (Second iteration" in shown
    shown = opened_once("plan", "overview", known="2020-08-01").words
    assert "Nothing had been loaded by the end of 1 August 2020: the figures are the plan's own." in shown
