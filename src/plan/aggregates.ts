// Aggregates: totals over the population that a rule reads, declared by the model or implied by `neighbor_sum_<field>` on a complete graph.
import { GroundswellError } from '../errors.ts';
import type { Field, Model } from '../model/index.ts';
import type { Effects } from './effects.ts';
import { literal, offsetValue } from './expressions.ts';
import { aggregatePasses } from './kernels.ts';
import { totalName } from './modules.ts';
import type { Neighborhood } from './neighborhood.ts';
import { type CellLayout, TermList } from './terms.ts';

export interface AggregatePass {
  label: string;
  cells: CellLayout;
  pass: { collect: string; publish: string };
}

export interface AggregatePlan {
  /** Word of each aggregate in a world's block, and the words of a block. */
  words: ReadonlyMap<string, number>;
  stride: number;
  /** The reductions to run before a rule; `all` are the effects of every rule. */
  passesBefore(rule: string, effects: Effects, all: readonly Effects[]): AggregatePass[];
  /** WGSL that keeps the aggregates which any rule reads up to date when a rule changes one agent: before the rule, and after its writes. */
  keeping(effects: Effects, all: readonly Effects[]): { before: string[]; after: string[] };
  /** Refuses sums over neighbours, and totals, that might not fit a signed 32-bit word. */
  refuseWideSums(effects: Effects): void;
}

export function planAggregates(
  model: Model,
  neighborhood: Neighborhood,
  population: number,
  worldCount: number,
): AggregatePlan {
  const fields = Object.keys(model.fields);
  const implied = neighborhood.file === 'complete' ? fields.map(totalName) : [];
  const declared = Object.keys(model.aggregates ?? {});
  const names = [...declared, ...implied];
  const words = new Map(names.map((name, word) => [name, word]));
  const fieldOf = (name: string): string => model.aggregates?.[name]?.field ?? fields[implied.indexOf(name)];
  const termOf = (name: string): { value: string; condition?: string } => {
    const aggregate = model.aggregates?.[name];
    const field = model.fields[fieldOf(name)];
    if (aggregate?.kind === 'count')
      return { value: '1u', condition: `${fieldOf(name)}(me) == ${literal(field, aggregate.value ?? 1)}` };
    return { value: offsetValue(fieldOf(name), field) };
  };
  const needed = (effects: readonly Effects[]): string[] =>
    names.filter(name => effects.some(effect => effect.names.has(name)));
  const refuse = (name: string, field: Field, count: number): void => {
    const bound = Math.max(Math.abs(field.low), Math.abs(field.high)) * count;
    if (bound >= 2 ** 31) {
      throw new GroundswellError({
        what: `${name} may not fit a signed 32-bit word`,
        where: `model ${model.name}`,
        expected: 'a sum below 2³¹',
        got: `up to ${bound} (${count} agents)`,
        hint: 'use a field with a smaller range, or fewer agents',
      });
    }
  };
  return {
    words,
    stride: names.length,
    keeping(effects, all) {
      const read = needed(all).filter(name => effects.writes.has(fieldOf(name)));
      const contribution = (name: string): string => {
        const { value, condition } = termOf(name);
        return condition ? `u32(${condition})` : value;
      };
      return {
        before: read.map(name => `let before_${name} = ${contribution(name)};`),
        after: read.map(name => `change_aggregate(${words.get(name)}u, ${contribution(name)} - before_${name});`),
      };
    },
    passesBefore(rule, effects, all) {
      const before = [
        ...needed(all).filter(name => model.aggregates?.[name]?.before === rule),
        ...needed([effects]).filter(name => implied.includes(name)),
      ];
      return before.map(name => {
        const terms = new TermList();
        terms.add({ op: 'sum', ...termOf(name) });
        const cells = terms.place();
        const pass = aggregatePasses(cells, worldCount, names.length, words.get(name)!);
        return { label: name, cells, pass };
      });
    },
    refuseWideSums(effects) {
      for (const name of fields) {
        if (effects.names.has(`neighbor_sum_${name}`))
          refuse(`neighbor_sum_${name}`, model.fields[name], neighborhood.maxDegree);
      }
      for (const name of needed([effects])) {
        if (model.aggregates?.[name]?.kind !== 'count') refuse(name, model.fields[fieldOf(name)], population);
      }
    },
  };
}
