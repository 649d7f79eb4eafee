// What tests of tri-alignment on engines share: the model with few measures.
import { defineModel } from '../../src/model/index.ts';
import { triAlignment } from '../../src/models/tri-alignment.ts';

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
