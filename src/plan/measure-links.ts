// Measures of links: how often, and how much, the two ends are alike.
import { GroundswellError } from '../errors.ts';
import { type Field, isPlain, MAX_VALUES } from '../model/index.ts';
import { offsetValue } from './expressions.ts';
import { coarseValue } from './measure-moments.ts';
import type { CellReader, MeasureColumn } from './measures.ts';
import { columnOf, fieldOf, type Measuring, type OfField } from './measuring.ts';
import type { TermList } from './terms.ts';

export function activeLinksColumns(measuring: Measuring<OfField>, terms: TermList): MeasureColumn[] {
  const { name, where, measure, context } = measuring;
  const field = fieldOf(measuring);
  if (measure.among || measure.by || !isPlain(field)) {
    const expected = 'neither `among` nor `by`, since a link belongs to two agents, and a single value of agents';
    throw new GroundswellError({ what: 'active links of some agents', where, expected });
  }
  const column = columnOf(name, measure);
  const { complete, edges } = context.topology;
  if (complete) return [{ ...column, finish: activeAmongAll(measuring, field, terms) }];
  const active = terms.add({ op: 'sum', value: `active_links_${measure.field}(me)` });
  return [{ ...column, finish: cells => cells.number(active) / edges(cells.graph) }];
}

/** Where everyone looks at everyone, links are counted from the shares of the values. */
function activeAmongAll(
  { where, measure, subject, context }: Measuring<OfField>,
  field: Field,
  terms: TermList,
): (cells: CellReader) => number {
  const values = refuseManyValues(`active links of "${measure.field}" on a complete graph`, where, field);
  const by = { bin: offsetValue(subject.read, field), bins: values };
  const states = terms.add({ op: 'sum', value: '1u', by });
  const n = BigInt(context.population);
  return cells => {
    let alike = 0n;
    for (let value = 0; value < values; value++) alike += cells.exact(states, value) ** 2n;
    return n < 2n ? Number.NaN : Number(n * n - alike) / Number(n * (n - 1n));
  };
}

function refuseManyValues(what: string, where: string, field: Field): number {
  const values = field.high - field.low + 1;
  if (values <= MAX_VALUES) return values;
  const expected = `a field with at most ${MAX_VALUES} values`;
  throw new GroundswellError({ what, where, expected, got: `${values} values` });
}

export function assortativityColumns(measuring: Measuring<OfField>, terms: TermList): MeasureColumn[] {
  const { name, measure, context } = measuring;
  const field = fieldOf(measuring);
  const of = context.topology.complete ? amongAll : field.kind === 'category' ? nominal : numeric;
  return [{ ...columnOf(name, measure), finish: of(measuring, field, terms) }];
}

type Assorting = (measuring: Measuring, field: Field, terms: TermList) => (cells: CellReader) => number;

/** Where everyone looks at everyone, both forms are −1/(n − 1) as soon as two agents differ. */
const amongAll: Assorting = ({ subject, context }, field, terms) => {
  const value = offsetValue(subject.read, field);
  const least = terms.add({ op: 'min', value });
  const most = terms.add({ op: 'max', value });
  return cells => (cells.number(least) < cells.number(most) ? -1 / (context.population - 1) : Number.NaN);
};

/** The field at the agent that the k-th link leads to. */
const atOtherEnd = ({ subject }: Measuring): string => subject.read.replace('(me', '(neighbor(me, k)');

/** The correlation of the two ends over m links: (m Σxy − Σx Σy) / √((m Σx² − (Σx)²) (m Σy² − (Σy)²)). Each product fits a word, and 2³² of them a cell. */
const numeric: Assorting = (measuring, field, terms) => {
  const [own, other] = [measuring.subject.read, atOtherEnd(measuring)].map(value => coarseValue(value, field));
  const sum = (value: string): string => terms.add({ op: 'sum', value, perLink: true });
  const [x, xx, y, yy] = [own, `(${own} * ${own})`, other, `(${other} * ${other})`].map(sum);
  const xy = sum(`(${own} * ${other})`);
  return cells => {
    const m = BigInt(measuring.context.topology.edges(cells.graph));
    const [sx, sy] = [cells.exact(x), cells.exact(y)];
    const spread = (m * cells.exact(xx) - sx ** 2n) * (m * cells.exact(yy) - sy ** 2n);
    return Number(m * cells.exact(xy) - sx * sy) / Math.sqrt(Number(spread));
  };
};

/** (Σ eᵢᵢ − Σ aᵢbᵢ) / (1 − Σ aᵢbᵢ): aᵢ and bᵢ are the shares of links that start and end at the value i, eᵢᵢ of those that do both. */
const nominal: Assorting = (measuring, field, terms) => {
  const { where, subject, context } = measuring;
  const bins = refuseManyValues('assortativity of a category', where, field);
  const counted = (bin: string): string => terms.add({ op: 'sum', value: '1u', by: { bin, bins }, perLink: true });
  const [starts, ends] = [subject.read, atOtherEnd(measuring)].map(counted);
  const condition = `${subject.read} == ${atOtherEnd(measuring)}`;
  const alike = terms.add({ op: 'sum', value: '1u', condition, perLink: true });
  return cells => {
    const m = BigInt(context.topology.edges(cells.graph));
    let chance = 0n;
    for (let value = 0; value < bins; value++) chance += cells.exact(starts, value) * cells.exact(ends, value);
    return Number(m * cells.exact(alike) - chance) / Number(m * m - chance);
  };
};
