// From a spec, its model and its topology to a plan: buffers, kernels and the passes of a step. A plan is plain data; an engine only executes it.
import { GroundswellError } from '../errors.ts';
import { encodeFixed, PROBABILITY_BITS, tables as tableBuilders } from '../fixed.ts';
import type { Model } from '../model/index.ts';
import { hashName, seedKey } from '../random.ts';
import type { Spec } from '../spec/spec.ts';
import type { Topology } from '../topology/index.ts';
import { reproducibility } from '../wgsl/index.ts';
import { planAggregates } from './aggregates.ts';
import type { Effects } from './effects.ts';
import {
  alonePass,
  buildKernel,
  initPass,
  type Kernel,
  type KernelContext,
  measurePasses,
  rulePass,
} from './kernels.ts';
import { layOut, type StateLayout } from './layout.ts';
import { digestTerm, type MeasureColumn, type MeasureContext, planMeasure } from './measures.ts';
import { type AgentContext, agentModule, libraryModules } from './modules.ts';
import { refuseTakenNames } from './names.ts';
import { graphBuffers, groupsOf, type Neighborhood, neighborhoodOf } from './neighborhood.ts';
import { ruleEffects } from './rules.ts';
import { type CellLayout, identityOf, TermList } from './terms.ts';
import { layOutRow, type WorldPlan, worldRows, worldsOf } from './worlds.ts';

/** The storage buffers of a run, in the order of their bindings 1 to 6. All hold 32-bit words. */
export const BUFFERS = ['state', 'setup', 'rows', 'columns', 'scratch', 'ring'] as const;
export type BufferName = (typeof BUFFERS)[number];

/** Words of a buffer, at least one, and what it holds at the start; the rest is 0. */
export interface BufferPlan {
  words: number;
  parts: readonly { at: number; data: Uint32Array }[];
}

/** One dispatch: the number of a kernel. */
export interface Pass {
  kernel: number;
}

export interface Plan {
  spec: Spec;
  population: number;
  worlds: readonly WorldPlan[];
  layout: StateLayout;
  neighborhood: Neighborhood;
  groups: readonly { name: string; size: number }[];
  buffers: Readonly<Record<BufferName, BufferPlan>>;
  kernels: readonly Kernel[];
  /** Run once; run for each step (a `sequential` kernel takes many steps at once); run when a step is measured. */
  passes: { init: readonly Pass[]; step: readonly Pass[]; measure: readonly Pass[] };
  /** Steps that one run of the step's passes may take: 1, or any number for `sequential`. */
  manyStepsAtOnce: boolean;
  measures: { cells: CellLayout; columns: readonly MeasureColumn[]; digest: string };
  /** Measured steps that the ring holds. */
  ringSlots: number;
  /** Invocations per workgroup of the parallel kernels. */
  workgroupSize: number;
  /** First word of the per-world counters of clamped writes in the scratch arena. */
  saturationAt: number;
  reproducible: { level: 'bitwise' | 'same-device'; reasons: readonly { what: string; where: string }[] };
}

export interface PlanOptions {
  /** Invocations per workgroup on a GPU, a power of two from 32 to 256. Changes no result. Default 64. */
  workgroupSize?: number;
  /** Bytes that the ring of measured steps may take. Default 16 MiB. */
  ringBytes?: number;
}

/** Reductions halve a workgroup again and again. */
const WORKGROUP_SIZES: readonly number[] = [32, 64, 128, 256];

/** Plans a run. Throws a `GroundswellError` when the model's rules do not compile or the population does not fit. */
export async function planRun(spec: Spec, topology: Topology, options: PlanOptions = {}): Promise<Plan> {
  const { model } = spec;
  const { workgroupSize = 64 } = options;
  if (!WORKGROUP_SIZES.includes(workgroupSize)) {
    const expected = `one of ${WORKGROUP_SIZES.join(', ')}`;
    throw new GroundswellError({ what: 'bad workgroup size', expected, got: String(workgroupSize) });
  }
  refuseTakenNames(model);
  const population = topology.nodeCount;
  const neighborhood = neighborhoodOf(spec, topology);
  const worlds = worldsOf(spec.points.length, spec.replicas, neighborhood.graphs);
  const { numbers: groupNumbers, groups, perGraph: groupsPerGraph } = groupsOf(spec, topology, population);
  const pairing = spec.update.kind === 'pairing';
  const library = libraryModules(model);
  const purposes = purposesOf(model);
  const initSizes = Object.fromEntries(Object.keys(model.init).map(field => [field, model.fields[field].high + 1]));
  const row = layOutRow(model, purposes, initSizes);

  // The setup arena: tables, groups, one row per world.
  const tableWords = Object.entries(tableBuilders).map(([name, build]) => ({ name, data: build() }));
  const tables = new Map<string, number>();
  let setupWords = 0;
  for (const { name, data } of tableWords) {
    tables.set(name, setupWords);
    setupWords += data.length;
  }
  const groupsAt = setupWords;
  const rowsAt = groupsAt + groupNumbers.length;
  const rows = worldRows(model, worlds, spec.points, {
    layout: row,
    purposes,
    seed: seedKey(spec.seed),
    population,
    groupsPerGraph,
  });

  const key = (purpose: string): number => purposes.indexOf(purpose);
  const constants = {
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
    SATURATION_AT: 0,
    PAIRING_KEY: key('pairing'),
    ACTIVATION_KEY: key('activation'),
    SEQUENTIAL_KEY: key('sequential'),
    RANK_KEY: key('rank'),
    ACTIVATION: encodeFixed(spec.update.activation, PROBABILITY_BITS),
    ...neighborhood.constants,
  };

  // First look: what each rule does, with every field in one slot.
  const provisional = layOut(model, {
    population,
    points: spec.points.length,
    replicas: spec.replicas,
    flips: new Map(),
    pairing,
  });
  const aggregates = planAggregates(model, neighborhood, population, worlds.length);
  const agentContext = (layout: StateLayout, flips: ReadonlyMap<string, number>): AgentContext => ({
    model,
    layout,
    row,
    neighborhood: neighborhood.file,
    flips,
    aggregates: { at: worlds.length, stride: aggregates.stride, words: aggregates.words },
    tables,
    update: spec.update.kind,
  });
  const looking = {
    library,
    agent: agentContext(provisional, new Map()),
    constants: { ...constants, PARTNER_AT: provisional.partnerBase ?? 0 },
    pairing,
  };
  const rules: { name: string; effects: Effects }[] = [];
  for (const name of model.rules) rules.push({ name, effects: await ruleEffects(model, name, 'rules', looking) });
  const setupRules: { name: string; effects: Effects }[] = [];
  for (const name of model.setup ?? [])
    setupRules.push({ name, effects: await ruleEffects(model, name, 'init', looking) });
  for (const { name, effects } of setupRules) refuseReadingOthers(model, name, effects);
  for (const rule of rules) aggregates.refuseWideSums(rule.effects);

  // Second look: a field written by a rule that reads it at others gets two slots (alone, an agent sees its own writes at once). Every rule that writes
  // such a field exchanges its slots, also one that reads it only at its own agent.
  const alone = spec.update.kind === 'sequential';
  const effects = rules.map(rule => rule.effects);
  const twoSlots = new Set(alone ? [] : effects.flatMap(exchanged));
  const count = (counts: Map<string, number>, written: Effects): void => {
    for (const field of written.writes) if (twoSlots.has(field)) counts.set(field, (counts.get(field) ?? 0) + 1);
  };
  const flips = new Map<string, number>();
  for (const written of effects) count(flips, written);
  const layout = layOut(model, { population, points: spec.points.length, replicas: spec.replicas, flips, pairing });
  const context: KernelContext = {
    library,
    pairing,
    points: spec.points.length,
    constants: { ...constants, PARTNER_AT: layout.partnerBase ?? 0 },
  };
  const kernels: Kernel[] = [];
  const add = async (request: Parameters<typeof buildKernel>[1]): Promise<Pass> => {
    kernels.push(await buildKernel(context, request));
    return { kernel: kernels.length - 1 };
  };
  const agents = { kind: 'items', items: population } as const;

  // The initial state is in slot 0 of every field, as if no exchange had happened.
  const still = layOut(model, {
    population,
    points: spec.points.length,
    replicas: spec.replicas,
    flips: new Map(),
    pairing,
  });
  const inSlotZero = { ...still, fields: still.fields.map((field, k) => ({ ...field, base: layout.fields[k].base })) };
  const initial = agentModule(agentContext(inSlotZero, new Map()));
  const bounds = Object.fromEntries(
    Object.keys(model.init).map(field => [
      field,
      { key: key(`init:${field}`), bounds: row.init[field], last: model.fields[field].high },
    ]),
  );
  const init = [
    await add({ label: 'initial state', entry: 'step', shape: agents, agent: initial, pass: initPass(model, bounds) }),
  ];
  for (const { name, effects } of setupRules) {
    const pass = rulePass(name, 'init', effects, key(name), false);
    init.push(await add({ label: name, entry: 'step', shape: agents, agent: initial, pass, rules: [name] }));
  }

  const step: Pass[] = [];
  const before = new Map<string, number>();
  let scratchWords = worlds.length + aggregates.stride * worlds.length;
  const scratchParts: { at: number; data: Uint32Array }[] = [];
  const reserve = (cells: CellLayout): number => {
    const at = scratchWords;
    scratchWords += 2 * worlds.length * cells.cellCount;
    if (cells.terms.some(term => term.op === 'min')) scratchParts.push({ at, data: untouched(cells, worlds.length) });
    return at;
  };
  const reduce = async (
    label: string,
    cells: CellLayout,
    agent: string,
    pass: { collect: string; publish: string },
  ): Promise<Pass[]> => {
    const cellConstants = { CELLS: cells.cellCount, CELLS_AT: reserve(cells), BINS: Math.max(1, cells.binCount) };
    return [
      await add({
        label: `${label}: collect`,
        entry: 'collect',
        shape: { kind: 'collect' },
        agent,
        pass: pass.collect,
        constants: cellConstants,
      }),
      await add({
        label: `${label}: publish`,
        entry: 'publish',
        shape: { kind: 'items', items: cells.cellCount },
        agent,
        pass: pass.publish,
        constants: cellConstants,
      }),
    ];
  };
  if (pairing) {
    const pairs = { kind: 'items', items: Math.ceil(population / 2), perReplica: true } as const;
    step.push(
      await add({
        label: 'pairing',
        entry: 'pair',
        shape: pairs,
        agent: agentModule(agentContext(layout, before)),
        pass: '',
      }),
    );
  }
  if (alone) {
    const agent = agentModule(agentContext(layout, before));
    for (const rule of rules) {
      for (const { label, cells, pass } of aggregates.passesBefore(rule.name, rule.effects, effects))
        step.push(...(await reduce(label, cells, agent, pass)));
    }
    const pass = alonePass(
      rules.map(rule => ({ ...rule, key: key(rule.name), keeping: aggregates.keeping(rule.effects, effects) })),
    );
    const shape = { kind: 'items', items: 1 } as const;
    const label = `elementary update: ${model.rules.join(', ')}`;
    step.push(await add({ label, entry: 'sequential', shape, agent, pass, rules: model.rules }));
  } else {
    for (const { name, effects: own } of rules) {
      const agent = agentModule(agentContext(layout, before));
      for (const { label, cells, pass } of aggregates.passesBefore(name, own, effects))
        step.push(...(await reduce(label, cells, agent, pass)));
      const pass = rulePass(name, 'rules', own, key(name), spec.update.kind === 'activation');
      step.push(await add({ label: name, entry: 'step', shape: agents, agent, pass, rules: [name] }));
      count(before, own);
    }
  }

  // Measures and the digest, of the state after the step.
  const terms = new TermList();
  const digest = digestTerm(model, terms);
  const measureContext: MeasureContext = {
    model,
    population,
    groups,
    topology: { complete: neighborhood.file === 'complete', edges: neighborhood.edges },
  };
  const columns = Object.entries(spec.measure.measures).flatMap(([name, measure]) =>
    planMeasure(name, measure, terms, measureContext),
  );
  const cells = terms.place();
  const measure = await reduce('measures', cells, agentModule(agentContext(layout, before)), measurePasses(cells));

  const slotWords = 2 * worlds.length * cells.cellCount;
  const ringSlots = Math.max(1, Math.min(4096, Math.floor((options.ringBytes ?? 2 ** 24) / (4 * slotWords))));
  const stored = topology.graphs ? graphBuffers(topology.graphs) : undefined;
  const buffer = (words: number, ...parts: { at: number; data: Uint32Array }[]): BufferPlan => ({
    words: Math.max(1, words),
    parts,
  });
  const setupParts = [
    ...tableWords.map(({ name, data }) => ({ at: tables.get(name)!, data })),
    { at: groupsAt, data: groupNumbers },
    { at: rowsAt, data: rows },
  ];
  return {
    spec,
    population,
    worlds,
    layout,
    neighborhood,
    groups,
    buffers: {
      state: buffer(layout.words),
      setup: buffer(rowsAt + rows.length, ...setupParts),
      rows: stored ? buffer(stored.rows.length, { at: 0, data: stored.rows }) : buffer(0),
      columns: stored ? buffer(stored.columns.length, { at: 0, data: stored.columns }) : buffer(0),
      scratch: buffer(scratchWords, ...scratchParts),
      ring: buffer(ringSlots * slotWords),
    },
    kernels,
    passes: { init, step, measure },
    manyStepsAtOnce: alone,
    measures: { cells, columns, digest },
    ringSlots,
    workgroupSize,
    saturationAt: 0,
    reproducible: reproducibilityOf(kernels),
  };
}

/** Fields that a rule writes and reads at others: only these need a second slot. */
function exchanged(effects: Effects): string[] {
  return [...effects.writes].filter(field => effects.readsOfOthers.has(field));
}

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

function untouched(cells: CellLayout, worldCount: number): Uint32Array {
  const words = new Uint32Array(2 * worldCount * cells.cellCount);
  for (const term of cells.terms) {
    for (let bin = 0; bin < (term.by?.bins ?? 1); bin++) {
      for (let world = 0; world < worldCount; world++)
        words[2 * (world * cells.cellCount + term.cell + bin)] = identityOf(term);
    }
  }
  return words;
}

function reproducibilityOf(kernels: readonly Kernel[]): Plan['reproducible'] {
  const found = kernels
    .filter(kernel => kernel.shape.kind === 'items')
    .map(kernel => reproducibility(kernel.module, 'main'));
  const reasons = found.flatMap(result => result.reasons);
  return { level: reasons.length === 0 ? 'bitwise' : 'same-device', reasons };
}

function refuseReadingOthers(model: Model, rule: string, effects: Effects): void {
  for (const field of effects.readsOfOthers) {
    throw new GroundswellError({
      what: `setup rule "${rule}" reads "${field}" at other agents`,
      where: `model ${model.name}`,
      hint: 'a setup rule sees only its own agent',
    });
  }
}
