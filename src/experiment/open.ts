// A run to take step by step: a prepared plan on an engine, with results in logical values.
import { type ChosenEngine, chooseEngine, type EngineName } from '../engine/choose.ts';
import type { Engine, EngineInfo, Population, Snapshot, StepOptions } from '../engine/engine.ts';
import { GroundswellError, suggest } from '../errors.ts';
import { decodeValue } from '../model/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { Rows } from '../plan/rows.ts';
import { createDigestChain, hex64 } from '../record/digest.ts';
import type { SpecInput } from '../spec/index.ts';
import { type Prepared, type PrepareOptions, prepare } from './prepare.ts';

/** How a run is prepared, and on which engine. */
export interface OpenOptions extends PrepareOptions {
  /** Default `auto`: a real GPU for large populations, otherwise the CPU. */
  engine?: EngineName;
  /** Opens an engine of one's own, instead of one by name. */
  openEngine?: () => Promise<Engine>;
  /** Threads of the CPU engine, among which worlds are shared out. Default: one per core; one for small runs. */
  threads?: number;
  /** Whether the CPU engine leaves this thread free even where one thread would do. Default false. */
  inBackground?: boolean;
}

/** A spec as an object, as text, or as read from a file. */
export type SpecLike = SpecInput | Readonly<Record<string, unknown>>;

/** A population of a run, to step and to look at. Dispose of it, or declare it with `await using`. */
export interface World extends AsyncDisposable {
  /** Buffers, kernels and passes. */
  readonly plan: Plan;
  /** Spec, topology and plan. */
  readonly prepared: Prepared;
  /** What it is computed on, and why there. */
  readonly engine: EngineInfo & { reason: string };
  /** Steps taken so far. */
  readonly stepCount: number;
  /**
   * Takes steps; measures the initial state, every `every`-th step (default 1; 0: none) and the last of the call; or the steps of a `schedule`, such as that of
   * the spec, `prepared.spec.measure.schedule`.
   */
  step(count: number, options?: StepOptions): Promise<void>;
  /** Rows measured since the last call: one per world and measured step. */
  rows(): Promise<Rows>;
  /** A field's values in all worlds, world-major; fixed-point fields as Float64Array. */
  read(field: string): Promise<Int32Array | Uint32Array | Float64Array>;
  /** Digest of the history so far: 16 hexadecimal digits over all rows taken by `rows`, equal on every engine. */
  digest(): string;
  /** Digests of the present states, by world. */
  stateDigests(): Promise<string[]>;
  /** Writes that had to be clamped to a field's range, over all worlds. */
  saturations(): Promise<number>;
  /** The whole state, for `restore`. */
  snapshot(): Promise<Snapshot>;
  /** Goes back, or on, to a state of the same spec. */
  restore(snapshot: Snapshot): Promise<void>;
  /** What another world of the same draws needs to go on from here. */
  history(): Promise<History>;
  /** Goes on from the history of a world that did the same up to there, in place of the steps so far. */
  continueFrom(history: History): Promise<void>;
  /** Frees the engine. Calls after the first do nothing. */
  dispose(): Promise<void>;
}

/** A run up to a step. */
export interface History {
  snapshot: Snapshot;
  /** Of all rows up to there. */
  digest: string;
  saturations: number;
}

/** Opens a run on an engine: allocates it and computes the initial state. */
export async function open(spec: SpecLike, options: OpenOptions = {}): Promise<World> {
  return start(await prepare(inputOf(spec), options), options);
}

/** Starts a prepared run. */
export async function start(prepared: Prepared, options: OpenOptions = {}): Promise<World> {
  const { plan } = prepared;
  const chosen: ChosenEngine = options.openEngine
    ? { engine: await options.openEngine(), reason: 'passed in' }
    : await chooseEngine(options.engine ?? 'auto', {
        agents: plan.population * plan.worlds.length,
        threads: options.threads,
        inBackground: options.inBackground,
      });
  try {
    return new OpenWorld(prepared, chosen, await chosen.engine.load(plan));
  } catch (error) {
    await chosen.engine.dispose();
    throw error;
  }
}

/** Tells a spec object from a text with its file. */
export function inputOf(spec: SpecLike): SpecInput {
  return 'text' in spec || 'value' in spec ? (spec as SpecInput) : { value: spec };
}

class OpenWorld implements World {
  readonly plan: Plan;
  readonly prepared: Prepared;
  readonly engine: EngineInfo & { reason: string };
  readonly #chosen: ChosenEngine;
  readonly #population: Population;
  #chain = createDigestChain();
  /** Clamped writes of the history that this world took over. */
  #saturationsBefore = 0;
  #disposed = false;

  constructor(prepared: Prepared, chosen: ChosenEngine, population: Population) {
    this.plan = prepared.plan;
    this.prepared = prepared;
    this.engine = { ...chosen.engine.info, reason: chosen.reason };
    this.#chosen = chosen;
    this.#population = population;
  }

  get stepCount(): number {
    return this.#population.stepCount;
  }

  step(count: number, options?: StepOptions): Promise<void> {
    return this.#population.step(count, options);
  }

  async rows(): Promise<Rows> {
    const { rows, stateDigests, cells } = await this.#population.measured();
    const words = 2 * this.plan.measures.cells.cellCount;
    for (const [row, stateDigest] of stateDigests.entries()) {
      const world = row % this.plan.worlds.length;
      this.#chain.addCells(rows.step[row], world, stateDigest, cells.subarray(row * words, (row + 1) * words));
    }
    return rows;
  }

  async read(name: string): Promise<Int32Array | Uint32Array | Float64Array> {
    const field = this.plan.spec.model.fields[name];
    if (!field) {
      const hint = suggest(name, Object.keys(this.plan.spec.model.fields));
      throw new GroundswellError({ what: `unknown field "${name}"`, hint });
    }
    const words = await this.#population.read(name);
    return field.kind === 'fixed' ? Float64Array.from(words, word => decodeValue(field, word)) : words;
  }

  digest(): string {
    return this.#chain.value();
  }

  async stateDigests(): Promise<string[]> {
    return Array.from(await this.#population.digests(), hex64);
  }

  async saturations(): Promise<number> {
    return (await this.#population.saturations()).reduce((sum, count) => sum + count, this.#saturationsBefore);
  }

  snapshot(): Promise<Snapshot> {
    return this.#population.snapshot();
  }

  restore(snapshot: Snapshot): Promise<void> {
    return this.#population.restore(snapshot);
  }

  async history(): Promise<History> {
    return { snapshot: await this.snapshot(), digest: this.digest(), saturations: await this.saturations() };
  }

  async continueFrom({ snapshot, digest, saturations }: History): Promise<void> {
    await this.restore(snapshot);
    this.#chain = createDigestChain(digest);
    this.#saturationsBefore = saturations;
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.#population.dispose();
    await this.#chosen.engine.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
