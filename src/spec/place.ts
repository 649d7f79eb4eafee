// Where the faults of a spec are: the line and column of a text, the path in an object, or the change that brought them.
import { GroundswellError } from '../errors.ts';
import { type Problem, valueAt } from './fault.ts';
import { formatPath, type Origin, type Path } from './origin.ts';
import { type Assignment, isMapping } from './set.ts';
import type { Reading } from './sources.ts';

/** Errors about parts of this spec, and the place of a part for errors that come to light later. */
export function readingOf(origin: Origin, changes: readonly Assignment[]): Reading {
  return {
    fail: (path, { at = 'value', ...problem }) => {
      throw new GroundswellError({ ...problem, where: placeOf({ path, at }, origin, changes) });
    },
    place: (path, at = 'value') => placeOf({ path, at }, origin, changes),
  };
}

/** The first in the text, with the number of the others; what is missing comes last, since a misspelt key is often the reason. */
export function firstError(
  problems: readonly Problem[],
  origin: Origin,
  changes: readonly Assignment[],
): GroundswellError {
  const rank = ({ path, at, missing }: Problem): number => (missing ? Infinity : (origin.offset?.(path, at) ?? 0));
  const [first, ...later] = [...problems].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  const others = later.filter(({ path }) => formatPath(path) !== formatPath(first.path));
  const { what, expected, got, hint } = first;
  const more = others.length > 0 ? `and ${others.length} more error${others.length > 1 ? 's' : ''}` : undefined;
  const way = hint && more ? `${hint}${hint.endsWith('?') ? ' A' : '; a'}${more.slice(1)}` : (hint ?? more);
  return new GroundswellError({ what, where: placeOf(first, origin, changes), expected, got, hint: way });
}

function placeOf(
  { path, at }: Pick<Problem, 'path' | 'at'>,
  origin: Origin,
  changes: readonly Assignment[],
): string | undefined {
  const startsWith = (whole: Path, start: Path): boolean => start.every((key, i) => key === whole[i]);
  const change = changes.findLast(
    ({ path: changed }) =>
      startsWith(path, changed) ||
      // A part that is there only because of the change, or that is missing beside it.
      [path, path.slice(0, -1)].some(
        part => part.length > 0 && startsWith(changed, part) && !isMapping(valueAt(origin.value, part)),
      ),
  );
  if (change?.from) return change.from;
  if (change) return `--set ${formatPath(path.length > change.path.length ? path : change.path)}`;
  const place = origin.place(path, at);
  if (path.length === 0) return place;
  return place ? `${formatPath(path)} (${place})` : formatPath(path);
}
