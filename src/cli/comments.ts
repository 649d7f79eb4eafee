// Text with comments, as in YAML: what is said, and beside it why.

/** Lines are at most this long, where what is said leaves room. */
const WIDTH = 120;
/** What is longer than this does not push the comments of other lines to the right. */
const LONGEST = 64;
/** A comment beside something long has at least this much room. */
const LEAST = 40;

/** Something said and the comment beside it, either of which may be missing. */
export type Remark = readonly [said: string, comment?: string];

/** Lines with their comments in one column; a comment that is too long goes on below itself. */
export function withComments(remarks: readonly Remark[]): string {
  const column = Math.max(...remarks.map(([said]) => said.length).filter(length => length <= LONGEST), 0) + 2;
  return remarks.flatMap(([said, comment = '']) => remarkLines(said, comment, column)).join('\n');
}

function remarkLines(said: string, comment: string, column: number): string[] {
  if (comment === '') return [said];
  const at = Math.max(column, said.length + 2);
  const [first, ...rest] = wrap(comment, Math.max(WIDTH - at - 2, LEAST));
  return [`${said.padEnd(at)}# ${first}`, ...rest.map(line => `${' '.repeat(at)}# ${line}`)];
}

/** A paragraph as comment lines of their own. */
export function commentLines(text: string): string {
  return wrap(text, WIDTH - 2)
    .map(line => `# ${line}`)
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
