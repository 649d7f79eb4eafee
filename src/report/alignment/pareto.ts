// The Pareto front of points in a plane of two things that are better the larger they are.

/** A place in a plane; larger is better in both directions. */
export interface Place {
  x: number;
  y: number;
}

/** The positions of the places that none other dominates (as good in both, better in one), by falling x. Equal places stand together. O(n log n), exact. */
export function paretoFront(places: readonly Place[]): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[b].x - places[a].x || places[b].y - places[a].y);
  const front: number[] = [];
  for (const i of order) {
    const best = front.length > 0 ? places[front[front.length - 1]] : undefined;
    const { x, y } = places[i];
    // from right to left a place is dominated unless it is higher than all before it, or equal to the highest
    if (!best || y > best.y || (y === best.y && x === best.x)) front.push(i);
  }
  return front;
}

/** The border of what the front dominates, from the left edge to the bottom: corners of a step line. */
export function frontSteps(front: readonly Place[], left: number, bottom: number): Place[] {
  const ordered = [...front].sort((a, b) => a.x - b.x);
  if (ordered.length === 0) return [];
  const steps: Place[] = [{ x: left, y: ordered[0].y }];
  for (const { x, y } of ordered) {
    const before = steps[steps.length - 1];
    if (before.y !== y) steps.push({ x: before.x, y });
    steps.push({ x, y });
  }
  return [...steps, { x: steps[steps.length - 1].x, y: bottom }];
}
