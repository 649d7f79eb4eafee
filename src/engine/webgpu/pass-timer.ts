// How long a GPU was at work, from timestamps at both ends of compute passes (as webgpu-samples' TimestampQueryManager does). They stay on the device until they are
// asked for, so that nothing waits for them meanwhile.

/** Passes whose timestamps the device keeps. */
const MAX_PASSES = 2048;
const BYTES = 8;

export class PassTimer {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  /** Passes that wait, and what earlier ones took. */
  #waiting = 0;
  #nanoseconds = 0n;

  constructor(device: GPUDevice) {
    const size = 2 * MAX_PASSES * BYTES;
    this.#device = device;
    this.#queries = device.createQuerySet({ label: 'passes', type: 'timestamp', count: 2 * MAX_PASSES });
    this.#resolved = device.createBuffer({
      label: 'timestamps',
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.#staging = device.createBuffer({
      label: 'timestamps to read',
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  /** What a pass is to write, if there is room. */
  next(): GPUComputePassTimestampWrites {
    const beginning = 2 * this.#waiting++;
    return {
      querySet: this.#queries,
      beginningOfPassWriteIndex: beginning,
      endOfPassWriteIndex: beginning + 1,
    };
  }

  get isFull(): boolean {
    return this.#waiting === MAX_PASSES;
  }

  /** Takes the timestamps from the device. */
  async collect(): Promise<void> {
    const count = 2 * this.#waiting;
    if (count === 0) return;
    this.#waiting = 0;
    const encoder = this.#device.createCommandEncoder({ label: 'timestamps' });
    encoder.resolveQuerySet(this.#queries, 0, count, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, count * BYTES);
    this.#device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ, 0, count * BYTES);
    const times = new BigUint64Array(this.#staging.getMappedRange(0, count * BYTES));
    for (let k = 0; k < count; k += 2) {
      // a device may set its clock back between the two: such a pass counts nothing
      if (times[k + 1] > times[k]) this.#nanoseconds += times[k + 1] - times[k];
    }
    this.#staging.unmap();
  }

  /** Milliseconds of all passes since the last call. */
  async take(): Promise<number> {
    await this.collect();
    const taken = Number(this.#nanoseconds) / 1e6;
    this.#nanoseconds = 0n;
    return taken;
  }

  dispose(): void {
    this.#queries.destroy();
    this.#resolved.destroy();
    this.#staging.destroy();
  }
}
