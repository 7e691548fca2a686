/** The report's looks: calm on the screen in light and dark, and made for paper. */

export interface Running {
  /** What stands in the margin of every printed page. */
  site: string;
  date: string;
}

/** The style sheet; what comes from the audit is escaped for CSS. */
export function styleOf({ site, date }: Running): string {
  return `${SCREEN}${PRINT}
@page {
  size: A4; margin: 18mm 15mm 18mm 15mm;
  @bottom-left { content: ${cssString(site)}; font: 8pt sans-serif; color: #555; }
  @bottom-center { content: ${cssString(date)}; font: 8pt sans-serif; color: #555; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; }
}
`;
}

/** A CSS string (https://www.w3.org/TR/cssom-1/#serialize-a-string) in which nothing but letters, digits, dots and hyphens stands as itself. */
export function cssString(text: string): string {
  return `"${text.slice(0, 120).replace(/[^A-Za-z0-9.-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`;
}

const SCREEN = `
:root {
  color-scheme: light dark;
  --surface: #ffffff; --raised: #f5f6f8; --line: #d4d7dd; --strong: #868b95; --text: #1f2328; --quiet: #59616b; --accent: #0b57d0;
  --fail: #b3261e; --fail-surface: #fdeceb; --warn: #8a5300; --warn-surface: #fdf3e1; --pass: #116b35; --pass-surface: #e6f4ea; --note: #3c5a87;
  --before: #f6e7c6;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--surface); color: var(--text); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; overflow-wrap: anywhere; }
.head, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
.head { padding-top: 2.5rem; }
.kicker { margin: 0; color: var(--quiet); letter-spacing: .06em; text-transform: uppercase; font-size: .8rem; }
h1 { margin: .2rem 0 .4rem; font-size: 2rem; line-height: 1.2; font-weight: 650; }
h2 { margin: 3rem 0 1rem; padding-bottom: .35rem; border-bottom: 2px solid var(--text); font-size: 1.4rem; line-height: 1.25; }
h3 { margin: 2.2rem 0 .7rem; font-size: 1.15rem; line-height: 1.3; }
h4 { margin: 1.6rem 0 .4rem; font-size: 1rem; }
p { margin: .5rem 0; max-width: 52rem; }
a { color: var(--accent); }
code { font: .86em/1.45 ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.line { display: block; }
th .quiet { font-weight: 400; }
.aside { margin: .6rem 0; padding: .5rem .8rem; border-left: 3px solid var(--note); background: var(--raised); }
.verdict { max-width: none; margin: 1rem 0; padding: .9rem 1.1rem; border-left: 5px solid; font-size: 1.15rem; }
.verdict.fail { border-color: var(--fail); background: var(--fail-surface); }
.verdict.fail strong { color: var(--fail); }
.verdict.inconclusive { border-color: var(--warn); background: var(--warn-surface); }
.verdict.inconclusive strong { color: var(--warn); }
.verdict.pass { border-color: var(--pass); background: var(--pass-surface); }
.verdict.pass strong { color: var(--pass); }
.tallies { display: flex; flex-wrap: wrap; gap: .6rem 2.4rem; margin: 1rem 0; }
.tally dt { color: var(--quiet); font-size: .87rem; }
.tally dd { margin: 0; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tally.error dd { color: var(--fail); }
.tally.warning dd { color: var(--warn); }
nav ol { margin: 0; padding-left: 1.4rem; }
nav li { margin: .2rem 0; }
table { width: 100%; margin: .8rem 0; border-collapse: collapse; table-layout: auto; font-size: .93rem; }
caption { padding: .3rem 0; text-align: left; color: var(--quiet); font-size: .87rem; }
th, td { overflow-wrap: break-word; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
thead th { border-bottom-color: var(--strong); color: var(--quiet); font-size: .87rem; }
.numbers th:not(:first-child), .numbers td { overflow-wrap: normal; font-variant-numeric: tabular-nums; }
.facts { margin: .8rem 0; }
.facts > div { display: grid; grid-template-columns: minmax(9rem, 16rem) 1fr; gap: 0 1rem; padding: .25rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; min-width: 0; }
blockquote { margin: 0; }
blockquote p { margin: 0; }
blockquote .title { font-weight: 600; }
.clauses { table-layout: fixed; }
.clauses th:first-child { width: 5.5rem; }
.clauses .aside { font-size: .93rem; }
.counts { color: var(--quiet); font-weight: 400; font-size: .87rem; }
.service { border-top: 1px solid var(--strong); margin-top: 2.4rem; }
.service h3 { margin-top: .8rem; font-size: 1.25rem; }
.remedy { padding: .45rem .8rem; border-left: 3px solid var(--pass); background: var(--raised); }
.case .what th { padding-top: .8rem; border-bottom: 0; font-weight: 400; font-size: 1.07em; }
.behind { padding-top: 0; border-bottom-color: var(--strong); }
.badge { font-weight: 650; white-space: nowrap; }
.badge.error { color: var(--fail); }
.badge.warning { color: var(--warn); }
.badge.note { color: var(--note); }
.doubt { color: var(--warn); }
.evidence { table-layout: fixed; margin: .3rem 0; font-size: .9rem; }
.evidence thead th:nth-child(1) { width: 16%; }
.evidence thead th:nth-child(2) { width: 30%; }
.evidence thead th:nth-child(3) { width: 28%; }
.evidence thead th:nth-child(4) { width: 26%; }
.evidence .id { font-weight: 650; }
.evidence td { border-bottom-style: dotted; }
.evidence td.behind { border-bottom-style: solid; }
.lives { margin: 0; }
.lives > div { display: flex; flex-wrap: wrap; gap: 0 .4rem; }
.lives dt { color: var(--quiet); }
.lives dd { margin: 0; }
.lives .stated dd { font-weight: 600; }
details { margin: .3rem 0; font-size: .93rem; }
summary { color: var(--quiet); cursor: pointer; }
.ids, .stack { margin: .3rem 0; font-size: .87rem; max-width: none; }
td ul { margin: 0; padding: 0; list-style: none; }
figure { margin: 1.2rem 0; overflow-x: auto; }
figcaption { margin-bottom: .3rem; font-weight: 600; }
.picture { display: block; width: 100%; min-width: 46rem; height: auto; font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
.picture text { fill: var(--text); }
.picture .small, .picture .count { font-size: 11px; fill: var(--quiet); }
.picture .words { font-size: 11px; font-weight: 600; fill: var(--accent); }
.picture .end { text-anchor: end; }
.picture .undeclared { font-style: italic; }
.picture .rule { stroke: var(--line); }
.picture .visit { stroke: var(--strong); stroke-dasharray: 2 3; }
.picture .act { stroke: var(--accent); stroke-width: 1.6; }
.band { fill: none; }
.band.before-choice { fill: var(--before); }
.band.unknown { fill: var(--raised); }
.mark.stored { fill: var(--note); }
.mark.requests { fill: var(--surface); stroke: var(--note); stroke-width: 1.5; }
.mark.error { fill: var(--fail); }
.mark.unsure { fill: var(--surface); stroke: var(--fail); stroke-width: 1.5; }
.mark.warning { fill: var(--warn); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .6rem 0; padding: 0; list-style: none; font-size: .87rem; }
.sign { width: 14px; height: 14px; vertical-align: -2px; }
.steps { margin: .5rem 0; padding-left: 1.6rem; }
footer { padding-top: 2rem; padding-bottom: 3rem; font-size: .87rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:target { background: var(--warn-surface); }
@media screen and (prefers-color-scheme: dark) {
  :root {
    --surface: #1b1d20; --raised: #25282c; --line: #3d4147; --strong: #7f868f; --text: #e6e8eb; --quiet: #a6adb6; --accent: #a8c7fa;
    --fail: #f5a29b; --fail-surface: #412321; --warn: #f0bf6b; --warn-surface: #3a2d16; --pass: #86d7a0; --pass-surface: #1c3525; --note: #a9c3ea;
    --before: #4a3d1f;
  }
}
@media screen and (max-width: 44rem) {
  .facts > div { grid-template-columns: 1fr; }
  .evidence, .evidence tbody, .evidence tr, .evidence td, .evidence tbody th { display: block; width: auto; }
  .evidence thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .section > table, .conditions table { display: block; overflow-x: auto; }
  .clauses, .clauses tbody, .clauses tr, .clauses td, .clauses tbody th { display: block; width: auto; }
  .clauses thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .clauses td { border-bottom: 0; }
}
`;

const PRINT = `
@media print {
  :root { color-scheme: light; font-size: 9.5pt; }
  body { font-size: 1rem; line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .head, main, footer { max-width: none; padding: 0; }
  .head { padding-top: 0; }
  h1 { font-size: 20pt; }
  h2 { font-size: 14pt; margin-top: 0; break-before: page; }
  .first h2, .policy h2, .limits h2, .kept h2, .never-seen h2, .unseen h2, .suppressed h2, .policy-gaps h2, .integrity h2 { break-before: auto; margin-top: 8mm; }
  h3 { font-size: 11.5pt; margin-top: 6mm; }
  h4 { margin-top: 4mm; }
  h1, h2, h3, h4, caption, thead, summary, figcaption, .what, .remedy { break-after: avoid; }
  nav h2 { break-before: auto; margin-top: 8mm; }
  nav, .facts { break-inside: avoid; }
  th, td { padding: .9mm 2mm .9mm 0; }
  .case .what th { padding-top: 2mm; }
  p { orphans: 3; widows: 3; max-width: none; }
  tr, figure, .facts > div, .verdict, .aside, .remedy, .legend { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: 8.5pt; }
  .evidence { font-size: 8pt; }
  .ids, .stack { margin: .5mm 0; }
  .service { margin-top: 6mm; }
  a { color: inherit; text-decoration: underline; text-underline-offset: 2px; }
  .picture { min-width: 0; }
  figure { overflow: visible; }
  summary { list-style: none; }
  .behind details, .behind p { margin: 0; font-size: 7pt; }
  .behind summary { display: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  :target { background: none; }
}
`;
