// The peers benchmark: the same workloads with the same answers in Groundswell and in other systems, all in turn, several rounds. README.md says what and how.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `node bench/peers/run.mjs [--quick] [--only NAMES] [--rounds N] [--out FILE.json] [--python CMD] [--ndlib DIR]

  --quick       small populations and three rounds: does everything work?
  --only NAMES  workloads and contenders by name, with commas; groundswell always takes part
  --rounds N    turns of every contender (7; with --quick 3)
  --python CMD  the Python that has numpy, torch, jax, cupy, ndlib, as far as there are any (PYTHON, or python3)
  --ndlib DIR   a folder to import NDlib from (NDLIB_DIR), if it is not installed
`;
const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    rounds: { type: 'string' },
    out: { type: 'string' },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
    ndlib: { type: 'string', default: process.env.NDLIB_DIR },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (!existsSync(join(import.meta.dirname, '../../dist/index.js'))) {
  process.stderr.write('build Groundswell first: npm run build\n');
  process.exit(2);
}
// these import the built package
const { commit, machine } = await import('./lib/machine.mjs');
const { measure, names } = await import('./lib/measure.mjs');
const { table } = await import('./lib/table.mjs');

const only = given.only.split(',').filter(Boolean);
const unknown = only.filter(name => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(', ')}. There are: ${names.join(', ')}\n`);
  process.exit(2);
}
const rounds = Number(given.rounds ?? (given.quick ? 3 : 7));
const folder = mkdtempSync(join(tmpdir(), 'peers-'));
try {
  const about = {
    what: 'Groundswell and its peers (bench/peers)',
    date: new Date().toISOString().slice(0, 10),
    ...commit(),
  };
  const head = { ...about, machine: machine(given.python), quick: given.quick, rounds };
  const results = [];
  for await (const result of measure({
    ...given,
    only,
    rounds,
    folder,
    log: text => process.stderr.write(`${text}\n`),
  })) {
    results.push(result);
    process.stdout.write(`${table(result)}\n`);
  }
  if (given.out) {
    mkdirSync(dirname(given.out), { recursive: true });
    writeFileSync(given.out, `${JSON.stringify({ ...head, workloads: results }, null, 2)}\n`);
  }
  const bad = results.flatMap(({ contenders }) => contenders.filter(({ wrong, failed }) => wrong || failed));
  process.exitCode = bad.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
