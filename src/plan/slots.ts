// Which fields need two slots, and how often a step exchanges them. A field that a rule writes while reading it at others gets two; then every rule that writes
// it exchanges them, also one that reads it only at its own agent.
import type { Effects } from './effects.ts';

/** Exchanges of slots by field. */
export type Flips = ReadonlyMap<string, number>;

export interface SlotPlan {
  /** Exchanges in a whole step. */
  perStep: Flips;
  /** Exchanges up to and including a rule, from those before it. */
  after(flips: Flips, rule: Effects): Flips;
}

/** `inPlace`: who acts sees at once what others wrote, and nobody acts at the same time who would see it; so nothing needs two slots. */
export function planSlots(rules: readonly Effects[], inPlace: boolean): SlotPlan {
  const exchanged = (rule: Effects): string[] => [...rule.writes].filter(field => rule.readsOfOthers.has(field));
  const twoSlots = new Set(inPlace ? [] : rules.flatMap(exchanged));
  const after = (flips: Flips, rule: Effects): Flips => {
    const next = new Map(flips);
    for (const field of rule.writes) if (twoSlots.has(field)) next.set(field, (next.get(field) ?? 0) + 1);
    return next;
  };
  return { perStep: rules.reduce(after, new Map()), after };
}
