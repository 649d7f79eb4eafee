// Runs that differ in later interventions only are the same up to the first of them: such a run goes on from where it leaves another, instead of taking the same steps again.
import { concatRows, type Rows } from '../plan/rows.ts';
import type { ParsedSpec } from '../spec/index.ts';
import type { History, World } from './open.ts';

/** Where a run leaves another. */
export interface Branching {
  /** The number of the other run. */
  from: number;
  /** The last step that they share, at least 1. */
  step: number;
}

/** A run up to a step: what was measured, and what another needs to go on. */
export interface Branch {
  rows: Rows;
  history: History;
  /** Words of a measured row: a run that measures something else cannot go on from here. */
  cells: number;
}

/** Most words of state of a run that is kept to go on from. */
const MOST_WORDS = 2 ** 26;

/** For each run the earlier one with which it shares most steps, if any. Equal runs share none: that they are equal is for their comparison to show. */
export function branchingsOf(specs: readonly ParsedSpec[]): (Branching | undefined)[] {
  return specs.map((own, k) => {
    const shared = specs.slice(0, k).map(other => sharedSteps(other, own));
    const step = Math.max(0, ...shared);
    return step === 0 ? undefined : { from: shared.indexOf(step), step };
  });
}

function sharedSteps(one: ParsedSpec, other: ParsedSpec): number {
  const [rest, ofOther] = [one, other].map(withoutInterventions);
  if (rest.text !== ofOther.text) return 0;
  const names = new Set([...Object.keys(rest.interventions), ...Object.keys(ofOther.interventions)]);
  const differing = [...names].filter(
    name => JSON.stringify(rest.interventions[name]) !== JSON.stringify(ofOther.interventions[name]),
  );
  if (differing.length === 0) return 0;
  const all = [...one.spec.interventions, ...other.spec.interventions];
  return Math.min(...all.filter(({ name }) => differing.includes(name)).map(({ at }) => at)) - 1;
}

function withoutInterventions({ source }: ParsedSpec): { text: string; interventions: Record<string, unknown> } {
  const { interventions, ...rest } = source as Record<string, unknown>;
  return { text: JSON.stringify(rest), interventions: { ...(interventions as object) } };
}

/** The branches of a comparison, each kept from when the run that it leaves reaches it until the comparison ends. */
export class Branches {
  readonly #branchings: readonly (Branching | undefined)[];
  readonly #kept = new Map<string, Promise<Branch | undefined>>();
  readonly #arrive = new Map<string, (branch: Branch | undefined) => void>();

  constructor(specs: readonly ParsedSpec[]) {
    this.#branchings = branchingsOf(specs);
    for (const branching of this.#branchings) {
      const key = keyOf(branching);
      if (key === undefined || this.#kept.has(key)) continue;
      this.#kept.set(key, new Promise(resolve => this.#arrive.set(key, resolve)));
    }
  }

  /** Where a run goes on from, as soon as it is known; undefined where it begins at the beginning. */
  async before(run: number): Promise<Branch | undefined> {
    const key = keyOf(this.#branchings[run]);
    return key === undefined ? undefined : this.#kept.get(key);
  }

  /** The steps at which others leave a run. */
  pausesOf(run: number): number[] {
    const own = this.#branchings.filter(branching => branching?.from === run).map(branching => branching!.step);
    return [...new Set(own)].sort((a, b) => a - b);
  }

  /** Keeps a run as it is now. */
  async keep(run: number, world: World, rows: readonly Rows[]): Promise<void> {
    const { population, worlds, layout, measures } = world.plan;
    const words = worlds.length * population * layout.fields.length;
    const kept = words > MOST_WORDS ? undefined : { rows: concatRows(rows), history: await world.history(), cells: measures.cells.cellCount }; // biome-ignore format: one thought
    this.#arrive.get(keyOf({ from: run, step: world.stepCount })!)?.(kept);
  }

  /** Nobody has to wait for a run that has ended, however it did. */
  ended(run: number): void {
    for (const step of this.pausesOf(run)) this.#arrive.get(keyOf({ from: run, step })!)?.(undefined);
  }
}

const keyOf = (branching: Branching | undefined): string | undefined =>
  branching && `${branching.from} at ${branching.step}`;
