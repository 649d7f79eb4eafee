// The group of each node of a file: said beside the nodes in the file of edges, or in a file of its own.
import { GroundswellError } from '../errors.ts';
import { Names } from './names.ts';
import { columnIndex, fieldAt, openTable } from './records.ts';
import type { BuildContext, EdgeSource } from './types.ts';

/** Collects what is said of nodes' groups. */
export class NodeGroups {
  private readonly said = new Map<string, { group: string; line: number }>();
  private readonly place: (line: number) => string;

  /** `place` words where a line is. */
  constructor(place: (line: number) => string) {
    this.place = place;
  }

  /** Takes down a node's group; fails where another was said before. */
  add(node: string, group: string, line: number): void {
    const before = this.said.get(node);
    if (before === undefined) this.said.set(node, { group, line });
    else if (before.group !== group) {
      throw new GroundswellError({
        what: `node "${node}" is in two groups`,
        where: this.place(line),
        expected: `"${before.group}", as in ${this.place(before.line)}`,
        got: `"${group}"`,
      });
    }
  }

  /** The groups of these nodes, in their order; fails, naming the file, where nothing was said of one. */
  finish(ids: readonly string[], file: string): { groups: Uint32Array; groupNames: string[] } {
    const names = new Names();
    const seen = Uint32Array.from(ids, id => {
      const said = this.said.get(id);
      if (said !== undefined) return names.numberOf(said.group);
      throw new GroundswellError({
        what: `node "${id}" has no group`,
        where: file,
        expected: 'a group for every node of the graph',
      });
    });
    const { names: groupNames, finalNumber } = names.finish();
    return { groups: seen.map(group => finalNumber[group]), groupNames };
  }
}

/** The group of each node, from a file with one line for each. Lines for nodes outside the graph are passed over. */
export async function readGroups(
  { file, format, columns = {} }: NonNullable<EdgeSource['groups']>,
  ids: readonly string[],
  readFile: BuildContext['readFile'],
): Promise<{ groups: Uint32Array; groupNames: string[] }> {
  const table = await openTable(await readFile(file), file, { format });
  const id = columnIndex(table, columns.id ?? (table.header ? 'id' : 1), 'id');
  const group = columnIndex(table, columns.group ?? (table.header ? 'group' : 2), 'group');
  const groups = new NodeGroups(table.place);
  for (const record of table.records) {
    groups.add(fieldAt(table, record, id), fieldAt(table, record, group), record.line);
  }
  return groups.finish(ids, file);
}
