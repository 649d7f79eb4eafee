// Executes dispatches on compiled kernels for some of the worlds, or for a part of each. Plain JavaScript, since worker threads load it as it is, from the sources and
// from the build.

/**
 * @typedef {{ kind: 'items', items: number, grain: number } | { kind: 'agents' }} Walk See src/plan/kernels.ts.
 * @typedef {{ walk: Walk } & ({ text: string } | { module: WebAssembly.Module, host: Readonly<Record<string, string>>, own: number })} CompiledKernel A kernel in
 * JavaScript (the body of a function, see src/wgsl/js), or in WebAssembly with its host functions and the address of its own arrays (see src/wgsl/wasm).
 * @typedef {{ begin: number, end: number }} Block Bundles.
 * @typedef {{ bundles: Block, together: number, population: number, part: number, parts: number }} Share What a thread computes: bundles, so many at a time
 * (a block), and of these the part with this number.
 * @typedef {{ memory: WebAssembly.Memory, frameAt: number, meetingAt: number }} Place Addresses of the thread's frame and of the words at which threads meet.
 * @typedef {{ kernels: readonly CompiledKernel[], buffers: Readonly<Record<string, ArrayBufferLike>>, place?: Place, share: Share }} Work Buffers by binding
 * name, without the frame; `place` if they are in one memory.
 * @typedef {(xBegin: number, xEnd: number, yEnd: number, zBegin: number, zEnd: number) => void} Dispatch
 * @typedef {{ step: number, slot: number, repeat: number, part: number }} Frame
 */

/** Words of struct Frame in shaders/agent/frame.wgsl. */
const FRAME_WORDS = 6;
/** Agents that one call of a kernel takes: V8 takes up a better version of a function when it is called, not while it runs. */
const CALL = 2 ** 14;

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
 * @param {CompiledKernel} kernel
 * @param {Work} work
 * @param {Uint32Array} frame
 * @returns {Dispatch}
 */
function instantiate(kernel, { buffers, place }, frame) {
  if ('text' in kernel) return binderOf(kernel.text)({ ...buffers, frame: frame.buffer });
  const { memory, frameAt } = /** @type {Place} */ (place);
  const functions = Object.entries(kernel.host).map(([name, text]) => [name, new Function(text)()]);
  const host = { ...Object.fromEntries(functions), memory, own: kernel.own, uniform: frameAt };
  return /** @type {Dispatch} */ (new WebAssembly.Instance(kernel.module, { host }).exports.run);
}

/** Turns of waiting before a thread sleeps: about as long as it takes to wake one. */
const TURNS = 4000;

/**
 * Waits until all threads are here.
 * @param {Int32Array} words How many are here, and how often all were.
 * @param {number} threads
 */
function meet(words, threads) {
  const before = Atomics.load(words, 1);
  if (Atomics.add(words, 0, 1) === threads - 1) {
    Atomics.store(words, 0, 0);
    Atomics.add(words, 1, 1);
    Atomics.notify(words, 1);
    return;
  }
  for (let turn = 0; turn < TURNS; turn++) if (Atomics.load(words, 1) !== before) return;
  while (Atomics.load(words, 1) === before) Atomics.wait(words, 1, before);
}

/**
 * Where the part with this number begins; `count` shared out in multiples of `grain`.
 * @param {number} count
 * @param {number} grain
 * @param {number} part
 * @param {number} parts
 */
function bound(count, grain, part, parts) {
  return Math.min(count, Math.ceil((Math.ceil(count / grain) * part) / parts) * grain);
}

/**
 * Instantiates the kernels over the buffers.
 * @param {Work} work
 * @returns {{ blocks: readonly Block[], run: (block: Block, commands: Uint32Array, from: number, to: number) => void }} Carries out the commands between two word
 * offsets on a block of bundles. Blocks never meet: each takes as many steps as there are before the next does, while its state is in the cache.
 */
export function createRunner(work) {
  const { kernels, place, share } = work;
  const { bundles, together, population, part, parts } = share;
  const frame = place ? new Uint32Array(place.memory.buffer, place.frameAt, FRAME_WORDS) : new Uint32Array(FRAME_WORDS);
  frame[4] = bound(population, 1, part, parts);
  frame[5] = bound(population, 1, part + 1, parts);
  const meeting = place ? new Int32Array(place.memory.buffer, place.meetingAt, 2) : undefined;
  /** @type {(Dispatch | undefined)[]} */
  const dispatches = new Array(kernels.length).fill(undefined);
  /** @type {Block[]} */
  const blocks = [];
  for (let begin = bundles.begin; begin < bundles.end; begin += together) {
    blocks.push({ begin, end: Math.min(begin + together, bundles.end) });
  }
  const run = (
    /** @type {Block} */ block,
    /** @type {Uint32Array} */ commands,
    /** @type {number} */ from,
    /** @type {number} */ to,
  ) => {
    for (let at = from; at < to; at += 5) {
      const number = commands[at];
      const { walk } = kernels[number];
      frame[0] = commands[at + 1];
      frame[1] = commands[at + 2];
      frame[2] = commands[at + 3];
      frame[3] = commands[at + 4];
      dispatches[number] ??= instantiate(kernels[number], work, frame);
      const dispatch = /** @type {Dispatch} */ (dispatches[number]);
      if (walk.kind === 'agents') dispatch(0, 1, 1, block.begin, block.end);
      else {
        const end = bound(walk.items, walk.grain, part + 1, parts);
        for (let x = bound(walk.items, walk.grain, part, parts); x < end; x += CALL) {
          dispatch(x, Math.min(x + CALL, end), 1, block.begin, block.end);
        }
      }
      if (meeting && parts > 1) meet(meeting, parts);
    }
  };
  return { blocks, run };
}
