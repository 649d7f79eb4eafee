// What the functions that a rule may call take and give: which argument is an agent, which a value of a field, and so on. Checked mode and traces go by
// this table; a function that is not in it is checked and told as plain words.
import type { Aggregate, Field, Model } from '../model/index.ts';
import { fieldType, literal } from './expressions.ts';

/** What an argument or a result stands for. */
export type Role =
  /** An agent's number, below the population. */
  | { kind: 'agent' }
  /** The number of a link, below the degree of the agent in argument `of`, or of the rule's own agent. */
  | { kind: 'link'; of: number | 'self' }
  /** The number of an element of an array, below `count`, in WGSL. */
  | { kind: 'element'; count: string }
  /** A value of a field, within its range. */
  | { kind: 'value'; field: Field }
  /** A sum of values of a field. */
  | { kind: 'sum'; field: Field }
  /** u32 with 31 fraction bits; i32 with 16; an integer; the number of a group, of a role, of a relation. */
  | { kind: 'probability' | 'number' | 'integer' | 'group' | 'role' | 'relation' };

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
const group: Role = { kind: 'group' };
const integer: Role = { kind: 'integer' };
const probability: Role = { kind: 'probability' };

const FIXED: Readonly<Record<string, Term>> = {
  population: { params: [], result: integer },
  degree: { params: [agent], result: integer },
  neighbor: { params: [agent, { kind: 'link', of: 0 }], result: agent },
  contact: { params: [agent], result: agent },
  partner: { params: [agent], result: agent },
  first: { params: [agent] },
  group: { params: [agent], result: group },
  group_size: { params: [group], result: integer },
  role: { params: [agent], result: { kind: 'role' } },
  relation: { params: [group, group], result: { kind: 'relation' } },
  relation_strength: { params: [group, group], result: probability },
  weight: { params: [agent, { kind: 'link', of: 0 }], result: { kind: 'number' } },
  weight_share: { params: [agent, { kind: 'link', of: 0 }], result: probability },
  rank: { params: [agent], result: integer },
  agent_number: { params: [agent], result: integer },
  agent_numbered: { params: [integer], result: agent },
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
  for (const [name, field] of Object.entries(model.fields)) addField(terms, name, field);
  for (const [name, aggregate] of Object.entries(model.aggregates ?? {})) {
    const field = model.fields[aggregate.field];
    const params: Role[] = [
      ...(aggregate.by ? [group] : []),
      ...(field.length === undefined ? [] : [integer]),
      ...(aggregate.kind === 'histogram' ? [{ kind: 'value', field } as const] : []),
    ];
    // two words are told as they are
    terms.set(name, aggregate.kind === 'sum' ? { params } : { params, result: aggregateResult(aggregate.kind, field) });
  }
  return terms;
}

/** The accessors of a field: of whoever holds it, and of its elements. */
function addField(terms: Map<string, Term>, name: string, field: Field): void {
  const value: Role = { kind: 'value', field };
  const holder = field.holder ?? 'agent';
  const owner = holder === 'group' ? group : agent;
  const element: Role[] = field.length === undefined ? [] : [{ kind: 'element', count: `check_count_${name}()` }];
  if (holder === 'link') {
    terms.set(name, { params: [owner, { kind: 'link', of: 0 }], result: value });
    const writes = { field: name, next: `${name}(holder_of_${name}, a0)` };
    terms.set(`set_${name}`, { params: [{ kind: 'link', of: 'self' }, value], writes });
    return;
  }
  terms.set(name, { params: [owner, ...element], result: value });
  const next = element.length > 0 ? `next_${name}[a0]` : `next_${name}`;
  terms.set(`set_${name}`, { params: [...element, value], writes: { field: name, next } });
  if (holder === 'group') return;
  terms.set(`neighbor_sum_${name}`, { params: [agent, ...element], result: { kind: 'sum', field } });
  terms.set(`neighbor_mean_${name}`, { params: [agent, ...element], result: value });
  if (element.length === 0) terms.set(`active_links_${name}`, { params: [agent], result: integer });
}

function aggregateResult(kind: Aggregate['kind'], field: Field): Role {
  if (kind === 'total') return { kind: 'sum', field };
  if (kind === 'maximum') return { kind: 'value', field };
  if (kind === 'mean') return field.kind === 'fixed' ? { kind: 'value', field } : { kind: 'number' };
  return integer;
}

/** What bounds an argument, in WGSL: it is below `count`, or from `low` to `high`; `args` are the names of all arguments. */
export function boundsOf(
  role: Role,
  args: readonly string[],
): { count: string } | { low: string; high: string; type: 'i32' | 'u32' } | undefined {
  switch (role.kind) {
    case 'agent':
      return { count: 'check_population()' };
    case 'group':
      return { count: 'check_groups()' };
    case 'link':
      return { count: `check_degree(${role.of === 'self' ? 'check_self()' : args[role.of]})` };
    case 'element':
      return { count: role.count };
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
