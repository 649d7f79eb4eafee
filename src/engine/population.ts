// A plan on a device: turns steps into dispatches, empties the ring of measured steps before it overflows, and gives fields their logical shape. The same for
// every device, so that engines cannot differ in it.
import { GroundswellError, suggest } from '../errors.ts';
import { type Events, enterSegment, nextEvent, passesBefore, type Segment, segmentAt } from '../plan/events.ts';
import { type FieldLayout, fieldWords, slotAfter, valueCount, valuesOf, wordsOf } from '../plan/layout.ts';
import { byNumber, byPlace } from '../plan/order.ts';
import type { Pass, Plan } from '../plan/plan.ts';
import { nextMeasured } from '../spec/schedule.ts';
import type { Device } from './device.ts';
import type { Measured, Population, Snapshot, StepOptions } from './engine.ts';
import { decode, Measurement } from './measured.ts';

/** Elementary updates that one dispatch may do for each world: bounds the length of a dispatch. */
const MAX_REPEAT = 4096;
/** Words of commands that are gathered before they are carried out. */
const MAX_BATCH = 2 ** 16;

/** Starts a plan on a device: fills the buffers and computes the initial state. */
export async function startPopulation(plan: Plan, device: Device): Promise<Population> {
  for (const [name, { parts }] of Object.entries(plan.buffers)) {
    for (const { at, data } of parts) if (data.length > 0) await device.write(name as keyof Plan['buffers'], at, data);
  }
  const population = new PlannedPopulation(plan, device);
  await population.begin();
  return population;
}

/** Dispatches that wait to be carried out together, and the step that they reach. */
interface Batch {
  commands: number[];
  step: number;
}

class PlannedPopulation implements Population {
  readonly plan: Plan;
  readonly #device: Device;
  /** Steps asked for, and steps carried out when the call in hand began. */
  #asked = 0;
  #done = 0;
  /** Steps whose measurements wait in the ring, by slot, and what was taken from it. */
  #waiting: number[] = [];
  /** How many of these were carried out, and why the last ones were not. */
  #inRing = 0;
  #failure: unknown;
  #taken: { steps: number[]; cells: Uint32Array[] } = { steps: [], cells: [] };
  #anythingMeasured = false;
  /** Interventions, the parameters in force on the device, and the rows of the setup arena as they are there. */
  readonly #events: Events | undefined;
  #segment: Segment | undefined;
  #rows: Uint32Array | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #disposed = false;

  constructor(plan: Plan, device: Device) {
    this.plan = plan;
    this.#device = device;
    this.#events = plan.events;
    this.#segment = plan.events?.segments[0];
  }

  get stepCount(): number {
    return this.#asked;
  }

  begin(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#device.run(Uint32Array.from(this.#dispatches(this.plan.passes.init, 0)));
      await this.#refuseFaults();
    });
  }

  step(count: number, options: StepOptions = {}): Promise<void> {
    const { every = 1, schedule } = options;
    if (!Number.isInteger(count) || count < 0 || !Number.isInteger(every) || every < 0) {
      throw new GroundswellError({
        what: 'bad step count',
        where: 'step',
        expected: 'integers ≥ 0',
        got: `${count} steps, every ${every}`,
      });
    }
    this.#asked += count;
    return this.#inOrder(async () => {
      const last = this.#done + count;
      const batch: Batch = { commands: [], step: this.#done };
      if (!this.#anythingMeasured && (schedule ? batch.step === 0 : every > 0)) await this.#measure(batch);
      while (batch.step < last) {
        await this.#intervene(batch);
        if (this.#device.resident) await this.#stay(batch, last, options);
        else await this.#takeSteps(batch, last, options);
        if (batch.commands.length > MAX_BATCH) await this.#flush(batch);
      }
      await this.#flush(batch);
    });
  }

  measured(): Promise<Measured> {
    return this.#inOrder(async () => {
      await this.#drain();
      const { steps, cells } = this.#taken;
      if (steps.length === 0 && this.#failure !== undefined) throw this.#failure;
      this.#taken = { steps: [], cells: [] };
      return decode(this.plan, steps, cells);
    });
  }

  read(field: string): Promise<Int32Array | Uint32Array> {
    const { at, words, place } = this.#place(field);
    return this.#inOrder(async () => {
      const data = await this.#device.read('state', at(), words);
      return fieldWords(place.field, byNumber(valuesOf(data, this.plan.layout, place), place, this.plan));
    });
  }

  write(field: string, values: Int32Array | Uint32Array): Promise<void> {
    const { at, place } = this.#place(field);
    const declared = place.field;
    const count = valueCount(this.plan.layout, place);
    if (values.length !== count) {
      throw new GroundswellError({
        what: `values of field "${field}"`,
        expected: `${count} of them`,
        got: String(values.length),
      });
    }
    const outside = values.findIndex(value => value < declared.low || value > declared.high);
    if (outside >= 0) {
      const expected = `encoded values from ${declared.low} to ${declared.high}`;
      throw new GroundswellError({
        what: `value ${outside} of field "${field}" is out of range`,
        expected,
        got: String(values[outside]),
      });
    }
    const copy = new Uint32Array(values.buffer, values.byteOffset, values.length).slice();
    const data = wordsOf(byPlace(copy, place, this.plan), this.plan.layout, place);
    return this.#inOrder(() => this.#device.write('state', at(), data));
  }

  digests(): Promise<BigUint64Array> {
    return this.#inOrder(async () => {
      await this.#drain();
      await this.#device.run(Uint32Array.from(this.#dispatches(this.plan.passes.measure, this.#done)));
      const cells = await this.#readSlots(1);
      return BigUint64Array.from(this.plan.worlds, (_, world) =>
        new Measurement(this.plan, cells, world).exact(this.plan.measures.digest),
      );
    });
  }

  saturations(): Promise<Uint32Array> {
    return this.#inOrder(() => this.#device.read('scratch', this.plan.saturationAt, this.plan.worlds.length));
  }

  instrumentWords(): Promise<Uint32Array> {
    return this.#inOrder(() => this.#readInstrument());
  }

  async snapshot(): Promise<Snapshot> {
    const step = this.#asked;
    const names = this.plan.layout.fields.map(field => field.name);
    const values = await Promise.all(names.map(name => this.read(name)));
    return { step, fields: Object.fromEntries(names.map((name, k) => [name, values[k]])) };
  }

  async restore({ step, fields }: Snapshot): Promise<void> {
    this.#asked = step;
    await this.#inOrder(async () => {
      this.#done = step;
      // a later state is not the initial one, which is measured by itself
      this.#anythingMeasured ||= step > 0;
    });
    await Promise.all(Object.entries(fields).map(([name, values]) => this.write(name, values)));
  }

  dispose(): Promise<void> {
    if (this.#disposed) return this.#queue.then(() => {});
    const result = this.#inOrder(() => this.#device.dispose());
    this.#disposed = true;
    return result;
  }

  async #inOrder<T>(action: () => Promise<T>): Promise<T> {
    if (this.#disposed) throw new GroundswellError({ what: 'the population was disposed of', kind: 'run' });
    const result = this.#queue.then(action);
    this.#queue = result.catch(() => {});
    return result;
  }

  #dispatches(passes: readonly Pass[], step: number, { repeat = 1, slot = 0 } = {}): number[] {
    return passes.flatMap(pass => [pass.kernel, step, slot, repeat, pass.part]);
  }

  /** Does what interventions do before the batch's next step. The parameters follow from the step alone, so that they are right after `restore` too. */
  async #intervene(batch: Batch): Promise<void> {
    const events = this.#events;
    if (!events) return;
    const step = batch.step + 1;
    const segment = segmentAt(events, step);
    if (segment !== this.#segment) {
      await this.#flush(batch);
      this.#rows ??= await this.#device.read('setup', events.rowsAt, events.rowWords * this.plan.worlds.length);
      enterSegment(events, segment, this.#rows);
      await this.#device.write('setup', events.rowsAt, this.#rows);
      this.#segment = segment;
    }
    batch.commands.push(...this.#dispatches(passesBefore(events, step), step));
  }

  /** Adds a step, or elementary updates up to a measurement or an intervention. */
  async #takeSteps(batch: Batch, last: number, options: StepOptions): Promise<void> {
    const toMeasure = measuredAfter(batch.step, last, options);
    const repeat = this.plan.manyStepsAtOnce ? Math.min(this.#undisturbed(batch, last, toMeasure), MAX_REPEAT) : 1;
    batch.commands.push(...this.#dispatches(this.plan.passes.step, batch.step + 1, { repeat }));
    batch.step += repeat;
    if (batch.step === toMeasure) await this.#measure(batch);
  }

  /** Adds steps of the resident kernel: those up to a measurement or an intervention, or if it measures too, as many as have measurements equally far apart. */
  async #stay(batch: Batch, last: number, options: StepOptions): Promise<void> {
    const { resident, kernels, ringSlots } = this.plan;
    const kernel = kernels.length;
    const end = batch.step + this.#undisturbed(batch, last, last);
    const gap = measuredAfter(batch.step, last, options) - batch.step;
    if (!resident?.measures || batch.step + gap > end) {
      const repeat = Math.min(gap, end - batch.step);
      batch.commands.push(...this.#dispatches([{ kernel, part: 0 }], batch.step + 1, { repeat }));
      batch.step += repeat;
      if (repeat === gap) await this.#measure(batch);
      return;
    }
    await this.#makeRoom(batch);
    const slot = this.#waiting.length;
    const step = batch.step + 1;
    do {
      batch.step += gap;
      this.#waiting.push(batch.step);
    } while (
      this.#waiting.length < ringSlots &&
      batch.step + gap <= end &&
      measuredAfter(batch.step, last, options) === batch.step + gap
    );
    const repeat = batch.step + 1 - step;
    batch.commands.push(...this.#dispatches([{ kernel, part: gap }], step, { repeat, slot }));
  }

  /** Steps until the next measurement, intervention or the last of the call. */
  #undisturbed({ step }: Batch, last: number, toMeasure: number): number {
    const event = this.#events ? nextEvent(this.#events, step + 1) - 1 : last;
    return Math.min(toMeasure, last, event) - step;
  }

  /** Adds a measurement of the state that the batch reaches; empties the ring first when it is full. In checked mode only a state without faults is measured. */
  async #measure(batch: Batch): Promise<void> {
    if (this.plan.instrument?.failure) await this.#flush(batch);
    await this.#makeRoom(batch);
    batch.commands.push(...this.#dispatches(this.plan.passes.measure, batch.step, { slot: this.#waiting.length }));
    this.#waiting.push(batch.step);
  }

  /** Empties the ring when it is full. */
  async #makeRoom(batch: Batch): Promise<void> {
    this.#anythingMeasured = true;
    if (this.#waiting.length < this.plan.ringSlots) return;
    await this.#flush(batch);
    await this.#drain();
  }

  async #flush(batch: Batch): Promise<void> {
    try {
      if (batch.commands.length > 0) await this.#device.run(Uint32Array.from(batch.commands.splice(0)));
    } catch (error) {
      // what was not carried out is not in the ring
      this.#waiting.length = this.#inRing;
      this.#failure = error;
      throw error;
    }
    this.#inRing = this.#waiting.length;
    this.#done = batch.step;
    await this.#refuseFaults();
  }

  /** Throws what the plan's instrument found. */
  async #refuseFaults(): Promise<void> {
    const { instrument } = this.plan;
    if (!instrument?.failure) return;
    const failure = instrument.failure(await this.#readInstrument());
    if (failure) throw failure;
  }

  #readInstrument(): Promise<Uint32Array> {
    const words = this.plan.instrument?.words ?? 0;
    return this.#device.read('scratch', this.plan.buffers.scratch.words - words, words);
  }

  /** Moves what waits in the ring to the host. */
  async #drain(): Promise<void> {
    const steps = this.#waiting.splice(0);
    this.#inRing = 0;
    if (steps.length === 0) return;
    this.#taken.cells.push(await this.#readSlots(steps.length));
    this.#taken.steps.push(...steps);
  }

  #readSlots(slots: number): Promise<Uint32Array> {
    return this.#device.read('ring', 0, slots * 2 * this.plan.worlds.length * this.plan.measures.cells.cellCount);
  }

  #place(name: string): { at: () => number; words: number; place: FieldLayout } {
    const layout = this.plan.layout.fields.find(field => field.name === name);
    if (!layout) {
      const hint = suggest(
        name,
        this.plan.layout.fields.map(field => field.name),
      );
      throw new GroundswellError({ what: `unknown field "${name}"`, hint });
    }
    const at = (): number => layout.base + slotAfter(layout, this.#done) * layout.slotWords;
    return { at, words: layout.slotWords, place: layout };
  }
}

/** The next step to be measured in a call that ends at `last`; ∞ when there is none. */
function measuredAfter(step: number, last: number, { every = 1, schedule }: StepOptions): number {
  if (schedule) return nextMeasured(schedule, step);
  return every > 0 ? Math.min(last, (Math.floor(step / every) + 1) * every) : Number.POSITIVE_INFINITY;
}
