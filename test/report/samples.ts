// Reports of several shapes, for the tests and for a look by eye.
import type { Column, ReportInput } from '../../src/report/index.ts';
import { columnOf, madeInput, pointOf } from './fixtures.ts';

const relax = (from: number, to: number, step: number, time: number): number =>
  to + (from - to) * Math.exp(-step / time);

/** Two points, eight replicas, theory, a measure by group and one that is undefined at first. */
export function twoPoints(): ReportInput {
  const columns = [
    columnOf('up', 'share'),
    columnOf('trust', 'mean'),
    columnOf('conform.humans', 'share', { measure: 'conform', group: 'humans' }),
    columnOf('conform.bots', 'share', { measure: 'conform', group: 'bots' }),
    columnOf('links', 'active-links'),
  ];
  const ends = [0.83, 0.55];
  const value = (column: Column, point: number, step: number): number => {
    switch (column.name) {
      case 'up':
        return relax(0.5, ends[point], step, 20);
      case 'trust':
        return step < 10 ? Number.NaN : relax(-0.4, ends[point] - 1, step, 40);
      case 'links':
        return relax(0.02, 0.013 * ends[point], step, 60);
      default:
        return relax(0.5, column.group === 'bots' ? 0.9 : ends[point] - 0.3, step, 30);
    }
  };
  const points = [0.1, 0.2].map(noise => pointOf({ 'params.noise': noise }));
  const theory = (column: Column, point: number, step: number): number =>
    column.name === 'up' ? relax(0.5, ends[point] + 0.01, step, 18) : Number.NaN;
  const input = madeInput({ points, replicas: 8, steps: 200, columns, value, spread: 0.06, theory });
  const courses = input.theory.courses.filter(curve => curve.measure === 'up');
  return { ...input, theory: { ...input.theory, courses } };
}

/** 54 points: nine presets, two signs of bias, three starting shares; four replicas; five measures. */
export function manyPoints(): ReportInput {
  const presets = ['gpt', 'claude', 'llama', 'mistral', 'gemma', 'qwen', 'phi', 'grok', 'deepseek'];
  const grid = presets.flatMap((preset, p) =>
    [-1, 1].flatMap(sign => [0.2, 0.5, 0.8].map(start => ({ preset, sign, start, pull: 0.1 + p / 9 }))),
  );
  const points = grid.map(({ preset, sign, start }) =>
    pointOf({ 'params.preset': preset, 'params.bias_sign': sign, 'init.opinion': start }),
  );
  const end = ({ sign, start, pull }: (typeof grid)[number]): number => {
    const tipped = start + 0.25 * sign * (1 - pull) > 0.5 ? 1 : 0;
    return pull * tipped + (1 - pull) * (0.5 + 0.3 * sign);
  };
  const columns = ['up', 'aligned', 'loud', 'quiet', 'lost'].map((name, i) => columnOf(name, i < 3 ? 'share' : 'mean'));
  const value = (column: Column, point: number, step: number): number => {
    const scale = column.name === 'lost' ? 40 : 1;
    return scale * relax(grid[point].start, end(grid[point]), step, 15 + column.name.length * 3);
  };
  const theory = (column: Column, point: number, step: number): number =>
    relax(grid[point].start, end(grid[point]) + 0.01, step, 15 + column.name.length * 3);
  const input = madeInput({ points, replicas: 4, steps: 200, columns, value, theory, spread: 0.05 });
  const courses = input.theory.courses.filter(curve => curve.measure === 'up');
  return { ...input, theory: { ...input.theory, courses } };
}

/** A single world. */
export function oneWorld(): ReportInput {
  const columns = [columnOf('up', 'share'), columnOf('wealth', 'sum')];
  const value = (column: Column, _: number, step: number): number =>
    column.name === 'up' ? relax(0.5, 0.9, step, 20) : 1e6 + 1e5 * relax(0, 3, step, 40);
  return madeInput({ points: [pointOf()], replicas: 1, steps: 100, columns, value }, { notes: [] });
}

/** A sweep of one parameter over forty values. */
export function sweep(): ReportInput {
  const noises = Array.from({ length: 40 }, (_, i) => 0.05 * (i + 1));
  const value = (_: Column, point: number, step: number): number =>
    relax(0.95, 0.5 + 0.45 * Math.sqrt(Math.max(0, 1 - noises[point])), step, 20);
  const points = noises.map(noise => pointOf({ 'params.noise': noise }));
  return madeInput({ points, replicas: 6, steps: 100, columns: [columnOf('up', 'share')], value, spread: 0.04 });
}

/** A histogram of opinions that splits in two, at one or more points. */
export function opinions(points = 3): ReportInput {
  const bins = Array.from({ length: 32 }, (_, i) => ({ from: -1 + i / 16, to: -1 + (i + 1) / 16, label: `${i}` }));
  const columns: Column[] = bins.map(bin => ({
    name: `opinion.${bin.label}`,
    measure: 'opinion',
    kind: 'histogram',
    bin,
  }));
  const hump = (x: number, at: number, width: number): number => Math.exp(-(((x - at) / width) ** 2) / 2);
  const value = (column: Column, point: number, step: number): number => {
    const x = (column.bin!.from + column.bin!.to) / 2;
    const apart = (0.2 + 0.2 * point) * (1 - Math.exp(-step / 30));
    const width = 0.08 + 0.3 * Math.exp(-step / 25);
    return ((hump(x, apart, width) + hump(x, -apart, width)) / width) * 0.0125;
  };
  const varied = Array.from({ length: points }, (_, i) => pointOf(points > 1 ? { 'params.reach': 0.1 * (i + 1) } : {}));
  const variance = columnOf('polarisation', 'variance');
  return madeInput({
    points: varied,
    replicas: 5,
    steps: 120,
    columns: [variance, ...columns],
    value: (column, point, step) =>
      column === variance ? 0.02 + (step / 120) * 0.1 * (point + 1) : value(column, point, step),
    spread: 0.004,
  });
}
