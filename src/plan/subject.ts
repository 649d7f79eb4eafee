// Whom a measure is about: agents, groups or links, all or some of them, and how many there are.
import { GroundswellError } from '../errors.ts';
import { type Among, encodeValue, type Holder, isPlain, type Measure, type Model } from '../model/index.ts';
import { literal } from './expressions.ts';
import type { CellReader, MeasureContext } from './measures.ts';

/** What reductions of a measure go over. Expressions are WGSL with `me`, and `k` for a link. */
export interface Subject {
  /** The value measured; empty for measures of no field. */
  read: string;
  byGroup: boolean;
  /** Number of the group. */
  group: string;
  /** Which count. */
  filter: string | undefined;
  perLink: boolean;
  /** How many there are, in a group if by group; absent: they must be counted. */
  total?(cells: CellReader, bin: number): number;
}

/** The subject of a measure, or of one element of an array field. */
export function subjectOf(measure: Measure, context: MeasureContext, where: string, element?: number): Subject {
  const byGroup = measure.by === 'group';
  if (byGroup && context.groups.length === 0) {
    throw new GroundswellError({
      what: 'there are no groups to measure by',
      where,
      hint: 'give the spec `groups`, or a topology that has them',
    });
  }
  const name = 'field' in measure ? measure.field : undefined;
  const holder: Holder = (name && context.model.fields[name].holder) || 'agent';
  if (holder === 'group' && measure.among) {
    const expected = 'no `among`, since groups are measured';
    throw new GroundswellError({ what: 'a measure of groups among some agents', where, expected });
  }
  const among = condition(context.model, measure.among, where);
  const place = holder === 'link' ? '(me, k)' : element === undefined ? '(me)' : `(me, ${element}u)`;
  return {
    read: name ? name + place : '',
    byGroup,
    group: holder === 'group' ? 'me' : 'group(me)',
    filter: holder === 'group' ? 'me < GROUPS' : among,
    perLink: holder === 'link',
    ...(among === undefined && { total: totalOf(holder, byGroup, context) }),
  };
}

function totalOf(
  holder: Holder,
  byGroup: boolean,
  { population, groups, groupSize, topology }: MeasureContext,
): Subject['total'] {
  switch (holder) {
    case 'agent':
      return byGroup ? ({ graph }, bin) => groupSize(graph, bin) : () => population;
    case 'group':
      return () => (byGroup ? 1 : Math.max(1, groups.length));
    case 'link':
      return byGroup ? undefined : cells => topology.edges(cells.graph);
  }
}

/** The condition of `among`, or undefined when it holds for everyone. */
function condition(model: Model, among: Among | undefined, where: string): string | undefined {
  if (!among) return undefined;
  const field = model.fields[among.field];
  if (!isPlain(field)) {
    const expected = 'a field with a single value for each agent';
    throw new GroundswellError({
      what: `"${among.field}" does not tell agents apart`,
      where: `${where}.among`,
      expected,
    });
  }
  return `${among.field}(me) == ${literal(field, encodeValue(field, among.is, `${where}.among.is`))}`;
}
