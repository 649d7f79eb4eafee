// The runner's side of a contender's program (lib/serve.mjs): start it, wait until it is ready, ask. It is stopped while others have their turn, so that threads
// which wait or poll cost them nothing.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A contender that does not answer for so long is given up. */
const PATIENCE_MS = 240_000;

/** Starts a program. Returns { detail, ask(command), freeze(), thaw(), close() }, or { skip } with a reason. */
export async function start({ command, args, env = {} }) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', data => {
    complaint = (complaint + data).slice(-2000);
  });
  child.stdin.on('error', () => {});
  const ended = new Promise(resolve => {
    child.once('error', error => resolve(error.code === 'ENOENT' ? `no program "${command}"` : error.message));
    child.once('close', (code, signal) => resolve(complaintOf(complaint) || `it ended (${signal ?? code})`));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    let timer;
    const late = new Promise(resolve => {
      timer = setTimeout(() => resolve({ late: true }), PATIENCE_MS);
    });
    try {
      for (;;) {
        const { value, late: tooLate } = await Promise.race([lines.next(), late]);
        if (tooLate) {
          child.kill('SIGKILL');
          return { error: `no answer in ${PATIENCE_MS / 1000} s` };
        }
        if (value === undefined) return { error: await ended };
        // libraries greet on standard output, too
        if (value.startsWith('{')) return JSON.parse(value);
      }
    } finally {
      clearTimeout(timer);
    }
  };
  const first = await answer();
  if (!first.ready) {
    child.kill('SIGKILL');
    return { skip: withoutPlaces(first.skip ?? first.error) };
  }
  return {
    detail: first.detail,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async close() {
      child.kill('SIGCONT');
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Folders of this machine say nothing to readers elsewhere. */
function withoutPlaces(reason) {
  return reason.replace(/(\s*imported from)?\s*(file:\/\/)?(\/[\w.@+-]+){2,}\/?/g, '');
}

/** The line that names an error, else the last one. */
function complaintOf(text) {
  const lines = text.trim().split('\n');
  return withoutPlaces(lines.findLast(line => /\w*Error\b.*:/.test(line)) ?? lines.at(-1));
}
