// A network read from a file of edges. The source looks at the target unless the spec reverses it or makes it mutual; self-loops and
// duplicates are counted and treated as asked; nodes are those named by the lines that pass the filter.
import { GroundswellError } from '../errors.ts';
import type { EdgeList } from './csr.ts';
import { edgesOf, graphOf, mergeDuplicates, rowsOf } from './csr.ts';
import { GrowingUint32 } from './growing.ts';
import { Names } from './names.ts';
import { NodeGroups, readGroups } from './node-groups.ts';
import type { Table } from './records.ts';
import { columnIndex, fieldAt, malformed, openTable } from './records.ts';
import type { BuildContext, Column, EdgeSource, Graph } from './types.ts';

/** Reads the graph of an edge source, with `ids`, and with `groups` where the source names columns or a file of them. */
export async function readEdges(source: EdgeSource, readFile: BuildContext['readFile']): Promise<Graph> {
  const table = await openTable(await readFile(source.file), source.file, source);
  const collected = collect(table, source);
  const { ids, selfLoops, groups } = collected;
  const graph = build(ids.length, collected, source);
  graph.report.selfLoops = { met: selfLoops, kept: source.selfLoops === 'keep' ? selfLoops : 0 };
  graph.ids = ids;
  if (groups) Object.assign(graph, groups.finish(ids, source.file));
  if (source.groups) Object.assign(graph, await readGroups(source.groups, ids, readFile));
  return graph;
}

interface Collected {
  ids: string[];
  edges: EdgeList;
  /** Where an edge is in the file, in words. */
  placeOf(edge: number): string;
  selfLoops: number;
  /** What the file says of groups, where it has columns of them. */
  groups: NodeGroups | undefined;
}

/** Positions of columns; a weight or group that is not read has none. */
interface Positions {
  from: number;
  to: number;
  weight?: number;
  fromGroup?: number;
  toGroup?: number;
}

function positionsOf(table: Table, { columns = {}, reverse = false }: EdgeSource): Positions {
  const optional = (column: Column | undefined, role: string): number | undefined =>
    column === undefined ? undefined : columnIndex(table, column, role);
  const source = columnIndex(table, columns.source ?? (table.header ? 'source' : 1), 'source');
  const target = columnIndex(table, columns.target ?? (table.header ? 'target' : 2), 'target');
  const weight = optional(columns.weight, 'weight');
  const sourceGroup = optional(columns.sourceGroup, 'group of the source');
  const targetGroup = optional(columns.targetGroup, 'group of the target');
  return reverse
    ? { from: target, to: source, weight, fromGroup: targetGroup, toGroup: sourceGroup }
    : { from: source, to: target, weight, fromGroup: sourceGroup, toGroup: targetGroup };
}

function collect(table: Table, source: EdgeSource): Collected {
  const { selfLoops: loopPolicy = 'drop' } = source;
  const { from, to, weight, fromGroup, toGroup } = positionsOf(table, source);
  const passes = filterOf(table, source.filter ?? {});
  const names = new Names();
  const groups = fromGroup === undefined && toGroup === undefined ? undefined : new NodeGroups(table.place);
  const sources = new GrowingUint32();
  const targets = new GrowingUint32();
  const lines = new GrowingUint32();
  const weights: number[] = [];
  let selfLoops = 0;
  for (const record of table.records) {
    if (!passes(record.fields)) continue;
    const [nameA, nameB] = [fieldAt(table, record, from), fieldAt(table, record, to)];
    const a = names.numberOf(nameA);
    const b = names.numberOf(nameB);
    if (fromGroup !== undefined) groups?.add(nameA, fieldAt(table, record, fromGroup), record.line);
    if (toGroup !== undefined) groups?.add(nameB, fieldAt(table, record, toGroup), record.line);
    if (a === b) {
      selfLoops++;
      if (loopPolicy === 'error') throw refused(table, record, 'a self-loop', 'selfLoops');
      if (loopPolicy === 'drop') continue;
    }
    sources.push(a);
    targets.push(b);
    lines.push(record.line);
    if (weight !== undefined) weights.push(weightOf(table, record, weight));
  }
  const { names: ids, finalNumber } = names.finish();
  if (ids.length === 0) throw noEdges(source);
  const edges: EdgeList = {
    sources: sources.view().map(a => finalNumber[a]),
    targets: targets.view().map(b => finalNumber[b]),
    ...(weight !== undefined && { weights: Float64Array.from(weights) }),
  };
  return { ids, edges, placeOf: edge => table.place(lines.view()[edge]), selfLoops, groups };
}

function filterOf(
  table: Table,
  filter: Readonly<Record<string, string | number>>,
): (fields: readonly string[]) => boolean {
  const tests = Object.entries(filter).map(([column, value]) => ({
    index: columnIndex(table, column, 'filter'),
    value: String(value),
  }));
  return fields => tests.every(({ index, value }) => fields[index]?.trim() === value);
}

function weightOf(table: Table, record: { fields: readonly string[]; line: number }, column: number): number {
  const text = fieldAt(table, record, column);
  const weight = Number(text);
  if (Number.isFinite(weight)) return weight;
  throw malformed(table.place(record.line), text, { what: 'a weight is not a number', expected: 'a finite number' });
}

/** Rows of the edges with duplicates treated. Undirected edges are counted and merged as (lower, higher), then enter both rows. */
function build(nodeCount: number, { edges, placeOf }: Collected, source: EdgeSource): Graph {
  const directed = source.directed ?? true;
  if (!directed) lowerFirst(edges);
  const policy = source.duplicates ?? 'merge';
  const all = rowsOf(nodeCount, edges, false);
  const { rows: merged, merged: met } = mergeDuplicates(nodeCount, all);
  if (policy === 'error' && met > 0) {
    throw new GroundswellError({
      what: 'an edge is in the file more than once',
      where: placeOf(firstDuplicate(edges)),
      hint: 'set "duplicates" to "merge" or "keep" to accept it',
    });
  }
  const kept = policy === 'keep' ? all : merged;
  const duplicates = { met, kept: policy === 'keep' ? met : 0 };
  return graphOf(directed, directed ? kept : rowsOf(nodeCount, edgesOf(kept), true), { duplicates });
}

function lowerFirst({ sources, targets }: EdgeList): void {
  for (let e = 0; e < sources.length; e++) {
    if (sources[e] > targets[e]) [sources[e], targets[e]] = [targets[e], sources[e]];
  }
}

/** The first edge that repeats an earlier one. */
function firstDuplicate({ sources, targets }: EdgeList): number {
  const seen = new Set<string>();
  for (let e = 0; e < sources.length; e++) {
    const key = `${sources[e]} ${targets[e]}`;
    if (seen.has(key)) return e;
    seen.add(key);
  }
  return -1;
}

function refused(
  table: Table,
  record: { fields: readonly string[]; line: number },
  what: string,
  option: string,
): GroundswellError {
  return new GroundswellError({
    what: `${what} is in the file`,
    where: table.place(record.line),
    got: `"${record.fields.join(' ')}"`,
    hint: `set "${option}" to "drop" or "keep" to accept it`,
  });
}

function noEdges(source: EdgeSource): GroundswellError {
  const filter = Object.entries(source.filter ?? {}).map(([column, value]) => `${column}: ${value}`);
  return new GroundswellError({
    what: filter.length > 0 ? `no line passes the filter (${filter.join(', ')})` : 'the file has no edges',
    where: source.file,
    expected: 'at least one edge',
  });
}
