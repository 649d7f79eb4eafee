// Executes dispatches on compiled kernels for a range of worlds. Plain JavaScript, since worker threads load it as it is, from the sources and from the build.

/**
 * @typedef {{ text: string, items: number }} CompiledKernel Text of the JavaScript function body (see src/wgsl/js) and items per world.
 * @typedef {(xBegin: number, xEnd: number, yEnd: number, zBegin: number, zEnd: number) => void} Dispatch
 */

/**
 * Instantiates the kernels over the buffers.
 * @param {readonly CompiledKernel[]} kernels
 * @param {Readonly<Record<string, ArrayBufferLike>>} buffers By binding name, without `frame`.
 * @param {number} worldBegin
 * @param {number} worldEnd
 * @returns {(commands: Uint32Array, from: number, to: number) => void} Carries out the commands between two word offsets.
 */
export function createRunner(kernels, buffers, worldBegin, worldEnd) {
  const frame = new Uint32Array(4);
  const bound = { ...buffers, frame: frame.buffer };
  /** @type {(Dispatch | undefined)[]} */
  const dispatches = new Array(kernels.length).fill(undefined);
  return (commands, from, to) => {
    for (let at = from; at < to; at += 4) {
      const kernel = commands[at];
      frame[0] = commands[at + 1];
      frame[1] = commands[at + 2];
      frame[2] = commands[at + 3];
      dispatches[kernel] ??= /** @type {Dispatch} */ (new Function('buffers', kernels[kernel].text)(bound));
      dispatches[kernel](0, kernels[kernel].items, 1, worldBegin, worldEnd);
    }
  };
}
