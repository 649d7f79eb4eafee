// Whom a measure is about: agents, groups or links, all or some of them, and how many there are.
import { GroundswellError } from '../errors.ts';
import { type Among, encodeValue, type Holder, isPlain, type Measure, type Model } from '../model/index.ts';
import { literal } from './expressions.ts';
import type { CellReader, MeasureContext } from './measures.ts';

/** What reductions of a measure go over. Expressions are WGSL with `me`, and `k` for a link. */
export interface Subject {
  /** The value measured; empty for measures of no field. */
  read: string;
  /** The parts of the population that are measured apart: groups or roles; absent: it is measured as a whole. */
  parts?: readonly { name: string }[];
  /** Number of the part. */
  part: string;
  /** Which count. */
  filter: string | undefined;
  perLink: boolean;
  /** How many there are, in a part where there are parts; absent: they must be counted. */
  total?(cells: CellReader, bin: number): number;
}

/** The subject of a measure, or of one element of an array field. */
export function subjectOf(measure: Measure, context: MeasureContext, where: string, element?: number): Subject {
  const parts = partsOf(measure, context);
  if (parts?.length === 0) {
    const hint =
      measure.by === 'role'
        ? 'give the groups of the spec `roles`'
        : 'give the spec `groups`, or a topology that has them';
    throw new GroundswellError({ what: `there are no ${measure.by}s to measure by`, where, hint });
  }
  const name = 'field' in measure ? measure.field : undefined;
  const holder: Holder = (name && context.model.fields[name].holder) || 'agent';
  if (holder === 'group' && measure.among) {
    const expected = 'no `among`, since groups are measured';
    throw new GroundswellError({ what: 'a measure of groups among some agents', where, expected });
  }
  if (holder === 'group' && measure.by === 'role') {
    const what = 'a measure of groups by role';
    throw new GroundswellError({ what, where, expected: 'by group, since roles are those of agents' });
  }
  const among = condition(context.model, measure.among, where);
  const place = holder === 'link' ? '(me, k)' : element === undefined ? '(me)' : `(me, ${element}u)`;
  return {
    read: name ? name + place : '',
    ...(parts && { parts }),
    part: holder === 'group' ? 'me' : `${measure.by ?? 'group'}(me)`,
    filter: holder === 'group' ? 'me < GROUPS' : among,
    perLink: holder === 'link',
    ...(among === undefined && { total: totalOf(holder, measure.by, context) }),
  };
}

/** What a measure is divided into, if it is. */
function partsOf({ by }: Measure, { groups, roles }: MeasureContext): Subject['parts'] {
  return by && { group: groups, role: roles }[by];
}

/** Whether a run has the parts that a measure is divided into. */
export function hasParts(measure: Measure, context: MeasureContext): boolean {
  return partsOf(measure, context)?.length !== 0;
}

function totalOf(
  holder: Holder,
  by: Measure['by'],
  { population, groups, roles, groupSize, topology }: MeasureContext,
): Subject['total'] {
  switch (holder) {
    case 'agent':
      if (by === 'role') return (_, role) => roles[role].size;
      return by ? ({ graph }, group) => groupSize(graph, group) : () => population;
    case 'group':
      return () => (by ? 1 : Math.max(1, groups.length));
    case 'link':
      return by ? undefined : cells => topology.edges(cells.graph);
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
