"""config/measures.yaml as it stands: it may grow, but what the plan printed in it may not change."""

from __future__ import annotations

from typing import Any

from scorecard.catalogue.models import Catalogue, Measure
from scorecard.catalogue.read_boards import read_boards
from scorecard.catalogue.read_measures import read_catalogue
from scorecard.use_cases.open_scorecard import PROJECT
from scorecard.use_cases.upload.plan_extract import plan_extract
from tests.frozen_catalogue import CATALOGUE

CONFIG = PROJECT / "config"
RENEW = "run python -m scorecard.use_cases.upload.plan_extract"


def printed_cells(measure: Measure) -> dict[str, Any]:
    """What the plan prints of a measure."""
    figures = {"baseline": measure.baseline, "july_2020": measure.july_2020, **measure.comparators}
    return {
        "plan_wording": measure.plan_wording,
        "comparators_printed": measure.comparators_printed,
        "target": measure.targets[0].printed if measure.targets else None,
        **{name: figure.printed for name, figure in figures.items() if figure},
    }


def changed_cells(live: Catalogue, kept_catalogue: Catalogue) -> dict[str, tuple[Any, Any]]:
    """Measures of the plan whose printed cells are no longer as they were, or that were taken out: now, then."""
    now = {measure.id: printed_cells(measure) for measure in live.measures}
    then = {measure.id: printed_cells(measure) for measure in kept_catalogue.measures}
    return {name: (now.get(name), cells) for name, cells in then.items() if now.get(name) != cells}


def test_the_catalogue_in_use_can_be_read_and_keeps_what_its_plan_printed() -> None:
    live = read_catalogue((CONFIG / "measures.yaml").read_bytes(), "measures.yaml")
    read_boards((CONFIG / "boards.yaml").read_bytes(), live)
    kept_catalogue = read_catalogue(CATALOGUE.read_bytes())
    if (live.authority.code, live.plan.title, live.plan.edition) == (
        kept_catalogue.authority.code, kept_catalogue.plan.title, kept_catalogue.plan.edition,
    ):  # fmt: skip
        assert changed_cells(live, kept_catalogue) == {}


def test_the_file_of_the_plan_s_figures_is_what_the_catalogue_in_use_writes() -> None:
    name, content = plan_extract(read_catalogue((CONFIG / "measures.yaml").read_bytes()))
    kept_file = PROJECT / "data" / "extracts" / name
    assert kept_file.exists(), RENEW
    assert kept_file.read_bytes().replace(b"\r\n", b"\n") == content, RENEW  # some checkouts change line ends


def test_a_changed_cell_and_a_measure_taken_out_would_be_found() -> None:
    kept_catalogue = read_catalogue(CATALOGUE.read_bytes())
    other = read_catalogue(CATALOGUE.read_bytes().replace(b'printed: "35%"', b'printed: "36%"', 1))
    assert list(changed_cells(other, kept_catalogue)) == ["contacts-becoming-referrals"]
    area = kept_catalogue.service_areas[0]
    fewer = kept_catalogue.model_copy(
        update={
            "service_areas": (
                area.model_copy(update={"measures": area.measures[1:]}),
                *kept_catalogue.service_areas[1:],
            )
        }
    )
    assert changed_cells(fewer, kept_catalogue)[area.measures[0].id][0] is None
