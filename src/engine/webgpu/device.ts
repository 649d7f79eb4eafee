// A WebGPU device as a Device: one bind group for everything, the step in a ring of dynamically offset uniforms, many dispatches per submit.
import { GroundswellError } from '../../errors.ts';
import { bufferBytes } from '../../plan/memory.ts';
import { BUFFERS, type BufferName, type Plan } from '../../plan/plan.ts';
import { COMMAND_WORDS, type Commands, type Device } from '../device.ts';
import { checked } from './gpu.ts';
import { residentWorkgroups, workgroups } from './limits.ts';
import type { PassTimer } from './pass-timer.ts';
import { CommandCutter } from './submits.ts';

/** Bytes between two frames of the uniform ring: the alignment that every device accepts. */
const FRAME_BYTES = 256;
/** Dispatches and resident steps per submit at most, and the time that a submit aims at, in milliseconds: well below what a watchdog or a desktop tolerates. */
const MAX_DISPATCHES = 4096;
const SUBMIT_MS = 50;
/** Bytes moved to or from the host at a time. */
const TRANSFER_BYTES = 2 ** 26;
/** Buffers that kernels only read. */
const READ_ONLY: readonly BufferName[] = ['setup', 'rows', 'columns'];

/** What an engine knows of its device. */
export interface DeviceState {
  /** Whether it is emulated. */
  software: boolean;
  lost: () => GPUDeviceLostInfo | undefined;
  /** Times every pass, if it was asked for. */
  timer?: PassTimer;
}

export class WebGpuDevice implements Device {
  readonly #device: GPUDevice;
  readonly #buffers: Record<BufferName, GPUBuffer>;
  readonly #frames: GPUBuffer;
  readonly #pipelines: readonly (GPUComputePipeline | undefined)[];
  readonly #groups: readonly [number, number, number][];
  readonly #bindGroup: GPUBindGroup;
  readonly #lost: () => GPUDeviceLostInfo | undefined;
  readonly #timer: PassTimer | undefined;
  readonly resident: boolean;
  /** Dispatches and resident steps of the next submit, adapted to how long the last one took. */
  #perSubmit = 16;

  private constructor(parts: {
    device: GPUDevice;
    buffers: Record<BufferName, GPUBuffer>;
    frames: GPUBuffer;
    pipelines: readonly (GPUComputePipeline | undefined)[];
    groups: readonly [number, number, number][];
    bindGroup: GPUBindGroup;
    resident: boolean;
    lost: () => GPUDeviceLostInfo | undefined;
    timer: PassTimer | undefined;
  }) {
    this.#device = parts.device;
    this.#buffers = parts.buffers;
    this.#frames = parts.frames;
    this.#pipelines = parts.pipelines;
    this.#groups = parts.groups;
    this.#bindGroup = parts.bindGroup;
    this.resident = parts.resident;
    this.#lost = parts.lost;
    this.#timer = parts.timer;
  }

  /** Allocates a plan's buffers (zeroed by WebGPU) and compiles its kernels. */
  static async load(plan: Plan, device: GPUDevice, { software, lost, timer }: DeviceState): Promise<WebGpuDevice> {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const created: GPUBuffer[] = [];
    const create = async (label: string, size: number, bufferUsage: number): Promise<GPUBuffer> => {
      const buffer = await checked(device, `the ${label} buffer of ${size} bytes`, () =>
        device.createBuffer({ label, size, usage: bufferUsage }),
      );
      created.push(buffer);
      return buffer;
    };
    try {
      const buffers = {} as Record<BufferName, GPUBuffer>;
      for (const name of BUFFERS) buffers[name] = await create(name, bufferBytes(plan, name), usage);
      const frames = await create(
        'frames',
        MAX_DISPATCHES * FRAME_BYTES,
        GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      );
      const layout = device.createBindGroupLayout({ label: 'run', entries: layoutEntries() });
      const bindGroup = await checked(device, 'binding the buffers', () =>
        device.createBindGroup({
          label: 'run',
          layout,
          entries: [
            { binding: 0, resource: { buffer: frames, size: 32 } },
            ...BUFFERS.map((name, k) => ({ binding: k + 1, resource: { buffer: buffers[name] } })),
          ],
        }),
      );
      const resident = software && !plan.resident?.inSoftware ? undefined : plan.resident;
      const pipelines = await compileAll(device, layout, plan, resident);
      const groups = [...plan.kernels.map((_, k) => workgroups(plan, k)), residentWorkgroups(plan)];
      return new WebGpuDevice({
        device,
        buffers,
        frames,
        pipelines,
        groups,
        bindGroup,
        lost,
        timer,
        resident: resident !== undefined,
      });
    } catch (error) {
      for (const buffer of created) buffer.destroy();
      throw error;
    }
  }

  async run(commands: Commands): Promise<void> {
    const residentKernel = this.resident ? this.#pipelines.length - 1 : undefined;
    for (const cutter = new CommandCutter(commands, residentKernel); !cutter.done; ) {
      if (this.#timer?.isFull) await this.#guard(this.#timer.collect());
      const begun = performance.now();
      const { dispatches, units } = cutter.take(this.#perSubmit);
      this.#submit(dispatches);
      await this.#guard(this.#device.queue.onSubmittedWorkDone());
      const elapsed = performance.now() - begun;
      if (units === this.#perSubmit) {
        const wanted = Math.floor((units * SUBMIT_MS) / Math.max(elapsed, 0.1));
        this.#perSubmit = Math.max(1, Math.min(MAX_DISPATCHES, wanted, 4 * this.#perSubmit));
      }
    }
  }

  async read(name: BufferName, at: number, words: number): Promise<Uint32Array> {
    const result = new Uint32Array(words);
    const size = Math.min(4 * words, TRANSFER_BYTES);
    if (size === 0) return result;
    const staging = this.#device.createBuffer({
      label: 'staging',
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    try {
      for (let done = 0; done < 4 * words; done += size) {
        const bytes = Math.min(size, 4 * words - done);
        const encoder = this.#device.createCommandEncoder({ label: `read ${name}` });
        encoder.copyBufferToBuffer(this.#buffers[name], 4 * at + done, staging, 0, bytes);
        this.#device.queue.submit([encoder.finish()]);
        await this.#guard(staging.mapAsync(GPUMapMode.READ, 0, bytes));
        result.set(new Uint32Array(staging.getMappedRange(0, bytes)), done / 4);
        staging.unmap();
      }
    } finally {
      staging.destroy();
    }
    return result;
  }

  async write(name: BufferName, at: number, data: Uint32Array): Promise<void> {
    for (let done = 0; done < data.length; done += TRANSFER_BYTES / 4) {
      const part = data.subarray(done, done + TRANSFER_BYTES / 4);
      this.#device.queue.writeBuffer(
        this.#buffers[name],
        4 * (at + done),
        part.buffer as ArrayBuffer,
        part.byteOffset,
        part.byteLength,
      );
      await this.#guard(this.#device.queue.onSubmittedWorkDone());
    }
  }

  async dispose(): Promise<void> {
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
    this.#frames.destroy();
  }

  #submit(commands: Commands): void {
    const dispatches = commands.length / COMMAND_WORDS;
    const frames = new Uint32Array((dispatches * FRAME_BYTES) / 4);
    const encoder = this.#device.createCommandEncoder({ label: 'steps' });
    const pass = encoder.beginComputePass({ label: 'steps', timestampWrites: this.#timer?.next() });
    for (let k = 0; k < dispatches; k++) {
      const command = commands.subarray(k * COMMAND_WORDS, (k + 1) * COMMAND_WORDS);
      frames.set(command.subarray(1), (k * FRAME_BYTES) / 4);
      pass.setPipeline(this.#pipelines[command[0]]!);
      pass.setBindGroup(0, this.#bindGroup, [k * FRAME_BYTES]);
      pass.dispatchWorkgroups(...this.#groups[command[0]]);
    }
    pass.end();
    this.#device.queue.writeBuffer(this.#frames, 0, frames);
    this.#device.queue.submit([encoder.finish()]);
  }

  /** Waits for the GPU, or for its loss. */
  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      this.#refuseLost();
      return result;
    } catch (cause) {
      this.#refuseLost(cause);
      if (cause instanceof GroundswellError) throw cause;
      throw new GroundswellError({ what: 'the GPU failed', kind: 'run', got: String(cause), cause });
    }
  }

  #refuseLost(cause?: unknown): void {
    const info = this.#lost();
    if (!info) return;
    const hint = 'what was recorded so far is kept; run again, with fewer agents or `--engine cpu` if it happens again';
    throw new GroundswellError({
      what: 'the GPU was lost',
      kind: 'run',
      got: info.message || info.reason,
      hint,
      cause,
    });
  }
}

function layoutEntries(): GPUBindGroupLayoutEntry[] {
  const visibility = GPUShaderStage.COMPUTE;
  return [
    { binding: 0, visibility, buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: 32 } },
    ...BUFFERS.map((name, k): GPUBindGroupLayoutEntry => {
      const type = READ_ONLY.includes(name) ? 'read-only-storage' : 'storage';
      return { binding: k + 1, visibility, buffer: { type } };
    }),
  ];
}

/** Compiles all kernels at once, since a driver may use several threads. Behind them is the resident one, if there is one; then those of a step are left out. */
async function compileAll(
  device: GPUDevice,
  bindings: GPUBindGroupLayout,
  { kernels, passes, events }: Plan,
  resident: Plan['resident'],
): Promise<(GPUComputePipeline | undefined)[]> {
  const others = [...passes.init, ...passes.measure, ...(events?.applications ?? []).flatMap(({ passes }) => passes)];
  const needed = new Set((resident ? others : [...others, ...passes.step]).map(({ kernel }) => kernel));
  const texts = kernels.map(({ label, parallel }, k) => (needed.has(k) ? { label, text: parallel } : undefined));
  if (resident) texts.push({ label: 'resident steps', text: await resident.link() });
  return checked(device, 'compiling the kernels', async () => {
    const layout = device.createPipelineLayout({ label: 'run', bindGroupLayouts: [bindings] });
    const results = await Promise.allSettled(
      texts.map(kernel => kernel && compile(device, layout, kernel.label, kernel.text)),
    );
    return results.map(result => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  });
}

async function compile(
  device: GPUDevice,
  layout: GPUPipelineLayout,
  label: string,
  code: string,
): Promise<GPUComputePipeline> {
  const module = device.createShaderModule({ label, code });
  const { messages } = await module.getCompilationInfo();
  const error = messages.find(message => message.type === 'error');
  if (error) {
    const line = code.split('\n')[error.lineNum - 1]?.trim();
    const where = `kernel ${label}:${error.lineNum}:${error.linePos}`;
    throw new GroundswellError({ what: error.message, where, got: line, kind: 'run' });
  }
  try {
    return await device.createComputePipelineAsync({ label, layout, compute: { module, entryPoint: 'main' } });
  } catch (cause) {
    const what = `kernel "${label}" does not compile`;
    throw new GroundswellError({ what, kind: 'run', got: String(cause), cause });
  }
}
