// Szabó & Tőke's process in its published order: one agent at a time, drawn at random, on a periodic square lattice with four neighbours. In floating point and with draws of its
// own: it shares nothing with the engines but the generator, and is compared with them in distribution.
import { seedKey, sequence } from '../../src/random.ts';

export interface SequentialOptions {
  side: number;
  /** What a defector earns from a cooperator. */
  temptation: number;
  noise: number;
  /** Whether a cooperator also meets itself. */
  selfInteraction?: boolean;
  /** Probability that an agent starts as a cooperator. */
  cooperators: number;
  seed: string;
}

/** Shares of cooperators after each sweep (as many updates as agents), the first at the start. */
export function* sequentialSweeps(options: SequentialOptions): Generator<number> {
  const { side, temptation, noise, selfInteraction = false, cooperators, seed } = options;
  const agents = side * side;
  const draws = sequence(seedKey(seed));
  const cooperates = Uint8Array.from({ length: agents }, () => Number(draws.unit() < cooperators));
  const neighbor = (i: number, k: number): number => {
    const x = i % side;
    if (k === 0) return x === side - 1 ? i + 1 - side : i + 1;
    if (k === 1) return x === 0 ? i + side - 1 : i - 1;
    const y = k === 2 ? i + side : i - side;
    return y < 0 ? y + agents : y >= agents ? y - agents : y;
  };
  const payoff = (i: number): number => {
    const met =
      cooperates[neighbor(i, 0)] + cooperates[neighbor(i, 1)] + cooperates[neighbor(i, 2)] + cooperates[neighbor(i, 3)];
    return cooperates[i] === 1 ? met + Number(selfInteraction) : temptation * met;
  };
  let count = cooperates.reduce((sum, one) => sum + one, 0);
  for (;;) {
    yield count / agents;
    for (let update = 0; update < agents; update++) {
      const link = draws.below(4 * agents);
      const i = link >>> 2;
      const model = neighbor(i, link & 3);
      if (cooperates[i] === cooperates[model]) continue;
      if (draws.unit() >= 1 / (1 + Math.exp((payoff(i) - payoff(model)) / noise))) continue;
      count += cooperates[model] - cooperates[i];
      cooperates[i] = cooperates[model];
    }
  }
}
