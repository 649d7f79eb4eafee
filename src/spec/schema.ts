// The schema of a spec, built from the models passed in: which keys there are, their types, ranges and defaults. What holds
// between keys is checked by parse.ts.
import { z } from 'zod';
import { type Model, UPDATES, type UpdateKind } from '../model/index.ts';
import { say } from './fault.ts';
import { groupsSchema } from './groups.ts';
import { initSchema } from './init-schema.ts';
import { interventionsSchema } from './interventions-schema.ts';
import { either, integerFrom, mapping, text } from './leaves.ts';
import { measureSchema } from './measures.ts';
import { paramsSchema } from './params-schema.ts';
import { MAX_WORLDS } from './points.ts';
import { recordSchema } from './record.ts';
import { relationsSchema } from './relations.ts';
import { scenarioSchema } from './scenario.ts';
import { stopSchema } from './stop.ts';
import { topologySchema } from './topology-schema.ts';

const built = new WeakMap<Model, ReturnType<typeof build>>();

/** The schema of a spec as written, for one model: built once, since that takes longer than reading with it. */
export function schemaOf(model: Model): ReturnType<typeof build> {
  const schema = built.get(model) ?? build(model);
  built.set(model, schema);
  return schema;
}

/** Keys are in the order in which they are best written. */
function build(model: Model) {
  return mapping('key', {
    model: z.literal(model.name).describe(model.about),
    population: integerFrom(1).optional().describe('Agents in each world. Left out where the topology fixes it.'),
    replicas: integerFrom(1, MAX_WORLDS).default(1).describe('Worlds per point: same parameters, other random draws.'),
    topology: topologySchema(model.topologies).describe('Which agents an agent looks at.'),
    groups: groupsSchema(model)
      .optional()
      .describe('Shares, which sum to 1, or sizes, which sum to the population, by name; or what else a group is.'),
    relations: relationsSchema()
      .optional()
      .describe('What groups are to each other, by their names or as a matrix. Default: collaborative, strength 1.'),
    params: paramsSchema(model)
      .prefault({})
      .describe('Parameters: a number each, several to make points, or values per agent.'),
    init: initSchema(model).prefault({}).describe('How fields start: shares by value, or values per agent.'),
    interventions: interventionsSchema(model)
      .prefault({})
      .describe('Changes from outside, by name: whom they change, when, and what they do.'),
    update: updateSchema(model)
      .optional()
      .describe(`How time passes. Default ${model.updates[0]}. ${model.published.note}`),
    steps: integerFrom(1).describe('Steps of a run.'),
    stop: stopSchema()
      .optional()
      .describe('A condition under which the run ends earlier, or a list of them; looked at where it is measured.'),
    measure: measureSchema(model).optional().describe('How often the population is measured, and what besides.'),
    record: recordSchema(model)
      .optional()
      .describe('Fields whose final values are written for every agent; or of whom, where and when, too.'),
    scenario: scenarioSchema()
      .optional()
      .describe('A risk that the spec stands for, and what undoes it: read by `groundswell suite` only.'),
    seed: either('a word or a number', [text('a word or a number'), z.number()])
      .default(1)
      .describe('Whatever is drawn at random follows from it.'),
  });
}

const RATE = say({ expected: 'a number above 0 and at most 1' });

/** `update` as written. */
type WrittenUpdate = Exclude<UpdateKind, 'activation'> | { activation: number };

function updateSchema(model: Model): z.ZodType<WrittenUpdate> {
  const words = model.updates.filter(update => update !== 'activation');
  const timed = model.updates.includes('activation');
  const supported = model.updates.map(update => (update === 'activation' ? '{activation: rate}' : update)).join(', ');
  const error = (issue: { input: unknown }): string => say(aboutUpdate(issue.input, timed, supported));
  const rate = z.number({ error: RATE }).gt(0, { error: RATE }).max(1, { error: RATE });
  const forms: z.ZodType<WrittenUpdate>[] = [
    ...(words.length > 0 ? [z.enum(words, { error })] : []),
    ...(timed ? [mapping('key', { activation: rate.describe('The probability that an agent acts in a step.') })] : []),
  ];
  return z.union(forms, { error });
}

function aboutUpdate(input: unknown, timed: boolean, supported: string) {
  if (input === 'activation' && timed) return { what: 'activation needs a rate', hint: 'write {activation: 0.1}' };
  const known =
    typeof input === 'string'
      ? (UPDATES as readonly string[]).includes(input)
      : typeof input === 'object' && input !== null;
  if (known) return { what: 'the model does not support this update', expected: `one of ${supported}` };
  return { what: 'unknown update', expected: `one of ${supported}` };
}

/** A JSON Schema of specs for these models, for editors. */
export function specSchema(models: readonly Model[]): object {
  const [first, ...rest] = models.map(schemaOf);
  return z.toJSONSchema(rest.length === 0 ? first : z.discriminatedUnion('model', [first, ...rest]), { io: 'input' });
}
