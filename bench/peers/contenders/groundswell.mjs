// Groundswell through its public interface. Arguments: the instance, the workload's name, `cpu` or `webgpu`, threads (0: all), `quick` or `full`.
import { availableParallelism } from 'node:os';
import { catalogue, open, openWebGpu } from '../../../dist/index.js';
import { readInstance } from '../lib/instance.mjs';
import { byStatistic } from '../lib/reference.mjs';
import { serve } from '../lib/serve.mjs';
import { quick, rowsOf, sharesOf, specOf, statistics, workloads } from '../lib/workloads.mjs';
import { models } from '../models/index.mjs';

const [, , path, name, engine, threadCount, size] = process.argv;
/** Runs of a check, for each run of the slowest peer. */
const CHECK_RUNS = 8;

serve(async () => {
  const chosen = workloads.find(workload => workload.name === name);
  const workload = size === 'quick' ? quick(chosen) : chosen;
  const instance = readInstance(path);
  const threads = Number(threadCount) || availableParallelism();
  const options = { models: [...models, ...catalogue], threads };
  if (engine === 'webgpu') {
    const gpu = await openWebGpu().catch(error => error);
    if (gpu instanceof Error) return { skip: gpu.got ?? gpu.message };
    if (gpu.info.software && !process.env.PEERS_SOFTWARE_GPU) {
      await gpu.dispose();
      return { skip: `only a GPU in software: ${gpu.info.device}` };
    }
    options.openEngine = async () => gpu;
  } else {
    options.engine = 'cpu';
  }
  const world = await open(specOf(workload), options);
  refuseOtherGraph(rowsOf(world.prepared.topology), instance);
  const { fields } = await world.snapshot();
  const fresh = { step: 0, fields: { ...fields, [workload.field]: Uint32Array.from(instance.start) } };
  return {
    detail: engine === 'cpu' ? `${threads} thread${threads === 1 ? '' : 's'}` : world.engine.device,
    async run(steps, mark) {
      await world.restore(fresh);
      mark();
      await world.step(steps, { every: 0 });
      // what is queued on a GPU is done once a small answer has come back
      if (engine === 'webgpu') await world.saturations();
      mark();
      return world.read(workload.field);
    },
    async samples() {
      const { check } = workload;
      const runs = CHECK_RUNS * check.runs;
      const small = await open(specOf({ ...workload, population: check.population }, runs), options);
      const start = readInstance(`${path}.check`).start;
      const snapshot = await small.snapshot();
      snapshot.fields[workload.field] = Uint32Array.from(
        { length: runs * start.length },
        (_, i) => start[i % start.length],
      );
      await small.restore(snapshot);
      await small.step(check.steps, { every: 0 });
      const final = await small.read(workload.field);
      await small.dispose();
      const of = run => sharesOf(final.subarray(run * start.length, (run + 1) * start.length));
      return byStatistic(Array.from({ length: runs }, (_, run) => statistics[name](of(run))));
    },
    close: () => world.dispose(),
  };
});

/** Equal rows, or the comparison would be void. */
function refuseOtherGraph({ rowOffsets, neighbors }, instance) {
  const equal = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);
  if (!equal(rowOffsets, instance.rowOffsets) || !equal(neighbors, instance.neighbors))
    throw new Error('another graph');
}
