// What runs of `tri-alignment` must keep to.
import type { Constraint, RequirementContext, RequirementFault } from '../model/index.ts';

const PULLS = ['value_pull', 'preference_pull', 'task_pull', 'training_pull', 'social_pull'] as const;

export const CONSTRAINTS: readonly Constraint[] = [
  {
    about: 'the sum of all pulls, that of the user times 1 + sycophancy',
    params: [...PULLS, 'sycophancy'],
    value: params => PULLS.reduce((sum, name) => sum + params[name], params.preference_pull * params.sycophancy),
    max: 1,
    relax: 'what is left of 1 is the weight of the stance itself: lower one of the pulls',
  },
];

/** No two stances differ by more. */
const FULL_CONFIDENCE = 2;
/** Voices are summed as influence (12 fraction bits) times stance (29) in 63 bits. */
const MOST_INFLUENCE = 2 ** 22;

export function requirements({
  params,
  topology,
  relations,
  population,
}: RequirementContext): RequirementFault | undefined {
  if (topology !== 'complete' || params.social_pull === 0) return undefined;
  const chosen =
    relations.has('competitive') || (relations.has('cooperative') && params.confidence !== FULL_CONFIDENCE);
  if (params.attention === 0 && chosen) {
    return {
      path: 'params.attention',
      what: 'on a complete graph only groups from which no difference is too large can be listened to as a whole: collaborative ones, or cooperative ones at confidence 2',
      expected: 'an integer from 1 to 64: how many others an agent listens to in a step',
      got: '0',
    };
  }
  // a NaN, an influence of the agents' own, is let pass: its largest value is 64
  const growth = params.matthew === 0 ? 1 : params.matthew <= 1 ? 2 : 64;
  if (population !== undefined && population * params.influence * growth > MOST_INFLUENCE) {
    return {
      path: 'population',
      what: 'the influence of all agents does not fit',
      expected: `agents times influence${growth > 1 ? ` times ${growth} (its growth with wealth)` : ''} of at most ${MOST_INFLUENCE}`,
      got: String(population * params.influence * growth),
      hint: 'use a smaller influence, fewer agents, or a topology with neighbours',
    };
  }
  return undefined;
}
