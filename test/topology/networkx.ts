// The way to the outside authority on graphs: one request to networkx, which may be absent on a user's machine but not in CI.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3';
const ORACLE = fileURLToPath(new URL('../support/networkx_oracle.py', import.meta.url));

export const networkxIsPresent = spawnSync(PYTHON, ['-c', 'import networkx']).status === 0;
if (!networkxIsPresent && process.env.CI) throw new Error(`${PYTHON} cannot import networkx: install python3-networkx`);
if (!networkxIsPresent) console.warn(`SKIPPED: ${PYTHON} cannot import networkx, so nothing was compared with it.`);

/** The answers to a request, as test/support/networkx_oracle.py documents them. */
export function networkx<Answer>(request: object): Answer[] {
  const { status, stdout, stderr } = spawnSync(PYTHON, [ORACLE], {
    input: JSON.stringify(request),
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`networkx: ${stderr}`);
  return JSON.parse(String(stdout));
}
