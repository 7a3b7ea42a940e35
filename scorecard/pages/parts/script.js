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
  const opener = () => document.querySelector('[data-testid="stPopover"] [aria-expanded="true"]');
  const panel = () => document.querySelector('[data-testid="stPopoverBody"]');
  let closing = false;
  document.addEventListener("pointerdown", (event) => { closing = opener() && !panel()?.contains(event.target); }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const within = panel()?.contains(link);
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
    } else if (!event.defaultPrevented && link.closest(".stHtml") && !(event.detail ? closing : opener() && !within)) {
      event.preventDefault();
      history.pushState({}, "", link.href);
      window.dispatchEvent(new PopStateEvent("popstate"));
      const choice = link.closest(".sc-folded")?.firstElementChild ?? link;
      back = within ? ".st-key-month button" : choice.id ? `#${choice.id}` : link.hash || "h1";
      if (!choice.id) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    }
  });

  // A link that only partly shows, at an edge or in a row that scrolls, shows whole once it has the keyboard's focus.
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".stHtml a:focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // What a button of the bar opened stands at the page's end: the focus goes there, and by Tab from either of its ends
  // back to the button.
  let entered = null;
  const stops = () => [...panel()?.querySelectorAll("a[href], button:not([disabled]), input:not([disabled])") ?? []];
  const enter = () => {
    const here = panel(), first = stops()[0];
    if (!here) entered = null;
    else if (here !== entered && first && document.activeElement === opener()) {
      entered = here;
      first.focus({ preventScroll: true });
    }
  };
  document.addEventListener("keydown", (event) => {
    const reached = stops(), end = event.shiftKey ? reached[0] : reached.at(-1);
    if (event.key !== "Tab" || !end || event.target !== end) return;
    event.preventDefault();
    opener()?.focus();
  });

  const arrive = () => {
    const idle = document.querySelector('[data-testid="stApp"]')?.getAttribute("data-test-script-state") === "notRunning";
    const lost = back && idle && document.activeElement === document.body;
    const place = lost && (back instanceof Element ? back : document.querySelector(back));
    if (!place || place.disabled) return;
    if (place.id && back === `#${place.id}` && !place.closest(".sc-choices")) place.scrollIntoView();
    focus(place);
  };

  let waiting = 0;
  const fit = () => {
    waiting = 0;
    for (const table of document.querySelectorAll(".sc-scroll")) {
      if (table.scrollWidth > table.clientWidth) table.setAttribute("tabindex", "0");
      else table.removeAttribute("tabindex");
    }
    for (const row of document.querySelectorAll(".sc-buttons ul:not([data-placed])")) {
      row.dataset.placed = "";
      const shown = row.querySelector("[aria-current]");
      if (shown && row.scrollWidth > row.clientWidth) row.scrollLeft = shown.parentElement.offsetLeft - row.offsetLeft - 24;
    }
    enter();
    arrive();
  };
  const soon = () => { waiting ||= requestAnimationFrame(fit); };
  const watched = { childList: true, subtree: true, attributeFilter: ["data-test-script-state", "disabled"] };
  new MutationObserver(soon).observe(document.body, watched);
  window.addEventListener("resize", soon);
  soon();
})();
