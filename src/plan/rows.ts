// What comes out of a run: one row per world and measured step, as typed columns. Not how it is stored (src/record).

/** Rows of a run, world by world or step by step; every column has one value per row. */
export interface Rows {
  /** Point number, from 0. */
  point: Uint32Array;
  /** Replica number within the point, from 0. */
  replica: Uint32Array;
  /** Step number; 0 is the initial state. */
  step: Uint32Array;
  /** Columns of the measures in declared order; NaN where a measure is undefined (the mean of nobody). */
  measures: Record<string, Float64Array>;
}

/** The number of rows. */
export function rowCount(rows: Rows): number {
  return rows.step.length;
}

/** Rows one after the other; the parts have the same measures. */
export function concatRows(parts: readonly Rows[]): Rows {
  const total = parts.reduce((sum, part) => sum + rowCount(part), 0);
  const joinWords = (pick: (rows: Rows) => Uint32Array): Uint32Array => {
    const joined = new Uint32Array(total);
    let at = 0;
    for (const part of parts) {
      joined.set(pick(part), at);
      at += rowCount(part);
    }
    return joined;
  };
  const measures: Record<string, Float64Array> = {};
  for (const name of Object.keys(parts[0]?.measures ?? {})) {
    const joined = new Float64Array(total);
    let at = 0;
    for (const part of parts) {
      joined.set(part.measures[name], at);
      at += rowCount(part);
    }
    measures[name] = joined;
  }
  return { point: joinWords(r => r.point), replica: joinWords(r => r.replica), step: joinWords(r => r.step), measures };
}
