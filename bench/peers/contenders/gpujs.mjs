// gpu.js: its WebAssembly back end, all steps of a turn in one pipeline, whose states never leave its memory. Arguments: the instance, threads (1 or 0: all).
import { readInstance } from '../lib/instance.mjs';
import { serve } from '../lib/serve.mjs';

serve(async () => {
  const instance = readInstance(process.argv[2]);
  const threads = process.argv[3] !== '1';
  let GPU;
  try {
    ({ GPU } = await import('gpu.js'));
  } catch {
    return { skip: 'gpu.js is not installed (npm ci in bench/peers)' };
  }
  const gpu = new GPU({ mode: 'webasm' });
  // kernels are compiled from their own text: no names from outside
  const majority = gpu.createKernel(
    function (state) {
      let ups = 0;
      for (let k = 0; k < 8; k++) ups += state[this.constants.neighbors[this.thread.x * 8 + k]];
      let value = state[this.thread.x];
      if (ups > 4) value = 1;
      if (ups < 4) value = 0;
      return value;
    },
    { output: [instance.count], constants: { neighbors: instance.neighbors } },
  );
  const pipelines = new Map();
  const pipelineOf = steps => {
    if (!pipelines.has(steps)) {
      const take = function (state) {
        for (let step = 0; step < this.constants.steps; step++) state = majority(state);
        return state;
      };
      pipelines.set(steps, gpu.createPipeline(take, { constants: { steps }, threads }));
    }
    return pipelines.get(steps);
  };
  const start = Float32Array.from(instance.start);
  await pipelineOf(1)(start);
  return {
    detail: `webasm, ${pipelineOf(1).executorKind}`,
    async run(steps, mark) {
      const pipeline = pipelineOf(steps);
      mark();
      const state = await pipeline(start);
      mark();
      return state;
    },
  };
});
