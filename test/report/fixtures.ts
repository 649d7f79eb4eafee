// Made-up runs for the tests of src/report: relaxation towards a fixed point, with spread between replicas.
import { NO_PREDICTIONS, type Predictions, type Told } from '../../src/experiment/predictions.ts';
import { bit, defineModel, type Measure, mean, number, share } from '../../src/model/index.ts';
import type { Rows } from '../../src/plan/rows.ts';
import { sequence } from '../../src/random.ts';
import type { ManifestBody } from '../../src/record/index.ts';
import type { Column, ReportInput } from '../../src/report/index.ts';
import type { Point, Spec } from '../../src/spec/spec.ts';

const model = defineModel({
  name: 'conformity',
  about: 'Agents copy what most of their neighbours say.',
  source: 'Asch & Byte 1956, J. Made-up 1 1',
  updates: ['synchronous'],
  published: { update: 'synchronous', note: '' },
  fields: { up: bit() },
  params: { noise: number({ default: 0.1, about: '' }) },
  init: { up: [0.5, 0.5] },
  rules: ['copy'],
  measures: { up: share('up', 1), activity: mean('up') },
});

export interface Made {
  points: readonly Point[];
  replicas: number;
  steps: number;
  columns: readonly Column[];
  value(column: Column, point: number, step: number): number;
  spread?: number;
  theory?: (column: Column, point: number, step: number) => number;
}

/** The words of a made-up theory. */
export const TOLD = { about: 'mean field', source: 'Gauss 1809', status: 'exact' } as const;

/** A point at which `varied` holds. */
export function pointOf(varied: Point['varied'] = {}): Point {
  return { params: { noise: 0.1 }, init: { up: [0.5, 0.5] }, varied };
}

export function columnOf(name: string, kind: Measure['kind'], more: Partial<Column> = {}): Column {
  return { name, measure: name, kind, ...more };
}

/** The input of a report on a made-up run. */
export function madeInput(made: Made, more: Partial<ReportInput> = {}): ReportInput {
  const measures: Record<string, Measure> = { up: share('up', 1) };
  const spec: Spec = {
    model,
    population: 1_000_000,
    replicas: made.replicas,
    topology: { kind: 'complete', realisations: 1 },
    groups: [],
    points: made.points,
    update: { kind: 'synchronous', activation: 1 },
    steps: made.steps,
    interventions: [],
    stop: [],
    measure: { schedule: { steps: { every: 1 }, last: made.steps }, measures },
    seed: 'a',
  };
  return {
    title: 'When does conformity tip?',
    about: 'A made-up run, to see what a report looks like.',
    spec,
    specText: 'model: conformity\npopulation: 1_000_000\nparams:\n  noise: [0.1, 0.2]\n',
    manifest: manifestOf(made),
    rows: rowsOf(made),
    columns: made.columns,
    theory: theoryOf(made),
    notes: ['One quenched graph: the intervals are over dynamics only and understate the spread between graphs.'],
    ...more,
  };
}

function rowsOf({ points, replicas, steps, columns, value, spread = 0.01 }: Made): Rows {
  const draws = sequence([1, 2]);
  const worlds = points.flatMap((_, point) => Array.from({ length: replicas }, (_, replica) => ({ point, replica })));
  const all = worlds.flatMap(world => {
    const tilt = draws.unit() - 0.5;
    return Array.from({ length: steps + 1 }, (_, step) => ({ ...world, step, tilt }));
  });
  const noise = (step: number, tilt: number): number =>
    spread * (tilt * Math.min(1, step / 20) + (draws.unit() - 0.5) / 3);
  return {
    point: Uint32Array.from(all, row => row.point),
    replica: Uint32Array.from(all, row => row.replica),
    step: Uint32Array.from(all, row => row.step),
    measures: Object.fromEntries(
      columns.map(column => [
        column.name,
        Float64Array.from(all, ({ point, step, tilt }) =>
          bounded(column, value(column, point, step) + (step > 0 ? noise(step, tilt) : 0)),
        ),
      ]),
    ),
  };
}

function bounded({ kind }: Column, value: number): number {
  return kind === 'mean' || kind === 'sum' || kind === 'variance' ? value : Math.min(1, Math.max(0, value));
}

function theoryOf({ points, steps, columns, theory }: Made): Predictions {
  if (!theory) return NO_PREDICTIONS;
  const all = Array.from({ length: steps + 1 }, (_, step) => step);
  const courses = columns.flatMap(column =>
    points.map((_, point) => ({
      ...TOLD,
      measure: column.name,
      point,
      steps: all,
      values: all.map(step => theory(column, point, step)),
    })),
  );
  return { ...NO_PREDICTIONS, courses };
}

function manifestOf({ points, replicas, steps }: Made): ManifestBody {
  return {
    format: 1,
    groundswell: '0.1.0',
    status: 'complete',
    spec: {},
    model: { name: model.name, source: model.source },
    seed: 'a',
    engine: { name: 'webgpu', adapter: 'Imaginary Accelerator 9', driver: '1.2', reason: 'the fastest device here' },
    kernelHash: '0123456789abcdef',
    reproducible: 'bitwise',
    population: 1_000_000,
    worlds: points.length * replicas,
    steps,
    digest: 'fedcba9876543210',
    topology: { kind: 'complete', meanDegree: 999_999 },
    inputs: [{ name: 'edges.csv', bytes: 123_456, sha256: 'ab'.repeat(32) }],
    startedAt: '2026-01-02T03:04:05.000Z',
    timings: { plan: 0.21, run: 75.3 },
    files: ['series.parquet'],
  };
}

/** A prediction of every kind, at point 0, for a measure and the parameter `noise`. */
export function everyKind(told: Told, measure: string): Predictions {
  const grid = [0, 0.5, 1];
  return {
    courses: [{ ...told, measure, point: 0, steps: [0, 1], values: [0.5, 0.6] }],
    maps: [{ ...told, measure, point: 0, xs: grid, ys: grid.map(x => x * (2 - x)) }],
    steady: [
      {
        ...told,
        measure,
        point: 0,
        branches: [0.12345, 0.5, 0.87654].map(value => ({ value, stable: value !== 0.5 })),
      },
    ],
    curves: [{ ...told, measure, path: 'params.noise', point: 0, pieces: [{ stable: true, xs: grid, values: grid }] }],
    thresholds: [{ ...told, of: 'params.noise', point: 0, value: 0.12 }],
    notes: [],
  };
}
