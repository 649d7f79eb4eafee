// The states of a small population step by step, for answers that are known by hand.
import type { Population } from '../../src/engine/engine.ts';

/** A field's values after each of so many steps, the initial state first. */
export async function course(population: Population, field: string, steps: number): Promise<number[][]> {
  const states = [[...(await population.read(field))]];
  for (let step = 1; step <= steps; step++) {
    await population.step(1, { every: 0 });
    states.push([...(await population.read(field))]);
  }
  return states;
}
