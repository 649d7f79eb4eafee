// One world of a spec by itself, with the draws and the graph that it has among all.
import { GroundswellError } from '../errors.ts';
import type { Spec } from '../spec/index.ts';

/** A spec with the one point, and replicas up to the one asked for, at a step that it has. */
export function onlyWorld(
  spec: Spec,
  { step, point, replica }: { step: number; point: number; replica: number },
): Spec {
  refuseOutside('step', step, spec.steps);
  refuseOutside('point', point, spec.points.length - 1);
  refuseOutside('replica', replica, spec.replicas - 1);
  return { ...spec, points: [spec.points[point]], replicas: replica + 1 };
}

/** Refuses what is no integer from 0 to `last`. */
export function refuseOutside(what: string, value: number, last: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= last) return;
  throw new GroundswellError({ what: `no such ${what}`, where: what, expected: `0 to ${last}`, got: `${value}` });
}
