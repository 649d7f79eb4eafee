// What the functions that a rule may call take and give: which argument is an agent, which a value of a field, and so on. Checked mode and traces go by
// this table; a function that is not in it is checked and told as plain words.
import type { Field, Model } from '../model/index.ts';
import { fieldType, literal } from './expressions.ts';

/** What an argument or a result stands for. */
export type Role =
  /** An agent's number, below the population. */
  | { kind: 'agent' }
  /** The number of a link, below the degree of the agent in argument `of`, or of the rule's own agent. */
  | { kind: 'link'; of: number | 'self' }
  /** The number of an element of an array, below `count`. */
  | { kind: 'element'; count: number }
  /** A value of a field, within its range. */
  | { kind: 'value'; field: Field }
  /** A sum of values of a field. */
  | { kind: 'sum'; field: Field }
  /** u32 with 31 fraction bits; i32 with 16; an integer; the number of a group. */
  | { kind: 'probability' | 'number' | 'integer' | 'group' };

/** A function of the agent module or the library, as a rule calls it (without the site of a draw). */
export interface Term {
  params: readonly Role[];
  result?: Role;
  /** It draws a random number. */
  draws?: boolean;
  /** It writes the field; `next` is WGSL for the value that will be stored, and may use the arguments as `a0`, `a1`, …. */
  writes?: { field: string; next: string };
}

const agent: Role = { kind: 'agent' };
const integer: Role = { kind: 'integer' };
const probability: Role = { kind: 'probability' };

const FIXED: Readonly<Record<string, Term>> = {
  population: { params: [], result: integer },
  degree: { params: [agent], result: integer },
  neighbor: { params: [agent, { kind: 'link', of: 0 }], result: agent },
  contact: { params: [agent], result: agent },
  partner: { params: [agent], result: agent },
  first: { params: [agent] },
  group: { params: [agent], result: { kind: 'group' } },
  rank: { params: [agent], result: integer },
  draw: { params: [], draws: true },
  draw_at: { params: [integer], draws: true },
  draw_for: { params: [agent], draws: true },
  below: { params: [integer], result: integer, draws: true },
  below_at: { params: [integer, integer], result: integer, draws: true },
  chance: { params: [probability], draws: true },
  chance_at: { params: [integer, probability], draws: true },
  chance_with: { params: [agent, probability], draws: true },
  logistic: { params: [{ kind: 'number' }], result: probability },
};

/** The table for a model, by function name. */
export function vocabularyOf(model: Model): ReadonlyMap<string, Term> {
  const terms = new Map<string, Term>(Object.entries(FIXED));
  for (const [name, field] of Object.entries(model.fields)) {
    const value: Role = { kind: 'value', field };
    terms.set(name, { params: [agent], result: value });
    terms.set(`set_${name}`, { params: [value], writes: { field: name, next: `next_${name}` } });
    terms.set(`neighbor_sum_${name}`, { params: [agent], result: { kind: 'sum', field } });
    terms.set(`active_links_${name}`, { params: [agent], result: integer });
  }
  for (const [name, { kind, field }] of Object.entries(model.aggregates ?? {})) {
    terms.set(name, { params: [], result: kind === 'total' ? { kind: 'sum', field: model.fields[field] } : integer });
  }
  return terms;
}

/** What bounds an argument, in WGSL: it is below `count`, or from `low` to `high`; `args` are the names of all arguments. */
export function boundsOf(
  role: Role,
  args: readonly string[],
): { count: string } | { low: string; high: string; type: 'i32' | 'u32' } | undefined {
  switch (role.kind) {
    case 'agent':
      return { count: 'check_population()' };
    case 'link':
      return { count: `check_degree(${role.of === 'self' ? 'check_self()' : args[role.of]})` };
    case 'element':
      return { count: `${role.count}u` };
    case 'value':
      return {
        low: literal(role.field, role.field.low),
        high: literal(role.field, role.field.high),
        type: fieldType(role.field),
      };
    default:
      return undefined;
  }
}
