// The whole of tri-alignment rule by rule, in ordinary floating point and with draws of its own: distributions must agree with the model's, not bits. Slow and obvious.
import { imitate, meanPayoffs, playEncounters, settleAccounts } from './tri-alignment-conduct.ts';
import { adjustStances, judge, showStances } from './tri-alignment-stances.ts';
import { createWorld, type TriOptions, type TriWorld } from './tri-alignment-world.ts';

/** A population at its start. */
export function openTriAlignment(options: TriOptions): TriWorld {
  const world = createWorld(options);
  for (const i of world.agents.keys()) judge(world, i);
  return world;
}

/** One step. Every rule acts on the state before it, for all who are active at once. */
export function stepTriAlignment(world: TriWorld): void {
  const { agents, update, draws } = world;
  const everyone = [...agents.keys()];
  const active = typeof update === 'string' ? everyone : everyone.filter(() => draws.unit() < update.activation);
  showStances(world, active);
  adjustStances(world, active);
  for (const i of active) judge(world, i);
  playEncounters(world, active);
  const pools = meanPayoffs(world);
  settleAccounts(world, active, pools);
  imitate(world, active, pools);
}
