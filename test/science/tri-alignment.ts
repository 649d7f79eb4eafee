// What tests of tri-alignment on engines share: the model with few measures, and the example that tips as a spec.
import { defineModel } from '../../src/model/index.ts';
import { triAlignment } from '../../src/models/tri-alignment.ts';
import type { DensityParams } from '../../src/models/tri-alignment-density.ts';
import type { SpecObject } from '../support/runs.ts';
import { TIPPING_EXAMPLE } from '../support/tri-alignment.ts';

const MEASURED = [
  'exploiters',
  'stance',
  'human_alignment',
  'preferential_alignment',
  'task_alignment',
  'outcome',
  'misalignment',
];

/** Measuring is most of a short run: these measures are enough here. */
export const LEAN = defineModel({
  ...triAlignment,
  alignments: undefined,
  measures: Object.fromEntries(MEASURED.map(name => [name, triAlignment.measures[name]])),
});

/** The example of docs/tri-alignment.md that tips: everyone hears and meets everyone. */
export function tippingSpec({ params, ...rest }: SpecObject & { params?: SpecObject } = {}): SpecObject {
  const { human, preference, task, trained, temptation }: DensityParams = TIPPING_EXAMPLE;
  return {
    model: 'tri-alignment',
    groups: { all: 1 },
    relations: { all: { all: 'cooperative' } },
    params: {
      value_pull: TIPPING_EXAMPLE.valuePull,
      preference_pull: TIPPING_EXAMPLE.preferencePull,
      task_pull: TIPPING_EXAMPLE.taskPull,
      social_pull: TIPPING_EXAMPLE.socialPull,
      tolerance: TIPPING_EXAMPLE.tolerance,
      conscience: TIPPING_EXAMPLE.conscience,
      selection_noise: TIPPING_EXAMPLE.selectionNoise,
      imitation: TIPPING_EXAMPLE.imitation,
      mutation: TIPPING_EXAMPLE.mutation,
      corruption: TIPPING_EXAMPLE.corruption,
      ...params,
    },
    init: {
      stance: { value: trained },
      human: { value: human },
      preference: { value: preference },
      task: { value: task },
      temptation: { value: temptation },
      strategy: { comply: 1 },
    },
    ...rest,
  };
}
