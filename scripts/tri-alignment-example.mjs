// What the scripts that measure and draw the example that tips share: the model with few measures, and what the density mean field does. Needs `npm run build`.
import { catalogue, defineModel } from '../dist/index.js';
import { densityModel } from '../dist/models/tri-alignment-density.js';

const MEASURED = ['exploiters', 'stance', 'human_alignment', 'preferential_alignment', 'task_alignment', 'outcome'];
const model = catalogue.find(({ name }) => name === 'tri-alignment');

/** Measuring is most of a short run: these measures are enough here. */
export const LEAN = defineModel({
  ...model,
  alignments: undefined,
  measures: Object.fromEntries(MEASURED.map(name => [name, model.measures[name]])),
});

/** What an infinite population does: the measures by step, from step 1 on. Outcomes are those of the strategies with which a step began. */
export function meanFieldCourse(params, exploiters, steps) {
  const field = densityModel(params);
  let density = field.start(exploiters);
  return Array.from({ length: steps }, () => {
    const outcome = field.outcome(field.summary(density).exploiters);
    density = field.step(density);
    const now = field.summary(density);
    return {
      exploiters: now.exploiters,
      'stance.0': now.stance,
      human_alignment: now.human,
      preferential_alignment: now.preference,
      task_alignment: now.task,
      outcome,
    };
  });
}

/** The mean field with a conscience that is set anew every `hold` steps: exploiters at the end of each stage. */
export function driven(params, consciences, hold, exploiters = 0) {
  let density;
  return consciences.map(conscience => {
    const field = densityModel({ ...params, conscience });
    density ??= field.start(exploiters);
    for (let step = 0; step < hold; step++) density = field.step(density);
    return field.summary(density).exploiters;
  });
}

/** The same schedule for agents. */
export const stages = (consciences, hold) =>
  Object.fromEntries(
    consciences.map((conscience, k) => [`stage-${k}`, { at: 1 + k * hold, do: { set: { conscience } } }]),
  );
