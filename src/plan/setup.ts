// The setup arena of a run (tables, groups, a row per world) and the constants by which kernels find their way in it.
import { GroundswellError } from '../errors.ts';
import { encodeFixed, PROBABILITY_BITS, tables as tableBuilders } from '../fixed.ts';
import type { Model } from '../model/index.ts';
import { hashName, seedKey } from '../random.ts';
import type { Spec } from '../spec/spec.ts';
import { type BufferPlan, buffer } from './buffers.ts';
import type { Classes } from './classes.ts';
import type { Groups, Neighborhood } from './neighborhood.ts';
import { layOutRow, type RowLayout, type WorldPlan, worldRows } from './worlds.ts';

export interface Setup {
  buffer: BufferPlan;
  row: RowLayout;
  /** First word of each table. */
  tables: ReadonlyMap<string, number>;
  /** Position of a purpose's key among the keys of a world's row. */
  key(purpose: string): number;
  /** What every kernel may import from `constants`. */
  constants: Readonly<Record<string, number>>;
}

export interface SetupContext {
  spec: Spec;
  population: number;
  worlds: readonly WorldPlan[];
  neighborhood: Neighborhood;
  groups: Groups;
  /** Where agents act class by class. */
  classes: Classes | undefined;
  workgroupSize: number;
}

export function planSetup({
  spec,
  population,
  worlds,
  neighborhood,
  groups,
  classes,
  workgroupSize,
}: SetupContext): Setup {
  const { model } = spec;
  const purposes = purposesOf(model);
  const initSizes = Object.fromEntries(Object.keys(model.init).map(field => [field, model.fields[field].high + 1]));
  const row = layOutRow(model, purposes, initSizes);
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
  const classesAt = append(classes?.data ?? new Uint32Array(0));
  const seed = seedKey(spec.seed);
  const rows = {
    layout: row,
    purposes,
    seed,
    population,
    groupsPerGraph: groups.perGraph,
    classWords: classes?.words ?? 0,
  };
  const rowsAt = append(worldRows(model, worlds, spec.points, rows));
  const key = (purpose: string): number => purposes.indexOf(purpose);
  return {
    buffer: buffer(words, parts),
    row,
    tables,
    key,
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
      CLASSES_AT: classesAt,
      CLASSES_IN_ROW: row.classes,
      CLASS_COUNT: classes?.count ?? 0,
      SATURATION_AT,
      PAIRING_KEY: key('pairing'),
      ACTIVATION_KEY: key('activation'),
      SEQUENTIAL_KEY: key('sequential'),
      RANK_KEY: key('rank'),
      ACTIVATION: encodeFixed(spec.update.activation, PROBABILITY_BITS),
      ...neighborhood.constants,
    },
  };
}

/** First word of the per-world counters of clamped writes in the scratch arena. */
export const SATURATION_AT = 0;

/** Everything that draws, in the order of its keys in a world's row. */
function purposesOf(model: Model): string[] {
  const fields = Object.keys(model.init).map(field => `init:${field}`);
  const purposes = ['pairing', 'activation', 'sequential', 'rank', ...fields, ...(model.setup ?? []), ...model.rules];
  const hashes = new Map<number, string>();
  for (const purpose of purposes) {
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
