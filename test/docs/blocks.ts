// Code blocks of a Markdown page, and how they are run: the pages must not rot.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY = join(ROOT, 'dist/cli.js');

/** A fenced block: ```language run file.js */
export interface Block {
  language: string;
  /** Marked `run`. */
  runs: boolean;
  file?: string;
  text: string;
  line: number;
}

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\S+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(match => {
    const words = match[2].trim().split(/\s+/).filter(Boolean);
    return {
      language: match[1],
      runs: words.includes('run'),
      file: words.find(word => word !== 'run'),
      text: match[3],
      line: markdown.slice(0, match.index).split('\n').length,
    };
  });
}

export const readPage = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The words of each command line that calls the program; others are left out. Comments end at the line's end; quotes group. */
export function commandsOf(shell: string): string[][] {
  return shell
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map(line => [...line.matchAll(/'([^']*)'|"([^"]*)"|(?<=\s)(#.*)|([^\s'"]+)/g)])
    .map(words => words.filter(word => word[3] === undefined).map(word => word[1] ?? word[2] ?? word[4]))
    .map(words => (words[0] === 'node' && words[1] === 'dist/cli.js' ? ['groundswell', ...words.slice(2)] : words))
    .filter(words => words[0] === 'groundswell')
    .map(words => words.slice(1));
}

/** A folder in which `groundswell` and the examples are found, as for one who installed the package. */
export function workFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-docs-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/groundswell'));
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function writeBlock(folder: string, block: Block): void {
  const path = join(folder, block.file!);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, block.text);
}

export interface Finished {
  status: number | null;
  output: string;
}

/** Runs Node in a folder to its end. */
export function node(folder: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [...args], { cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', data => {
      output += data;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', status => resolve({ status, output }));
  });
}

/** Runs the built command in a folder. */
export function groundswell(folder: string, args: readonly string[]): Promise<Finished> {
  if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing: run \`npm run build\` first (npm test does)`);
  return node(folder, [ENTRY, ...args]);
}

/** Runs what a block says; throws with its output on any status but 0. Returns all output. */
export async function runBlock(folder: string, block: Block): Promise<string> {
  const parts: string[] = [];
  const check = ({ status, output }: Finished, what: string): void => {
    if (status !== 0) throw new Error(`line ${block.line}: ${what} ended with ${status}:\n${output}`);
    parts.push(output);
  };
  if (block.language === 'js') {
    const file = block.file ?? `block-${block.line}.js`;
    writeBlock(folder, { ...block, file });
    check(await node(folder, [file]), file);
  } else {
    for (const words of commandsOf(block.text)) check(await groundswell(folder, words), words.join(' '));
  }
  return parts.join('');
}
