// Tables of plain text.

/** Columns as wide as their cells, two spaces apart; the last is not padded. */
export function textTable(rows: readonly (readonly string[])[], indent = ''): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => [...row[column]].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + ' '.repeat(widths[column] - [...cell].length + 2),
      )
      .join('');
  return rows.map(row => `${indent}${line(row)}`.trimEnd()).join('\n');
}
