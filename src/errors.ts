// The one error type of the project. Input errors (exit status 2) and failures of a run (exit status 1) differ by `kind`.

/** What a `GroundswellError` says. Every part is a phrase without a final full stop. */
export interface ErrorDetails {
  /** What is wrong, e.g. `unknown parameter "qq"`. */
  what: string;
  /** Where it is: a path in the spec, a file with line and column, a buffer label. */
  where?: string;
  /** What would have been right, e.g. `an integer from 1 to 8`. */
  expected?: string;
  /** What was found instead, e.g. `9`. */
  got?: string;
  /** The way out, e.g. `did you mean "q"?`. */
  hint?: string;
  /** `input`: the user can mend it (exit status 2). `run`: a started run failed (exit status 1). Default `input`. */
  kind?: 'input' | 'run';
  cause?: unknown;
}

/** The only error that the library throws on purpose: what, where, expected, got, and a way out. */
export class GroundswellError extends Error {
  override readonly name = 'GroundswellError';
  readonly what: string;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly got: string | undefined;
  readonly hint: string | undefined;
  readonly kind: 'input' | 'run';

  constructor(details: ErrorDetails) {
    super(describe(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.what = details.what;
    this.where = details.where;
    this.expected = details.expected;
    this.got = details.got;
    this.hint = details.hint;
    this.kind = details.kind ?? 'input';
  }
}

function describe({ what, where, expected, got, hint }: ErrorDetails): string {
  let message = where ? `${where}: ${what}` : what;
  if (expected) message += `: expected ${expected}`;
  if (got) message += `${expected ? ', ' : ': '}got ${got}`;
  return hint ? `${message}. ${hint[0].toUpperCase()}${hint.slice(1)}` : message;
}

/**
 * The candidate closest to a misspelt word as a phrase (`did you mean "noise"?`), or a list of all candidates when none
 * is close (or `undefined` when there are none). Distance is Levenshtein's, at most a third of the word's length.
 */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const ranked = candidates
    .map(candidate => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best.distance <= Math.max(1, Math.floor(Math.max(word.length, best.candidate.length) / 3))) {
    return `did you mean "${best.candidate}"?`;
  }
  return `known: ${candidates.join(', ')}`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, substitution);
    }
    previous = current;
  }
  return previous[b.length];
}
