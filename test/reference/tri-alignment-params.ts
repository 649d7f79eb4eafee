// Parameters of tri-alignment under the names that specs use, and their defaults, stated independently of the model's declaration.

export interface TriParams {
  value_pull: number;
  preference_pull: number;
  task_pull: number;
  training_pull: number;
  social_pull: number;
  tolerance: number;
  noise: number;
  attention: number;
  confidence: number;
  repulsion: number;
  influence: number;
  matthew: number;
  wealth_floor: number;
  capability: number;
  stakes: number;
  joint_success: number;
  joint_partial: number;
  joint_failure: number;
  game: 'donation' | 'snowdrift';
  benefit: number;
  cost: number;
  prize: number;
  injury: number;
  sharing: number;
  audit: number;
  fine: number;
  shunning: number;
  learning: 'realised' | 'expected';
  imitation: number;
  selection_noise: number;
  mutation: number;
  conscience: number;
  corruption: number;
  sycophancy: number;
  deception: number;
  transparency: number;
  infection: number;
  recovery: number;
  rotation: number;
  holistic_level: number;
}

export const TRI_DEFAULTS: TriParams = {
  value_pull: 0,
  preference_pull: 0,
  task_pull: 0,
  training_pull: 0,
  social_pull: 0,
  tolerance: 0,
  noise: 0,
  attention: 0,
  confidence: 2,
  repulsion: 1,
  influence: 1,
  matthew: 0,
  wealth_floor: 0.1,
  capability: 1,
  stakes: 1,
  joint_success: 1,
  joint_partial: 0.5,
  joint_failure: 0,
  game: 'donation',
  benefit: 3,
  cost: 1,
  prize: 1,
  injury: 4,
  sharing: 0,
  audit: 0,
  fine: 0,
  shunning: 0,
  learning: 'realised',
  imitation: 0,
  selection_noise: 0.1,
  mutation: 0,
  conscience: 0,
  corruption: 0,
  sycophancy: 0,
  deception: 0,
  transparency: 0,
  infection: 0,
  recovery: 0,
  rotation: 0,
  holistic_level: 0.9,
};
