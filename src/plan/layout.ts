// Where the state lives. One arena of 32-bit words holds every field of every world; a field that a rule writes while others read it has two slots, which
// take turns. Nothing outside the planner and the generated accessors knows these numbers.
import { GroundswellError } from '../errors.ts';
import { type Field, type Holder, isPlain, isSigned, type Model } from '../model/index.ts';

/**
 * A field's place. Of an unpacked one: word `base + slot · slotWords + ((first + item) · elements + k) · points + point`, where `first` counts the items (agents,
 * groups or links) of earlier replicas. A packed one has `32 / bits` values in a word, from the lowest bits on: agent and point have the value
 * `agent · pointStride + point` of the replica, which begins at a word of its own, `replica · replicaWords` behind the slot's first.
 */
export interface FieldLayout {
  readonly name: string;
  readonly field: Field;
  readonly holder: Holder;
  /** Words of one item and point: the elements of an array field, else 1. Points with shorter arrays leave the rest at its start. */
  readonly elements: number;
  /** Bits of a value in its word; 32 for one that is not packed. */
  readonly bits: number;
  /** Words of a replica of a packed field. */
  readonly replicaWords: number;
  readonly base: number;
  readonly slots: 1 | 2;
  readonly slotWords: number;
  /** How often a step exchanges the slots; 0 for one slot. */
  readonly flipsPerStep: number;
}

export interface StateLayout {
  readonly population: number;
  readonly points: number;
  /** Places that the points of an agent take where values are packed: many points begin at a word of their own. */
  readonly pointStride: number;
  readonly replicas: number;
  /** Groups of agents, at least one; links of the graph of each replica. */
  readonly groups: number;
  readonly links: readonly number[];
  readonly fields: readonly FieldLayout[];
  /** First word of the partner buffer, where the update pairs agents. */
  readonly partnerBase: number | undefined;
  /** First word of the candidates of a matching on a graph: what `partnerWords: 2` makes room for. */
  readonly candidateBase: number | undefined;
  readonly words: number;
}

/** What a layout is made from besides the model. */
export interface Arena {
  population: number;
  points: number;
  replicas: number;
  groups: number;
  links: readonly number[];
  /** Largest number of elements of an array field over the points, by field. */
  elements: ReadonlyMap<string, number>;
  /** Words that each agent of a replica needs to be paired: 0, its partner, or its partner and its candidate. */
  partnerWords: 0 | 1 | 2;
  /** Whether values may share words: all agents of a word then write at once. */
  mayPack: boolean;
}

/** Bits of a packed value. */
const PACKED_BITS = [1, 2, 4, 8, 16] as const;

/** The bits that values of a field need in a word that they share; 32 if they share none. */
function bitsOf(field: Field): number {
  if (!isPlain(field) || isSigned(field)) return 32;
  return PACKED_BITS.find(bits => field.high < 2 ** bits) ?? 32;
}

/** A kernel addresses words with 32 bits. */
const MAX_WORDS = 2 ** 32;

/** Points from which each agent begins with a word of its own: a sweep is then computed for many points at once. */
export const MANY_POINTS = 16;

const strideOf = (points: number): number => (points < MANY_POINTS ? points : 32 * Math.ceil(points / 32));

/** Lays out the fields; `flips` says how many rules of a step write a field that others read, by field name. */
export function layOut(model: Model, arena: Arena, flips: ReadonlyMap<string, number>): StateLayout {
  const { population, points, replicas, groups, links, partnerWords } = arena;
  const pointStride = arena.mayPack ? strideOf(points) : points;
  let next = 0;
  const fields = Object.entries(model.fields).map(([name, field]): FieldLayout => {
    const flipsPerStep = flips.get(name) ?? 0;
    const slots = flipsPerStep > 0 ? 2 : 1;
    const holder = field.holder ?? 'agent';
    const elements = arena.elements.get(name) ?? 1;
    const items = itemCounts({ population, groups, links, replicas }, holder).reduce((sum, count) => sum + count, 0);
    const bits = arena.mayPack ? bitsOf(field) : 32;
    const replicaWords = Math.ceil((population * pointStride * bits) / 32);
    const slotWords = bits === 32 ? items * elements * points : replicas * replicaWords;
    const layout = {
      name,
      field,
      holder,
      elements,
      bits,
      replicaWords,
      base: next,
      slots,
      slotWords,
      flipsPerStep,
    } as const;
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
  return { population, points, pointStride, replicas, groups, links, fields, partnerBase, candidateBase, words: next };
}

/** How many items of a holder each replica has. */
function itemCounts(
  { population, groups, links, replicas }: Pick<StateLayout, 'population' | 'groups' | 'links' | 'replicas'>,
  holder: Holder,
): readonly number[] {
  if (holder === 'link') return links;
  return new Array<number>(replicas).fill(holder === 'group' ? groups : population);
}

/** Where kernels find partners and candidates, and the stride of points. */
export function layoutConstants({
  partnerBase = 0,
  candidateBase = 0,
  pointStride,
}: StateLayout): Record<string, number> {
  return { PARTNER_AT: partnerBase, CANDIDATE_AT: candidateBase, POINT_STRIDE: pointStride };
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

/** How many values a field has in all worlds. */
export function valueCount({ points, replicas, ...layout }: StateLayout, { holder, elements }: FieldLayout): number {
  const items = itemCounts({ replicas, ...layout }, holder).reduce((sum, count) => sum + count, 0);
  return items * elements * points;
}

/**
 * A field's values in the order of the results (world by world, a world being a replica of a point; within it item by item, element by element), from the words
 * of a slot.
 */
export function valuesOf(words: Uint32Array, layout: StateLayout, place: FieldLayout): Uint32Array {
  if (place.bits === 32 && layout.points === 1) return words;
  const values = new Uint32Array(valueCount(layout, place));
  forEachValue(layout, place, (result, word, shift, mask) => {
    values[result] = (words[word] >>> shift) & mask;
  });
  return values;
}

/** The words of a slot with these values. */
export function wordsOf(values: Uint32Array, layout: StateLayout, place: FieldLayout): Uint32Array {
  if (place.bits === 32 && layout.points === 1) return values;
  const words = new Uint32Array(place.slotWords);
  forEachValue(layout, place, (result, word, shift) => {
    words[word] |= values[result] << shift;
  });
  return words;
}

/** Goes through the values in the order of the results: number of the value, its word in the slot, and its place there. */
function forEachValue(
  layout: StateLayout,
  { holder, elements, bits, replicaWords }: FieldLayout,
  visit: (result: number, word: number, shift: number, mask: number) => void,
): void {
  const { points, pointStride } = layout;
  const perWord = 32 / bits;
  const mask = bits === 32 ? -1 : 2 ** bits - 1;
  const counts = itemCounts(layout, holder);
  let result = 0;
  for (let point = 0; point < points; point++) {
    let first = 0;
    counts.forEach((count, replica) => {
      const begin = bits === 32 ? first : replica * replicaWords * perWord;
      for (let k = 0; k < count * elements; k++) {
        const value = begin + k * (bits === 32 ? points : pointStride) + point;
        visit(result++, Math.floor(value / perWord), (value % perWord) * bits, mask);
      }
      first += count * elements * points;
    });
  }
}
