// What groups are to each other, as written: by the names of groups, or as matrices in their order. The names of groups may come to light only with a
// topology's file, so that the matrix is made when they are known.
import type { z } from 'zod';
import { GroundswellError, suggest } from '../errors.ts';
import { RELATIONS, type Relation, type RelationMatrix } from '../model/index.ts';
import { either, listOf, mapping, named, oneOf, shareOf } from './leaves.ts';
import type { Path } from './origin.ts';
import type { Reading } from './sources.ts';

/** One relation: of `from` to `to`, and of `to` to `from` where that one is not written. */
interface RelationSpec {
  from: string;
  to: string;
  kind: Relation;
  strength: number;
  /** The places of the two names, for messages. */
  where: { from: string | undefined; to: string | undefined };
}

/** The relations of a spec: listed by names, or rows in the order of the groups with the place of each. */
export type RelationsSpec = { where: string | undefined } & (
  | { entries: readonly RelationSpec[] }
  | { kinds: Rows<Relation>; strengths?: Rows<number> }
);

interface Rows<T> {
  rows: readonly (readonly T[])[];
  where: string | undefined;
  rowWhere: readonly (string | undefined)[];
}

type WrittenRelation = Relation | { kind: Relation; strength: number };
type WrittenNames = Record<string, Record<string, WrittenRelation>>;
export interface WrittenMatrix {
  kinds: Relation[][];
  strengths?: number[][];
}

/** The schema of `relations`. */
export function relationsSchema(): z.ZodType<WrittenNames | WrittenMatrix> {
  const kind = () => oneOf('relation', RELATIONS);
  const relation = either(`one of ${RELATIONS.join(', ')}, or {kind, strength}`, [
    kind(),
    mapping('key of a relation', {
      kind: kind().default('collaborative'),
      strength: shareOf().default(1).describe('From 0 to 1; what it does is up to the model.'),
    }),
  ]);
  const rows = <T extends z.ZodType>(entry: T, what: string) =>
    listOf(listOf(entry, `a list of ${what}`), `a list of rows of ${what}`);
  const group = 'the name of a group';
  // `kinds` and `strengths` tell the two forms apart
  const byName = named(named(relation, 'group', /^/, group), 'group', /^(?!(kinds|strengths)$)/, group);
  const matrix = mapping('matrix', {
    kinds: rows(kind(), 'relations').describe('A row and a column for each group, in their order.'),
    strengths: rows(shareOf(), 'numbers').optional().describe('Likewise, from 0 to 1. Default 1.'),
  });
  return either('relations by the names of groups, or matrices {kinds: [[…]], strengths: [[…]]}', [matrix, byName]);
}

/** Reads the relations; what names groups is checked here, unless the names are those of a file that has not been read. */
export function readRelations(
  written: WrittenNames | WrittenMatrix,
  groups: readonly string[] | undefined,
  reading: Reading,
): RelationsSpec {
  const where = reading.place(['relations']);
  const relations: RelationsSpec = isMatrix(written)
    ? { where, ...matrixOf(written, reading) }
    : { where, entries: entriesOf(written, reading) };
  if (groups) relationMatrix(relations, groups);
  return relations;
}

function isMatrix(written: WrittenNames | WrittenMatrix): written is WrittenMatrix {
  return Array.isArray(written.kinds);
}

function entriesOf(written: WrittenNames, { place }: Reading): RelationSpec[] {
  return Object.entries(written).flatMap(([from, row]) =>
    Object.entries(row).map(([to, relation]) => {
      const path: Path = ['relations', from];
      const { kind, strength } = typeof relation === 'string' ? { kind: relation, strength: 1 } : relation;
      return { from, to, kind, strength, where: { from: place(path, 'key'), to: place([...path, to], 'key') } };
    }),
  );
}

function matrixOf({ kinds, strengths }: WrittenMatrix, { place }: Reading) {
  const rowsOf = <T>(key: string, rows: T[][]): Rows<T> => {
    const path: Path = ['relations', key];
    return { rows, where: place(path), rowWhere: rows.map((_, row) => place([...path, row])) };
  };
  return {
    kinds: rowsOf('kinds', kinds),
    ...(strengths && { strengths: rowsOf('strengths', strengths) }),
  };
}

/** The relations of these groups. Throws a `GroundswellError` where they do not fit. */
export function relationMatrix(relations: RelationsSpec, groups: readonly string[]): RelationMatrix {
  if (groups.length === 0) {
    const hint = 'add groups to the spec';
    throw new GroundswellError({ what: 'relations without groups', where: relations.where, hint });
  }
  if ('entries' in relations) return namedMatrix(relations.entries, groups);
  const { kinds, strengths } = relations;
  for (const matrix of [kinds, strengths]) if (matrix) refuseShape(matrix, groups);
  return {
    kinds: kinds.rows,
    strengths: strengths?.rows ?? groups.map(() => groups.map(() => 1)),
  };
}

function namedMatrix(entries: readonly RelationSpec[], groups: readonly string[]): RelationMatrix {
  const kinds = groups.map(() => groups.map((): Relation => 'collaborative'));
  const strengths = groups.map(() => groups.map(() => 1));
  const numberOf = (name: string, where: string | undefined): number => {
    const number = groups.indexOf(name);
    if (number >= 0) return number;
    throw new GroundswellError({ what: `unknown group "${name}"`, where, hint: suggest(name, groups) });
  };
  const written = new Set(entries.map(({ from, to }) => JSON.stringify([from, to])));
  for (const { from, to, kind, strength, where } of entries) {
    const [g, h] = [numberOf(from, where.from), numberOf(to, where.to)];
    kinds[g][h] = kind;
    strengths[g][h] = strength;
    if (written.has(JSON.stringify([to, from]))) continue;
    kinds[h][g] = kind;
    strengths[h][g] = strength;
  }
  return { kinds, strengths };
}

function refuseShape({ rows, where, rowWhere }: Rows<unknown>, groups: readonly string[]): void {
  const expected = `${groups.length}, one for each group (${groups.join(', ')})`;
  if (rows.length !== groups.length) {
    throw new GroundswellError({ what: 'wrong number of rows', where, expected, got: String(rows.length) });
  }
  rows.forEach((row, g) => {
    if (row.length === groups.length) return;
    const what = 'wrong number of entries in a row';
    throw new GroundswellError({ what, where: rowWhere[g], expected, got: String(row.length) });
  });
}
