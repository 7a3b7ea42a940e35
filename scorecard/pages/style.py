"""The look of what we draw in HTML: type scale, spacing, tables, tiles. Colours: the Analysis Function's palette."""

from scorecard.pages.markup import Markup, show

CSS = """
<style>
.sc-scroll { overflow-x: auto; margin: 0 0 1.25rem; }
.sc-scroll:focus-visible, a:focus-visible, button:focus-visible, summary:focus-visible {
  outline: 3px solid #12436D; outline-offset: 2px; }
.sc-table { border-collapse: collapse; width: 100%; font-size: .94rem; line-height: 1.35; }
.sc-table caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; color: #1B1F23; }
.sc-table th, .sc-table td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
  border-bottom: 1px solid #B1B4B6; border-left: 0; border-right: 0; border-top: 0; }
.sc-table thead th { font-weight: 600; border-bottom: 2px solid #3D3D3D; vertical-align: bottom; }
.sc-table tbody th { font-weight: 600; min-width: 11rem; }
.sc-table .sc-number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.sc-compact th, .sc-compact td { padding-top: .3rem; padding-bottom: .3rem; }
.sc-part { display: inline-block; min-width: 1.9em; text-align: left; }
.sc-compact .sc-part { min-width: 0; }
.stHtml a, .stHtml a:visited { color: #12436D; }
ul.sc-tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: .25rem 0 .5rem; padding: 0; list-style: none; }
.sc-tiles li { flex: 1 1 8rem; border: 1px solid #B1B4B6; border-top: 6px solid #3D3D3D; padding: .6rem .8rem;
  margin: 0 !important; background: #fff; list-style: none; }
.sc-tiles .sc-count { display: block; font-size: 2rem; font-weight: 700; line-height: 1.1;
  font-variant-numeric: tabular-nums; }
.sc-tiles .sc-met { border-top-color: #28A197; } .sc-tiles .sc-close { border-top-color: #A285D1; }
.sc-tiles .sc-missed { border-top-color: #801650; } .sc-tiles .sc-no_data { border-top-color: #F46A25; }
.sc-finding { font-size: 1.25rem; line-height: 1.45; margin: 0 0 1rem; max-width: 46rem; }
.sc-words { max-width: 46rem; margin: 0 0 .8rem; }
.sc-muted { color: #505A5F; font-size: .9rem; margin: .1rem 0 .6rem; max-width: 46rem; }
.sc-status { display: inline-flex; align-items: center; gap: .4rem; white-space: nowrap; }
.sc-shape { flex: none; width: 1.1rem; height: 1.1rem; }
.sc-strip { display: inline-flex; flex-wrap: wrap; gap: .3rem; }
.sc-strip a { display: inline-flex; min-width: 24px; min-height: 24px; align-items: center; justify-content: center; }
.sc-exception { border-left: 6px solid #801650; padding: .1rem 0 .1rem 1rem; margin: 0 0 1rem; max-width: 46rem; }
.sc-exception p { margin: 0 0 .25rem; }
.sc-demonstration { background: #F46A25; color: #1B1F23; padding: .6rem 1rem; font-weight: 700; margin: 0 0 1rem; }
.sc-notice { border: 4px solid #12436D; padding: .8rem 1rem; margin: 0 0 1.25rem; max-width: 46rem; }
.sc-error { border: 4px solid #801650; padding: .8rem 1rem; margin: 0 0 1.25rem; max-width: 46rem; }
.sc-error h2, .sc-notice h2 { font-size: 1.2rem; margin: 0 0 .4rem; padding: 0; }
.sc-crumbs { font-size: .95rem; margin: 0 0 .2rem; }
.sc-bad { background: #F9E6EE; outline: 2px solid #801650; }
.sc-icon { width: 2.2rem; height: 2.2rem; vertical-align: middle; margin-right: .5rem; }
.sc-doubt { display: block; font-size: .8rem; color: #505A5F; white-space: normal; }
.sc-pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.5rem; }
.sc-chart { max-width: 100%; height: auto; }
section.main .block-container, .stMainBlockContainer { max-width: 76rem; padding-top: 4.5rem; }
h1, h2, h3 { letter-spacing: -.01em; }
@media (max-width: 40rem) {
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  .sc-tiles li { flex-basis: 6.2rem; } .sc-finding { font-size: 1.1rem; }
}
@media print { header, .stSidebar { display: none; } }
</style>
"""


def apply() -> None:
    """Puts the style sheet on the page; once a run."""
    show(Markup(CSS))
