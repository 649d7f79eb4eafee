// The passes of a run, in order: initial state, a step, a measurement. Each adds its kernels; reductions also reserve their cells in the scratch arena.
import { GroundswellError } from '../errors.ts';
import type { Model } from '../model/index.ts';
import type { ShaderModules } from '../wgsl/index.ts';
import type { AggregatePlan } from './aggregates.ts';
import { type BufferPlan, buffer } from './buffers.ts';
import type { Effects } from './effects.ts';
import {
  alonePass,
  buildKernel,
  groupInitPass,
  type InitialField,
  initPass,
  type Kernel,
  type KernelRequest,
  measurePasses,
  type RuleConditions,
  rulePass,
} from './kernels.ts';
import type { StateLayout } from './layout.ts';
import { paramsVary } from './modules.ts';
import type { Setup } from './setup.ts';
import type { Flips, SlotPlan } from './slots.ts';
import { type CellLayout, identityOf } from './terms.ts';

/** One dispatch: the number of a kernel. */
export interface Pass {
  kernel: number;
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
  agent(layout: StateLayout, flips: Flips): string;
  conditions: RuleConditions;
  worldCount: number;
}

export class PassBuilder {
  readonly kernels: Kernel[] = [];
  readonly #context: PassContext;
  readonly #scratchParts: { at: number; data: Uint32Array }[] = [];
  #scratchWords: number;

  constructor(context: PassContext) {
    this.#context = context;
    this.#scratchWords = context.worldCount * (1 + context.aggregates.stride);
  }

  /** Counters of clamped writes, aggregates, and the cells of all reductions. */
  get scratch(): BufferPlan {
    return buffer(this.#scratchWords, this.#scratchParts);
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

  /** The initial state is in slot 0 of every field, as if no exchange had happened. */
  async initial(setupRules: readonly PlannedRule[]): Promise<Pass[]> {
    const { model, layout, setup } = this.#context;
    const still = { ...layout, fields: layout.fields.map(field => ({ ...field, slots: 1 as const, flipsPerStep: 0 })) };
    const agent = this.#context.agent(still, new Map());
    const passes = [await this.#forAll('initial state', 'agent', agent, initPass(still, initialFields(model, setup)))];
    if (layout.fields.some(({ holder }) => holder === 'group')) {
      passes.push(await this.#forAll('initial state of groups', 'group', agent, groupInitPass(still)));
    }
    for (const { name, effects } of setupRules) {
      const actor = this.#actorOf(name);
      const how = { coin: false, loadParams: this.#loadParams(name, actor, effects) };
      const pass = rulePass(name, 'init', effects, setup.key(name), how);
      passes.push(await this.#forAll(name, actor, agent, pass, [name]));
    }
    return passes;
  }

  /** All rules for all agents: the matching first where agents pair, aggregates before the rules that read them. */
  async together(rules: readonly PlannedRule[], slots: SlotPlan, update: string): Promise<Pass[]> {
    const { layout, setup } = this.#context;
    const passes: Pass[] = [];
    let flips: Flips = new Map();
    if (update === 'pairing') {
      const shape = { kind: 'items', items: Math.ceil(layout.population / 2), perReplica: true } as const;
      const agent = this.#context.agent(layout, flips);
      passes.push(await this.#add({ label: 'pairing', entry: 'pair', shape, agent, pass: '' }));
    }
    for (const rule of rules) {
      const agent = this.#context.agent(layout, flips);
      passes.push(...(await this.#aggregatesBefore(rule, rules, agent)));
      const actor = this.#actorOf(rule.name);
      const loadParams = this.#loadParams(rule.name, actor, rule.effects);
      const how = { coin: update === 'activation' && actor === 'agent', loadParams };
      const pass = rulePass(rule.name, 'rules', rule.effects, setup.key(rule.name), how);
      passes.push(await this.#forAll(rule.name, actor, agent, pass, [rule.name]));
      flips = slots.after(flips, rule.effects);
    }
    return passes;
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
    );
    const names = rules.map(rule => rule.name);
    const label = `elementary update: ${names.join(', ')}`;
    const shape = { kind: 'items', items: 1 } as const;
    passes.push(await this.#add({ label, entry: 'sequential', shape, agent, pass, rules: names }));
    return passes;
  }

  /** A measurement of the state after a step. */
  measurement(cells: CellLayout, flips: Flips): Promise<Pass[]> {
    return this.#reduce('measures', cells, this.#context.agent(this.#context.layout, flips), measurePasses(cells));
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
    cells: CellLayout,
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
  #reserve(cells: CellLayout): number {
    const { worldCount } = this.#context;
    const at = this.#scratchWords;
    this.#scratchWords += 2 * worldCount * cells.cellCount;
    if (cells.terms.some(term => identityOf(term) !== 0)) {
      this.#scratchParts.push({ at, data: untouched(cells, worldCount) });
    }
    return at;
  }

  #forAll(
    label: string,
    actor: 'agent' | 'group',
    agent: string,
    pass: string,
    rules: readonly string[] = [],
  ): Promise<Pass> {
    const { population, groups } = this.#context.layout;
    const items = actor === 'group' ? groups : population;
    return this.#add({
      label,
      entry: 'step',
      shape: { kind: 'items', items },
      agent,
      pass,
      rules,
      constants: { ITEMS: items },
    });
  }

  async #add(request: KernelRequest): Promise<Pass> {
    const { library, setup, layout, conditions } = this.#context;
    const constants = { ...setup.constants, PARTNER_AT: layout.partnerBase ?? 0 };
    this.kernels.push(await buildKernel({ library, conditions, points: layout.points, constants }, request));
    return { kernel: this.kernels.length - 1 };
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

function untouched(cells: CellLayout, worldCount: number): Uint32Array {
  const words = new Uint32Array(2 * worldCount * cells.cellCount);
  for (const term of cells.terms) {
    for (let bin = 0; bin < (term.by?.bins ?? 1); bin++) {
      for (let world = 0; world < worldCount; world++) {
        words[2 * (world * cells.cellCount + term.cell + bin)] = identityOf(term);
      }
    }
  }
  return words;
}
