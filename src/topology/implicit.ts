// Neighbourhoods that are computed: complete, ring and torus lattice. They take no memory. The order of the neighbours is part of
// the contract, since the shader's `neighbor(i, k)` states the same formulas.
import { GroundswellError } from '../errors.ts';
import type { CompleteSpec, ImplicitNeighborhood, LatticeSpec, RingSpec } from './types.ts';

/** Everybody looks at everybody else, in ascending order. */
export function complete(shape: CompleteSpec, nodeCount: number): ImplicitNeighborhood {
  return { nodeCount, shape, degree: nodeCount - 1, neighbor: (i, k) => k + (k >= i ? 1 : 0) };
}

/** A circle: k = 0 is +1, then −1, +2, −2, … up to ± reach. */
export function ring(shape: RingSpec, nodeCount: number): ImplicitNeighborhood {
  const { reach } = shape;
  if (nodeCount <= 2 * reach) {
    throw new GroundswellError({
      what: 'the ring is too small for its reach, neighbours would repeat',
      where: 'topology.reach',
      expected: `fewer than half of the population of ${nodeCount}`,
      got: `${reach}`,
      hint: 'use "complete" to let everybody look at everybody',
    });
  }
  return {
    nodeCount,
    shape,
    degree: 2 * reach,
    neighbor(i, k) {
      const distance = (k >>> 1) + 1;
      return (i + (k % 2 === 0 ? distance : nodeCount - distance)) % nodeCount;
    },
  };
}

/** The steps (dx, dy) of neighbours 0 to 7; the first four are von Neumann's. */
const STEPS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;

/** A torus of width × height cells; cell (x, y) is agent y · width + x. */
export function lattice(shape: LatticeSpec): ImplicitNeighborhood {
  const { width, height, neighbourhood } = shape;
  for (const [name, side] of [
    ['width', width],
    ['height', height],
  ] as const) {
    if (side >= 3) continue;
    throw new GroundswellError({
      what: 'the torus is too narrow, neighbours would repeat',
      where: `topology.${name}`,
      expected: 'at least 3',
      got: `${side}`,
    });
  }
  return {
    nodeCount: width * height,
    shape,
    degree: neighbourhood === 'moore' ? 8 : 4,
    neighbor(i, k) {
      const [dx, dy] = STEPS[k];
      const x = (i % width) + dx;
      const y = Math.floor(i / width) + dy;
      return ((y + height) % height) * width + ((x + width) % width);
    },
  };
}
