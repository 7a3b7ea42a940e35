"""What ships in data/published/: held to the files it was written from, where they are beside the project."""

from __future__ import annotations

from scorecard.published.own_format import from_own_format, to_own_format
from scorecard.use_cases.published.ship_figures import figures_to_ship
from tests.published.conftest import PROJECT, authorities, mapping, real  # noqa: F401 - fixtures

SHIPPED = PROJECT / "data" / "published" / "figures.csv"
FILES = ("bds_long", "c1_", "csww_", "cla_number", "lait_data_dictionary")


def test_what_ships_is_what_the_files_give(real, mapping, authorities) -> None:  # noqa: F811
    contents = [file.read_bytes() for file in sorted(real.iterdir()) if file.name.startswith(FILES)]
    assert to_own_format(figures_to_ship(contents, mapping, authorities), mapping) == SHIPPED.read_bytes()


def test_what_ships_holds_every_authority_and_reads_back(mapping, authorities) -> None:  # noqa: F811
    figures = from_own_format(SHIPPED.read_bytes())
    assert to_own_format(figures, mapping) == SHIPPED.read_bytes()
    known = {area.number: area.kind for area in authorities.areas}
    rates = figures[(figures["measure_id"] == "lait-looked-after-rate") & (figures["period_end"].dt.year == 2025)]
    kinds = rates["area"].map(known).value_counts().to_dict()
    assert kinds == {"authority": 153, "region": 9, "country": 1}
    assert 30_000 < len(figures) < 35_000
    assert set(figures["measure_id"]) <= set(mapping.figures)
    assert not figures.duplicated(["measure_id", "area", "period_end", "months"]).any()
