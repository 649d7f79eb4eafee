// Scenarios: each with its control, levers and cases on the same draws, and verdicts once all are known, since the more is checked, the more is found by chance.
import { chooseEngine } from '../engine/choose.ts';
import { GroundswellError } from '../errors.ts';
import { holm } from './holm.ts';
import type { SpecLike } from './open.ts';
import { type LeverResult, type ScenarioNumbers, scenarioNumbers, type ToldEffect } from './scenario-result.ts';
import { type PlannedScenario, planScenario, type ScenarioOptions } from './scenario-sides.ts';
import { runSides } from './sides.ts';
import { type Turns, takeTurns, turnsOn } from './turns.ts';

/** A lever's or a scenario's effect with what it is worth among all of its kind. */
export interface Judged<Verdict extends string> {
  verdict: Verdict;
  /** The p-value after Holm's correction. */
  adjusted: number;
}

/** A scenario with verdicts. */
export interface ScenarioResult
  extends Omit<ScenarioNumbers, 'levers'>,
    Judged<'there' | 'not there' | 'the other way'> {
  levers: readonly JudgedLever[];
}

/** A lever with verdicts. */
export interface JudgedLever extends LeverResult, Judged<'helps' | 'no effect' | 'harms'> {
  /** Alignments other than the headline that it moves: down is a cost to them. */
  moved: readonly { measure: string; to: 'down' | 'up' }[];
}

/** A scenario that did not run to its end. */
export interface FailedScenario {
  name: string;
  error: unknown;
  message: string;
}

/** What a suite showed. */
export interface Suite {
  scenarios: readonly ScenarioResult[];
  failed: readonly FailedScenario[];
  /** Factor of the populations. */
  scale: number;
  /** Checks that the verdicts are corrected for. */
  checks: { scenarios: number; levers: number; alignments: number };
  engine: string;
  seconds: number;
}

/** A spec with its name, and how it is read where that differs from others. */
export interface NamedSpec {
  name: string;
  spec: SpecLike;
  options?: Pick<ScenarioOptions, 'readFile'>;
}

export interface SuiteOptions extends ScenarioOptions {
  /** Called after every scenario, with how many are done. */
  onScenario?(told: ScenarioNumbers | FailedScenario, number: number, of: number): void;
}

/** Level of the verdicts, after the correction. */
export const VERDICT_LEVEL = 0.05;

/**
 * Runs every scenario. Throws a `GroundswellError` for whatever is wrong with what is written, before anything runs; a scenario that fails later is told among those that `failed`.
 */
export async function runSuite(specs: readonly NamedSpec[], options: SuiteOptions = {}): Promise<Suite> {
  const begun = performance.now();
  const { onScenario, ...shared } = options;
  refuseTwins(specs.map(({ name }) => name));
  const planned = specs.map(({ name, spec, options: own }) => ({ plan: planScenario(name, spec, { ...shared, ...own }), own })); // biome-ignore format: one thought
  const { atOnce, share } = await turnsOf(
    planned.map(({ plan }) => plan),
    shared,
  );
  const told: (ScenarioNumbers | FailedScenario)[] = [];
  let done = 0;
  let engine = '';
  await takeTurns({ count: planned.length, atOnce }, async number => {
    const { plan, own } = planned[number];
    try {
      const run = await runScenario(plan, { ...shared, ...share, ...own });
      engine = run.device;
      told[number] = run.told;
    } catch (error) {
      options.signal?.throwIfAborted();
      told[number] = { name: plan.name, error, message: error instanceof Error ? error.message : String(error) };
    }
    onScenario?.(told[number], ++done, planned.length);
  });
  const failed = told.filter((scenario): scenario is FailedScenario => 'error' in scenario);
  const numbers = told.filter((scenario): scenario is ScenarioNumbers => !('error' in scenario));
  const { scale = 1 } = options;
  return { ...judge(numbers), failed, scale, engine, seconds: (performance.now() - begun) / 1000 };
}

/** How the scenarios take turns: the engine is opened once to see which it is. */
async function turnsOf(plans: readonly PlannedScenario[], options: ScenarioOptions): Promise<Turns> {
  const agents = Math.max(...plans.map(({ parsed: { spec } }) => (spec.population ?? 0) * spec.replicas));
  if (plans.length === 1 || options.openEngine) return { atOnce: 1, share: {} };
  const { engine } = await chooseEngine(options.engine ?? 'auto', { agents, threads: options.threads });
  await engine.dispose();
  return turnsOn(engine.info, agents, options);
}

async function runScenario(plan: PlannedScenario, options: ScenarioOptions) {
  const begun = performance.now();
  const runs = await runSides(plan.sides.map(({ side }) => side), options); // biome-ignore format: one thought
  const told = scenarioNumbers(plan, runs, (performance.now() - begun) / 1000);
  return { told, device: runs[0].engine.device };
}

/** The verdicts: the headline effects of all scenarios are one family of checks, those of all levers another, and what levers do to other alignments a third. */
export function judge(numbers: readonly ScenarioNumbers[]): Pick<Suite, 'scenarios' | 'checks'> {
  const levers = numbers.flatMap(scenario => scenario.levers);
  const alignmentsOf = (scenario: ScenarioNumbers, { others }: LeverResult): ToldEffect[] =>
    others.filter(({ measure }) => scenario.alignments.some(alignment => alignment.measure === measure));
  const sideEffects = numbers.flatMap(scenario => scenario.levers.flatMap(lever => alignmentsOf(scenario, lever)));
  const [ofScenarios, ofLevers, ofSideEffects] = [numbers.map(({ headline }) => headline), levers.map(({ headline }) => headline), sideEffects].map(adjust); // biome-ignore format: one thought
  const scenarios = numbers.map((scenario): ScenarioResult => {
    const wanted = scenario.moves === 'up' ? 1 : -1;
    const adjusted = ofScenarios.get(scenario.headline)!;
    const judgedLevers = scenario.levers.map((lever): JudgedLever => {
      const own = ofLevers.get(lever.headline)!;
      const moved = alignmentsOf(scenario, lever)
        .filter(effect => ofSideEffects.get(effect)! < VERDICT_LEVEL)
        .map(({ measure, lastQuarter }) => ({ measure, to: lastQuarter.effect.mean < 0 ? ('down' as const) : ('up' as const) })); // biome-ignore format: one thought
      return { ...lever, adjusted: own, verdict: verdictOf(lever.headline, own, -wanted, ['helps', 'no effect', 'harms']), moved }; // biome-ignore format: one thought
    });
    const verdict = verdictOf(scenario.headline, adjusted, wanted, ['there', 'not there', 'the other way']);
    return { ...scenario, adjusted, verdict, levers: judgedLevers };
  });
  return { scenarios, checks: { scenarios: numbers.length, levers: levers.length, alignments: sideEffects.length } };
}

function adjust(effects: readonly ToldEffect[]): Map<ToldEffect, number> {
  const adjusted = holm(effects.map(({ p }) => p));
  return new Map(effects.map((effect, k) => [effect, adjusted[k]]));
}

function verdictOf<V extends string>(
  { lastQuarter }: ToldEffect,
  adjusted: number,
  wanted: number,
  [as, none, against]: readonly [V, V, V],
): V {
  if (!(adjusted < VERDICT_LEVEL)) return none;
  return Math.sign(lastQuarter.effect.mean) === wanted ? as : against;
}

function refuseTwins(names: readonly string[]): void {
  const twin = names.find((name, k) => names.indexOf(name) !== k);
  if (names.length === 0) throw new GroundswellError({ what: 'there are no scenarios', expected: 'at least one spec' });
  if (twin === undefined) return;
  const hint = 'rename one of the files';
  throw new GroundswellError({ what: `two scenarios have the name "${twin}"`, hint });
}
