// The example of docs/tri-alignment.md that tips, as parameters of its density mean field and as a spec: shared by the scripts that measure and draw it. Needs `npm run build`.
import { catalogue, defineModel } from '../dist/index.js';
import { densityModel } from '../dist/models/tri-alignment-density.js';

export const EXAMPLE = {
  payoffs: { reward: 2, sucker: -1, temptation: 3, punishment: 0 },
  ...{
    stakes: 1,
    audit: 0,
    fine: 0,
    sharing: 0,
    conscience: 1.25,
    selectionNoise: 0.1,
    imitation: 0.1,
    mutation: 1e-3,
  },
  ...{ learning: 'realised', valuePull: 0.05, preferencePull: 0.02, taskPull: 0.06, trainingPull: 0, socialPull: 0.1 },
  ...{ tolerance: 0.1, noise: 0, human: 0.8, preference: 0.6, task: 0.6, trained: 0.8, temptation: -0.8 },
  ...{ corruption: 1, sycophancy: 0, deception: 0, transparency: 0, bins: 4001 },
  committed: { share: 0, stance: -0.8, exploits: true },
};

const MEASURED = ['exploiters', 'stance', 'human_alignment', 'preferential_alignment', 'task_alignment', 'outcome'];
const model = catalogue.find(({ name }) => name === 'tri-alignment');

/** Measuring is most of a short run: these measures are enough here. */
export const LEAN = defineModel({
  ...model,
  alignments: undefined,
  measures: Object.fromEntries(MEASURED.map(name => [name, model.measures[name]])),
});

/** A spec of the example; `exploiters` of its agents begin as such, or a list of shares that makes points. */
export function tippingSpec({ exploiters = 0, ...rest }) {
  const shares = [exploiters].flat().map(exploit => ({ comply: 'rest', exploit }));
  const { human, preference, task, trained, temptation } = EXAMPLE;
  return {
    model: 'tri-alignment',
    groups: { all: 1 },
    relations: { all: { all: 'cooperative' } },
    params: {
      value_pull: EXAMPLE.valuePull,
      preference_pull: EXAMPLE.preferencePull,
      task_pull: EXAMPLE.taskPull,
      social_pull: EXAMPLE.socialPull,
      tolerance: EXAMPLE.tolerance,
      conscience: EXAMPLE.conscience,
      selection_noise: EXAMPLE.selectionNoise,
      imitation: EXAMPLE.imitation,
      mutation: EXAMPLE.mutation,
      corruption: EXAMPLE.corruption,
    },
    init: {
      stance: { value: trained },
      human: { value: human },
      preference: { value: preference },
      task: { value: task },
      temptation: { value: temptation },
      strategy: shares.length > 1 ? shares : shares[0],
    },
    ...rest,
  };
}

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
