// The WGSL of aggregates: how rules read them, how reductions reach them, and how they follow the change of a single agent.

import { type Field, isSigned } from '../model/index.ts';
import type { PlannedAggregate } from './aggregates.ts';
import { literal, offsetValue } from './expressions.ts';
import { type CellLayout, gatherText, identityText } from './terms.ts';

/** Where the blocks of all worlds lie in the scratch arena. */
interface Block {
  at: number;
  stride: number;
}

/**
 * The functions of an aggregate: its accessor, `without_` and `with_`, which take an agent's contribution away and add it again, and for a mean `settle_`, which
 * derives it from the sum.
 */
export function aggregateAccessors(aggregate: PlannedAggregate, block: Block): string {
  const { name, kind, field } = aggregate;
  const signed = field.low < 0;
  const parameters = [
    ...(aggregate.byGroup ? ['g: u32'] : []),
    ...(field.length === undefined ? [] : ['k: u32']),
    ...(kind === 'histogram' ? [`level: ${signed ? 'i32' : 'u32'}`] : []),
  ];
  // entries count from the lower end of the field's range
  const level = signed ? `u32(level - ${literal(field, field.low)})` : `level - ${field.low}u`;
  const word = wordOf(aggregate, block, kind === 'histogram' ? level : '0u');
  const read = readText(aggregate, parameters.join(', '), word);
  if (kind === 'maximum') return `${read}\n`;
  return `${read}
fn without_${name}(me: u32) {
  ${changeText(aggregate, block, false)}
}
fn with_${name}(me: u32) {
  ${changeText(aggregate, block, true)}
}
${kind === 'mean' ? settleText(aggregate) : ''}`;
}

/** The first word of the entry of element `k`, group `g` and a level. */
function wordOf(
  { word, wordsPerEntry, byGroup, groups, values, field }: PlannedAggregate,
  block: Block,
  level: string,
): string {
  const element = field.length === undefined ? '0u' : 'k';
  const entry = `(${element} * ${groups}u + ${byGroup ? 'g' : '0u'}) * ${values}u + ${level}`;
  return `${block.at + word}u + world * ${block.stride}u + ${wordsPerEntry}u * (${entry})`;
}

const sizeOf = ({ byGroup }: PlannedAggregate): string => (byGroup ? 'group_size(g)' : 'POPULATION');

/** Sums count from the lower end of the field's range; what is read is the sum itself. */
function readText(aggregate: PlannedAggregate, parameters: string, word: string): string {
  const { name, kind, field } = aggregate;
  const load = (offset = 0): string => `atomicLoad(&scratch_words[at + ${offset}u])`;
  const wide = `vec2u(${load()}, ${load(1)})`;
  const read = {
    count: ['u32', load()],
    histogram: ['u32', load()],
    // both sides wrap, and the total itself fits
    total: ['i32', `i32(${load()} + u32(${literal32(field.low)}) * ${sizeOf(aggregate)})`],
    mean: ['i32', `bitcast<i32>(${load(2)})`],
    sum: ['vec2u', aggregate.weight ? wide : `add_product(${wide}, ${sizeOf(aggregate)}, ${literal32(field.low)})`],
    maximum: isSigned(field)
      ? ['i32', `i32(${load()}) + ${literal(field, field.low)}`]
      : ['u32', `${load()} + ${field.low}u`],
  }[kind];
  return `fn ${name}(${parameters}) -> ${read[0]} {\n  let at = ${word};\n  return ${read[1]};\n}`;
}

const literal32 = (value: number): string => (value === -(2 ** 31) ? 'i32(0x80000000u)' : `i32(${value | 0})`);

/** The mean from the sum: with the fraction bits of the field, or 16. */
function settleText({ name, field }: PlannedAggregate): string {
  const scaled = field.kind === 'fixed' ? 'sum' : 'vec2u(sum.x << 16u, (sum.y << 16u) | (sum.x >> 16u))';
  return `fn settle_${name}(at: u32, size: u32) {
  let sum = add_product(vec2u(atomicLoad(&scratch_words[at]), atomicLoad(&scratch_words[at + 1u])), size, ${literal32(field.low)});
  atomicStore(&scratch_words[at + 2u], bitcast<u32>(divide_wide(${scaled}, size)));
}
`;
}

/** What one agent adds: an amount, to the entry of its group and level, if the condition holds. `read` is its value as WGSL. */
export function contribution(
  { kind, field, value, weight }: PlannedAggregate,
  read: string,
): { amount: string; condition?: string; level: string; wide?: boolean } {
  const offset = offsetValue(read, field);
  switch (kind) {
    case 'count':
      return { amount: '1u', condition: `${read} == ${literal(field, value)}`, level: '0u' };
    case 'histogram':
      return { amount: '1u', level: offset };
    default:
      if (weight) return { amount: productOf(weight, read, field), level: '0u', wide: true };
      return { amount: offset, level: '0u' };
  }
}

/** The product of an agent's weight and its value, signed, in two words. */
function productOf(weight: NonNullable<PlannedAggregate['weight']>, read: string, field: Field): string {
  const value = isSigned(field) ? read : `i32(${read})`;
  return `add_product(vec2u(0u), u32(${weight.name}(me)), ${value})`;
}

/** Adds the agent's contributions, or takes them away. */
function changeText(aggregate: PlannedAggregate, block: Block, add: boolean): string {
  const { name, kind, fieldName, field, byGroup, wordsPerEntry } = aggregate;
  const array = field.length !== undefined;
  const { amount, condition, level, wide } = contribution(
    aggregate,
    array ? `${fieldName}(me, k)` : `${fieldName}(me)`,
  );
  const words = wide ? amount : `vec2u(${amount}, 0u)`;
  const change =
    wordsPerEntry === 1
      ? `atomicAdd(&scratch_words[at], ${add ? amount : `0u - ${amount}`});`
      : `let sum = add_wide(vec2u(atomicLoad(&scratch_words[at]), atomicLoad(&scratch_words[at + 1u])), ${add ? words : `negate_wide(${words})`});
  atomicStore(&scratch_words[at], sum.x);
  atomicStore(&scratch_words[at + 1u], sum.y);${kind === 'mean' && add ? `\n  settle_${name}(at, ${sizeOf(aggregate)});` : ''}`;
  const body = `let at = ${wordOf(aggregate, block, level)};\n  ${condition ? `if (${condition}) { ${change} }` : change}`;
  const group = byGroup ? 'let g = group(me);\n  ' : '';
  return array ? `${group}for (var k = 0u; k < ${aggregate.elements}u; k++) {\n  ${body}\n  }` : group + body;
}

/** `gather` and `flush`, and the delivery of cells to the block that rules read. `cells`: the first cell of every element of an aggregate. */
export function deliverText(
  layout: CellLayout,
  wanted: readonly { aggregate: PlannedAggregate; cells: readonly number[] }[],
  block: Block,
): { collect: string; publish: string } {
  const parts = wanted.flatMap(({ aggregate, cells }) => {
    const { name, kind, word, wordsPerEntry, groups, values, byGroup } = aggregate;
    const bins = groups * values;
    return cells.map((first, k) => {
      const entry = `${k * bins}u + cell - ${first}u`;
      const store = [
        `let at = ${block.at + word}u + world * ${block.stride}u + ${wordsPerEntry}u * (${entry});`,
        'atomicStore(&scratch_words[at], low);',
        ...(wordsPerEntry > 1 ? ['atomicStore(&scratch_words[at + 1u], high);'] : []),
        ...(kind === 'mean' ? [`settle_${name}(at, ${byGroup ? `group_size(cell - ${first}u)` : 'POPULATION'});`] : []),
      ];
      return `if (cell >= ${first}u && cell < ${first + bins}u) {\n    ${store.join('\n    ')}\n  }`;
    });
  });
  return {
    collect: gatherText(layout),
    publish: `${identityText(layout)}\nfn deliver(cell: u32, low: u32, high: u32) {\n  ${parts.join('\n  ')}\n}`,
  };
}
