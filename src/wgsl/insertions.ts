// Edits of WGSL text that only insert: the text, and the way back from an offset in it. What is inserted is no concern of this file.

export interface Insertion {
  /** Offset in the original text. */
  readonly at: number;
  readonly text: string;
  /** Of insertions at one offset the lower comes first; equal ones keep their order. Default 0. */
  readonly order?: number;
}

export interface EditedText {
  text: string;
  /** The offset in the original text of an offset in the edited one; where text was inserted, the place of the insertion. */
  mapBack(offset: number): number;
}

/** Carries out insertions, given in any order. */
export function insertAll(source: string, insertions: readonly Insertion[]): EditedText {
  const sorted = [...insertions].sort((a, b) => a.at - b.at || (a.order ?? 0) - (b.order ?? 0));
  let text = '';
  let from = 0;
  for (const { at, text: inserted } of sorted) {
    text += source.slice(from, at) + inserted;
    from = at;
  }
  return { text: text + source.slice(from), mapBack: offset => mapBack(sorted, offset) };
}

function mapBack(insertions: readonly Insertion[], offset: number): number {
  let shift = 0;
  for (const { at, text } of insertions) {
    if (at + shift >= offset) break;
    if (offset < at + shift + text.length) return at;
    shift += text.length;
  }
  return offset - shift;
}
