// The catalogue: the only file that names every model.
import type { Model } from '../model/index.ts';
import { conventionMemory } from './convention-memory.ts';
import { friedkinJohnsen } from './friedkin-johnsen.ts';
import { imitationGame } from './imitation-game.ts';
import { infectiousJailbreak } from './infectious-jailbreak.ts';
import { isingChoice } from './ising-choice.ts';
import { llmConformity } from './llm-conformity.ts';
import { majorityVote } from './majority-vote.ts';
import { namingGame } from './naming-game.ts';
import { noisyQVoter } from './noisy-q-voter.ts';
import { policyTable } from './policy-table.ts';
import { sis } from './sis.ts';
import { spatialDilemma } from './spatial-dilemma.ts';
import { triAlignment } from './tri-alignment.ts';
import { voter } from './voter.ts';

/** Every model that comes with the package. */
export const catalogue: readonly Model[] = [
  voter,
  noisyQVoter,
  infectiousJailbreak,
  llmConformity,
  namingGame,
  conventionMemory,
  imitationGame,
  friedkinJohnsen,
  spatialDilemma,
  policyTable,
  sis,
  majorityVote,
  isingChoice,
  triAlignment,
];
