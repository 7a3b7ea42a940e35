"""Prepare the months beside the one that is shown, while nobody waits for a page: whoever steps on finds them there."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from scorecard.access.permissions import Permission
from scorecard.use_cases.errors import StoreError
from scorecard.use_cases.needs import needs
from scorecard.use_cases.open_scorecard import Scorecard
from scorecard.use_cases.view.charts import spark, trend
from scorecard.use_cases.view.measures import View
from scorecard.use_cases.view.order_measures import ORDERS
from scorecard.use_cases.view.overview import bar, brief_words, list_code, listed, overview
from scorecard.use_cases.view.shared import shared_view
from scorecard.use_cases.view.what_to_do import what_to_do

MOST_PREPARED = 12  # months, the nearest to the one that is shown
AT_ONCE = 4  # of them: the others wait until it is quiet for longer, for a page and a piece slow each other down
QUIET = 1.0  # seconds in which nobody waited for a page: people read for longer, who clicks on is not kept waiting
LONG_QUIET = 10.0

log = logging.getLogger("scorecard.views")


class Preparation:
    """Work for when nobody waits for a page: a piece at a time, in one thread; what was asked for last replaces it."""

    def __init__(self, quiet: float = QUIET, long_quiet: float = LONG_QUIET) -> None:
        """quiet, long_quiet: seconds without a page before a piece is begun, and one that can wait."""
        self._quiet, self._long_quiet = quiet, long_quiet
        self._changed = threading.Condition()
        self._pages = 0
        self._free_since = time.monotonic()
        self._pieces: list[tuple[float, Callable[[], object]]] = []
        self._thread: threading.Thread | None = None
        self._serving = False

    def begin(self) -> None:
        """From now on there is somebody to prepare for: a server that stays, no command that ends."""
        self._serving = True

    @contextmanager
    def page(self) -> Iterator[None]:
        """While it lasts somebody waits for a page: no piece is begun."""
        with self._changed:
            self._pages += 1
        try:
            yield
        finally:
            with self._changed:
                self._pages -= 1
                self._free_since = time.monotonic()
                self._changed.notify_all()

    def ask(self, pieces: list[Callable[[], object]], later: Sequence[Callable[[], object]] = ()) -> None:
        """Does these when there is time, in place of what was left to do; where nobody is served, nothing.

        later: what is done after them, when it is quiet for longer.
        """
        with self._changed:
            asked = [*((self._quiet, piece) for piece in pieces), *((self._long_quiet, piece) for piece in later)]
            self._pieces = asked if self._serving else []
            self._changed.notify_all()
            if self._thread is None and self._pieces:
                self._thread = threading.Thread(target=self._work, name="preparing months", daemon=True)
                self._thread.start()

    def finish(self, within: float) -> bool:
        """Waits until nothing is left to do, at most so many seconds; whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._thread is None, within)

    def _work(self) -> None:
        while pieces := self._next():
            try:
                pieces.pop(0)[1]()
            except Exception as error:
                # Whoever asks for that month is told why; a store that fails is no fault of ours.
                pieces.clear()  # of this page: what another has asked for since stands
                log.warning("A month was not prepared: %s", error, exc_info=not isinstance(error, StoreError))

    def _next(self) -> list[tuple[float, Callable[[], object]]] | None:
        """What is left to do, once it is quiet; None where nothing is, and the thread is over."""
        with self._changed:
            while self._pieces:
                left = self._free_since + self._pieces[0][0] - time.monotonic()
                if not self._pages and left <= 0:
                    return self._pieces
                self._changed.wait(None if self._pages else left)
            self._thread = None
            self._changed.notify_all()
            return None


preparation = Preparation()


@needs(Permission.READ)
def prepare_months(scorecard: Scorecard, view: View) -> None:
    """Has made ready, when nobody waits for a page: what a measure's page asks of a view, and the months nearest to it,
    as known at the same moment.
    """
    months = nearest(view, MOST_PREPARED)
    at_once, later = (
        [piece for month in some for piece in _pieces(scorecard, view, month)]
        for some in (months[:AT_ONCE], months[AT_ONCE:])
    )
    preparation.ask([lambda: _work_out_by_measure(view), *at_once], later)


def _work_out_by_measure(view: View) -> None:
    """What the page of any measure asks of a view, of which all measures' is worked out with the first."""
    if first := next(iter(view.rows), None):
        trend(view, first)
        view.outlook.get(first)


def nearest(view: View, most: int) -> list[date]:
    """So many of the months that can be asked for, beside the one shown; the nearest first, of two the earlier."""
    months = [month for month in view.months if month != view.month]
    return [month.date() for month in sorted(months, key=lambda month: (abs(month - view.month), month))[:most]]


def _pieces(scorecard: Scorecard, view: View, month: date) -> list[Callable[[], object]]:
    """Make a month's view, and what the overview asks of it as it opens: in pieces, for a page may be asked for between
    them.
    """

    def of_month() -> View:
        return shared_view(scorecard, month, view.as_known_at)

    def draw() -> None:
        view_of_month = of_month()
        code = list_code(scorecard, view_of_month, "")
        for measure_id in listed(scorecard, view_of_month, code, next(iter(ORDERS))):
            bar(view_of_month, measure_id)
            spark(view_of_month, measure_id)

    return [
        of_month,
        lambda: overview(scorecard, of_month()),
        lambda: brief_words(of_month()),
        lambda: what_to_do(scorecard, of_month()),
        draw,
    ]
