// Commands in pieces for one submit each. A resident dispatch is worth the steps that it takes and is cut where a submit ends; every other is worth one.
import { COMMAND_WORDS, type Commands } from '../device.ts';

export class CommandCutter {
  readonly #commands: Commands;
  readonly #resident: number | undefined;
  #at = 0;
  /** Steps of the command at hand that earlier pieces have. */
  #taken = 0;

  /** `resident`: number of the resident kernel. */
  constructor(commands: Commands, resident: number | undefined) {
    this.#commands = commands;
    this.#resident = resident;
  }

  get done(): boolean {
    return this.#at >= this.#commands.length;
  }

  /** The next dispatches, worth `most` or, at the end, what is left. */
  take(most: number): { dispatches: Commands; units: number } {
    const dispatches: number[] = [];
    let units = 0;
    while (!this.done && units < most) {
      const [kernel, step, slot, repeat, part] = this.#commands.subarray(this.#at, this.#at + COMMAND_WORDS);
      if (kernel !== this.#resident) {
        dispatches.push(kernel, step, slot, repeat, part);
        units++;
        this.#at += COMMAND_WORDS;
        continue;
      }
      const piece = cutPiece(this.#taken, Math.min(repeat - this.#taken, most - units), part);
      const measured = part === 0 ? 0 : Math.floor(this.#taken / part);
      dispatches.push(kernel, step + this.#taken, slot + measured, piece.steps, piece.part);
      units += piece.steps;
      this.#taken += piece.steps;
      if (this.#taken === repeat) {
        this.#at += COMMAND_WORDS;
        this.#taken = 0;
      }
    }
    return { dispatches: Uint32Array.from(dispatches), units };
  }
}

/** The next steps of a resident dispatch, at most `most`: whole stretches between measurements, the rest of one that was begun, or a part of one. */
function cutPiece(taken: number, most: number, part: number): { steps: number; part: number } {
  if (part === 0) return { steps: most, part };
  const toMeasure = part - (taken % part);
  if (most < toMeasure) return { steps: most, part: 0 };
  if (toMeasure < part) return { steps: toMeasure, part: toMeasure };
  return { steps: most - (most % part), part };
}
