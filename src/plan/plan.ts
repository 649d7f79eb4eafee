// From a spec, its model and its topology to a plan: buffers, kernels and the passes of a step. A plan is plain data; an engine only executes it.
import { GroundswellError } from '../errors.ts';
import type { Model, RelationMatrix } from '../model/index.ts';
import { actedRules } from '../spec/intervention-spec.ts';
import type { Spec } from '../spec/spec.ts';
import type { Topology } from '../topology/index.ts';
import type { Values } from '../values/index.ts';
import { reproducibility } from '../wgsl/index.ts';
import { planAggregates } from './aggregates.ts';
import { type BufferName, type BufferPlan, buffer, filled } from './buffers.ts';
import { bundledReplicas } from './bundles.ts';
import { type CheckContext, checksOf } from './checking.ts';
import { classesOf } from './classes.ts';
import { refuseBroken } from './constraints.ts';
import { digestTerm } from './digest-text.ts';
import type { Effects } from './effects.ts';
import { elementCounts } from './elements.ts';
import type { Events } from './events.ts';
import type { RuleGroup } from './fusion.ts';
import { graphBuffers } from './graph-buffers.ts';
import type { Instrument } from './instrument.ts';
import { aimInterventions, refuseFarSight } from './interventions.ts';
import type { Kernel } from './kernels.ts';
import { layOut, layoutConstants, type StateLayout } from './layout.ts';
import { lesserDegree, matchingRounds, refuseOneSided } from './matching.ts';
import { type MeasureColumn, type MeasureContext, planMeasure } from './measures.ts';
import { agentModule, libraryModules } from './modules.ts';
import { refuseTakenNames } from './names.ts';
import { groupsOf, type Neighborhood, neighborhoodOf } from './neighborhood.ts';
import { graphsInOrder, type PlannedOrder, planOrder } from './order.ts';
import { type Pass, PassBuilder, type PassContext, type PlannedRule } from './passes.ts';
import type { Resident } from './resident.ts';
import { ruleEffects } from './rules.ts';
import { planSetup, SATURATION_AT } from './setup.ts';
import { setupInOrder } from './setup-order.ts';
import { planSlots } from './slots.ts';
import { structureOf } from './structure.ts';
import { hasParts } from './subject.ts';
import { type CellLayout, TermList } from './terms.ts';
import { type TraceRequest, traceOf } from './tracing.ts';
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
  /** The order in which agents lie in memory; absent: that of their numbers. */
  order?: PlannedOrder;
  /** How many classes of agents act in turn, and the size of the largest, where the update is `sublattice`. */
  classes?: { count: number; largest: number };
  groups: readonly { name: string; size: number }[];
  /** Roles in the order of their numbers; none where no group has any. */
  roles: readonly { name: string; size: number }[];
  /** What groups are to each other, where the spec says so. */
  relations?: RelationMatrix;
  buffers: Readonly<Record<BufferName, BufferPlan>>;
  kernels: readonly Kernel[];
  /** Run once; run for each step (a `sequential` kernel takes many steps at once); run when a step is measured. */
  passes: { init: readonly Pass[]; step: readonly Pass[]; measure: readonly Pass[] };
  /** What interventions change, and when; absent without any. */
  events?: Events;
  /** The rules of a step that share a kernel, by name, and why not with those before; empty where rules always or never do. */
  ruleGroups: readonly RuleGroup<string>[];
  /** Steps that one run of the step's passes may take: 1, or any number for `sequential`. */
  manyStepsAtOnce: boolean;
  /** All passes of a step in one kernel that takes many steps at once, for a GPU and a small population. */
  resident?: Resident;
  measures: { cells: CellLayout; columns: readonly MeasureColumn[]; digest: string };
  /** Measured steps that the ring holds. */
  ringSlots: number;
  /** Invocations per workgroup of the parallel kernels. */
  workgroupSize: number;
  /** First word of the per-world counters of clamped writes in the scratch arena. */
  saturationAt: number;
  reproducible: { level: 'bitwise' | 'same-device'; reasons: readonly { what: string; where: string }[] };
  /** What the kernels of rules do besides: checks, or a trace. Its words are the last of the scratch arena. */
  instrument?: Instrument;
}

/** How a run is planned; none of it changes a result. */
export interface PlanOptions {
  /** Invocations per workgroup on a GPU, a power of two from 32 to 256. Changes no result. Default 64. */
  workgroupSize?: number;
  /** Rules stop the run where an index is out of bounds, a divisor is 0, or a value leaves the range of its field. Slower; changes no result. Default false. */
  checked?: boolean;
  /** Tell what an agent does in a step, instead of checking. */
  trace?: TraceRequest;
  /** Consecutive rules share a kernel where that changes no result. Default true. */
  fuse?: boolean;
  /** Whether WebGPU takes a small population through many steps in a dispatch; changes no result. Default: on a GPU, but not on a device in software. */
  resident?: boolean;
  /** Bytes that the ring of measured steps may take. Default 16 MiB. */
  ringBytes?: number;
}

/** Reductions halve a workgroup again and again. */
const WORKGROUP_SIZES: readonly number[] = [32, 64, 128, 256];

/** Plans a run. Throws a `GroundswellError` when the model's rules do not compile or the population does not fit. */
export async function planRun(
  spec: Spec,
  topology: Topology,
  values: Values,
  options: PlanOptions = {},
): Promise<Plan> {
  const { model } = spec;
  const { workgroupSize = 64, ringBytes = 2 ** 24, resident } = options;
  refuseWorkgroupSize(workgroupSize);
  refuseTakenNames(model);
  const population = topology.nodeCount;
  const neighborhood = neighborhoodOf(spec, topology);
  const worlds = worldsOf(spec.points.length, spec.replicas, neighborhood.graphs);
  const groups = groupsOf(spec, topology, population);
  const update = spec.update.kind;
  const classes = update === 'sublattice' ? classesOf(topology) : undefined;
  const elements = elementCounts(spec);
  const structure = structureOf(spec, groups, values.roles);
  const aimed = aimInterventions(spec, topology, groups, values.roles);
  const context = { spec, population, worlds, neighborhood, groups, structure, values, elements };
  refuseBroken(aimed, context);
  // what an instrument tells is told of agents by number, and it changes no result
  const order = options.checked || options.trace ? undefined : planOrder(spec.topology.order, topology);
  const numbered = { ...context, classes, aimed, workgroupSize };
  const setup = planSetup(order ? setupInOrder(numbered, order) : numbered);
  const roles = (values.roles?.names ?? []).map((name, role) => ({ name, size: values.roles!.sizes[role] }));
  const groupCount = Math.max(1, groups.groups.length);
  const conditions = {
    pairing: update === 'pairing',
    complete: neighborhood.file === 'complete',
    reordered: order !== undefined,
  };
  const { complete, pairing, reordered } = conditions;
  const counts = { population, groups: groupCount, elements };
  const aggregates = planAggregates({ model, complete, worldCount: worlds.length, ...counts }, worlds.length);
  const library = libraryModules(model);
  const onGraph = pairing && !complete;
  if (onGraph) refuseOneSided(topology);
  const partnerWords = onGraph ? 2 : pairing ? 1 : 0;
  const links = worlds.filter(({ point }) => point === 0).map(({ graph }) => neighborhood.edges(graph));
  // who acts alone or in classes writes among others who do not; and what an intervention does first, the next thing that it does has to see
  const together = update !== 'sequential' && update !== 'sublattice';
  const mayPack = together && spec.interventions.every(({ does }) => does.length <= 1);
  const arena = {
    ...counts,
    points: spec.points.length,
    replicas: spec.replicas,
    bundled: 1,
    links,
    partnerWords,
    mayPack,
  } as const;
  refuseHolders(spec, complete, counts);
  const agent: PassContext['agent'] = (layout, flips, how = {}) =>
    agentModule({
      model,
      layout,
      row: setup.row,
      neighborhood,
      flips,
      ...how,
      aggregates,
      tables: setup.tables,
      update,
      reordered,
    });

  // First look: what each rule does, with every field in one slot.
  const provisional = layOut(model, arena, new Map());
  const look = async (names: readonly string[], folder: 'rules' | 'init'): Promise<PlannedRule[]> => {
    const rules: PlannedRule[] = [];
    const constants = { ...setup.constants, ...layoutConstants(provisional) };
    const sublattice = classes !== undefined;
    const looking = { library, agent: agent(provisional, new Map()), constants, conditions, sublattice };
    for (const name of names) rules.push({ name, effects: await ruleEffects(model, name, folder, looking) });
    return rules;
  };
  const rules = await look(model.rules, 'rules');
  const setupRules = await look(model.setup ?? [], 'init');
  for (const { name, effects } of setupRules) refuseReadingOthers(model, name, effects);
  const actions = await look(actedRules(spec.interventions), 'rules');
  for (const { name, effects } of actions) refuseFarSight(model, name, effects);
  for (const { effects } of rules) aggregates.refuseWideSums(effects, neighborhood.maxDegree);

  // Then the kernels, with the slots that the rules need.
  const alone = update === 'sequential';
  const effectsOfRules = rules.map(rule => rule.effects);
  const slots = planSlots(effectsOfRules, alone || classes !== undefined);
  const bundled = mayPack ? bundledReplicas(spec, neighborhood, effectsOfRules) : 1;
  const layout = layOut(model, { ...arena, bundled }, slots.perStep);
  const rounds = onGraph ? matchingRounds(population, lesserDegree(topology)) : 0;
  const worldCount = worlds.length;
  const instrument = instrumentOf(options, { model, worlds, ids: topology.graphs?.[0].ids });
  const { fuse = true } = options;
  const parts = { model, layout, setup, library, aggregates, agent, conditions, worldCount, rounds, fuse, instrument };
  const builder = new PassBuilder(parts);
  const init = await builder.initial(setupRules);
  const step = await (classes
    ? builder.byClass(rules, slots, classes)
    : alone
      ? builder.alone(rules)
      : builder.together(rules, slots, update));
  const measures = planMeasures(spec, reordered, {
    model,
    population,
    groups: groups.groups,
    roles,
    groupSize: (graph, group) => groups.sizes[(groups.perGraph ? graph * groups.groups.length : 0) + group],
    elements,
    topology: { complete, edges: neighborhood.edges },
  });
  const measure = await builder.measurement(measures.cells, slots.perStep);
  // elementary updates have their own way, and an instrument is read after every dispatch
  const mayReside = resident !== false && !alone && !instrument;
  const residentKernel = mayReside ? builder.resident(step, measure, resident === true) : undefined;

  const applications = await builder.interventions(aimed, actions);
  const events: Events = {
    segments: setup.segments,
    rowsAt: setup.constants.ROW_AT,
    rowWords: setup.row.words,
    applications,
    targets: aimed.map(({ targets }) => targets),
  };

  const slotWords = 2 * worlds.length * measures.cells.cellCount;
  const ringSlots = Math.max(1, Math.min(4096, Math.floor(ringBytes / (4 * slotWords))));
  const weights =
    neighborhood.weighted && [...rules, ...setupRules, ...actions].some(({ effects }) => usesWeights(effects));
  const stored = order ? graphsInOrder(topology.graphs!, order) : topology.graphs;
  const graphs = stored && graphBuffers(stored, { weights, offsets: neighborhood.file === 'graph' });
  return {
    spec,
    population,
    worlds,
    layout,
    neighborhood,
    ...(order && { order }),
    ...(classes && { classes: { count: classes.count, largest: classes.largest } }),
    groups: groups.groups,
    roles,
    ...(structure.relations && { relations: structure.relations }),
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
    ruleGroups: builder.groups,
    ...(aimed.length > 0 && { events }),
    manyStepsAtOnce: alone,
    ...(residentKernel && { resident: residentKernel }),
    measures,
    ringSlots,
    workgroupSize,
    saturationAt: SATURATION_AT,
    reproducible: reproducibilityOf(builder.kernels),
    ...(instrument && { instrument }),
  };
}

function instrumentOf({ checked, trace }: PlanOptions, context: CheckContext): Instrument | undefined {
  if (trace) return traceOf(context.model, trace);
  return checked ? checksOf(context) : undefined;
}

/** The measures of a spec as reductions, with the digest of the state. */
function planMeasures(spec: Spec, reordered: boolean, context: MeasureContext): Plan['measures'] {
  const terms = new TermList();
  const digest = digestTerm(context.model, terms, reordered);
  const own = spec.model.measures;
  const columns = Object.entries(spec.measure.measures)
    .filter(([name, measure]) => !Object.hasOwn(own, name) || hasParts(measure, context))
    .flatMap(([name, measure]) => planMeasure(name, measure, terms, context));
  return { cells: terms.place(), columns, digest };
}

const usesWeights = ({ names }: Effects): boolean => names.has('weight') || names.has('weight_share');

/** Refuses fields that nobody could hold. */
function refuseHolders(
  { model, update }: Spec,
  complete: boolean,
  { population, groups }: Pick<MeasureContext, 'population'> & { groups: number },
): void {
  const holders = new Set(Object.values(model.fields).map(({ holder = 'agent' }) => holder));
  if (complete && holders.has('link')) {
    const expected = 'a topology with few links for each agent';
    throw new GroundswellError({ what: 'links of a complete graph cannot have fields', where: 'topology', expected });
  }
  if (holders.has('group') && groups > population) {
    throw new GroundswellError({ what: 'more groups than agents', where: 'groups', got: `${groups} of ${population}` });
  }
  const oneByOne = update.kind === 'sequential' || update.kind === 'sublattice';
  if (oneByOne && model.groupRules?.some(rule => model.rules.includes(rule))) {
    const expected = 'an update in which all agents act together';
    throw new GroundswellError({ what: 'the model has rules of groups', where: 'update', expected, got: update.kind });
  }
}

function refuseWorkgroupSize(size: number): void {
  if (WORKGROUP_SIZES.includes(size)) return;
  const expected = `one of ${WORKGROUP_SIZES.join(', ')}`;
  throw new GroundswellError({ what: 'bad workgroup size', expected, got: String(size) });
}

function reproducibilityOf(kernels: readonly Kernel[]): Plan['reproducible'] {
  const found = kernels
    .filter(kernel => kernel.shape.kind === 'items')
    .map(({ plain, module }) => reproducibility(plain?.module ?? module, 'main'));
  const reasons = found.flatMap(result => result.reasons);
  return { level: reasons.length === 0 ? 'bitwise' : 'same-device', reasons };
}

function refuseReadingOthers(model: Model, rule: string, effects: Effects): void {
  for (const field of effects.readsOfOthers) {
    // a group's value is the same for whoever reads it, and groups start before
    if (model.fields[field].holder === 'group') continue;
    throw new GroundswellError({
      what: `setup rule "${rule}" reads "${field}" at other agents`,
      where: `model ${model.name}`,
      hint: 'a setup rule sees only its own agent, and groups',
    });
  }
}
