// The passes of a run, in order: initial state, a step, a measurement. Each adds its kernels; reductions also reserve their cells in the scratch arena.
import { GroundswellError } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { actedRules } from '../spec/intervention-spec.ts';
import type { ShaderModules } from '../wgsl/index.ts';
import type { FusedFields } from './accessors.ts';
import type { AggregatePlan } from './aggregates.ts';
import { type BufferPlan, buffer } from './buffers.ts';
import { MANY_STRANDS } from './bundles.ts';
import type { Classes } from './classes.ts';
import type { Effects } from './effects.ts';
import type { Events } from './events.ts';
import { groupPass } from './fused-pass.ts';
import { fuseRules, type RuleGroup } from './fusion.ts';
import type { Instrument } from './instrument.ts';
import { interventionPass } from './intervention-pass.ts';
import {
  alonePass,
  buildKernel,
  groupInitPass,
  type InitialField,
  initPass,
  type Kernel,
  type KernelContext,
  type KernelRequest,
  measurePass,
  type RuleConditions,
  rulePass,
  settleText,
} from './kernels.ts';
import { layoutConstants, type StateLayout } from './layout.ts';
import { paramsVary } from './modules.ts';
import { type Resident, residentOf } from './resident.ts';
import type { Aimed } from './settings.ts';
import type { Setup } from './setup.ts';
import type { Flips, SlotPlan } from './slots.ts';
import { type CellLayout, identityOf, type PassCells, splitCells, untouchedCells } from './terms.ts';

/** One dispatch: the number of a kernel, and which part of the step it does where it runs several times (a round of a matching), else 0. */
export interface Pass {
  kernel: number;
  part: number;
}

/** A rule and what it does. */
export interface PlannedRule {
  name: string;
  effects: Effects;
}

export interface PassContext {
  model: Model;
  layout: StateLayout;
  setup: Setup;
  library: ShaderModules;
  aggregates: AggregatePlan;
  /** The text of the agent module after these exchanges of slots. */
  agent(layout: StateLayout, flips: Flips, how?: { inPlace?: boolean; fused?: FusedFields }): string;
  conditions: RuleConditions;
  worldCount: number;
  /** Rounds of a step's matching on a graph. */
  rounds: number;
  /** Whether consecutive rules share a kernel where they may. */
  fuse: boolean;
  instrument?: Instrument;
}

export class PassBuilder {
  readonly kernels: Kernel[] = [];
  /** The rules of a step that share a kernel, by name, and why not with those before. */
  readonly groups: RuleGroup<string>[] = [];
  /** What each kernel was made from. */
  readonly #requests: KernelRequest[] = [];
  readonly #context: PassContext;
  readonly #scratchParts: { at: number; data: Uint32Array }[] = [];
  #scratchWords: number;

  constructor(context: PassContext) {
    this.#context = context;
    this.#scratchWords = context.worldCount * (1 + context.aggregates.stride);
  }

  /** Counters of clamped writes, aggregates, the cells of all reductions, and at the end the words of an instrument. */
  get scratch(): BufferPlan {
    return buffer(this.#scratchWords + (this.#context.instrument?.words ?? 0), this.#scratchParts);
  }

  /** How a rule gets its parameters: its agent's own where they vary. */
  #loadParams(rule: string, actor: 'agent' | 'group', effects: Effects): string {
    const { row } = this.#context.setup;
    if (!paramsVary(row)) return 'load_params();';
    if (actor === 'group' && effects.names.has('param')) {
      const names = Object.keys(row.agentParams).map(name => `"${name}"`);
      throw new GroundswellError({
        what: `the rule "${rule}" runs for groups, but ${names.join(', ')} differs between agents`,
        where: 'params',
        hint: 'give it one value for all',
      });
    }
    return 'load_params(me);';
  }

  /** What draws go by: the number by which the user knows an agent or a group. */
  #numberOf(actor: 'agent' | 'group'): string {
    return this.#context.conditions.reordered && actor === 'agent' ? 'agent_number(me)' : 'me';
  }

  /** The initial state is in slot 0 of every field, as if no exchange had happened. */
  async initial(setupRules: readonly PlannedRule[]): Promise<Pass[]> {
    const { model, layout, setup } = this.#context;
    const still = { ...layout, fields: layout.fields.map(field => ({ ...field, slots: 1 as const, flipsPerStep: 0 })) };
    const agent = this.#context.agent(still, new Map());
    const starts = initialFields(model, setup);
    const passes = [
      await this.#forAll('initial state', layout.population, agent, {
        pass: initPass(still, starts, this.#numberOf('agent')),
        written: Object.keys(model.fields),
      }),
    ];
    if (layout.fields.some(({ holder }) => holder === 'group')) {
      passes.push(
        await this.#forAll('initial state of groups', layout.groups, agent, {
          pass: groupInitPass(still, starts),
          written: [],
        }),
      );
    }
    for (const { name, effects } of setupRules) {
      const actor = this.#actorOf(name);
      const loadParams = this.#loadParams(name, actor, effects);
      const how = { actors: 'everyone', loadParams, number: this.#numberOf(actor) } as const;
      const pass = rulePass(name, 'init', effects, setup.key(name), how);
      passes.push(
        await this.#forAll(name, itemsOf(layout, actor), agent, { pass, written: effects.writes, rules: [name] }),
      );
    }
    return passes;
  }

  /** All rules for all agents, or for those that the coin picks: the matching first where agents pair, aggregates before the rules that read them. */
  async together(rules: readonly PlannedRule[], slots: SlotPlan, update: string): Promise<Pass[]> {
    const { layout } = this.#context;
    const passes: Pass[] = [];
    let flips: Flips = new Map();
    if (update === 'pairing') passes.push(...(await this.#matching()));
    for (const group of this.#groups(rules, false)) {
      const [first] = group.rules;
      const agent = this.#context.agent(layout, flips);
      passes.push(...(await this.#aggregatesBefore(first, rules, agent)));
      const items = itemsOf(layout, this.#actorOf(first.name));
      passes.push(await this.#ruleKernel(group.rules, { flips, slots, update, items }));
      flips = group.rules.reduce((done, { effects }) => slots.after(done, effects), flips);
    }
    return passes;
  }

  /** Class by class: derived rules for everyone, the others for the agents of the class, aggregates before those that read them. The classes share the kernels. */
  async byClass(rules: readonly PlannedRule[], slots: SlotPlan, { count, largest }: Classes): Promise<Pass[]> {
    const { layout } = this.#context;
    const flips: Flips = new Map();
    const agent = this.#context.agent(layout, flips);
    const turn: Pass[] = [];
    for (const group of this.#groups(rules, true)) {
      const [first] = group.rules;
      turn.push(...(await this.#aggregatesBefore(first, rules, agent)));
      const items = this.#isDerived(first) ? layout.population : largest;
      turn.push(await this.#ruleKernel(group.rules, { flips, slots, update: 'sublattice', items }));
    }
    return Array.from({ length: count }, (_, part) => turn.map(pass => ({ ...pass, part }))).flat();
  }

  /** Rules that share a kernel. */
  #groups(rules: readonly PlannedRule[], classes: boolean): RuleGroup<PlannedRule>[] {
    if (!this.#context.fuse) return rules.map(rule => ({ rules: [rule] }));
    const { layout, aggregates } = this.#context;
    const all = rules.map(({ effects }) => effects);
    const twoSlots = new Set(layout.fields.filter(({ slots }) => slots === 2).map(({ name }) => name));
    const fusible = rules.map(rule => ({
      ...rule,
      actor: this.#actorOf(rule.name),
      forEveryone: classes && this.#isDerived(rule),
      aggregates: aggregates.namesBefore(rule.name, rule.effects, all),
    }));
    const groups = fuseRules(fusible, { twoSlots, classes, manyPoints: layout.strands >= MANY_STRANDS });
    this.groups.push(...groups.map(group => ({ ...group, rules: group.rules.map(({ name }) => name) })));
    return groups;
  }

  /** The kernel of one rule, or of several that follow each other. */
  #ruleKernel(
    rules: readonly PlannedRule[],
    { flips, slots, update, items }: { flips: Flips; slots: SlotPlan; update: string; items: number },
  ): Promise<Pass> {
    const { layout, setup } = this.#context;
    const [first] = rules;
    const actor = this.#actorOf(first.name);
    const actors = update === 'sublattice' && !this.#isDerived(first) ? 'class' : 'everyone';
    const made = rules.map(rule => ({
      ...rule,
      key: setup.key(rule.name),
      loadParams: this.#loadParams(rule.name, actor, rule.effects),
      active: update === 'activation' && actor === 'agent' && !this.#isDerived(rule),
    }));
    const isInPlace = (field: string): boolean => this.#context.model.fields[field].holder === 'link';
    const number = this.#numberOf(actor);
    const { fused, ...pass } = groupPass(made, { actors, flips, slots, isInPlace, number });
    const names = rules.map(({ name }) => name);
    const agent = this.#context.agent(layout, flips, { fused });
    return this.#forAll(names.join(' + '), items, agent, { ...pass, rules: names });
  }

  #isDerived({ name }: PlannedRule): boolean {
    return this.#context.model.derived?.includes(name) ?? false;
  }

  /** A perfect matching of everyone, or rounds of a maximal one along the edges of a graph. */
  async #matching(): Promise<Pass[]> {
    const { layout, rounds } = this.#context;
    const common = { agent: this.#context.agent(layout, new Map()), pass: '' };
    if (layout.candidateBase === undefined) {
      const shape = { kind: 'items', items: Math.ceil(layout.population / 2), perBundle: true } as const;
      return [await this.#add({ label: 'pairing', entry: 'pair', shape, ...common })];
    }
    const shape = { kind: 'items', items: layout.population, perBundle: true } as const;
    const propose = await this.#add({ label: 'matching: propose', entry: 'propose', shape, ...common });
    const accept = await this.#add({ label: 'matching: accept', entry: 'accept', shape, ...common });
    // nobody to meet, nobody paired: one round also clears the partners of the step before
    return Array.from({ length: Math.max(1, rounds) }, (_, part) =>
      [propose, accept].map(pass => ({ ...pass, part })),
    ).flat();
  }

  /** What interventions do to agents, in the state before a step; one pass for each of them that does something. */
  async interventions(
    aimed: readonly Aimed[],
    rules: readonly PlannedRule[],
  ): Promise<Events['applications'][number][]> {
    const { model, layout, setup } = this.#context;
    const agent = this.#context.agent(layout, new Map(), { inPlace: true });
    const applications: Events['applications'][number][] = [];
    for (const { intervention } of aimed) {
      const { name, does, target } = intervention;
      if (does.length === 0) continue;
      const pass = interventionPass({
        model,
        does,
        where: target.where,
        mask: setup.row.targets[name],
        number: this.#numberOf('agent'),
        placeOf: source => setup.row.writes.get(source)!,
        ruleOf: rule => {
          const { effects } = rules.find(other => other.name === rule)!;
          return { effects, key: setup.key(rule), loadParams: this.#loadParams(rule, 'agent', effects) };
        },
      });
      const label = `intervention ${name}`;
      const acted = actedRules([intervention]);
      const passes = [await this.#forAll(label, layout.population, agent, { ...pass, rules: acted })];
      applications.push({ intervention, passes });
    }
    return applications;
  }

  /** Elementary updates, many in one dispatch; aggregates are counted once and then kept up to date. */
  async alone(rules: readonly PlannedRule[]): Promise<Pass[]> {
    const { layout, setup, aggregates } = this.#context;
    const agent = this.#context.agent(layout, new Map());
    const passes: Pass[] = [];
    for (const rule of rules) passes.push(...(await this.#aggregatesBefore(rule, rules, agent)));
    const all = rules.map(rule => rule.effects);
    const pass = alonePass(
      rules.map(rule => ({ ...rule, key: setup.key(rule.name), keeping: aggregates.keeping(rule.effects, all) })),
      paramsVary(setup.row) ? 'load_params(me);' : 'load_params();',
      this.#numberOf('agent'),
    );
    const names = rules.map(rule => rule.name);
    const label = `elementary update: ${names.join(', ')}`;
    const shape = { kind: 'items', items: 1 } as const;
    passes.push(await this.#add({ label, entry: 'sequential', shape, agent, pass, rules: names }));
    return passes;
  }

  /** A measurement of the state after a step. */
  async measurement(cells: CellLayout, flips: Flips): Promise<Pass[]> {
    const agent = this.#context.agent(this.#context.layout, flips);
    const runs = splitCells(cells);
    const passes: Pass[] = [];
    for (const [k, run] of runs.entries()) {
      const label = runs.length === 1 ? 'measures' : `measures, part ${k + 1} of ${runs.length}`;
      passes.push(...(await this.#reduce(label, run, agent, measurePass(run, cells.cellCount))));
    }
    return passes;
  }

  async #aggregatesBefore(rule: PlannedRule, rules: readonly PlannedRule[], agent: string): Promise<Pass[]> {
    const all = rules.map(other => other.effects);
    const before = this.#context.aggregates.passBefore(rule.name, rule.effects, all);
    return before ? this.#reduce(before.label, before.cells, agent, before.pass) : [];
  }

  /** Who runs a rule. */
  #actorOf(rule: string): 'agent' | 'group' {
    return this.#context.model.groupRules?.includes(rule) ? 'group' : 'agent';
  }

  async #reduce(
    label: string,
    cells: PassCells,
    agent: string,
    pass: { collect: string; publish: string },
  ): Promise<Pass[]> {
    const constants = { CELLS: cells.cellCount, CELLS_AT: this.#reserve(cells), BINS: Math.max(1, cells.binCount) };
    const collect = { entry: 'collect', shape: { kind: 'collect' }, pass: pass.collect } as const;
    const publish = { entry: 'publish', shape: { kind: 'items', items: cells.cellCount }, pass: pass.publish } as const;
    return [
      await this.#add({ label: `${label}: collect`, agent, constants, ...collect }),
      await this.#add({ label: `${label}: publish`, agent, constants, ...publish }),
    ];
  }

  /** First word of the cells of all worlds, which start at the neutral elements of their reductions. */
  #reserve(cells: PassCells): number {
    const { worldCount } = this.#context;
    const at = this.#scratchWords;
    this.#scratchWords += 2 * worldCount * cells.cellCount;
    if (cells.terms.some(term => identityOf(term) !== 0)) {
      this.#scratchParts.push({ at, data: untouchedCells(cells, worldCount) });
    }
    return at;
  }

  /** A kernel of `step`; `written` are the fields that it writes. */
  #forAll(
    label: string,
    items: number,
    agent: string,
    { pass, written, rules = [] }: { pass: string; written: Iterable<string>; rules?: readonly string[] },
  ): Promise<Pass> {
    const shape = { kind: 'items', items, byWords: true } as const;
    const text = `${pass}\n${settleText(written, this.#context.layout)}`;
    return this.#add({ label, entry: 'step', shape, agent, pass: text, rules, constants: { ITEMS: items } });
  }

  /** All passes of a step in one kernel, and of a measurement too, where they suit it. */
  resident(step: readonly Pass[], measure: readonly Pass[], inSoftware: boolean): Resident | undefined {
    return residentOf({
      inSoftware,
      step,
      measure,
      requests: this.#requests,
      layout: this.#context.layout,
      context: this.#kernelContext,
    });
  }

  get #kernelContext(): KernelContext {
    const { library, setup, layout, conditions, instrument } = this.#context;
    const constants = { ...setup.constants, ...layoutConstants(layout) };
    return { library, conditions, strands: layout.strands, constants, instrument };
  }

  async #add(request: KernelRequest): Promise<Pass> {
    this.kernels.push(await buildKernel(this.#kernelContext, request));
    this.#requests.push(request);
    return { kernel: this.kernels.length - 1, part: 0 };
  }
}

/** How each field starts; shares remain where some world has them. */
function initialFields(model: Model, { key, row, mixed }: Setup): Record<string, InitialField> {
  const fields = Object.keys(model.fields).map((name): [string, InitialField] => {
    const values = row.starts[name];
    const bounds = row.init[name];
    if (bounds === undefined || (values !== undefined && !mixed(name))) return [name, { values }];
    return [name, { values, shares: { key: key(`init:${name}`), bounds, last: model.fields[name].high } }];
  });
  return Object.fromEntries(fields);
}

/** How many run a rule in a world. */
function itemsOf({ population, groups }: StateLayout, actor: 'agent' | 'group'): number {
  return actor === 'group' ? groups : population;
}
