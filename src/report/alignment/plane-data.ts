// What is drawn in the plane of two alignments: paths of the means and of replicas, where they start and end, and the Pareto front of the ends.

import { meanInterval } from '../../experiment/interval.ts';
import { bandsOf, type Course, known, spread } from '../courses.ts';
import type { Alignment } from './measures.ts';
import { frontSteps, type Place, paretoFront } from './pareto.ts';

/** A mark in a plane, or a corner of a line: those of one `line` are joined by `order`. */
export interface PlaneDatum extends Place {
  role: 'path' | 'replica-path' | 'start' | 'replica-end' | 'end' | 'front-end' | 'front';
  point?: number;
  line?: number;
  order?: number;
}

const MOST_PATHS = 12;
const MOST_STEPS = 80;
const MOST_ENDS = 1500;

/** The paths of a few points: of the mean over the replicas, and thin ones of replicas. */
export function pathsOf(courses: readonly Course[], x: Alignment, y: Alignment, replica: Uint32Array): PlaneDatum[] {
  const replicasEach = Math.max(1, Math.floor(MOST_PATHS / courses.length));
  return courses.flatMap((course, c) => {
    const { point } = course;
    const [xs, ys] = [x, y].map(({ mean }) => bandsOf(course, mean, MOST_STEPS));
    const path = placed(
      xs.map(band => band.mean),
      ys.map(band => band.mean),
    );
    const own = path.map((place, order): PlaneDatum => ({ ...place, role: 'path', point, line: c, order }));
    const start = own.slice(0, 1).map((place): PlaneDatum => ({ ...place, role: 'start' }));
    if (course.final.length < 2) return [...own, ...start];
    const shown = spread(course.final.length, replicasEach).map(i => replica[course.final[i]]);
    const thin = shown.flatMap((number, r) => {
      const rows = spread(course.rows.length, MOST_STEPS / 2).flatMap(k => course.rows[k].filter(row => replica[row] === number)); // biome-ignore format: one thought
      const places = placed(rows.map(row => x.mean[row]), rows.map(row => y.mean[row])); // biome-ignore format: one thought
      const line = courses.length + c * replicasEach + r;
      return places.map((place, order): PlaneDatum => ({ ...place, role: 'replica-path', point, line, order }));
    });
    return [...thin, ...own, ...start];
  });
}

/** Where all points and replicas end. Those on the front are marked: of several points their means, of one its replicas. */
export function endsOf(
  courses: readonly Course[],
  x: Alignment,
  y: Alignment,
): { ends: PlaneDatum[]; front: PlaneDatum[] } {
  const replicas = courses.flatMap(
    ({ point, final }) =>
    placed(final.map(row => x.mean[row]), final.map(row => y.mean[row])).map((place): PlaneDatum => ({ ...place, role: 'replica-end', point })), // biome-ignore format: one thought
  );
  const means = courses.flatMap(({ point, final }) => {
    const [across, up] = [x, y].map(({ mean }) => meanInterval(known(final, mean)).mean);
    return placed([across], [up]).map((place): PlaneDatum => ({ ...place, role: 'end', point }));
  });
  const candidates = courses.length > 1 ? means : replicas;
  const front = paretoFront(candidates).map((i): PlaneDatum => ({ ...candidates[i], role: 'front-end' }));
  const drawn =
    courses.length > 1 || replicas.length > 1 ? spread(replicas.length, MOST_ENDS).map(i => replicas[i]) : [];
  return { ends: [...drawn, ...means], front: candidates.length > 1 ? front : [] };
}

/** The step line of a front within a panel. */
export function frontLine(front: readonly Place[], left: number, bottom: number): PlaneDatum[] {
  return frontSteps(front, left, bottom).map((place, order) => ({ ...place, role: 'front', line: -1, order }));
}

/** The places at which both are known. */
function placed(xs: readonly (number | undefined)[], ys: readonly (number | undefined)[]): Place[] {
  return xs.flatMap((x, i) => {
    const y = ys[i];
    return x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y) ? [] : [{ x, y }];
  });
}
