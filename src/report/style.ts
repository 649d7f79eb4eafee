// The style sheet of a report. Light, dark and print; no fonts or images from elsewhere.
import { colourVariables } from './theme.ts';

const LIGHT = `--paper: #fffefb; --ink: #1b1b19; --faint: #66645e; --grid: #e6e4dd; --panel: #f6f4ee; --accent: #0072b2; ${colourVariables('light')}`;
const DARK = `--paper: #16171a; --ink: #e9e7e1; --faint: #a3a098; --grid: #33353a; --panel: #1f2125; --accent: #6fb8ec; ${colourVariables('dark')}`;

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { @media not print { :root { ${DARK} } } }
* { box-sizing: border-box; }
html { font-size: 17px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font-family: Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
main { max-width: 62rem; margin: 0 auto; padding: 3.5rem 1.5rem 5rem; }
h1, h2, h3 { line-height: 1.2; font-weight: 600; text-wrap: balance; }
h1 { font-size: 2.1rem; margin: .2rem 0 .8rem; letter-spacing: -.01em; }
h2 { font-size: 1.35rem; margin: 3.2rem 0 1rem; padding-top: .8rem; border-top: 1px solid var(--grid); }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: 0 0 .8rem; max-width: 44rem; }
.eyebrow, table, figcaption, .legend, .notes, nav, svg text, footer { font-family: "Helvetica Neue", Helvetica, Arial, sans-serif; }
.eyebrow { font-size: .72rem; letter-spacing: .09em; text-transform: uppercase; color: var(--faint); margin: 0; }
.lead { font-size: 1.12rem; }
.run { color: var(--faint); }
nav { font-size: .8rem; margin: 1.2rem 0 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .15em; }
.status { border-left: 3px solid var(--series-2); padding: .5rem .9rem; background: var(--panel); }
.notes { font-size: .85rem; background: var(--panel); padding: .9rem 1.1rem .9rem 2rem; margin: 1.4rem 0 0; border-radius: 3px; }
.notes li + li { margin-top: .4rem; }
.scroll { overflow: auto; }
.scroll.tall { max-height: 26rem; border-bottom: 1px solid var(--grid); }
.scroll + .scroll { margin-top: 1.2rem; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: .38rem 1.4rem .38rem 0; text-align: left; vertical-align: top; }
.results td, .results thead th { white-space: nowrap; }
.results thead th { position: sticky; top: 0; background: var(--paper); border-bottom: 1.5px solid var(--ink); vertical-align: bottom; }
.results tbody tr + tr > * { border-top: 1px solid var(--grid); }
.results td, .results .number { text-align: right; padding: .38rem 0 .38rem 1.6rem; }
.results th[scope=row] { font-weight: 400; }
.results .faint { color: var(--faint); font-weight: 400; }
.effects thead th { white-space: normal; } .effects td, .effects .number { padding-left: 1.1rem; } .effects td:last-child { white-space: normal; min-width: 6rem; }
section > h3 { margin: 2rem 0 .6rem; } ul { padding-left: 1.2rem; } section > ul { max-width: 44rem; } details { font-size: .85rem; margin-top: 1.2rem; }
.worse { color: var(--series-2); } .better { color: var(--series-3); } .verdict { font-weight: 600; }
.compact td, .compact .number { padding-left: 1.1rem; } .compact tbody th { white-space: nowrap; } .compact.overview tbody th { white-space: normal; min-width: 11rem; } .compact.overview thead th { white-space: normal; } .compact small { display: block; max-width: 16rem; white-space: normal; }
.legend + .figures { margin-top: 1.8rem; } .levels td span { display: block; color: var(--faint); font-size: .9em; }
.theory td:last-child { white-space: nowrap; color: var(--faint); }
h3:has(+ .theory) { margin: 2rem 0 .4rem; }
.facts th { font-weight: 400; color: var(--faint); white-space: nowrap; }
.facts td { overflow-wrap: anywhere; }
.legend, figcaption { font-size: .78rem; color: var(--faint); margin: .6rem 0 0; max-width: 44rem; line-height: 1.45; }
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2.4rem 2rem; align-items: start; }
figure { margin: 0; break-inside: avoid; min-width: 0; }
figure.wide, figure:only-child { grid-column: 1 / -1; }
svg { display: block; width: 100%; height: auto; overflow: visible; color: var(--ink); }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .76rem; }
pre { background: var(--panel); padding: 1rem 1.2rem; overflow-x: auto; border-radius: 3px; line-height: 1.5; }
footer { margin-top: 4rem; font-size: .75rem; color: var(--faint); }
@media (max-width: 44rem) { .figures { grid-template-columns: minmax(0, 1fr); } main { padding-top: 2rem; } }
@media print {
  html { font-size: 11px; } main { max-width: none; padding: 0; } nav { display: none; }
  .scroll, .scroll.tall { max-height: none; overflow: visible; } pre { white-space: pre-wrap; }
  h2, h3 { break-after: avoid; }
}
`;
