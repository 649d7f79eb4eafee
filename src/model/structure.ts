// What groups can be to each other. Who is in which group, and in which role, is a matter of the spec.

/**
 * The three social structures, by the number that `relation(g, h)` gives in WGSL: `collaborative` (one shared objective), `cooperative` (own goals, mixed motives),
 * `competitive` (the success of one is the failure of the other).
 */
export const RELATIONS = ['collaborative', 'cooperative', 'competitive'] as const;
/** One of the three. */
export type Relation = (typeof RELATIONS)[number];

/** Relation and strength, in [0, 1], of each group (row) to each group (column). */
export interface RelationMatrix {
  kinds: readonly (readonly Relation[])[];
  strengths: readonly (readonly number[])[];
}
