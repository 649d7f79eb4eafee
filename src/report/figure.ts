// A figure: what it is, in words, and as a Vega-Lite spec that is rendered to SVG here, without a browser, a canvas or a network.
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { escapeHtml, type Html, raw } from './html.ts';
import { CONFIG } from './theme.ts';

/** One layer of a layered figure. */
export type Layer = Extract<TopLevelSpec, { layer: unknown[] }>['layer'][number];

/** A figure before it is drawn. */
export interface Figure {
  title: string;
  /** How to read it. */
  caption: string;
  /** What it shows, for those who cannot see it. */
  description: string;
  spec: TopLevelSpec;
  /** Takes the whole width of the page. */
  wide: boolean;
  /** Adjoining cells without seams between them: for heat maps. */
  crisp?: boolean;
}

/** The figure as an SVG element with a title and a description; `id` is unique in the page. */
export async function drawFigure(figure: Figure, id: string): Promise<Html> {
  const svg = await renderSvg(figure.spec);
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? ['', '600', '300'];
  const inner = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
  const head =
    `<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" ` +
    `${figure.crisp ? 'shape-rendering="crispEdges" ' : ''}style="max-width:${Math.ceil(Number(width))}px">` +
    `<title id="${id}-title">${escapeHtml(figure.title)}</title><desc id="${id}-desc">${escapeHtml(figure.description)}</desc>`;
  return raw(`${head}${roundCoordinates(ownIds(inner, id))}</svg>`);
}

async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const compiled = compile({ ...spec, config: { ...CONFIG, ...spec.config } }, { logger: quiet() });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', loader: noLoader(), logger: quiet() });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Vega numbers its clip paths from 0 in every figure; in one page they would collide. */
function ownIds(svg: string, id: string): string {
  return svg.replace(/\bid="((?:clip|gradient)[\w-]*)"/g, `id="${id}-$1"`).replace(/url\(#/g, `url(#${id}-`);
}

/** A hundredth of a pixel is enough, and halves the size of the page. */
function roundCoordinates(svg: string): string {
  return svg.replace(/ (d|transform|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g, (_, name, value: string) => {
    const short = value.replace(/-?\d*\.\d{3,}(?:e-?\d+)?/g, number => String(Math.round(Number(number) * 100) / 100));
    return ` ${name}="${short}"`;
  });
}

/** Figures carry their data: a spec that wants a file or an address is refused. */
function noLoader(): vega.Loader {
  const loader = vega.loader();
  loader.load = async uri => {
    throw new Error(`figures load nothing, not ${uri}`);
  };
  return loader;
}

function quiet(): vega.LoggerInterface {
  return vega.logger(vega.Error);
}
