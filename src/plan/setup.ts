// The setup arena of a run (tables, groups, values per agent, a row per world) and the constants by which kernels find their way in it.
import { GroundswellError } from '../errors.ts';
import { powerTables } from '../exact.ts';
import { encodeFixed, PROBABILITY_BITS, tables as tableBuilders } from '../fixed.ts';
import { hashName, seedKey } from '../random.ts';
import { actedRules, type Intervention, writtenSources } from '../spec/intervention-spec.ts';
import type { Spec } from '../spec/spec.ts';
import { ROLES_PURPOSE, type Values } from '../values/index.ts';
import { type BufferPlan, buffer } from './buffers.ts';
import type { Classes } from './classes.ts';
import type { Segment } from './events.ts';
import type { Groups, Neighborhood } from './neighborhood.ts';
import type { PlannedOrder } from './order.ts';
import { type Aimed, dividedParams, planSettings } from './settings.ts';
import { type Structure, structureConstants } from './structure.ts';
import { layOutRow, type RowAdditions, type RowLayout, type WorldPlan, worldRows } from './worlds.ts';

export interface Setup {
  buffer: BufferPlan;
  row: RowLayout;
  /** First word of each table. */
  tables: ReadonlyMap<string, number>;
  /** Position of a purpose's key among the keys of a world's row. */
  key(purpose: string): number;
  /** Whether a field starts from values per agent at some points only. */
  mixed(field: string): boolean;
  /** Which parameters interventions set, and when. */
  segments: readonly Segment[];
  /** What every kernel may import from `constants`. */
  constants: Readonly<Record<string, number>>;
}

export interface SetupContext {
  spec: Spec;
  population: number;
  worlds: readonly WorldPlan[];
  neighborhood: Neighborhood;
  groups: Groups;
  structure: Structure;
  values: Values;
  /** Elements of array fields. */
  elements: ReadonlyMap<string, number>;
  /** Where agents act class by class. */
  classes: Classes | undefined;
  /** The interventions with their agents. */
  aimed: readonly Aimed[];
  /** The order in which agents lie, where it is not that of their numbers; everything by agent is in it. */
  order?: PlannedOrder;
  workgroupSize: number;
}

/** A kernel addresses words with 32 bits, and neither engine has arenas near that. */
const MAX_WORDS = 2 ** 32;

export function planSetup(context: SetupContext): Setup {
  const { spec, population, worlds, neighborhood, groups, structure, values, elements, classes, aimed, workgroupSize } =
    context;
  const { model } = spec;
  const shared = fieldsWithShares(spec);
  const purposes = purposesOf(spec, shared);
  const additions = additionsOf(aimed);
  const settings = planSettings(aimed, context);
  const initSizes = Object.fromEntries(shared.map(field => [field, model.fields[field].high + 1]));
  const row = layOutRow(model, purposes, initSizes, spec.points, additions);
  const parts: { at: number; data: Uint32Array }[] = [];
  let words = 0;
  const append = (data: Uint32Array): number => {
    const at = words;
    parts.push({ at, data });
    words += data.length;
    return at;
  };
  const tables = new Map(Object.entries(tableBuilders).map(([name, build]) => [name, append(build())]));
  const groupsAt = append(groups.numbers);
  const groupSizesAt = append(groups.sizes);
  const groupCount = Math.max(1, groups.groups.length);
  const structured = structureConstants(structure, append);
  const classesAt = append(classes?.data ?? new Uint32Array(0));
  const rowsAt = words;
  words += worlds.length * row.words;
  for (const [name, build] of Object.entries(powerTables)) tables.set(name, append(build()));
  // last, so that what comes before them stays where it is whoever has values of their own, and whatever interventions are aimed at
  const places = new Map<Uint32Array, number>();
  const given = [...values.agents.values(), ...values.tables.map(Object.values)].flat() as Uint32Array[];
  for (const block of [...given, ...settings.blocks, ...Object.values(additions.masks).flat()]) {
    if (!places.has(block)) places.set(block, append(block));
  }
  const placeOf = (block: Uint32Array): number => places.get(block)!;
  const ordered = orderConstants(context.order, append);
  const rows = {
    layout: row,
    purposes,
    seed: seedKey(spec.seed),
    population,
    groupsPerGraph: groups.perGraph,
    groupCount,
    graphWords: neighborhood.degree === undefined ? population + 1 : population * neighborhood.degree,
    links: Array.from({ length: neighborhood.graphs }, (_, graph) => neighborhood.edges(graph)),
    classWords: classes?.words ?? 0,
    values,
    elements,
    additions,
    placeOf,
    rowsAt,
  };
  const worldWords = worldRows(model, worlds, spec.points, rows);
  parts.push({ at: rowsAt, data: worldWords });
  if (words > MAX_WORDS) refuseWords(words);
  const key = (purpose: string): number => purposes.indexOf(purpose);
  return {
    buffer: buffer(words, parts),
    row,
    tables,
    key,
    segments: settings.segments(row, worldWords, placeOf),
    mixed: field => spec.points.some(point => !point.starts?.[field]),
    constants: {
      POPULATION_COUNT: population,
      POINT_COUNT: spec.points.length,
      REPLICA_COUNT: spec.replicas,
      WORKGROUP: workgroupSize,
      ROW_AT: rowsAt,
      ROW_STRIDE: row.words,
      KEYS_AT: row.keys,
      GRAPH_IN_ROW: row.graph,
      GROUPS_AT: groupsAt,
      GROUPS_IN_ROW: row.groups,
      GROUP_COUNT: groupCount,
      GROUP_SIZES_AT: groupSizesAt,
      GROUP_SIZES_IN_ROW: row.groupSizes,
      LINKS_IN_ROW: row.links,
      CLASSES_AT: classesAt,
      CLASSES_IN_ROW: row.classes,
      CLASS_COUNT: classes?.count ?? 0,
      SATURATION_AT,
      PAIRING_KEY: key('pairing'),
      ACTIVATION_KEY: key('activation'),
      SEQUENTIAL_KEY: key('sequential'),
      RANK_KEY: key('rank'),
      ACTIVATION: encodeFixed(spec.update.activation, PROBABILITY_BITS),
      ...structured,
      ...ordered,
      ...neighborhood.constants,
    },
  };
}

/** Appends the numbers of the agents of each graph by place, then their places by number, and says where they are. */
function orderConstants(
  order: PlannedOrder | undefined,
  append: (data: Uint32Array) => number,
): Record<string, number> {
  if (!order) return {};
  const [NUMBERS_AT] = order.graphs.map(({ numbers }) => append(numbers));
  const [NUMBERED_AT] = order.graphs.map(({ places }) => append(places));
  return { NUMBERS_AT, NUMBERED_AT };
}

/** First word of the per-world counters of clamped writes in the scratch arena. */
export const SATURATION_AT = 0;

function refuseWords(words: number): never {
  throw new GroundswellError({
    what: 'the values per agent do not fit',
    where: 'population',
    expected: `at most ${MAX_WORDS} words`,
    got: String(words),
    hint: 'use fewer agents or replicas, or fewer parameters and fields with values per agent',
  });
}

/** Fields that start with shares at some point: those of the model first. */
function fieldsWithShares({ points }: Spec): string[] {
  return [...new Set(points.flatMap(point => Object.keys(point.init)))];
}

/** What interventions need in the rows. */
function additionsOf(aimed: readonly Aimed[]): RowAdditions {
  const masks = aimed.flatMap(({ intervention, targets }) =>
    targets.masks ? [[intervention.name, targets.masks]] : [],
  );
  const writes = aimed.flatMap(({ intervention }) => writtenSources(intervention));
  return {
    divided: dividedParams(aimed),
    masks: Object.fromEntries(masks),
    writes: new Map(writes.map(([field, source]) => [source, field])),
  };
}

/** What the host draws for an intervention: whom it is aimed at, and values. */
function hostPurposes(intervention: Intervention): string[] {
  const { name, set } = intervention;
  const fields = writtenSources(intervention).map(([field]) => field);
  return [`intervention:${name}`, ...[...Object.keys(set), ...fields].map(of => `intervention:${name}:${of}`)];
}

/** Everything that kernels draw, in the order of its keys in a world's row; the host draws parameters and fields beside. */
function purposesOf({ model, interventions }: Spec, shared: readonly string[]): string[] {
  const fields = shared.map(field => `init:${field}`);
  const purposes = ['pairing', 'activation', 'sequential', 'rank', ...fields, ...(model.setup ?? []), ...model.rules];
  purposes.push(...actedRules(interventions));
  const others = [
    ROLES_PURPOSE,
    ...interventions.flatMap(hostPurposes),
    ...Object.keys(model.params).map(name => `param:${name}`),
    ...Object.keys(model.fields).map(name => `init:${name}`),
  ];
  const hashes = new Map<number, string>();
  for (const purpose of [...purposes, ...others.filter(other => !purposes.includes(other))]) {
    const other = hashes.get(hashName(purpose));
    if (other !== undefined) {
      throw new GroundswellError({
        what: `"${purpose}" and "${other}" draw the same numbers`,
        where: `model ${model.name}`,
        hint: 'rename one of them',
      });
    }
    hashes.set(hashName(purpose), purpose);
  }
  return purposes;
}
