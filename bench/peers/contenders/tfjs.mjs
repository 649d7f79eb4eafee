// TensorFlow.js: a gather of all links, a sum by rows. Arguments: the instance, `wasm` or `node`.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { readInstance } from '../lib/instance.mjs';
import { serve } from '../lib/serve.mjs';

serve(async () => {
  const instance = readInstance(process.argv[2]);
  let tf;
  try {
    tf = await load(process.argv[3]);
  } catch (error) {
    return { skip: `it does not load: ${String(error?.message ?? error).split('\n')[0]}` };
  }
  await tf.ready();
  const { count } = instance;
  const links = tf.tensor1d(Int32Array.from(instance.neighbors), 'int32');
  const step = state =>
    tf.tidy(() => {
      const ups = tf.sum(tf.reshape(tf.gather(state, links), [count, 8]), 1);
      return tf.where(tf.equal(ups, 4), state, tf.cast(tf.greater(ups, 4), 'float32'));
    });
  return {
    detail: tf.getBackend(),
    async run(steps, mark) {
      let state = tf.tensor1d(Float32Array.from(instance.start));
      mark();
      for (let k = 0; k < steps; k++) {
        const after = step(state);
        state.dispose();
        state = after;
      }
      const values = await state.data();
      mark();
      state.dispose();
      return values;
    },
  };
});

async function load(kind) {
  if (kind === 'node') return (await import('@tensorflow/tfjs-node')).default;
  const tf = await import('@tensorflow/tfjs');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  return tf;
}
