// Where the state lives. One arena of 32-bit words holds every field of every world; a field that a rule writes while others read it has two slots, which
// take turns. Nothing outside the planner and the generated accessors knows these numbers.
import { GroundswellError } from '../errors.ts';
import { type Field, isSigned, type Model } from '../model/index.ts';

/** A field's place: word `base + slot · slotWords + (replica · population + agent) · points + point`. */
export interface FieldLayout {
  readonly name: string;
  readonly field: Field;
  readonly base: number;
  readonly slots: 1 | 2;
  readonly slotWords: number;
  /** How often a step exchanges the slots; 0 for one slot. */
  readonly flipsPerStep: number;
}

export interface StateLayout {
  readonly population: number;
  readonly points: number;
  readonly replicas: number;
  readonly fields: readonly FieldLayout[];
  /** First word of the partner buffer, where the update pairs agents. */
  readonly partnerBase: number | undefined;
  /** First word of the candidates of a matching on a graph: what `partnerWords: 2` makes room for. */
  readonly candidateBase: number | undefined;
  readonly words: number;
}

/** A kernel addresses words with 32 bits. */
const MAX_WORDS = 2 ** 32;

/** Lays out the fields; `flips` says how many rules of a step write a field that others read, by field name. */
export function layOut(
  model: Model,
  {
    population,
    points,
    replicas,
    flips,
    partnerWords,
  }: {
    population: number;
    points: number;
    replicas: number;
    flips: ReadonlyMap<string, number>;
    /** Words that each agent of a replica needs to be paired: 0, its partner, or its partner and its candidate. */
    partnerWords: 0 | 1 | 2;
  },
): StateLayout {
  const slotWords = population * points * replicas;
  let next = 0;
  const fields = Object.entries(model.fields).map(([name, field]): FieldLayout => {
    const flipsPerStep = flips.get(name) ?? 0;
    const slots = flipsPerStep > 0 ? 2 : 1;
    const layout = { name, field, base: next, slots, slotWords, flipsPerStep } as const;
    next += slots * slotWords;
    return layout;
  });
  const partnerBase = partnerWords > 0 ? next : undefined;
  const candidateBase = partnerWords > 1 ? next + population * replicas : undefined;
  next += partnerWords * population * replicas;
  if (next > MAX_WORDS) {
    throw new GroundswellError({
      what: 'the population does not fit',
      where: 'population',
      expected: `at most ${MAX_WORDS} words of state`,
      got: `${next} (${points * replicas} worlds of ${population} agents)`,
      hint: 'use fewer agents, points or replicas',
    });
  }
  return { population, points, replicas, fields, partnerBase, candidateBase, words: next };
}

/** Where kernels find partners and candidates. */
export function partnerConstants({ partnerBase = 0, candidateBase = 0 }: StateLayout): Record<string, number> {
  return { PARTNER_AT: partnerBase, CANDIDATE_AT: candidateBase };
}

/** The slot that holds a field after `step` steps (0: the initial state). */
export function slotAfter(layout: FieldLayout, step: number): number {
  return (step * layout.flipsPerStep) & 1;
}

/**
 * The first word of a field's slot as a WGSL expression, in step `frame.step` after `flips` exchanges of that step. With an even number of exchanges in a
 * step it is a constant; with an odd one the slots take turns from step to step.
 */
export function slotExpression({ base, slots, slotWords, flipsPerStep }: FieldLayout, flips: number): string {
  if (slots === 1) return `${base}u`;
  if (flipsPerStep % 2 === 0) return `${base + (flips & 1) * slotWords}u`;
  // (step − 1) exchanges before this step, and `flips` in it
  return `(${base}u + ((frame.step + ${(flips + 1) & 1}u) & 1u) * ${slotWords}u)`;
}

/** Bytes of state per agent, over all slots. */
export function stateBytesPerAgent(layout: StateLayout): number {
  return (4 * layout.words) / (layout.population * layout.points * layout.replicas);
}

/** Words of a field as its typed array: signed fields as Int32Array. */
export function fieldWords(field: Field, words: Uint32Array): Int32Array | Uint32Array {
  return isSigned(field) ? new Int32Array(words.buffer, words.byteOffset, words.length) : words;
}

/** A field's words in the order of the results (world by world, a world being a replica of a point) from the order of the arena, or back. */
export function reorderWords(
  words: Uint32Array,
  layout: StateLayout,
  direction: 'to-results' | 'to-arena',
): Uint32Array {
  const { population, points, replicas } = layout;
  if (points === 1) return words;
  const reordered = new Uint32Array(words.length);
  for (let point = 0; point < points; point++) {
    for (let replica = 0; replica < replicas; replica++) {
      let result = (point * replicas + replica) * population;
      let arena = replica * population * points + point;
      for (let i = 0; i < population; i++) {
        if (direction === 'to-results') reordered[result] = words[arena];
        else reordered[arena] = words[result];
        result++;
        arena += points;
      }
    }
  }
  return reordered;
}
