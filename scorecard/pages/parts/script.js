// Links of ours change what the page shows without loading it anew; the focus stays with the reader; and a table is a
// tab stop where it scrolls.
(() => {
  if (window.scorecardReady) return;
  window.scorecardReady = true;

  const focus = (place) => {
    if (place.tabIndex < 0) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
  };

  // Where the focus goes once what had it is gone: after a link to the new page's heading, after a day to be known at
  // to what opened its field, after a download back to its button, which can't have it while the file is made. Until the
  // reader does something else: a page may be drawn more than once.
  let back = null;
  document.addEventListener("pointerdown", () => { back = null; });
  document.addEventListener("keydown", (event) => {
    back = event.key === "Enter" && event.target.closest?.(".st-key-known-day") ? ".st-key-known button" : null;
  });
  document.addEventListener("click", (event) => {
    back = event.target.closest?.('[data-testid="stDownloadButton"] button') ?? back;
  });
  // What a button of the bar opened closes at a press beside it, which runs the page that is shown: a link that is pressed
  // then loads its page anew, so that the one run doesn't undo the other.
  const opened = () => document.querySelector('[data-testid="stPopover"] [aria-expanded="true"]') !== null;
  let closing = false;
  document.addEventListener("pointerdown", () => { closing = opened(); }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plainly = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plainly || link.origin !== location.origin) return;
    const place = link.hash && link.pathname === location.pathname && document.getElementById(link.hash.slice(1));
    if (place) {
      event.preventDefault();
      if (link.search !== location.search) {
        history.pushState({}, "", link.href);
        window.dispatchEvent(new PopStateEvent("popstate"));
      }
      place.scrollIntoView();
      focus(place);
    } else if (!event.defaultPrevented && link.closest(".stHtml") && !(event.detail ? closing : opened())) {
      event.preventDefault();
      history.pushState({}, "", link.href);
      window.dispatchEvent(new PopStateEvent("popstate"));
      document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
      back = link.hash || "h1";
    }
  });

  // A row of choices gives the focus that comes to it to the choice that had it last, and scrolls there: away from under
  // the pointer that presses another. It is given to the one that is pressed, and the row stays.
  document.addEventListener("pointerdown", (event) => {
    const choice = event.target.closest?.(".stButtonGroup button"), row = choice?.parentElement;
    if (!row || row.contains(document.activeElement)) return;
    const at = row.scrollLeft;
    for (const _ of ["comes to the row", "stays"]) choice.focus({ preventScroll: true });
    row.scrollLeft = at;
  }, true);

  const arrive = () => {
    const idle = document.querySelector('[data-testid="stApp"]')?.getAttribute("data-test-script-state") === "notRunning";
    const lost = back && idle && document.activeElement === document.body;
    const place = lost && (back instanceof Element ? back : document.querySelector(back));
    if (!place || place.disabled) return;
    if (place.id && back === `#${place.id}`) place.scrollIntoView();
    focus(place);
  };

  let waiting = 0;
  const fit = () => {
    waiting = 0;
    for (const table of document.querySelectorAll(".sc-scroll")) {
      if (table.scrollWidth > table.clientWidth) table.setAttribute("tabindex", "0");
      else table.removeAttribute("tabindex");
    }
    arrive();
  };
  const soon = () => { waiting ||= requestAnimationFrame(fit); };
  const watched = { childList: true, subtree: true, attributeFilter: ["data-test-script-state", "disabled"] };
  new MutationObserver(soon).observe(document.body, watched);
  window.addEventListener("resize", soon);
  soon();
})();
