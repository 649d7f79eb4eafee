// The contender's side of a program: commands as lines on standard input, answers as lines of JSON. `run STEPS` starts from the start state, takes the steps, and
// answers {ns, crc}: the time of the steps alone, and the CRC-32 of the state. `samples` answers {samples}: by statistic, a value per run.
import { createInterface } from 'node:readline';
import { crc32 } from 'node:zlib';

const say = answer => process.stdout.write(`${JSON.stringify(answer)}\n`);

/**
 * `open` returns { detail, run(steps), samples() }, or { skip } with a reason. `run` gets ready, calls the function that it is given just before the first step
 * and again just after the last, and returns the state.
 */
export async function serve(open) {
  const contender = await open();
  if (contender.skip) {
    say(contender);
    process.exit(0);
  }
  say({ ready: true, detail: contender.detail });
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, steps] = line.split(' ');
    try {
      if (command === 'samples') say({ samples: await contender.samples() });
      else {
        const marks = [];
        const state = await contender.run(Number(steps), () => marks.push(process.hrtime.bigint()));
        say({
          ns: Number(marks[1] - marks[0]),
          crc: state && crc32(state instanceof Uint8Array ? state : Uint8Array.from(state)),
        });
      }
    } catch (error) {
      say({ error: String(error?.message ?? error) });
    }
  }
  await contender.close?.();
  process.exit(0);
}
