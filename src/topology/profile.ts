// The profile of a network: how many nodes have each (out-degree, in-degree, group), and how many edges join each pair of groups. It is
// all that `upscaled` keeps of a network, so a table of degrees can stand for a network that may not be passed on.
import { GroundswellError } from '../errors.ts';
import { transpose } from './csr.ts';
import { Names } from './names.ts';
import { isParquet } from './parquet.ts';
import type { Table } from './records.ts';
import { columnIndex, fieldAt, malformed, openTable } from './records.ts';
import type { BuildContext, Graph } from './types.ts';

/** Nodes that are alike. In an undirected profile `in` equals `out`. */
interface NodeClass {
  out: number;
  in: number;
  group: number;
  count: number;
}

export interface Profile {
  directed: boolean;
  nodeCount: number;
  edgeCount: number;
  classes: NodeClass[];
  groupNames?: string[];
  /**
   * Entry g · G + h counts the edges from group g to group h; for an undirected profile each edge once, with g ≤ h.
   * Absent when there are no groups or the source does not tell who is joined to whom.
   */
  mixing?: Float64Array;
}

/** The profile of a graph, which is taken to be simple. */
export function profileOf(graph: Graph): Profile {
  const { nodeCount, directed, rowOffsets, neighbors, groups, groupNames } = graph;
  const incoming = transpose(nodeCount, { rowOffsets, neighbors }).rowOffsets;
  const classes = new Map<string, NodeClass>();
  for (let i = 0; i < nodeCount; i++) {
    const out = rowOffsets[i + 1] - rowOffsets[i];
    addClass(classes, { out, in: incoming[i + 1] - incoming[i], group: groups?.[i] ?? 0, count: 1 });
  }
  const edgeCount = directed ? neighbors.length : neighbors.length / 2;
  const profile: Profile = { directed, nodeCount, edgeCount, classes: [...classes.values()] };
  if (!groups || !groupNames) return profile;
  const groupCount = groupNames.length;
  const mixing = new Float64Array(groupCount * groupCount);
  for (let i = 0; i < nodeCount; i++) {
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) {
      if (directed || i < neighbors[e]) {
        const [g, h] = [groups[i], groups[neighbors[e]]];
        mixing[directed || g <= h ? g * groupCount + h : h * groupCount + g]++;
      }
    }
  }
  return { ...profile, groupNames, mixing };
}

/** The profile in a CSV or Parquet file with the columns `out_degree,in_degree,count`, or `degree,count`, and optionally `group`. */
export async function readProfile(file: string, readFile: BuildContext['readFile']): Promise<Profile> {
  const bytes = await readFile(file);
  const table = await openTable(bytes, file, { format: isParquet(bytes, file) ? 'parquet' : 'csv' });
  const directed = !table.header?.includes('degree');
  const outColumn = columnIndex(table, directed ? 'out_degree' : 'degree', 'out-degree');
  const inColumn = directed ? columnIndex(table, 'in_degree', 'in-degree') : outColumn;
  const countColumn = columnIndex(table, 'count', 'number of nodes');
  const groupColumn = table.header?.indexOf('group') ?? -1;
  const names = new Names();
  const classes = new Map<string, NodeClass>();
  const sums = { nodes: 0, out: 0, in: 0 };
  for (const record of table.records) {
    const count = integerAt(table, record, countColumn);
    const out = integerAt(table, record, outColumn);
    const into = integerAt(table, record, inColumn);
    const group = groupColumn < 0 ? 0 : names.numberOf(fieldAt(table, record, groupColumn));
    addClass(classes, { out, in: into, group, count });
    sums.nodes += count;
    sums.out += count * out;
    sums.in += count * into;
  }
  if (sums.nodes === 0)
    throw new GroundswellError({ what: 'the table holds no nodes', where: file, expected: 'a count above 0' });
  if (sums.out !== sums.in) {
    throw new GroundswellError({
      what: 'the two sums of degrees differ, but every edge leaves one node and reaches one',
      where: file,
      expected: `in-degrees that add up to ${sums.out}`,
      got: `${sums.in}`,
    });
  }
  const { names: groupNames, finalNumber } = names.finish();
  const list = [...classes.values()];
  if (groupColumn >= 0) for (const entry of list) entry.group = finalNumber[entry.group];
  const edgeCount = directed ? sums.out : sums.out / 2;
  return { directed, nodeCount: sums.nodes, edgeCount, classes: list, ...(groupColumn >= 0 && { groupNames }) };
}

function addClass(classes: Map<string, NodeClass>, added: NodeClass): void {
  const key = `${added.out} ${added.in} ${added.group}`;
  const known = classes.get(key);
  if (known) known.count += added.count;
  else classes.set(key, added);
}

function integerAt(table: Table, record: { fields: readonly string[]; line: number }, column: number): number {
  const text = fieldAt(table, record, column);
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw malformed(table.place(record.line), text, { what: 'not a count', expected: 'a non-negative integer' });
}
