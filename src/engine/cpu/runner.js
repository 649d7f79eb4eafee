// Executes dispatches on compiled kernels for some of the worlds. Plain JavaScript, since worker threads load it as it is, from the sources and from the build.

/**
 * @typedef {{ text: string, items: number }} CompiledKernel Text of the JavaScript function body (see src/wgsl/js) and items per world.
 * @typedef {{ replicaBegin: number, replicaEnd: number, pointBegin: number, pointEnd: number }} WorldRange Replicas and points to compute.
 * @typedef {(xBegin: number, xEnd: number, yEnd: number, zBegin: number, zEnd: number) => void} Dispatch
 */

/**
 * Instantiates the kernels over the buffers.
 * @param {readonly CompiledKernel[]} kernels
 * @param {Readonly<Record<string, ArrayBufferLike>>} buffers By binding name, without `frame`.
 * @param {WorldRange} range
 * @returns {(commands: Uint32Array, from: number, to: number) => void} Carries out the commands between two word offsets.
 */
export function createRunner(kernels, buffers, range) {
  // step, ring slot, elementary updates, part of the step, and the points: see struct Frame in shaders/agent/frame.wgsl
  const frame = Uint32Array.of(0, 0, 0, 0, range.pointBegin, range.pointEnd);
  const bound = { ...buffers, frame: frame.buffer };
  /** @type {(Dispatch | undefined)[]} */
  const dispatches = new Array(kernels.length).fill(undefined);
  return (commands, from, to) => {
    for (let at = from; at < to; at += 5) {
      const kernel = commands[at];
      frame[0] = commands[at + 1];
      frame[1] = commands[at + 2];
      frame[2] = commands[at + 3];
      frame[3] = commands[at + 4];
      dispatches[kernel] ??= /** @type {Dispatch} */ (new Function('buffers', kernels[kernel].text)(bound));
      dispatches[kernel](0, kernels[kernel].items, 1, range.replicaBegin, range.replicaEnd);
    }
  };
}
