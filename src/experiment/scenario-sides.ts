// A spec with a `scenario` → the runs that tell of it, before any of them: the risk, the control, and each lever and case. All faults of what is written come to light here.
import { GroundswellError } from '../errors.ts';
import { catalogue } from '../models/index.ts';
import { type Assignment, type ParsedSpec, parseSpec, type Scenario, type ScenarioVariant } from '../spec/index.ts';
import { inputOf, type SpecLike } from './open.ts';
import { refuseOtherPoints, type Side, type SideOptions } from './sides.ts';

/** What a run is in a scenario. */
export type SideKind = 'control' | 'risk' | 'lever' | 'case';

/** One run of a scenario. */
export interface ScenarioSide {
  kind: SideKind;
  /** Of a lever or case; of the others their kind. */
  name: string;
  about: string;
  /** Columns to be told besides the alignments. */
  shows: readonly string[];
  side: Side;
}

/** A scenario that could start now. */
export interface PlannedScenario {
  name: string;
  scenario: Scenario;
  /** The run with the risk, as written but for what was asked for. */
  parsed: ParsedSpec;
  /** Control and risk first. */
  sides: readonly ScenarioSide[];
}

export interface ScenarioOptions extends SideOptions {
  /** Factor of the population. Default 1. */
  scale?: number;
}

/** Whether a spec, as a plain object, has a scenario. */
export function hasScenario(source: unknown): boolean {
  return typeof source === 'object' && source !== null && 'scenario' in source;
}

/** Reads a scenario and all its variants. Throws a `GroundswellError` for whatever is wrong, also with a variant. */
export function planScenario(name: string, spec: SpecLike, options: ScenarioOptions): PlannedScenario {
  const input = inputOf(spec);
  const { models = catalogue, set, seed, replicas, scale = 1 } = options;
  const read = (changes: readonly Assignment[]): ParsedSpec => parseSpec(input, models, { set, seed, changes });
  const written = read([]);
  const common: Assignment[] = [
    ...(replicas === undefined ? [] : [{ path: ['replicas'], value: replicas, from: '--replicas' }]),
    ...(scale === 1 ? [] : [{ path: ['population'], value: scaledPopulation(name, written, scale), from: '--scale' }]),
  ];
  const parsed = common.length === 0 ? written : read(common);
  const { scenario } = parsed.spec;
  if (!scenario) {
    const hint = 'docs/scenarios.md says what it is made of';
    throw new GroundswellError({ what: 'the spec has no scenario', where: name, expected: 'a key `scenario`', hint });
  }
  if (parsed.spec.points.length > 1) {
    throw new GroundswellError({
      what: 'a scenario has one point',
      where: name,
      expected: 'one value for each parameter and initial state',
      got: `${parsed.spec.points.length} points`,
    });
  }
  const bare: Assignment = { path: ['scenario'], value: undefined };
  const sideOf = (kind: SideKind, variant: ScenarioVariant): ScenarioSide => {
    const label = kind === 'control' || kind === 'risk' ? kind : `${kind} ${variant.name}`;
    const own = read([...common, bare, ...variant.changes]);
    const input = { value: own.source, where: placeOf(name, label) };
    const side: Side = { label, input, set: [], parsed: own };
    return { kind, name: variant.name, about: variant.about, shows: variant.shows, side };
  };
  const plain = { shows: [], about: '' };
  const risk = sideOf('risk', { ...plain, name: 'risk', changes: [] });
  const sides = [
    sideOf('control', { ...plain, name: 'control', changes: scenario.control }),
    risk,
    ...scenario.levers.map(lever => sideOf('lever', lever)),
    ...scenario.cases.map(variant => sideOf('case', variant)),
  ];
  for (const { side } of sides) refuseOtherPoints(risk.side, side, placeOf(name, side.label));
  return { name, scenario, parsed, sides };
}

function placeOf(name: string, label: string): string {
  return `${name}, ${label}`;
}

function scaledPopulation(name: string, { spec }: ParsedSpec, scale: number): number {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new GroundswellError({
      what: 'not a factor',
      where: '--scale',
      expected: 'a number above 0',
      got: `${scale}`,
    });
  }
  if (spec.population !== undefined) return Math.max(1, Math.round(scale * spec.population));
  const hint = 'run it without --scale';
  throw new GroundswellError({ what: 'the topology fixes the population', where: `${name}, --scale`, hint });
}
