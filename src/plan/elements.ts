// How many elements the array fields of a run have.
import { GroundswellError } from '../errors.ts';
import type { Spec } from '../spec/spec.ts';

/** Elements of the array fields, by name: the largest number over the points. */
export function elementCounts({ model, points }: Spec): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name, { length }] of Object.entries(model.fields)) {
    if (typeof length === 'number') counts.set(name, length);
    if (typeof length !== 'string') continue;
    if (points.some(({ agentParams = {} }) => length in agentParams)) {
      const what = `${length} is the number of elements of "${name}", which is the same for all agents`;
      throw new GroundswellError({ what, where: `params.${length}`, expected: 'an integer, or a list of them' });
    }
    counts.set(name, Math.max(...points.map(({ params }) => params[length])));
  }
  return counts;
}
