// Stationary values along what a run varies: a dense grid between the values of a numeric axis, with branches joined into curves. Not drawn here.
import type { Branch, SteadyTheory, TheoryContext } from '../model/index.ts';
import type { Point, Spec } from '../spec/index.ts';
import { type CurvePiece, type SteadyCurve, told } from './predictions.ts';

/** From this many values on an axis may be the horizontal one of a figure. */
const FEWEST_VALUES = 4;
/** Curves that a figure could hold: panels times lines. */
const MOST_CURVES = 24 * 8;
/** Grid values along a curve, roughly. */
const GRID = 120;
/** Halvings that narrow the interval in which branches appear or vanish. */
const HALVINGS = 14;

type Attempt = <T>(theory: SteadyTheory, work: () => T) => T | undefined;

interface Sample {
  x: number;
  branches: readonly Branch[];
}

/** The curves of every theory along every numeric path of enough values, for each combination of the other values. */
export function steadyCurves(
  spec: Spec,
  contexts: readonly TheoryContext[],
  theories: readonly SteadyTheory[],
  attempt: Attempt,
): SteadyCurve[] {
  const { points, model } = spec;
  return numericPaths(points).flatMap(path => {
    const rows = rowsAlong(points, path);
    if (theories.length === 0 || rows.length > MOST_CURVES) return [];
    const [root, name] = path.split('.');
    const whole = root === 'params' && model.params[name].kind === 'integer';
    return rows.flatMap(row => {
      const at = contextAlong(row, path, points, contexts);
      const taken = new Set<string>();
      return theories.flatMap(theory => {
        if (taken.has(theory.measure)) return [];
        const values = row.map(point => Number(points[point].varied[path]));
        const samples = attempt(theory, () => sampled(x => theory.predict(at(x)), gridOf(values, whole), whole));
        if (!samples || samples.length < 2) return [];
        taken.add(theory.measure);
        return [{ ...told(theory), measure: theory.measure, path, point: row[0], pieces: piecesOf(samples) }];
      });
    });
  });
}

function numericPaths(points: readonly Point[]): string[] {
  const paths = [...new Set(points.flatMap(({ varied }) => Object.keys(varied)))];
  return paths.filter(path => {
    const values = points.map(({ varied }) => varied[path]);
    return values.every(value => typeof value === 'number') && new Set(values).size >= FEWEST_VALUES;
  });
}

/** The points by what else varies, each list in the order of its values along the path. */
function rowsAlong(points: readonly Point[], path: string): number[][] {
  const rows = new Map<string, number[]>();
  for (const [index, { varied }] of points.entries()) {
    const key = JSON.stringify(Object.entries(varied).filter(([other]) => other !== path));
    rows.set(key, [...(rows.get(key) ?? []), index]);
  }
  const along = (point: number): number => Number(points[point].varied[path]);
  return [...rows.values()].map(row => row.sort((a, b) => along(a) - along(b)));
}

/** What a theory is told at a value of the path: parameters as there, initial values between those of the neighbouring points. */
function contextAlong(
  row: readonly number[],
  path: string,
  points: readonly Point[],
  contexts: readonly TheoryContext[],
): (x: number) => TheoryContext {
  const xs = row.map(point => Number(points[point].varied[path]));
  const [root, name] = path.split('.');
  return x => {
    const k = Math.max(
      0,
      Math.min(
        xs.length - 2,
        xs.findLastIndex(value => value <= x),
      ),
    );
    const [from, to] = [contexts[row[k]], contexts[row[k + 1]]];
    const weight = (x - xs[k]) / (xs[k + 1] - xs[k]);
    const initial = Object.fromEntries(
      Object.keys(from.initial).map(key => [key, (1 - weight) * from.initial[key] + weight * to.initial[key]]),
    );
    return { ...from, initial, params: root === 'params' ? { ...from.params, [name]: x } : from.params };
  };
}

/** As many steps between any two neighbouring values, so that the grid follows linear and logarithmic axes alike. */
function gridOf(values: readonly number[], whole: boolean): number[] {
  const per = Math.max(1, Math.ceil(GRID / (values.length - 1)));
  const grid = values.flatMap((from, k) => {
    if (k === values.length - 1) return [from];
    return Array.from({ length: per }, (_, i) => from + ((values[k + 1] - from) * i) / per);
  });
  return [...new Set(whole ? grid.map(Math.round) : grid)];
}

/** The branches on a grid, refined where their number changes. */
function sampled(
  predict: (x: number) => readonly Branch[] | undefined,
  grid: readonly number[],
  whole: boolean,
): Sample[] {
  const sampleAt = (x: number): Sample => {
    const branches = predict(x) ?? [];
    const wrong = branches.find(({ value }) => !Number.isFinite(value));
    if (wrong) throw new Error(`it gave ${wrong.value}`);
    return { x, branches };
  };
  const samples = grid.map(sampleAt).flatMap((sample, k, all) => {
    if (k === 0 || whole || shapeOf(sample) === shapeOf(all[k - 1])) return [sample];
    let [low, high] = [all[k - 1], sample];
    for (let turn = 0; turn < HALVINGS; turn++) {
      const middle = sampleAt((low.x + high.x) / 2);
      if (shapeOf(middle) === shapeOf(low)) low = middle;
      else high = middle;
    }
    return [low, high, sample];
  });
  return samples.some(({ branches }) => branches.length > 0) ? samples : [];
}

function shapeOf({ branches }: Sample): string {
  return branches.map(({ stable }) => (stable ? 's' : 'u')).join('');
}

/** Joins each branch to the nearest of its kind at the grid value before; what finds none begins a piece. */
function piecesOf(samples: readonly Sample[]): CurvePiece[] {
  const pieces: CurvePiece[] = [];
  let open: CurvePiece[] = [];
  for (const { x, branches } of samples) {
    const pairs = branches
      .flatMap(branch =>
        open
          .filter(({ stable }) => stable === branch.stable)
          .map(piece => ({ branch, piece, apart: Math.abs(piece.values.at(-1)! - branch.value) })),
      )
      .sort((a, b) => a.apart - b.apart);
    const joined = new Map<Branch, CurvePiece>();
    const used = new Set<CurvePiece>();
    for (const { branch, piece } of pairs) {
      if (joined.has(branch) || used.has(piece)) continue;
      joined.set(branch, piece);
      used.add(piece);
    }
    open = branches.map(branch => {
      let piece = joined.get(branch);
      if (!piece) {
        piece = { stable: branch.stable, xs: [], values: [] };
        pieces.push(piece);
      }
      piece.xs.push(x);
      piece.values.push(branch.value);
      return piece;
    });
  }
  return pieces;
}
