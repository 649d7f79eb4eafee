// The buffers of a run: names, sizes, and what they hold at the start.

/** The storage buffers of a run, in the order of their bindings 1 to 6. All hold 32-bit words. */
export const BUFFERS = ['state', 'setup', 'rows', 'columns', 'scratch', 'ring'] as const;
export type BufferName = (typeof BUFFERS)[number];

/** Words from `at` on. */
export interface BufferPart {
  at: number;
  data: Uint32Array;
}

/** Words of a buffer, at least one, and what it holds at the start; the rest is 0. */
export interface BufferPlan {
  words: number;
  /** In ascending order; they do not overlap. */
  parts: readonly BufferPart[];
}

/** A buffer of at least one word, since there are no empty bindings. */
export function buffer(words: number, parts: readonly BufferPart[] = []): BufferPlan {
  return { words: Math.max(1, words), parts: parts.toSorted((a, b) => a.at - b.at) };
}

/** A buffer that holds these words. */
export function filled(data: Uint32Array | undefined): BufferPlan {
  return data ? buffer(data.length, [{ at: 0, data }]) : buffer(0);
}
