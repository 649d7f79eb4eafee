// What the runs of a scenario show, in numbers: levels, paired effects, early signs, and what levers undo. Verdicts wait until all scenarios are known (suite.ts).
import { GroundswellError, suggest } from '../errors.ts';
import { ALIGNMENT_ROLES, type AlignmentRole, type Model } from '../model/index.ts';
import { type EarlySigns, earlySigns } from './early-signs.ts';
import { pValue } from './holm.ts';
import type { Interval } from './interval.ts';
import { type Onset, type PairedEffect, pairedEffect } from './paired.ts';
import { type MeasureEffect, measureEffects } from './paired-rows.ts';
import type { PlannedScenario, ScenarioSide, SideKind } from './scenario-sides.ts';
import type { SideFacts, SideRun } from './sides.ts';
import { type Share, shareUndone } from './undone.ts';

/** An effect on a measure, without its course. */
export interface ToldEffect {
  measure: string;
  /** At the last measured step, and of the means over the last quarter of the run, which is what verdicts are about. */
  final: PairedEffect;
  lastQuarter: PairedEffect;
  onset: Onset;
  /** Two-sided, of a paired t-test over the last quarter, for this effect alone. */
  p: number;
}

/** A run of a scenario, for tables and figures. */
export interface ToldSide {
  kind: SideKind;
  name: string;
  about: string;
  facts: SideFacts;
  /** Of its interventions, for each agent of the population. */
  cost: number;
  interventions: readonly { name: string; at: number; until: number }[];
  /** Means over the last quarter, by column. */
  levels: Readonly<Record<string, Interval>>;
  /** The headline measure over time. */
  course: { steps: readonly number[]; values: readonly Interval[] };
}

/** A lever against the run with the risk. */
export interface LeverResult {
  name: string;
  about: string;
  headline: ToldEffect;
  /** On the other watched measures. */
  others: readonly ToldEffect[];
  /** (lever − risk) / (control − risk). */
  undone: Share;
  /** lever − control on the headline measure, over the last quarter: what is left of the effect. */
  left: PairedEffect;
  /** What it costs more than the run with the risk, for each agent of the population. */
  cost: number;
}

/** A case against the control and against the run with the risk. */
export interface CaseResult {
  name: string;
  about: string;
  shows: readonly string[];
  againstControl: readonly ToldEffect[];
  againstRisk: readonly ToldEffect[];
}

/** What a scenario showed. */
export interface ScenarioNumbers {
  name: string;
  risk: string;
  about: string;
  measure: string;
  moves: 'down' | 'up';
  tuned: string;
  model: string;
  population: number;
  replicas: number;
  steps: number;
  seed: string | number;
  /** The means of the alignments that the model declares and the run has. */
  alignments: readonly {
    role: AlignmentRole;
    measure: string;
    byGroup?: readonly { group: string; column: string }[];
  }[];
  /** Columns of the whole population that are shares of agents. */
  shares: readonly string[];
  /** Control, risk, levers, cases. */
  sides: readonly ToldSide[];
  /** The risk − the control. */
  headline: ToldEffect;
  others: readonly ToldEffect[];
  early: EarlySigns;
  levers: readonly LeverResult[];
  cases: readonly CaseResult[];
  notes: readonly string[];
  seconds: number;
}

/** The numbers of a scenario from the runs of its sides, in their order. */
export function scenarioNumbers(
  { name, scenario, parsed, sides }: PlannedScenario,
  runs: readonly SideRun[],
  seconds: number,
): ScenarioNumbers {
  const { spec } = parsed;
  const { model } = spec;
  const [control, risk] = runs;
  const { measure } = scenario;
  const { alignments, shares } = watched(risk);
  const byGroup = alignments.flatMap(({ byGroup = [] }) => byGroup.map(({ column }) => column));
  const cases = sides.filter(({ kind }) => kind === 'case');
  const shown = cases.map(({ shows }) => shows.flatMap(name => columnsOf(name, risk.measures)));
  const columns = [...new Set([measure, ...alignments.map(a => a.measure), ...shares, ...byGroup, ...shown.flat()])];
  for (const { facts, measures } of runs) refuseWithout(measure, facts.label, measures);
  const all = measureEffects(control.rows, risk.rows, common(control, risk, risk.measures));
  const damage = all.filter(effect => columns.includes(effect.measure));
  const against = (base: SideRun, other: SideRun) =>
    measureEffects(base.rows, other.rows, common(base, other, columns));
  const effects = runs.map(run => (run === risk ? damage : against(risk, run)));
  const headline = find(damage, measure);
  const of = (kind: SideKind): number[] => sides.flatMap((side, k) => (side.kind === kind ? [k] : []));
  const costs = runs.map(run => run.cost / (run.population * run.spec.replicas));
  const whole = risk.measures.filter(column => column !== measure && isWhole(column, model));
  return {
    name,
    ...{ risk: scenario.risk, about: scenario.about, measure, moves: scenario.moves, tuned: scenario.tuned },
    ...{ model: model.name, population: risk.population, replicas: spec.replicas, steps: spec.steps, seed: spec.seed },
    alignments,
    shares,
    sides: sides.map((side, k) => toldSide(side, runs[k], effects[k], costs[k], measure)),
    headline: told(headline),
    others: damage.filter(effect => effect !== headline).map(told),
    early: earlySigns(
      headline,
      all.filter(effect => whole.includes(effect.measure)),
      control,
      risk,
    ),
    levers: of('lever').map(k => {
      const own = find(effects[k], measure);
      return {
        ...{ name: sides[k].name, about: sides[k].about, headline: told(own) },
        others: effects[k].filter(effect => effect !== own).map(told),
        undone: shareUndone(
          differences(own),
          differences(headline).map(value => -value),
        ),
        left: pairedEffect(headline.replicas.a, own.replicas.b),
        cost: costs[k] - costs[1],
      };
    }),
    cases: of('case').map((k, c) => ({
      ...{ name: sides[k].name, about: sides[k].about, shows: shown[c] },
      againstControl: against(control, runs[k]).map(told),
      againstRisk: effects[k].map(told),
    })),
    notes: [...new Set(runs.flatMap(run => run.notes))],
    seconds,
  };
}

/** A column, or all of a measure. */
function columnsOf(name: string, columns: readonly string[]): string[] {
  const found = columns.filter(column => column === name || column.startsWith(`${name}.`));
  if (found.length > 0) return found;
  throw new GroundswellError({ what: `"${name}" was not measured`, where: 'shows', hint: suggest(name, columns) });
}

/** Whether a column is the model's own, of the whole population. */
function isWhole(column: string, { measures }: Model): boolean {
  const name = column.split('.')[0];
  return Object.hasOwn(measures, name) && measures[name].by === undefined;
}

/** The alignments and shares that a run measures. */
function watched({ spec: { model }, measures }: SideRun): Pick<ScenarioNumbers, 'alignments' | 'shares'> {
  const alignments = ALIGNMENT_ROLES.flatMap(role => {
    const declared = model.alignments?.[role];
    if (!declared || !measures.includes(declared.mean)) return [];
    const start = `${declared.byGroup}.`;
    const grouped = measures.filter(column => declared.byGroup !== undefined && column.startsWith(start));
    const byGroup = grouped.map(column => ({ group: column.slice(start.length), column }));
    return [{ role, measure: declared.mean, ...(byGroup.length > 1 && { byGroup }) }];
  });
  const shares = measures.filter(name => {
    const measure = Object.hasOwn(model.measures, name) ? model.measures[name] : undefined;
    return measure?.kind === 'share' && measure.by === undefined;
  });
  return { alignments, shares };
}

function toldSide(
  { kind, name, about }: ScenarioSide,
  { facts, spec }: SideRun,
  effects: readonly MeasureEffect[],
  cost: number,
  measure: string,
): ToldSide {
  const { course } = find(effects, measure);
  return {
    ...{ kind, name, about, facts, cost },
    interventions: spec.interventions.map(({ name, at, until }) => ({ name, at, until })),
    levels: Object.fromEntries(effects.map(({ measure, lastQuarter }) => [measure, lastQuarter.b])),
    course: { steps: course.steps, values: course.effects.map(({ b }) => b) },
  };
}

function told({ measure, final, lastQuarter, onset }: MeasureEffect): ToldEffect {
  return { measure, final, lastQuarter, onset, p: pValue(lastQuarter) };
}

function refuseWithout(measure: string, side: string, measures: readonly string[]): void {
  if (measures.includes(measure)) return;
  throw new GroundswellError({ what: `a run without the measure "${measure}"`, where: side, kind: 'run' });
}

function find(effects: readonly MeasureEffect[], measure: string): MeasureEffect {
  return effects.find(effect => effect.measure === measure)!;
}

/** b − a over the last quarter, by replica. */
function differences({ replicas: { a, b } }: MeasureEffect): number[] {
  return b.map((value, k) => value - a[k]);
}

function common(a: SideRun, b: SideRun, measures: readonly string[]): string[] {
  return measures.filter(name => a.measures.includes(name) && b.measures.includes(name));
}
