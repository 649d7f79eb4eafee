// The interventions of a run once its topology is known: whom each is aimed at, and what its rules may look at.
import { GroundswellError } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { seedKey } from '../random.ts';
import type { Spec } from '../spec/spec.ts';
import type { Topology } from '../topology/index.ts';
import type { Roles } from '../values/index.ts';
import type { Effects } from './effects.ts';
import { type Groups, groupNumbers } from './neighborhood.ts';
import type { Aimed } from './settings.ts';
import { targetsOf } from './targets.ts';

/** Each intervention with its agents. */
export function aimInterventions(spec: Spec, topology: Topology, groups: Groups, roles: Roles | undefined): Aimed[] {
  const context = {
    population: topology.nodeCount,
    replicas: spec.replicas,
    seed: seedKey(spec.seed),
    topology,
    groups: { names: groups.groups.map(({ name }) => name), numbers: groupNumbers(groups, topology.nodeCount) },
    roles: roles ?? { names: [], numbers: [] },
  };
  return spec.interventions.map(intervention => ({ intervention, targets: targetsOf(intervention, context) }));
}

/** Refuses a rule of an action that looks beyond its own agent: others change at the same time, and totals are of an earlier state. */
export function refuseFarSight(model: Model, rule: string, { readsOfOthers, names }: Effects): void {
  const totals = Object.keys(model.aggregates ?? {});
  const implied = Object.keys(model.fields).flatMap(field => [`total_of_${field}`, `sum_of_${field}`]);
  const others = [...readsOfOthers].filter(field => model.fields[field].holder !== 'group');
  const seen = [...others, ...[...totals, ...implied, 'partner'].filter(name => names.has(name))];
  if (seen.length === 0) return;
  throw new GroundswellError({
    what: `the rule "${rule}" of an action reads "${seen[0]}" beyond its own agent`,
    where: `model ${model.name}`,
    hint: 'the rule of an action sees only its own agent',
  });
}
