// Nowak & May's automaton (Nature 359 826, 1992) on a periodic square: a player meets the nine of its 3 × 3 square, itself included, and then has the strategy of the best of
// them. Written with rows and columns and real numbers; it shares nothing with the society of society.ts, nor with the engines.

/** Cooperators are true; by row and column. */
export type Square = readonly (readonly boolean[])[];

/** Cooperators everywhere but at the centre of a square of odd side. */
export function oneDefector(side: number): Square {
  const middle = (side - 1) / 2;
  return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (__, x) => x !== middle || y !== middle));
}

/** The next generation. A player changes when somebody of the other strategy earned strictly more than everybody of its own in its 3 × 3 square. */
export function nextGeneration(square: Square, temptation: number): Square {
  const side = square.length;
  const wrap = (a: number): number => (a + side) % side;
  const around = (y: number, x: number): [number, number][] =>
    [-1, 0, 1].flatMap(dy => [-1, 0, 1].map((dx): [number, number] => [wrap(y + dy), wrap(x + dx)]));
  const scores = square.map((row, y) =>
    row.map((cooperates, x) => around(y, x).filter(([v, u]) => square[v][u]).length * (cooperates ? 1 : temptation)),
  );
  return square.map((row, y) =>
    row.map((own, x) => {
      const best = [false, true].map(strategy =>
        Math.max(-1, ...around(y, x).map(([v, u]) => (square[v][u] === strategy ? scores[v][u] : -1))),
      );
      return best[Number(!own)] > best[Number(own)] ? !own : own;
    }),
  );
}

/** Defectors in all. */
export function defectorsIn(square: Square): number {
  return square.reduce((sum, row) => sum + row.filter(cooperates => !cooperates).length, 0);
}
