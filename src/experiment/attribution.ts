// What each part of a run does to its measures: the paired change when one mechanism, one group or one class of relations is switched off. Effects of parts need not
// add up; where parts work together, each of them seems to do all.
import { GroundswellError, suggest } from '../errors.ts';
import type { Mechanism, Model } from '../model/index.ts';
import { paramValue } from '../model/index.ts';
import type { Spec } from '../spec/index.ts';
import type { SpecLike } from './open.ts';
import { type MeasureEffect, measureEffects } from './paired-rows.ts';
import type { Prepared } from './prepare.ts';
import {
  type ComparisonFacts,
  factsOf,
  madeSide,
  prepareSide,
  refuseOtherPoints,
  runSides,
  type SideOptions,
  writtenSide,
} from './sides.ts';
import { collaborativeInstead, offForAll, offForGroup, relationKinds } from './switch-off.ts';

/** What can be switched off. */
export const PART_KINDS = ['mechanism', 'group', 'relation'] as const;

/** A part of a run. */
export interface Part {
  kind: (typeof PART_KINDS)[number];
  name: string;
  /** What it does, in a few words. */
  about: string;
}

/** A part, and what its absence changes. */
export interface PartEffects extends Part {
  /** Without the part minus as written, by point and measure. */
  effects: readonly MeasureEffect[];
}

/** The parts of a run and their effects. */
export interface Attribution extends ComparisonFacts {
  /** The measures that were looked at. */
  measures: readonly string[];
  parts: readonly PartEffects[];
  /** Mechanisms that do nothing in this spec, and were not run. */
  alreadyOff: readonly string[];
}

export interface AttributionOptions extends SideOptions {
  /** Kinds of parts. Default all that there are. */
  kinds?: readonly Part['kind'][];
  /** Measures of one number. Default: those that have one column for the whole population. */
  measures?: readonly string[];
}

/** Switches every part of a run off, one at a time, on the same draws. Throws a `GroundswellError` when there is none, or for an unknown measure. */
export async function attribute(spec: SpecLike, options: AttributionOptions = {}): Promise<Attribution> {
  const begun = performance.now();
  const { kinds = PART_KINDS, measures: wanted, ...sideOptions } = options;
  const written = writtenSide('as written', spec, sideOptions);
  const base = await prepareSide(written, sideOptions);
  const measures = headline(base, wanted);
  const { mechanisms = {} } = base.spec.model;
  const alreadyOff = Object.keys(mechanisms).filter(name => isOff(base.spec, mechanisms[name].off));
  const variants = variantsOf(base, alreadyOff).filter(({ kind }) => kinds.includes(kind));
  if (variants.length === 0) throw nothingToSwitchOff(base.spec.model, alreadyOff);
  const sides = variants.map(({ source, ...part }) => {
    const side = madeSide(partLabel(part), source(), sideOptions);
    refuseOtherPoints(written, side);
    return side;
  });
  const [asWritten, ...runs] = await runSides([{ ...written, prepared: base }, ...sides], sideOptions);
  const parts = variants.map(({ kind, name, about }, k) => {
    const effects = measureEffects(
      asWritten.rows,
      runs[k].rows,
      measures.filter(measure => runs[k].measures.includes(measure)),
    );
    return { kind, name, about, effects };
  });
  const notes = alreadyOff.length > 0 ? [`Off as written, and not run: ${alreadyOff.join(', ')}.`] : [];
  return { ...factsOf([asWritten, ...runs], notes, begun), measures, parts, alreadyOff };
}

/** The part as the name of a side. */
export function partLabel({ kind, name }: Part): string {
  if (kind === 'mechanism') return `without ${name}`;
  return kind === 'group' ? `group ${name} inert` : `no ${name} relations`;
}

/** Parts at a point, the largest effect on a measure at the end first. */
export function rankedParts(
  parts: readonly PartEffects[],
  measure: string,
  point: number,
): { part: Part; effect: MeasureEffect }[] {
  const found = parts.flatMap(({ effects, ...part }) =>
    effects.filter(effect => effect.measure === measure && effect.point === point).map(effect => ({ part, effect })),
  );
  const size = ({ effect }: { effect: MeasureEffect }): number => Math.abs(effect.final.effect.mean) || 0;
  return found.sort((a, b) => size(b) - size(a));
}

type Variant = Part & { source: () => unknown };

function variantsOf(base: Prepared, alreadyOff: readonly string[]): Variant[] {
  const { source, spec, plan } = base;
  const present = Object.entries(spec.model.mechanisms ?? {}).filter(([name]) => !alreadyOff.includes(name));
  const inert = Object.assign({}, ...present.filter(([, { perGroup }]) => perGroup).map(([, { off }]) => off));
  const groups = Object.keys(inert).length > 0 ? plan.groups.map(({ name }) => name) : [];
  return [
    ...present.map(
      ([name, { about, off }]): Variant => ({ kind: 'mechanism', name, about, source: () => offForAll(source, off) }),
    ),
    ...groups.map(
      (name): Variant => ({
        kind: 'group',
        name,
        about: `its agents without ${present
          .filter(([, { perGroup }]) => perGroup)
          .map(([mechanism]) => mechanism)
          .join(', ')}`,
        source: () => offForGroup(source, spec, groups, name, inert),
      }),
    ),
    ...relationKinds(source).map(
      (name): Variant => ({
        kind: 'relation',
        name,
        about: `every ${name} relation made collaborative`,
        source: () => collaborativeInstead(source, name),
      }),
    ),
  ];
}

/** Whether the parameters have these values for all agents at all points. */
function isOff({ points, model }: Spec, off: Mechanism['off']): boolean {
  return Object.entries(off).every(([name, value]) => {
    const param = model.params[name];
    return param.kind !== 'table' && points.every(({ params }) => params[name] === paramValue(param, value, name));
  });
}

function headline({ plan }: Prepared, wanted: readonly string[] | undefined): string[] {
  const scalar = plan.measures.columns.filter(({ kind }) => kind !== 'histogram');
  if (!wanted || wanted.length === 0)
    return scalar.filter(({ name, measure }) => name === measure).map(({ name }) => name);
  const known = scalar.map(({ name }) => name);
  for (const name of wanted) {
    if (known.includes(name)) continue;
    throw new GroundswellError({
      what: `no measure "${name}" of one number`,
      where: '--measure',
      hint: suggest(name, known),
    });
  }
  return [...wanted];
}

function nothingToSwitchOff({ name }: Model, alreadyOff: readonly string[]): GroundswellError {
  return new GroundswellError({
    what: `there is nothing to switch off in this spec of ${name}`,
    where: 'model',
    got: alreadyOff.length > 0 ? `mechanisms that are off as written: ${alreadyOff.join(', ')}` : undefined,
    hint: 'a model says its mechanisms as `mechanisms: { name: { about, off: { parameter: value } } }`',
  });
}
