"""The look of what we draw in HTML: type scale, spacing, tables, tiles. Colours: the Analysis Function's palette."""

from scorecard.pages.parts.markup import Markup, show

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
.sc-table thead .sc-number { white-space: normal; }
.sc-table tbody th { font-weight: 600; min-width: 11rem; }
.sc-table .sc-number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.sc-compact th, .sc-compact td { padding-top: .3rem; padding-bottom: .3rem; }
.sc-part { display: inline-block; min-width: 1.9em; text-align: left; }
.sc-compact .sc-part { display: inline; }
.stHtml a, .stHtml a:visited { color: #12436D; }
ul.sc-tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: .25rem 0 .5rem; padding: 0; list-style: none; }
.sc-tiles li { flex: 1 1 8rem; border: 1px solid #B1B4B6; border-top: 6px solid #3D3D3D; padding: .6rem .8rem;
  margin: 0 !important; background: #fff; list-style: none; }
.sc-tiles .sc-count { display: block; font-size: 2rem; font-weight: 700; line-height: 1.1;
  font-variant-numeric: tabular-nums; }
.sc-tiles .sc-met { border-top-color: #28A197; } .sc-tiles .sc-close { border-top-color: #A285D1; }
.sc-tiles .sc-missed { border-top-color: #801650; } .sc-tiles .sc-no_data { border-top-color: #F46A25; }
.sc-finding { font-size: 1.25rem; line-height: 1.45; margin: 0 0 1rem; max-width: 46rem; }
.sc-words { max-width: 46rem; margin: 0 0 .8rem; overflow-wrap: anywhere; }
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
.sc-error > :last-child, .sc-notice > :last-child { margin-bottom: 0; }
.stMain .sc-error h2, .stMain .sc-notice h2 { font-size: 1.2rem; margin: 0 0 .4rem; padding: 0; }
.sc-crumbs { font-size: .95rem; margin: 0 0 .2rem; }
.sc-bad { background: #F9E6EE; outline: 2px solid #801650; padding: 0 .2rem; margin: 0 .15rem; }
.sc-brief tbody th { min-width: 0; }
.sc-heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.sc-icon { flex: none; width: 1.9rem; height: 1.9rem; }
.sc-beside { display: inline-flex; align-items: center; gap: .5rem; line-height: 1.3; text-align: left; }
.sc-lead { font-size: 1.05rem; max-width: 46rem; margin: 0 0 1rem; }
.sc-contents { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin: .25rem 0; }
.sc-contents a { padding: .2rem 0; }
.sc-under, .sc-of { display: block; font-size: .85rem; font-weight: 400; color: #505A5F; white-space: normal; }
.sc-table .sc-under { min-width: 5.5rem; }
.sc-printed { display: block; min-width: 6.5rem; font-size: .85rem; text-align: left; white-space: normal; }
.sc-spark { display: block; width: 150px; height: 40px; max-width: none; }
ul.sc-list, ul.sc-notes { margin: 0 0 1rem; padding-left: 1.25rem; max-width: 46rem; }
ul.sc-list li, ul.sc-notes li { margin: .2rem 0; }
ul.sc-notes { font-size: .92rem; color: #3D3D3D; }
ol.sc-attention { list-style: none; margin: .5rem 0 .75rem; padding: 0; border-top: 2px solid #3D3D3D; }
ol.sc-attention > li { display: grid; grid-template-columns: minmax(0, 1fr) 150px minmax(0, 17rem); gap: .25rem 1.75rem;
  align-items: start; padding: .8rem 0; margin: 0 !important; border-bottom: 1px solid #B1B4B6; }
.sc-attention p { margin: 0 0 .2rem; } .sc-attention .sc-name { font-weight: 600; }
.sc-attention .sc-told p { max-width: 42rem; }
.sc-attention .sc-of { display: inline; margin-left: .6rem; }
ul.sc-marks { list-style: none; margin: 0; padding: 0; font-size: .92rem; }
ul.sc-marks li { margin: 0 0 .35rem !important; }
ul.sc-abreast { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: .2rem 0 .6rem; }
.sc-grid { table-layout: fixed; min-width: 52rem; }
.sc-grid th:first-child { width: 13rem; } .sc-grid tbody th { min-width: 0; }
.sc-grid td { padding-right: 1rem; }
ul.sc-cell { list-style: none; margin: 0; padding: 0; }
ul.sc-cell li { margin: 0 0 .45rem !important; }
.sc-cell .sc-status { white-space: normal; align-items: flex-start; }
.sc-cell .sc-shape { margin-top: .15rem; }
.sc-above { min-height: 11.5rem; }
.sc-figures td:nth-child(6), .sc-figures td:nth-child(7) { min-width: 9.5rem; }
.sc-figures .sc-spark { width: 120px; height: 32px; }
.sc-narrow { display: none; }
.sc-chart-name { margin: .4rem 0 .3rem; padding: 0; }
.sc-doubt { display: block; font-size: .8rem; color: #505A5F; white-space: normal; }
ol.sc-pages { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem;
  list-style: none; margin: 0; padding: 0; }
ol.sc-pages li { margin: 0; list-style: none; }
.sc-page { width: 100%; height: auto; border: 1px solid #B1B4B6; }
.sc-pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.5rem; }
.sc-table code { font-size: .85em; } .stMarkdown h3, .stMarkdown h4 { max-width: 46rem; }
.stMarkdown p, .stMarkdown ul, .stMarkdown ol { max-width: 46rem; }
.sc-chart { max-width: 100%; height: auto; }
section.main .block-container, .stMainBlockContainer { max-width: 76rem; padding: 4.5rem 2rem 4rem; }
h1, h2, h3 { letter-spacing: -.01em; }
.stMain h1 { padding: .5rem 0 .6rem; } .stMain h2 { padding: 1.6rem 0 .5rem; } .stMain h3 { padding: .8rem 0 .4rem; }
@media (max-width: 40rem) {
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  .sc-tiles li { flex-basis: 6.2rem; } .sc-finding { font-size: 1.1rem; }
  ol.sc-attention > li { grid-template-columns: minmax(0, 1fr); gap: .4rem; }
  .sc-table td:not(.sc-number) { min-width: 7.5rem; }
  .sc-stacks, .sc-stacks caption, .sc-stacks tbody, .sc-stacks tr, .sc-stacks th, .sc-stacks td { display: block; }
  .sc-stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .sc-stacks tbody tr { border-bottom: 1px solid #B1B4B6; padding: .6rem 0; }
  .sc-table.sc-stacks th, .sc-table.sc-stacks td { border: 0; padding: .1rem 0; min-width: 0; overflow-wrap: anywhere; }
  .sc-stacks .sc-number { text-align: left; } .sc-stacks .sc-nothing { display: none; }
  .sc-stacks td[data-of]::before { content: attr(data-of) ": "; color: #505A5F; }
  .sc-stacks td[data-of]::before { content: attr(data-of) ": " / ""; }
  .sc-stacks.sc-brief th[data-of]::before { content: attr(data-of) " "; }
  .sc-above { min-height: 0; } .sc-wide { display: none; } .sc-narrow { display: block; width: 100%; }
}
@media print { header, .stSidebar { display: none; } }
</style>
"""


def apply() -> None:
    """Puts the style sheet on the page; once a run."""
    show(Markup(CSS))
