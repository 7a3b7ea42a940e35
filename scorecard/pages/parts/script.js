// Links of ours change what the page shows without loading it anew, and a table is a tab stop where it scrolls.
(() => {
  if (window.scorecardReady) return;
  window.scorecardReady = true;

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".stHtml a[href]");
    const plainly = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plainly || event.defaultPrevented || link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });

  let waiting = 0;
  const fit = () => {
    waiting = 0;
    for (const table of document.querySelectorAll(".sc-scroll")) {
      if (table.scrollWidth > table.clientWidth) table.setAttribute("tabindex", "0");
      else table.removeAttribute("tabindex");
    }
  };
  const soon = () => { waiting ||= requestAnimationFrame(fit); };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
  soon();
})();
