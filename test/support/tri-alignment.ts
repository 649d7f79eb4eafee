// What several tests of tri-alignment share.
import { defineModel } from '../../src/model/index.ts';
import { triAlignment } from '../../src/models/tri-alignment.ts';
import type { DensityParams } from '../../src/models/tri-alignment-density.ts';

/** The same model without measures, which take longer to plan than all of its rules. */
export const UNMEASURED = defineModel({
  ...triAlignment,
  ...{ name: 'unmeasured', measures: {}, alignments: undefined, interference: undefined, invariants: undefined },
});

/** The example that tips, as parameters of its density mean field: everyone hears and meets everyone, favours are worth 3 and cost 1. */

export const TIPPING_EXAMPLE: DensityParams = {
  payoffs: { reward: 2, sucker: -1, temptation: 3, punishment: 0 },
  stakes: 1,
  audit: 0,
  fine: 0,
  sharing: 0,
  conscience: 1.25,
  selectionNoise: 0.1,
  imitation: 0.1,
  mutation: 1e-3,
  learning: 'realised',
  valuePull: 0.05,
  preferencePull: 0.02,
  taskPull: 0.06,
  trainingPull: 0,
  socialPull: 0.1,
  tolerance: 0.1,
  noise: 0,
  human: 0.8,
  preference: 0.6,
  task: 0.6,
  trained: 0.8,
  temptation: -0.8,
  corruption: 1,
  sycophancy: 0,
  deception: 0,
  transparency: 0,
  committed: { share: 0, stance: -0.8, exploits: true },
  bins: 4001,
};
