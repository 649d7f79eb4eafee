// Prints the numbers of docs/tri-alignment.md on tipping: the branches, folds and thresholds of the example in the density mean field, with the errors of the bisections. Some
// minutes. Needs `npm run build`.
import { branch, fold, tippingMinority, tippingStart } from '../dist/models/tri-alignment-tipping.js';
import { TIPPING_EXAMPLE } from './tipping-example.mjs';

const EXAMPLE = { ...TIPPING_EXAMPLE, bins: Number(process.argv[2] ?? TIPPING_EXAMPLE.bins) };

const say = (name, { value, error }) => console.log(`${name}: ${value.toFixed(6)} ± ${error.toFixed(6)}`);
const byConscience = socialPull => conscience => ({ ...EXAMPLE, socialPull, conscience });
const byValuePull = valuePull => ({ ...EXAMPLE, valuePull });

for (const name of ['aligned', 'misaligned']) {
  const { exploiters, stance, human } = branch(EXAMPLE, name);
  console.log(`${name}: exploiters ${exploiters.toFixed(5)}, stance ${stance.toFixed(5)}, A_h ${human.toFixed(5)}`);
}
say('λ_h, aligned branch ends', fold(byValuePull, 'aligned', 0.05, 0, 5e-5));
say('λ_h, misaligned branch ends', fold(byValuePull, 'misaligned', 0.05, 0.15, 5e-5));
for (const social of [0.1, 0]) {
  say(`m, λ_s = ${social}, aligned branch ends`, fold(byConscience(social), 'aligned', 1.6, 1, 2e-4));
  say(`m, λ_s = ${social}, misaligned branch ends`, fold(byConscience(social), 'misaligned', 1, 1.6, 2e-4));
}
say('initial share of exploiters that tips', tippingStart(EXAMPLE, 2e-4));
for (const [stance, exploits] of [
  [-1, true],
  [-0.8, true],
  [0, true],
  [0.8, true],
  [0.8, false],
  [1, false],
]) {
  const committed = { share: 0, stance, exploits };
  say(
    `committed ${exploits ? 'exploiters' : 'compliers'} at ${stance} that tip`,
    tippingMinority({ ...EXAMPLE, committed }, 5e-5),
  );
}
