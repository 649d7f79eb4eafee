// From a spec, its model and its topology to a plan: buffers, kernels and the passes of a step. A plan is plain data; an engine only executes it.
import { GroundswellError } from '../errors.ts';
import type { Model } from '../model/index.ts';
import type { Spec } from '../spec/spec.ts';
import type { Topology } from '../topology/index.ts';
import { reproducibility } from '../wgsl/index.ts';
import { planAggregates } from './aggregates.ts';
import { type BufferName, type BufferPlan, buffer, filled } from './buffers.ts';
import type { Effects } from './effects.ts';
import type { Kernel } from './kernels.ts';
import { layOut, type StateLayout } from './layout.ts';
import { digestTerm, type MeasureColumn, type MeasureContext, planMeasure } from './measures.ts';
import { agentModule, libraryModules } from './modules.ts';
import { refuseTakenNames } from './names.ts';
import { graphBuffers, groupsOf, type Neighborhood, neighborhoodOf } from './neighborhood.ts';
import { type Pass, PassBuilder, type PlannedRule } from './passes.ts';
import { ruleEffects } from './rules.ts';
import { planSetup, SATURATION_AT } from './setup.ts';
import { type Flips, planSlots } from './slots.ts';
import { type CellLayout, TermList } from './terms.ts';
import { type WorldPlan, worldsOf } from './worlds.ts';

export { BUFFERS, type BufferName, type BufferPlan } from './buffers.ts';
export type { Pass } from './passes.ts';

/** All that an engine needs for a run, as plain data. Its parts are internal and may change; `explainPlan` prints them. */
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

/** How a run is planned; none of it changes a result. */
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
  const { workgroupSize = 64, ringBytes = 2 ** 24 } = options;
  refuseWorkgroupSize(workgroupSize);
  refuseTakenNames(model);
  const population = topology.nodeCount;
  const neighborhood = neighborhoodOf(spec, topology);
  const worlds = worldsOf(spec.points.length, spec.replicas, neighborhood.graphs);
  const groups = groupsOf(spec, topology, population);
  const setup = planSetup({ spec, population, worlds, neighborhood, groups, workgroupSize });
  const aggregates = planAggregates(model, neighborhood, population, worlds.length);
  const library = libraryModules(model);
  const update = spec.update.kind;
  const pairing = update === 'pairing';
  const arena = { population, points: spec.points.length, replicas: spec.replicas, pairing };
  const agent = (layout: StateLayout, flips: Flips): string =>
    agentModule({
      model,
      layout,
      row: setup.row,
      neighborhood: neighborhood.file,
      flips,
      aggregates: { at: worlds.length, stride: aggregates.stride, words: aggregates.words },
      tables: setup.tables,
      update,
    });

  // First look: what each rule does, with every field in one slot.
  const provisional = layOut(model, { ...arena, flips: new Map() });
  const look = async (names: readonly string[], folder: 'rules' | 'init'): Promise<PlannedRule[]> => {
    const rules: PlannedRule[] = [];
    const constants = { ...setup.constants, PARTNER_AT: provisional.partnerBase ?? 0 };
    const context = {
      library,
      agent: agent(provisional, new Map()),
      complete: neighborhood.file === 'complete',
      constants,
      pairing,
    };
    for (const name of names) rules.push({ name, effects: await ruleEffects(model, name, folder, context) });
    return rules;
  };
  const rules = await look(model.rules, 'rules');
  const setupRules = await look(model.setup ?? [], 'init');
  for (const { name, effects } of setupRules) refuseReadingOthers(model, name, effects);
  for (const { effects } of rules) aggregates.refuseWideSums(effects);

  // Then the kernels, with the slots that the rules need.
  const alone = update === 'sequential';
  const slots = planSlots(
    rules.map(rule => rule.effects),
    alone,
  );
  const layout = layOut(model, { ...arena, flips: slots.perStep });
  const builder = new PassBuilder({ model, layout, setup, library, aggregates, agent, worldCount: worlds.length });
  const init = await builder.initial(setupRules);
  const step = alone ? await builder.alone(rules) : await builder.together(rules, slots, update);
  const measures = planMeasures(spec, {
    model,
    population,
    groups: groups.groups,
    topology: { complete: neighborhood.file === 'complete', edges: neighborhood.edges },
  });
  const measure = await builder.measurement(measures.cells, slots.perStep);

  const slotWords = 2 * worlds.length * measures.cells.cellCount;
  const ringSlots = Math.max(1, Math.min(4096, Math.floor(ringBytes / (4 * slotWords))));
  const graphs = topology.graphs && graphBuffers(topology.graphs);
  return {
    spec,
    population,
    worlds,
    layout,
    neighborhood,
    groups: groups.groups,
    buffers: {
      state: buffer(layout.words),
      setup: setup.buffer,
      rows: filled(graphs?.rows),
      columns: filled(graphs?.columns),
      scratch: builder.scratch,
      ring: buffer(ringSlots * slotWords),
    },
    kernels: builder.kernels,
    passes: { init, step, measure },
    manyStepsAtOnce: alone,
    measures,
    ringSlots,
    workgroupSize,
    saturationAt: SATURATION_AT,
    reproducible: reproducibilityOf(builder.kernels),
  };
}

/** The measures of a spec as reductions, with the digest of the state. */
function planMeasures(spec: Spec, context: MeasureContext): Plan['measures'] {
  const terms = new TermList();
  const digest = digestTerm(context.model, terms);
  const columns = Object.entries(spec.measure.measures).flatMap(([name, measure]) =>
    planMeasure(name, measure, terms, context),
  );
  return { cells: terms.place(), columns, digest };
}

function refuseWorkgroupSize(size: number): void {
  if (WORKGROUP_SIZES.includes(size)) return;
  const expected = `one of ${WORKGROUP_SIZES.join(', ')}`;
  throw new GroundswellError({ what: 'bad workgroup size', expected, got: String(size) });
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
