// What is measured of `tri-alignment` in every run, by population, group and role, and which of it tells how agents are aligned.
import {
  type Alignments,
  activeLinks,
  assortativity,
  bimodality,
  clusters,
  count,
  deviation,
  effectiveNumber,
  estebanRay,
  gap,
  gini,
  herfindahl,
  histogram,
  type Measure,
  mean,
  misalignment,
  quantile,
  share,
  topShare,
  variance,
} from '../model/index.ts';

/** Agents that were removed are not measured. */
const PRESENT = { among: { field: 'removed', is: 0 } } as const;
const BY_GROUP = { ...PRESENT, by: 'group' } as const;
const BY_ROLE = { ...PRESENT, by: 'role' } as const;

/** Bins of an alignment: one in ten is told to 1/64. */
const FINE = { bins: 64 };
const COARSE = { bins: 20 };
/** Influence and wealth reach far beyond what most agents have. */
const FINEST = { bins: 1024 };

/** The alignments: the field is the measure of the mean, and begins the names of the others. */
const JUDGED = {
  human: 'human_alignment',
  preferential: 'preferential_alignment',
  task: 'task_alignment',
  outcome: 'outcome',
} as const;

function judged(name: string, field: string): Record<string, Measure> {
  return {
    [field]: mean(field, PRESENT),
    [`${name}_deviation`]: deviation(field, PRESENT),
    [`${name}_worst_decile`]: quantile(field, 0.1, { ...FINE, ...PRESENT }),
    [`${name}_histogram`]: histogram(field, { ...COARSE, ...PRESENT }),
    [`${name}_by_group`]: mean(field, BY_GROUP),
    [`${name}_deviation_by_group`]: deviation(field, BY_GROUP),
    [`${name}_worst_decile_by_group`]: quantile(field, 0.1, { ...FINE, ...BY_GROUP }),
    [`${name}_by_role`]: mean(field, BY_ROLE),
    [`${name}_deviation_by_role`]: deviation(field, BY_ROLE),
    [`${name}_worst_decile_by_role`]: quantile(field, 0.1, { ...FINE, ...BY_ROLE }),
  };
}

export const MEASURES: Readonly<Record<string, Measure>> = {
  ...Object.fromEntries(Object.entries(JUDGED).flatMap(([name, field]) => Object.entries(judged(name, field)))),
  holistic: share('holistic', 1, PRESENT),
  holistic_by_group: share('holistic', 1, BY_GROUP),
  holistic_by_role: share('holistic', 1, BY_ROLE),
  exploiters: share('strategy', 'exploit', PRESENT),
  exploiters_by_group: share('strategy', 'exploit', BY_GROUP),
  exploiters_by_role: share('strategy', 'exploit', BY_ROLE),
  goodhart_gap: gap('apparent_alignment', 'human_alignment', PRESENT),
  drift: mean('drift', PRESENT),
  stance: mean('stance', PRESENT),
  stance_by_group: mean('stance', BY_GROUP),
  polarisation: variance('stance', PRESENT),
  esteban_ray: estebanRay('stance', { ...COARSE, ...PRESENT }),
  bimodality: bimodality('stance', PRESENT),
  stance_clusters: clusters('stance', { ...COARSE, ...PRESENT }),
  effective_stances: effectiveNumber('stance', { ...COARSE, ...PRESENT }),
  stances: histogram('stance', { ...COARSE, ...PRESENT }),
  misalignment: misalignment('stance', { bins: 5, weight: 'influence', ...PRESENT }),
  active_links: activeLinks('strategy'),
  assortativity: assortativity('strategy'),
  payoff: mean('payoff', PRESENT),
  payoff_by_group: mean('payoff', BY_GROUP),
  wealth_by_group: mean('wealth', BY_GROUP),
  wealth_gini: gini('wealth', { ...FINEST, ...PRESENT }),
  influence_gini: gini('influence', { ...FINEST, ...PRESENT }),
  influence_top: topShare('influence', { ...FINEST, ...PRESENT }),
  influence_herfindahl: herfindahl('influence', PRESENT),
  flagged: count('flagged', 1, PRESENT),
  compromised: share('compromised', 1, PRESENT),
};

const aligned = (name: keyof typeof JUDGED) => ({
  mean: JUDGED[name],
  spread: `${name}_deviation`,
  low: `${name}_worst_decile`,
  byGroup: `${name}_by_group`,
});

export const ALIGNMENTS: Alignments = {
  human: aligned('human'),
  preferential: aligned('preferential'),
  task: aligned('task'),
  outcome: aligned('outcome'),
  stances: 'stances',
  concentration: { gini: 'influence_gini', top: 'influence_top', herfindahl: 'influence_herfindahl' },
};
