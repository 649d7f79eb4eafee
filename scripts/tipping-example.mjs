// The example of docs/tri-alignment.md that tips, as parameters of its density mean field and as a spec: everyone hears and meets everyone, favours are worth 3 and cost 1. Plain
// data, which scripts and tests share.

/** @type {import('../src/models/tri-alignment-density.ts').DensityParams} */
export const TIPPING_EXAMPLE = {
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

/**
 * A spec of the example; `exploiters` of its agents begin as such, or a list of shares that makes points. `params` are laid over those of the example.
 *
 * @param {Record<string, any>} [more]
 * @returns {Record<string, unknown>}
 */
export function tippingSpec({ exploiters = 0, params = {}, ...rest } = {}) {
  const shares = [exploiters].flat().map(exploit => ({ comply: 'rest', exploit }));
  const { human, preference, task, trained, temptation } = TIPPING_EXAMPLE;
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
      strategy: shares.length > 1 ? shares : shares[0],
    },
    ...rest,
  };
}
