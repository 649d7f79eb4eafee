// The matrix of relations between groups, as the spec tells them: the kind as colour and marker, the strength as the marker's size.
import { RELATIONS, type Relation } from '../../model/index.ts';
import { relationMatrix } from '../../spec/relations.ts';
import type { Figure } from '../figure.ts';
import type { ReportInput } from '../input.ts';
import { formatNumber } from '../numbers.ts';
import { colourOf, INK, shapeOf } from '../theme.ts';
import { groupNames } from './measures.ts';

interface Cell {
  from: string;
  to: string;
  kind: Relation;
  /** From 0 to 1. */
  strength: number;
}

/** Cells of a larger matrix would be too small to tell markers apart. */
const MOST_GROUPS = 30;
const FEW_GROUPS = 12;

/** The matrix, or undefined where the spec has no relations or too few or many groups. */
export function relationsFigure(input: ReportInput): Figure | undefined {
  const { relations } = input.spec;
  const names = groupNames(input);
  if (!relations || names.length < 2 || names.length > MOST_GROUPS) return undefined;
  const { kinds: rows, strengths } = relationMatrix(relations, names);
  const data = names.flatMap((from, g) =>
    names.map((to, h): Cell => ({ from, to, kind: rows[g][h], strength: strengths[g][h] })),
  );
  const kinds = RELATIONS.filter(kind => data.some(cell => cell.kind === kind));
  const places = kinds.map(kind => RELATIONS.indexOf(kind));
  const few = names.length <= FEW_GROUPS;
  const cell = few ? 44 : 20;
  const place = {
    x: { field: 'to', type: 'nominal' as const, sort: names, title: 'to', axis: { ...AXIS, labelAngle: -45 } }, // biome-ignore format: one thought
    y: { field: 'from', type: 'nominal' as const, sort: names, title: 'from', axis: AXIS },
  };
  const kind = { field: 'kind', type: 'nominal' as const, title: null };
  return {
    title: 'Relations between groups',
    caption: `Row: the group that has the relation; column: the one to which. Colour and marker: kind of the relation; the larger the marker, the stronger${few ? ', with the strength where it is not 1' : ''}.`,
    description: `Matrix of the relations between ${names.length} groups: ${kinds.map(name => told(name, data)).join('; ')}.`,
    wide: false,
    spec: {
      data: { values: data },
      width: cell * names.length,
      height: cell * names.length,
      view: { stroke: null },
      layer: [
        {
          mark: { type: 'point', filled: true, opacity: 1 },
          encoding: {
            ...place,
            color: { ...kind, scale: { domain: kinds, range: places.map(colourOf) } },
            shape: { ...kind, scale: { domain: kinds, range: places.map(shapeOf) } },
            size: {
              field: 'strength',
              type: 'quantitative',
              scale: { domain: [0, 1], range: few ? [20, 420] : [8, 130] },
              legend: null,
            },
          },
        },
        ...(few
          ? [
              {
                transform: [{ filter: 'datum.strength !== 1' }],
                mark: { type: 'text' as const, baseline: 'bottom' as const, align: 'right' as const, dx: 20, dy: 21, fontSize: 9.5, color: INK }, // biome-ignore format: one thought
                encoding: { ...place, text: { field: 'strength', type: 'quantitative' as const, format: '.2~f' } },
              },
            ]
          : []),
      ],
    },
  };
}

const AXIS = {
  grid: true,
  ticks: false,
  domain: false,
  tickBand: 'extent' as const,
  labelFlush: false,
  labelLimit: 110,
};

function told(kind: string, data: readonly Cell[]): string {
  const own = data.filter(datum => datum.kind === kind);
  const pairs = own.slice(0, 10).map(({ from, to, strength }) => `${from} to ${to}${strength === 1 ? '' : ` (${formatNumber(strength, 3)})`}`); // biome-ignore format: one thought
  const more = own.length > pairs.length ? ` and ${own.length - pairs.length} more` : '';
  return `${kind}: ${pairs.join(', ')}${more}`;
}
