// Executes dispatches on compiled kernels for some of the worlds. Plain JavaScript, since worker threads load it as it is, from the sources and from the build.

/**
 * @typedef {{ text: string, items: number }} CompiledKernel Text of the JavaScript function body (see src/wgsl/js) and items per world.
 * @typedef {{ replicaBegin: number, replicaEnd: number, pointBegin: number, pointEnd: number, together: number }} WorldRange Replicas and points to
 * compute, and how many replicas a block has.
 * @typedef {{ begin: number, end: number }} Block Replicas.
 * @typedef {(xBegin: number, xEnd: number, yEnd: number, zBegin: number, zEnd: number) => void} Dispatch
 */

/** Functions that bind kernels to buffers, by the kernels' text: what V8 has learned of a kernel serves the next run of it in this thread. */
const binders = new Map();
/** Most texts that are kept. */
const MOST_BINDERS = 512;

/**
 * @param {string} text
 * @returns {(buffers: Readonly<Record<string, ArrayBufferLike>>) => Dispatch}
 */
function binderOf(text) {
  const known = binders.get(text);
  if (known) return known;
  if (binders.size >= MOST_BINDERS) binders.clear();
  const made = /** @type {(buffers: Readonly<Record<string, ArrayBufferLike>>) => Dispatch} */ (
    new Function('buffers', text)
  );
  binders.set(text, made);
  return made;
}

/**
 * Instantiates the kernels over the buffers.
 * @param {readonly CompiledKernel[]} kernels
 * @param {Readonly<Record<string, ArrayBufferLike>>} buffers By binding name, without `frame`.
 * @param {WorldRange} range
 * @returns {{ blocks: readonly Block[], run: (block: Block, commands: Uint32Array, from: number, to: number) => void }} Carries out the commands between two word
 * offsets on a block of replicas. Blocks never meet: each takes as many steps as there are before the next does, while its state is in the cache.
 */
export function createRunner(kernels, buffers, range) {
  // step, ring slot, elementary updates, part of the step, and the points: see struct Frame in shaders/agent/frame.wgsl
  const frame = Uint32Array.of(0, 0, 0, 0, range.pointBegin, range.pointEnd);
  const bound = { ...buffers, frame: frame.buffer };
  /** @type {(Dispatch | undefined)[]} */
  const dispatches = new Array(kernels.length).fill(undefined);
  /** @type {Block[]} */
  const blocks = [];
  for (let begin = range.replicaBegin; begin < range.replicaEnd; begin += range.together) {
    blocks.push({ begin, end: Math.min(begin + range.together, range.replicaEnd) });
  }
  const run = (
    /** @type {Block} */ { begin, end },
    /** @type {Uint32Array} */ commands,
    /** @type {number} */ from,
    /** @type {number} */ to,
  ) => {
    for (let at = from; at < to; at += 5) {
      const kernel = commands[at];
      frame[0] = commands[at + 1];
      frame[1] = commands[at + 2];
      frame[2] = commands[at + 3];
      frame[3] = commands[at + 4];
      dispatches[kernel] ??= binderOf(kernels[kernel].text)(bound);
      dispatches[kernel](0, kernels[kernel].items, 1, begin, end);
    }
  };
  return { blocks, run };
}
