// The words of tables: from a spec, from a file row by row or by the names of the rows, or the model's own.
import { GroundswellError } from '../errors.ts';
import { defaultTable, type Model, scalarParams, type Table, tableLength, tableParams } from '../model/index.ts';
import type { Point, TableSource } from '../spec/spec.ts';
import { columnWords, namedColumn } from './columns.ts';
import { type Target, tableTarget } from './target.ts';
import type { Values, ValuesContext } from './types.ts';

type Numbers = Readonly<Record<string, number>>;

/** The words of every table at every point. Points with equal tables share them. */
export async function resolveTables(
  model: Model,
  points: readonly Point[],
  context: ValuesContext,
): Promise<Values['tables']> {
  const given = new Map<TableSource, Uint32Array>();
  const own = new Map<string, Uint32Array>();
  const resolved: Record<string, Uint32Array>[] = [];
  for (const point of points) {
    const tables: Record<string, Uint32Array> = {};
    for (const [name, table] of tableParams(model.params)) {
      const length = tableLength(name, table, point.params);
      const source = point.tables?.[name];
      const key = `${name} ${length}`;
      const words = source
        ? (given.get(source) ?? (await sourceWords(source, name, table, length, context.readFile)))
        : (own.get(key) ?? ownWords(name, table, length));
      if (source) given.set(source, words);
      else own.set(key, words);
      if (words.length !== length) throw wrongLength(model, name, table, point, words.length);
      tables[name] = words;
    }
    resolved.push(tables);
  }
  return resolved;
}

function ownWords(name: string, table: Table, length: number): Uint32Array {
  return encoded(tableTarget(name, table), defaultTable(table, length), `default of table ${name}`);
}

async function sourceWords(
  source: TableSource,
  name: string,
  table: Table,
  length: number,
  readFile: ValuesContext['readFile'],
): Promise<Uint32Array> {
  const target = tableTarget(name, table);
  if (source.kind === 'values') return encoded(target, source.values, source.where);
  if (source.id !== undefined && !table.rowName) {
    throw new GroundswellError({
      what: `the rows of table ${name} have no names`,
      where: source.where,
      expected: 'a file without id, its rows in order',
    });
  }
  const inOrder = await columnWords(source, target, readFile);
  // another number of rows is refused as such, whatever their names
  if (source.id === undefined || inOrder.length !== length) return inOrder;
  const names = Array.from({ length }, (_, row) => table.rowName!(row));
  return namedColumn({ ...source, id: source.id }, target, readFile, names);
}

function encoded(target: Target, values: readonly number[], where: string | undefined): Uint32Array {
  return Uint32Array.from(values, value => target.encode(value, where));
}

/** Says from which parameters the length follows, and for which value of one of them the given length would be right. */
function wrongLength(model: Model, name: string, table: Table, point: Point, given: number): GroundswellError {
  const length = tableLength(name, table, point.params);
  const deciding = scalarParams(model.params).filter(([param]) => paramsRead(table, point.params).has(param));
  const told = deciding.map(([param]) => `${param} ${point.params[param]}`).join(', ');
  const values = `${length} ${length === 1 ? 'value' : 'values'}`;
  const source = point.tables?.[name];
  return new GroundswellError({
    what: `wrong length of table ${name}`,
    where: source?.where,
    expected: told ? `${values} for ${told}` : values,
    got: source?.kind === 'file' ? `${given} in ${source.file}` : String(given),
    hint: deciding.map(([param]) => fittingValue(model, table, point.params, param, given)).find(Boolean),
  });
}

/** The parameters on which the length of a table depends. */
function paramsRead({ length }: Table, params: Numbers): Set<string> {
  const read = new Set<string>();
  const watched = new Proxy(params, {
    get: (target, key) => {
      read.add(String(key));
      return target[String(key)];
    },
  });
  if (typeof length === 'function') length(watched);
  return read;
}

/** Values of a parameter that are tried. */
const MOST_TRIED = 1000;

function fittingValue(
  model: Model,
  { length }: Table,
  params: Numbers,
  name: string,
  given: number,
): string | undefined {
  const param = model.params[name];
  if (typeof length !== 'function' || param.kind !== 'integer') return undefined;
  const count = Math.min(param.max - param.min + 1, MOST_TRIED);
  const fitting = Array.from({ length: count }, (_, k) => param.min + k).find(
    value => length({ ...params, [name]: value }) === given,
  );
  return fitting === undefined ? undefined : `${given} are right for ${name} ${fitting}`;
}
