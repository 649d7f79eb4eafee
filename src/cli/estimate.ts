// run --dry: the plan, and the time that it would take, measured on the engine without writing anything.
import {
  countMeasured,
  explainPlan,
  formatCount,
  formatSeconds,
  type OpenOptions,
  type Prepared,
  recordedRows,
  start,
  type World,
} from '../index.ts';

/** Seconds of steps after which an estimate is good enough. */
const ENOUGH = 0.3;

interface Estimate {
  stepsTimed: number;
  seconds: number;
}

export async function printEstimate(
  prepared: Prepared,
  options: OpenOptions & { json?: boolean; quiet?: boolean },
): Promise<void> {
  await using world = await start(prepared, options);
  const { stepsTimed, seconds } = await estimate(world);
  const { steps, stop } = prepared.spec;
  const recorded = prepared.recording && recordedRows(prepared.recording, prepared.plan);
  const { name, device, reason } = world.engine;
  if (options.json) {
    const plan = explainPlan(prepared.plan);
    const recordedAgents = recorded?.rows ?? 0;
    console.log(
      JSON.stringify(
        { engine: name, device, reason, estimatedSeconds: seconds, stepsTimed, recordedAgents, plan },
        null,
        2,
      ),
    );
    return;
  }
  if (options.quiet) return;
  process.stdout.write(explainPlan(prepared.plan));
  if (recorded) {
    console.log(
      `\nrecord      ${formatCount(recorded.rows)} rows of agents.parquet, of ${recorded.steps === 1 ? 'one step' : `${formatCount(recorded.steps)} steps`}`,
    );
  }
  console.log(`\nengine      ${name} (${device}): ${reason}`);
  console.log(
    `time        about ${formatSeconds(seconds)} for ${steps} steps${stop.length > 0 ? ' (fewer if it stops)' : ''}, from ${stepsTimed} timed here; nothing was written`,
  );
}

/** Times steps, in doubling numbers, and one measurement. The first step is left out: it pays for compilation. */
async function estimate(world: World): Promise<Estimate> {
  const { steps, measure } = world.prepared.spec;
  await timed(() => world.step(1, { every: 0 }));
  let stepsTimed = 1;
  let stepping = await timed(() => world.step(1, { every: 0 }));
  while (stepping < ENOUGH && stepsTimed < steps) {
    stepsTimed = Math.min(steps, 2 * stepsTimed);
    stepping = await timed(() => world.step(stepsTimed, { every: 0 }));
  }
  // the first measurement is of the state before the step as well
  const measuring = await timed(async () => {
    await world.step(1, { every: 1 });
    await world.rows();
  });
  const perStep = stepping / stepsTimed;
  const perMeasurement = Math.max(0, measuring - perStep) / 2;
  return { stepsTimed, seconds: steps * perStep + countMeasured(measure.schedule) * perMeasurement };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return (performance.now() - begun) / 1000;
}
