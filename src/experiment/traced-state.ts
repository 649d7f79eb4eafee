// What a trace tells of an agent beside its calls: its state, and the parameters that hold for it.
import type { Population } from '../engine/engine.ts';
import { decodeParam, type Param, paramLabel } from '../model/index.ts';
import { groupNumbers, groupsOf } from '../plan/neighborhood.ts';
import { settingOf } from '../plan/settings.ts';
import { fieldValue, type TracedValue } from '../plan/traced-values.ts';
import type { Topology } from '../topology/index.ts';
import type { Prepared } from './prepare.ts';

/** The agent's fields, and those of its group and its links, in the world of a replica (the plan has one point). */
export async function stateOf(
  prepared: Prepared,
  population: Population,
  agent: number,
  replica: number,
): Promise<Record<string, TracedValue>> {
  const { layout, worlds } = population.plan;
  const group = groupOf(prepared, agent, worlds[replica].graph);
  const links = linksOf(prepared.topology, worlds[replica].graph, agent);
  const linksBefore = layout.links.slice(0, replica).reduce((sum, count) => sum + count, 0);
  const values: Record<string, TracedValue> = {};
  for (const { name, field, holder, elements } of layout.fields) {
    const words = await population.read(name);
    const place = {
      agent: { first: (replica * layout.population + agent) * elements, count: elements },
      group: { first: (replica * layout.groups + group) * elements, count: elements },
      link: { first: linksBefore + links.first, count: links.count },
    }[holder];
    const single = holder !== 'link' && field.length === undefined;
    for (let k = 0; k < place.count; k++)
      values[single ? name : `${name}.${k}`] = fieldValue(field, words[place.first + k]);
  }
  return values;
}

/** A parameter as it holds for the agent in a step. */
export function paramOf(
  { spec, values, plan }: Prepared,
  name: string,
  { agent, step, replica }: { agent: number; step: number; replica: number },
): number | string {
  const [point] = spec.points;
  const param = spec.model.params[name] as Param;
  const set = settingOf(plan, name, { agent, step, world: replica });
  if (set !== undefined) return paramLabel(param, decodeParam(param, set));
  const source = point.agentParams?.[name];
  if (!source) return paramLabel(param, point.params[name]);
  const words = values.agents.get(source)![replica];
  return decodeParam(param, words[words.length === 1 ? 0 : agent]);
}

function groupOf({ spec, topology, plan }: Prepared, agent: number, graph: number): number {
  const numbers = groupNumbers(groupsOf(spec, topology, plan.population), plan.population);
  return numbers.length === 0 ? 0 : numbers[graph % numbers.length][agent];
}

/** The place of the agent's links among those of its graph, and their number. */
function linksOf({ implicit, graphs }: Topology, graph: number, agent: number): { first: number; count: number } {
  if (implicit) return { first: agent * implicit.degree, count: implicit.degree };
  const { rowOffsets } = graphs[graph];
  return { first: rowOffsets[agent], count: rowOffsets[agent + 1] - rowOffsets[agent] };
}
