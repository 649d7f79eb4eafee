// What all reports share: the shell of a page that needs nothing else, and sections of figures. What is told in them is not known here.
import type { Figure } from './figure.ts';
import type { FigureSection } from './figures.ts';
import { type Html, html, raw } from './html.ts';
import { STYLE } from './style.ts';

/** A whole HTML file of what stands in its main part. */
export function page({ title, version }: { title: string; version: string }, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Groundswell ${version}">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`.html;
}

/** Sections with their figures drawn; the k-th has the id `figures-<k>`, from 1. */
export async function drawSections(sections: readonly FigureSection[]): Promise<Html[]> {
  const drawn: Html[] = [];
  for (const [i, section] of sections.entries()) drawn.push(await figureSection(section, i + 1));
  return drawn;
}

async function figureSection({ heading, figures }: FigureSection, number: number): Promise<Html> {
  return html`<section id="figures-${number}"><h2>${heading}</h2>
${await drawFigures(figures, `figure-${number}`)}
</section>
`;
}

/** Figures side by side; the k-th has the id `<prefix>-<k>`, from 1. Nothing for none. */
export async function drawFigures(figures: readonly Figure[], prefix: string): Promise<Html> {
  const drawn: Html[] = [];
  for (const [i, figure] of figures.entries()) drawn.push(await figureElement(figure, `${prefix}-${i + 1}`));
  return drawn.length === 0 ? html`` : html`<div class="figures">${drawn}</div>`;
}

async function figureElement(figure: Figure, id: string): Promise<Html> {
  // only here, since Vega takes longer to load than all the rest together
  const { drawFigure } = await import('./figure.ts');
  return html`<figure id="${id}"${figure.wide && raw(' class="wide"')}><h3>${figure.title}</h3>
${await drawFigure(figure, id)}
<figcaption>${figure.caption}</figcaption></figure>
`;
}
