// What a model asks of its parameters, where they differ between agents or interventions set them: checked agent by agent, world by world, from each step at which
// one of them changes. Equal values for all agents were checked with the spec.
import { GroundswellError } from '../errors.ts';
import { type Constraint, constraintFault, decodeParam, type Param } from '../model/index.ts';
import type { Source } from '../spec/spec.ts';
import { type Groups, groupNumbers } from './neighborhood.ts';
import { type Aimed, type HeldParams, heldParams, type SettingsContext } from './settings.ts';
import { isTarget } from './targets.ts';
import type { WorldPlan } from './worlds.ts';

interface ConstraintContext extends SettingsContext {
  groups: Groups;
}

/** Refuses values of parameters that break a constraint of the model. */
export function refuseBroken(aimed: readonly Aimed[], context: ConstraintContext): void {
  const { model } = context.spec;
  for (const constraint of model.constraints ?? []) {
    const seen = new Set<string>();
    const names = new Map<Uint32Array, number>();
    for (const held of heldParams(constraint.params, aimed, context)) {
      for (const world of context.worlds) {
        const words = constraint.params.map(name => held.words(name, world));
        if (held.from === 0 && words.every(word => typeof word === 'number')) continue;
        const key = words.map(word => (typeof word === 'number' ? word : `block ${numberOf(word, names)}`)).join();
        if (!seen.has(key)) checkAgents(constraint, words, held, world, context);
        seen.add(key);
      }
    }
  }
}

function numberOf(block: Uint32Array, numbers: Map<Uint32Array, number>): number {
  const number = numbers.get(block) ?? numbers.size;
  numbers.set(block, number);
  return number;
}

function checkAgents(
  constraint: Constraint,
  words: readonly (number | Uint32Array)[],
  held: HeldParams,
  world: WorldPlan,
  context: ConstraintContext,
): void {
  const kinds = constraint.params.map(name => context.spec.model.params[name] as Param);
  const params: Record<string, number> = {};
  const agents = words.every(word => typeof word === 'number') ? 1 : context.population;
  for (let agent = 0; agent < agents; agent++) {
    constraint.params.forEach((name, k) => {
      const word = words[k];
      params[name] = decodeParam(kinds[k], typeof word === 'number' ? word : word[agent]);
    });
    const fault = constraintFault(constraint, params);
    if (!fault) continue;
    const since = held.from === 0 ? '' : ` from step ${held.from} on`;
    const where = placeOf(constraint, held, { agent, world }, context);
    throw new GroundswellError({ ...fault, got: `${fault.got} for agent ${agent}${since}`, where });
  }
}

/** Where the agent's value of the last of the parameters that differ, or are set, is written. */
function placeOf(
  { params }: Constraint,
  { acting }: HeldParams,
  who: { agent: number; world: WorldPlan },
  context: ConstraintContext,
): string | undefined {
  const sources = params.flatMap(name => {
    const setting = acting.findLast(
      ({ intervention, targets }) => name in intervention.set && isTarget(targets, who.agent, who.world.replica),
    );
    const source = setting?.intervention.set[name] ?? context.spec.points[who.world.point].agentParams?.[name];
    return source ? [{ source, set: setting !== undefined }] : [];
  });
  const last = sources.findLast(({ set }) => set) ?? sources.at(-1);
  return last && sourcePlace(last.source, who, context);
}

function sourcePlace(
  source: Source,
  who: { agent: number; world: WorldPlan },
  context: ConstraintContext,
): string | undefined {
  if (source.kind !== 'parts') return source.where;
  const name = partName(source.by, who, context);
  const own = source.parts.find(part => part.name === name)?.source ?? source.rest;
  return own ? sourcePlace(own, who, context) : source.where;
}

function partName(
  by: 'group' | 'role',
  { agent, world }: { agent: number; world: WorldPlan },
  { groups, values, population }: ConstraintContext,
): string | undefined {
  const ofGroups = { names: groups.groups.map(({ name }) => name), numbers: groupNumbers(groups, population) };
  const { names = [], numbers = [] } = (by === 'group' ? ofGroups : values.roles) ?? {};
  return names[numbers[world.replica % numbers.length]?.[agent]];
}
