// From the sources that a spec names to words: each source once, whatever the number of points that share it.
import { GroundswellError } from '../errors.ts';
import type { Field, Param } from '../model/index.ts';
import { type Intervention, writtenSources } from '../spec/intervention-spec.ts';
import type { ElementSources, FieldSource, Source, Spec } from '../spec/spec.ts';
import { filler } from './fill.ts';
import { resolveTables } from './tables.ts';
import { fieldTarget, paramTarget, type Target } from './target.ts';
import type { Values, ValuesContext } from './types.ts';

/** Resolves all sources of all points and interventions. Throws a `GroundswellError` for whatever is wrong with them. */
export async function resolveValues(
  { model, points, interventions }: Pick<Spec, 'model' | 'points' | 'interventions'>,
  context: ValuesContext,
): Promise<Values> {
  const params = new Map<Source, Target>();
  for (const { agentParams = {} } of points) {
    for (const [name, source] of Object.entries(agentParams)) {
      if (!params.has(source)) params.set(source, paramTarget(name, model.params[name] as Param));
    }
  }
  const agents = new Map<FieldSource, readonly Uint32Array[]>();
  for (const [source, target] of params) agents.set(source, await wordsOf(source, target, context));
  for (const { starts = {} } of points) {
    for (const [name, source] of Object.entries(starts)) {
      if (!agents.has(source)) agents.set(source, await startWords(source, name, model.fields[name], context));
    }
  }
  const settings = new Map<Source, readonly Uint32Array[]>();
  for (const intervention of interventions) {
    const own = ownDraws(intervention);
    for (const [name, source] of Object.entries(intervention.set)) {
      settings.set(source, await wordsOf(source, own(paramTarget(name, model.params[name] as Param), name), context));
    }
    for (const [name, source] of writtenSources(intervention)) {
      const field = model.fields[name];
      const words =
        source.kind === 'elements'
          ? await elementWords(source, name, field, context, own)
          : await wordsOf(source, own(fieldTarget(name, field), name), context);
      agents.set(source, words);
    }
  }
  const { roles } = context;
  return { agents, settings, ...(roles && { roles }), tables: await resolveTables(model, points, context) };
}

/** Gives a target draws that are the intervention's own: not those with which the parameter or field began. */
function ownDraws({ name }: Intervention) {
  return (target: Target, of: string): Target => ({ ...target, purpose: `intervention:${name}:${of}` });
}

/** The words of a source for every replica. */
async function wordsOf(source: Source, target: Target, context: ValuesContext): Promise<Uint32Array[]> {
  const { population, replicas } = context;
  const { period, uniform, fill } = await filler(source, target, context);
  const everybody = Uint32Array.from({ length: uniform ? 1 : population }, (_, agent) => agent);
  const distinct = Array.from({ length: Math.min(period, replicas) }, (_, replica) => {
    const words = new Uint32Array(everybody.length);
    fill(words, everybody, replica);
    return words;
  });
  return Array.from({ length: replicas }, (_, replica) => distinct[replica % distinct.length]);
}

/** The words of a field for every replica: of agents, or of groups. */
function startWords(source: FieldSource, name: string, field: Field, context: ValuesContext): Promise<Uint32Array[]> {
  const held = field.holder === 'group' ? ofGroups(context) : context;
  if (source.kind === 'elements') return elementWords(source, name, field, held);
  return wordsOf(source, fieldTarget(name, field), held);
}

/** The groups in place of the agents, each a group of its own. Without groups everybody is in one. */
function ofGroups(context: ValuesContext): ValuesContext {
  const { groups } = context.groups;
  const population = Math.max(1, groups.length);
  const numbers = Uint32Array.from({ length: population }, (_, group) => group);
  return { ...context, population, groups: { groups, numbers, perGraph: false }, roles: undefined, users: undefined };
}

/** The words of an array field for every replica: agent by agent, element by element. Elements draw on their own. */
async function elementWords(
  source: ElementSources,
  name: string,
  field: Field,
  context: ValuesContext,
  drawnAs = (target: Target, _of: string): Target => target,
): Promise<Uint32Array[]> {
  const count = context.elements.get(name)!;
  const rest = elementsOf(source, count, name);
  const groups = source.groups?.map(group => ({ ...group, elements: elementsOf(group.source, count, name) }));
  const sources = rest.map((own, k): Source => {
    if (!groups) return own;
    const parts = groups.map(({ elements, ...group }) => ({ ...group, source: elements[k] }));
    return { kind: 'parts', by: 'group', parts, rest: own, where: source.where, label: source.label };
  });
  const parts: Uint32Array[][] = [];
  for (const [k, one] of sources.entries()) {
    const element = `${name}.${k}`;
    parts.push(await wordsOf(one, drawnAs(fieldTarget(element, field), element), context));
  }
  return Array.from({ length: context.replicas }, (_, replica) => {
    const agents = Math.max(...parts.map(words => words[replica].length));
    const words = new Uint32Array(agents * count);
    parts.forEach((part, k) => {
      const of = part[replica];
      for (let agent = 0; agent < agents; agent++) words[agent * count + k] = of[of.length === 1 ? 0 : agent];
    });
    return words;
  });
}

/** A source for each element. */
function elementsOf({ each, sources, where }: ElementSources, count: number, name: string): readonly Source[] {
  if (each) return new Array<Source>(count).fill(sources[0]);
  if (sources.length === count) return sources;
  const got = String(sources.length);
  throw new GroundswellError({ what: `wrong number of elements of ${name}`, where, expected: String(count), got });
}
