// Draws a figure of the documentation: a Vega-Lite spec as docs/figures/NAME.svg, in one style and as short as it can be.
import { writeFileSync } from 'node:fs';
import * as vega from 'vega';
import { compile } from 'vega-lite';

export const GREY = '#6b6b6b';

export async function save(name, spec) {
  const config = {
    font: 'Helvetica, Arial, sans-serif',
    view: { stroke: null },
    axis: { labelColor: GREY, domainColor: GREY, tickColor: GREY, gridColor: '#e4e4e0', titleFontWeight: 'normal' },
    axisX: { grid: false },
    axisY: { domain: false, ticks: false },
    header: { labelFontSize: 12, labelFontWeight: 'bold', title: null },
    legend: { orient: 'top', titleFontWeight: 'normal', labelFontSize: 11, labelLimit: 300, titleLimit: 300 },
  };
  const view = new vega.View(vega.parse(compile({ background: 'white', padding: 6, config, ...spec }).spec), {
    renderer: 'none',
  });
  const svg = await view.toSVG();
  view.finalize();
  const short = svg
    .replace(/-?\d+\.\d{2,}/g, number => String(Math.round(Number(number) * 10) / 10))
    .replace(/ aria-\w+="[^"]*"| role="[^"]*"/g, '');
  writeFileSync(`docs/figures/${name}.svg`, `${short}\n`);
  console.log(`docs/figures/${name}.svg: ${(short.length / 1024).toFixed(0)} kB`);
}
