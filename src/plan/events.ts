// What happens to a run from outside, between its steps: which values the rows of the setup arena have from a step on, and which passes run before it. Plain
// data, and the questions that an engine asks of it.
import { appliesAt, type Intervention } from '../spec/intervention-spec.ts';
import type { Pass } from './passes.ts';
import type { Targets } from './targets.ts';

/** What every world's row says of a parameter: `width` words at `word`, world after world. */
export interface RowWords {
  readonly param: string;
  readonly word: number;
  readonly width: 1 | 2;
  readonly words: Uint32Array;
}

/** Parameters in force from a step on, until the next segment: everything that interventions set, also where it is as at the start. */
export interface Segment {
  readonly from: number;
  readonly rows: readonly RowWords[];
}

export interface Events {
  /** Ascending; the first is from step 0. */
  readonly segments: readonly Segment[];
  /** The rows of all worlds in the setup arena, and the words of one. */
  readonly rowsAt: number;
  readonly rowWords: number;
  /** What is done to agents before a step, in order. */
  readonly applications: readonly { readonly intervention: Intervention; readonly passes: readonly Pass[] }[];
  /** The agents of each intervention of the spec. */
  readonly targets: readonly Targets[];
}

/** The segment whose parameters hold in a step. */
export function segmentAt({ segments }: Events, step: number): Segment {
  return segments.findLast(({ from }) => from <= step) ?? segments[0];
}

/** What is to be done before a step. */
export function passesBefore({ applications }: Events, step: number): Pass[] {
  return applications.flatMap(({ intervention, passes }) => (appliesAt(intervention, step) ? passes : []));
}

/** The next step after a step before which something changes; ∞ when there is none. */
export function nextEvent({ segments, applications }: Events, step: number): number {
  const starts = segments.map(({ from }) => from).filter(from => from > step);
  const next = applications.map(({ intervention }) => nextApplication(intervention, step));
  return Math.min(Number.POSITIVE_INFINITY, ...starts, ...next);
}

function nextApplication({ at, until, every }: Intervention, step: number): number {
  if (step < at) return at;
  if (every === undefined) return Number.POSITIVE_INFINITY;
  const next = at + (Math.floor((step - at) / every) + 1) * every;
  return next <= until ? next : Number.POSITIVE_INFINITY;
}

/** Puts a segment's words into the rows of all worlds. */
export function enterSegment({ rowWords }: Events, { rows }: Segment, into: Uint32Array): void {
  for (const { word, width, words } of rows) {
    for (let at = 0, row = word; at < words.length; at += width, row += rowWords) {
      into.set(words.subarray(at, at + width), row);
    }
  }
}
