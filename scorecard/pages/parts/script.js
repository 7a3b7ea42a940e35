// Links of ours change what the page shows without loading it anew; the focus stays with the reader; and a table is a
// tab stop where it scrolls.
(() => {
  if (window.scorecardReady) return;
  window.scorecardReady = true;

  const focus = (place) => {
    place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
  };

  let moved = false; // a link was followed, and the page that it leads to is not there yet
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plainly = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plainly || link.origin !== location.origin) return;
    const here = link.pathname + link.search === location.pathname + location.search;
    if (link.hash && here) {
      const place = document.getElementById(link.hash.slice(1));
      if (!place) return;
      event.preventDefault();
      place.scrollIntoView();
      focus(place);
    } else if (!link.hash && !event.defaultPrevented && link.closest(".stHtml")) {
      event.preventDefault();
      history.pushState({}, "", link.href);
      window.dispatchEvent(new PopStateEvent("popstate"));
      document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
      moved = true;
    }
  });

  // Once the page of a link is there: the focus goes to its heading, unless the link is there still.
  const arrive = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!moved || app?.getAttribute("data-test-script-state") !== "notRunning") return;
    moved = false;
    const heading = document.querySelector("h1");
    if (heading && document.activeElement === document.body) focus(heading);
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
  const watched = { childList: true, subtree: true, attributeFilter: ["data-test-script-state"] };
  new MutationObserver(soon).observe(document.body, watched);
  window.addEventListener("resize", soon);
  soon();
})();
