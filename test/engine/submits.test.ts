// Commands cut into submits: resident dispatches take the same steps and measure the same ones into the same slots, wherever they are cut.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMAND_WORDS } from '../../src/engine/device.ts';
import { CommandCutter } from '../../src/engine/webgpu/submits.ts';

const RESIDENT = 7;

/** What shaders/engine/resident.wgsl does with its commands, and other dispatches as they are. */
function deeds(commands: ArrayLike<number>): string[] {
  const done: string[] = [];
  for (let at = 0; at < commands.length; at += COMMAND_WORDS) {
    const [kernel, step, slot, repeat, part] = Array.from({ length: COMMAND_WORDS }, (_, k) => commands[at + k]);
    if (kernel !== RESIDENT) done.push(`${kernel}: ${step} ${slot} ${repeat} ${part}`);
    for (let taken = 0; kernel === RESIDENT && taken < repeat; taken++) {
      done.push(`step ${step + taken}`);
      if (part !== 0 && (taken + 1) % part === 0) done.push(`measure into ${slot + Math.floor(taken / part)}`);
    }
  }
  return done;
}

const word = fc.integer({ min: 0, max: 9 });
const command = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: RESIDENT - 1 }), word, word, word, word),
  fc
    .tuple(word, word, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 12 }))
    .map(([step, slot, times, part]) => [RESIDENT, step, slot, part === 0 ? times : times * part, part]),
);

test('every cut does the same, and no piece is worth more than asked', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 50 })), (commands, sizes) => {
      const words = Uint32Array.from(commands.flat());
      const cutter = new CommandCutter(words, RESIDENT);
      const pieces: number[] = [];
      for (let k = 0; !cutter.done; k++) {
        const most = sizes[k] ?? 16;
        const { dispatches, units } = cutter.take(most);
        expect(units).toBeLessThanOrEqual(most);
        expect(units === most || cutter.done).toBe(true);
        expect(dispatches.length / COMMAND_WORDS).toBeLessThanOrEqual(most);
        pieces.push(...dispatches);
      }
      expect(deeds(pieces)).toEqual(deeds(words));
    }),
  );
});

test('a dispatch that need not be cut is not', () => {
  const words = Uint32Array.from([RESIDENT, 1, 0, 40, 10]);
  expect([...new CommandCutter(words, RESIDENT).take(64).dispatches]).toEqual([...words]);
});

test('without a resident kernel every command is a dispatch', () => {
  const words = Uint32Array.from([RESIDENT, 1, 0, 40, 10, RESIDENT, 2, 0, 40, 0]);
  expect([...new CommandCutter(words, undefined).take(1).dispatches]).toEqual([...words.subarray(0, COMMAND_WORDS)]);
});
