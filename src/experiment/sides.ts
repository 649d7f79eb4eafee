// One side of a comparison: a run from its spec to its rows, in memory. Which sides there are, and what is made of them, is told elsewhere.
import { GroundswellError } from '../errors.ts';
import { catalogue } from '../models/index.ts';
import { concatRows, type Rows } from '../plan/rows.ts';
import { interventionUpTo } from '../record/index.ts';
import { type ParsedSpec, parseSpec, type SpecInput } from '../spec/index.ts';
import { Branches } from './branches.ts';
import type { InputFile } from './files.ts';
import { interventionEntries } from './interventions.ts';
import { notesBefore } from './notes.ts';
import { inputOf, type OpenOptions, type SpecLike, start, type World } from './open.ts';
import { type Prepared, prepare } from './prepare.ts';
import { type Progress, runToEnd } from './simulate.ts';
import { takeTurns, turnsOn } from './turns.ts';

/** How the sides of a comparison are run. `set` and `seed` are of both sides. */
export interface SideOptions extends OpenOptions {
  /** Replicas of every side, in place of the spec's. */
  replicas?: number;
  /** Called about twice a second, with the steps of all sides together. */
  onProgress?: (progress: Progress) => void;
  /** Ends the comparison, which has no result then: it throws the signal's reason. */
  signal?: AbortSignal;
}

/** What is known of a side that was run: enough to run it again and compare. */
export interface SideFacts {
  /** What tells it from the others. */
  label: string;
  /** The spec, as the plain object that was run. */
  spec: unknown;
  /** That of `groundswell run` of this spec; equal digests: the same run to the last bit. */
  digest: string;
  kernelHash: string;
  /** Writes that had to be clamped to a field's range. */
  saturations: number;
}

/** A side before its run: a spec whose parsing succeeded. */
export interface Side {
  label: string;
  input: SpecInput;
  /** Changes of its own, of the form `path=value`. */
  set: readonly string[];
  parsed: ParsedSpec;
  /** Where it was prepared already. */
  prepared?: Prepared;
}

/** A side after its run. What it was run with is let go, since there may be many sides. */
export interface SideRun extends Pick<Prepared, 'spec' | 'inputs'> {
  facts: SideFacts;
  rows: Rows;
  /** Names of the columns that are one number, in the order of the measures. */
  measures: readonly string[];
  /** Agents per world. */
  population: number;
  /** What its interventions cost over all worlds; those that look at states, at most. */
  cost: number;
  notes: readonly string[];
  engine: World['engine'];
}

/** What all sides share, for a manifest and a report. */
export interface ComparisonFacts {
  model: { name: string; about: string; source: string };
  seed: string | number;
  replicas: number;
  /** What varies, by point. */
  points: readonly Readonly<Record<string, number | string>>[];
  steps: number;
  /** Agents per world of the first side. */
  population: number;
  engine: World['engine'];
  /** Files that the sides read. */
  inputs: readonly InputFile[];
  sides: readonly SideFacts[];
  /** What a reader should know before believing the numbers. */
  notes: readonly string[];
  seconds: number;
}

/** The spec as written, with the changes that all sides share and then those of this one. */
export function writtenSide(label: string, spec: SpecLike, options: SideOptions, own: readonly string[] = []): Side {
  const { set = [], replicas, seed } = options;
  const all = [...set, ...(replicas === undefined ? [] : [`replicas=${replicas}`]), ...own];
  const input = inputOf(spec);
  return { label, input, set: all, parsed: parseSpec(input, modelsOf(options), { set: all, seed }) };
}

/** A side made of the plain object of another, in which what all sides share is written already. */
export function madeSide(label: string, value: unknown, options: SideOptions): Side {
  const input = { value, where: `the side “${label}”` };
  return { label, input, set: [], parsed: parseSpec(input, modelsOf(options)) };
}

/** Prepares a side. */
export function prepareSide({ input, set, parsed }: Side, options: SideOptions): Promise<Prepared> {
  return prepare(input, { ...options, set, seed: parsed.spec.seed });
}

/** Runs sides, each to its last step: a condition of `stop` would end them at different ones. */
export async function runSides(sides: readonly Side[], options: SideOptions): Promise<SideRun[]> {
  const total = sides.reduce((sum, { parsed }) => sum + parsed.spec.steps, 0);
  const steps = sides.map(() => 0);
  const branches = new Branches(sides.map(({ parsed }) => parsed));
  const runs: SideRun[] = [];
  const run = async (number: number, own: SideOptions): Promise<void> => {
    const onProgress = ({ step }: Progress): void => {
      steps[number] = step;
      options.onProgress?.({ step: steps.reduce((sum, taken) => sum + taken), steps: total });
    };
    try {
      runs[number] = await runSide(sides[number], { ...own, onProgress }, { branches, number });
    } finally {
      branches.ended(number);
    }
  };
  await run(0, options);
  const [{ engine, population, spec }] = runs;
  const { atOnce, share } = turnsOn(engine, population * spec.replicas * spec.points.length, options);
  await takeTurns({ first: 1, count: sides.length, atOnce }, (number, failed) => {
    const signal = AbortSignal.any([failed, ...(options.signal ? [options.signal] : [])]);
    return run(number, { ...options, ...share, signal });
  });
  return runs;
}

async function runSide(
  side: Side,
  options: SideOptions,
  { branches, number }: { branches: Branches; number: number },
): Promise<SideRun> {
  const prepared = side.prepared ?? (await prepareSide(side, options));
  const { source, spec, kernelHash, inputs } = prepared;
  await using world = await start({ ...prepared, spec: { ...spec, stop: [] } }, options);
  const { columns, cells } = world.plan.measures;
  const branch = await branches.before(number);
  options.signal?.throwIfAborted();
  const before = branch?.cells === cells.cellCount ? branch : undefined;
  if (before) await world.continueFrom(before.history);
  const past = before ? [before.rows] : [];
  const rows = await runToEnd(world, {
    onProgress: options.onProgress,
    signal: options.signal,
    pauses: branches.pausesOf(number),
    onPause: since => branches.keep(number, world, [...past, ...since]),
  });
  options.signal?.throwIfAborted();
  const saturations = await world.saturations();
  return {
    facts: { label: side.label, spec: withoutStop(source), digest: world.digest(), kernelHash, saturations },
    spec,
    inputs,
    rows: concatRows([...past, rows]),
    measures: columns.filter(({ kind }) => kind !== 'histogram').map(({ name }) => name),
    population: world.plan.population,
    cost: interventionEntries(world.plan).reduce((sum, entry) => sum + interventionUpTo(entry, spec.steps).cost, 0),
    notes: [...notesBefore(prepared), ...clampNotes(side.label, saturations)],
    engine: world.engine,
  };
}

function modelsOf({ models = catalogue }: SideOptions) {
  return models;
}

function withoutStop(source: unknown): unknown {
  const { stop: _, ...rest } = source as Record<string, unknown>;
  return rest;
}

/** Refuses sides whose worlds do not pair: those of other points. */
export function refuseOtherPoints(base: Side, other: Side, where = other.label): void {
  const [expected, got] = [base, other].map(({ parsed }) => parsed.spec.points.length);
  if (expected === got) return;
  throw new GroundswellError({
    what: 'the sides have different numbers of points, so that they cannot be paired',
    where,
    expected: `${expected}, as in the spec`,
    got: `${got}`,
    hint: 'a change that is a list of values makes points: compare with one value at a time, or write the sweep in the spec',
  });
}

/** What the sides share. `notes` come before what is known of the runs. */
export function factsOf(runs: readonly SideRun[], notes: readonly string[], begun: number): ComparisonFacts {
  const [{ spec, population, engine }] = runs;
  const inputs = runs.flatMap(run => run.inputs);
  return {
    model: { name: spec.model.name, about: spec.model.about, source: spec.model.source },
    seed: spec.seed,
    replicas: spec.replicas,
    points: spec.points.map(({ varied }) => varied),
    steps: spec.steps,
    population,
    engine,
    inputs: inputs.filter(({ name }, k) => inputs.findIndex(input => input.name === name) === k),
    sides: runs.map(({ facts }) => facts),
    notes: [
      ...new Set([...notes, ...replicaNotes(spec.replicas), ...stopNote(runs), ...runs.flatMap(run => run.notes)]),
    ],
    seconds: (performance.now() - begun) / 1000,
  };
}

function replicaNotes(replicas: number): string[] {
  if (replicas === 1) return ['One replica: there are no intervals. `--replicas 16` gives some.'];
  if (replicas < 5) return [`Intervals over ${replicas} replicas are wide: with few degrees of freedom t is large.`];
  return [];
}

function stopNote(runs: readonly SideRun[]): string[] {
  const stops = runs.some(({ spec }) => spec.stop.length > 0);
  return stops ? ['Conditions of `stop` are left out, so that all sides have the same steps.'] : [];
}

function clampNotes(label: string, saturations: number): string[] {
  if (saturations === 0) return [];
  return [`${label}: ${saturations.toLocaleString('en-US')} writes were clamped to the range of a field.`];
}
