// What the manifest and the notes of a run say of its interventions.
import type { Plan } from '../plan/plan.ts';
import { countsText } from '../plan/targets.ts';
import type { Manifest } from '../record/index.ts';
import { countedEvery, describeIntervention } from '../spec/index.ts';

type Entry = NonNullable<Manifest['interventions']>[number];

/** An entry of the manifest for each; how often they acted, and what that cost, follows from how far the run comes. */
export function interventionEntries({ spec, events, worlds }: Plan): Entry[] {
  return spec.interventions.map((intervention, k) => {
    const { name, at, until, about, cost, target } = intervention;
    const { counts } = events!.targets[k];
    const every = countedEvery(intervention);
    return {
      name,
      does: about,
      at,
      until,
      ...(every !== undefined && { every }),
      targets: worlds.reduce((sum, { replica }) => sum + counts[replica], 0),
      ...(target.where.length > 0 && { conditional: true }),
      unitCost: cost,
      applications: 0,
      cost: 0,
    };
  });
}

/** A note for each, with the number of its agents. */
export function interventionNotes({ spec, events }: Plan): string[] {
  return spec.interventions.map((intervention, k) => {
    const text = describeIntervention(intervention, spec.model);
    return `Intervention “${intervention.name}” ${text} (${countsText(events!.targets[k])}).`;
  });
}

/** The cost of all, if there is any. */
export function costNotes(entries: readonly Entry[]): string[] {
  const costs = entries.filter(({ unitCost }) => unitCost > 0);
  if (costs.length === 0) return [];
  const number = (value: number): string => value.toLocaleString('en-US');
  const each = costs.map(({ name, cost, targets, applications, conditional }) => {
    return `${name} ${conditional ? 'at most ' : ''}${number(cost)} (${number(targets)} agents × ${number(applications)} times)`;
  });
  const total = costs.reduce((sum, { cost }) => sum + cost, 0);
  return [`Cost of interventions over all worlds: ${number(total)}: ${each.join(', ')}.`];
}
