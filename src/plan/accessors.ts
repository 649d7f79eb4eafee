// The generated WGSL of a field: how kernels read it and how a rule's writes reach it. A rule writes into private variables, which its wrapper loads before and
// stores after it; only fields of links are written in place, since a rule cannot hold a row of any length.
import { type Field, isSigned, type Model } from '../model/index.ts';
import { fieldType, literal } from './expressions.ts';
import { type FieldLayout, type StateLayout, slotExpression } from './layout.ts';
import type { Neighborhood } from './neighborhood.ts';

/** What accessors are made from. */
export interface AccessorContext {
  model: Model;
  layout: StateLayout;
  neighborhood: Neighborhood['file'];
  /** Exchanges of slots that rules before this one made in the step, by field. */
  flips: ReadonlyMap<string, number>;
  /** Writes go where reads come from, between steps. */
  inPlace?: boolean;
  /** Word of a parameter in a world's row. */
  paramWord(name: string): number;
}

/** The accessors of a field. */
export function fieldText(layout: FieldLayout, context: AccessorContext): string {
  const place = placeOf(layout, context);
  if (layout.holder === 'link') return linkText(layout, place, context);
  const text = layout.field.length === undefined ? singleText(layout, place) : arrayText(layout, place, context);
  return layout.holder === 'agent' ? text + neighborsText(layout, context) : text;
}

/** Words that hold the present and the next value of item `i` (and element `k`), as WGSL expressions. */
interface Place {
  read: string;
  write: string;
}

function placeOf(layout: FieldLayout, { flips, inPlace }: AccessorContext): Place {
  const done = flips.get(layout.name) ?? 0;
  const cell = {
    agent: layout.field.length === undefined ? 'cell_of(i)' : elementCell('POPULATION', layout.elements),
    group: layout.field.length === undefined ? 'group_cell_of(i)' : elementCell('GROUPS', layout.elements),
    link: 'link_cell_of(link_of(i, k))',
  }[layout.holder];
  const word = (flipsDone: number): string => `state_words[${slotExpression(layout, flipsDone)} + ${cell}]`;
  return { read: word(done), write: word(inPlace ? done : done + 1) };
}

function elementCell(items: string, elements: number): string {
  return `(((replica * ${items} + i) * ${elements}u + k) * POINTS + point)`;
}

/** `set_<field>` of one word: out of range it is clamped, and counted. */
function clamped(field: Field, target: string): string {
  const { low, high } = field;
  return `let kept = clamp(value, ${literal(field, low)}, ${literal(field, high)});
  saturated += u32(kept != value);
  ${target} = kept;`;
}

const decoded = (field: Field, word: string): string => (isSigned(field) ? `bitcast<i32>(${word})` : word);
const encoded = (field: Field, value: string): string => (isSigned(field) ? `bitcast<u32>(${value})` : value);

function singleText({ name, field }: FieldLayout, { read, write }: Place): string {
  const type = fieldType(field);
  return `
fn ${name}(i: u32) -> ${type} {
  return ${decoded(field, read)};
}
var<private> next_${name}: ${type};
fn set_${name}(value: ${type}) {
  next_${name} = clamp(value, ${literal(field, field.low)}, ${literal(field, field.high)});
  saturated += u32(next_${name} != value);
}
fn load_${name}(i: u32) {
  next_${name} = ${name}(i);
}
fn store_${name}(i: u32) {
  ${write} = ${encoded(field, `next_${name}`)};
}`;
}

function arrayText({ name, field, elements }: FieldLayout, { read, write }: Place, context: AccessorContext): string {
  const type = fieldType(field);
  const loop = (body: string): string => `for (var k = 0u; k < ${name}_count(); k++) {\n    ${body}\n  }`;
  return `
fn ${name}_count() -> u32 {
  return ${countExpression(field, context)};
}
fn ${name}(i: u32, k: u32) -> ${type} {
  return ${decoded(field, read)};
}
var<private> next_${name}: array<${type}, ${elements}>;
fn set_${name}(k: u32, value: ${type}) {
  ${clamped(field, `next_${name}[k]`)}
}
fn load_${name}(i: u32) {
  ${loop(`next_${name}[k] = ${name}(i, k);`)}
}
fn store_${name}(i: u32) {
  ${loop(`${write} = ${encoded(field, `next_${name}[k]`)};`)}
}`;
}

/** The number of elements in this world. */
function countExpression({ length }: Field, { paramWord }: AccessorContext): string {
  return typeof length === 'string' ? `setup_words[row + ${paramWord(length)}u]` : `${length}u`;
}

function linkText({ name, field }: FieldLayout, { read, write }: Place, { neighborhood }: AccessorContext): string {
  if (neighborhood === 'complete') return '';
  const type = fieldType(field);
  return `
fn ${name}(i: u32, k: u32) -> ${type} {
  return ${decoded(field, read)};
}
var<private> holder_of_${name}: u32;
fn set_${name}(k: u32, value: ${type}) {
  let i = holder_of_${name};
  var next: ${type};
  ${clamped(field, 'next')}
  ${write} = ${encoded(field, 'next')};
}
fn load_${name}(i: u32) {
  holder_of_${name} = i;
}
fn store_${name}(i: u32) {}`;
}

/** Sums over those that an agent looks at. On a complete graph they are what everybody adds up to, without the agent's own. */
function neighborsText({ name, field }: FieldLayout, context: AccessorContext): string {
  const array = field.length !== undefined;
  const element = array ? ', k: u32' : '';
  const value = (agent: string): string => `${name}(${agent}${array ? ', k' : ''})`;
  const total = (kind: string): string => `${kind}_of_${name}(${array ? 'k' : ''})`;
  const complete = context.neighborhood === 'complete';
  const signed = (agent: string): string => `i32(${value(agent)})`;
  const sum = complete
    ? `return ${total('total')} - ${signed('me')};`
    : `var sum = 0i;\n  ${overNeighbors(context, other => `sum += ${signed(other)};`)}\n  return sum;`;
  const mean = complete
    ? `return divide_wide(add_signed(${total('sum')}, -${value('me')}), POPULATION - 1u);`
    : `var sum = vec2u(0u);\n  for (var n = 0u; n < degree(me); n++) {
    sum = add_product(sum, weight_share(me, n), ${value('neighbor(me, n)')});\n  }\n  return round_wide(sum, 31u);`;
  return `
fn neighbor_sum_${name}(me: u32${element}) -> i32 {
  ${sum}
}${
    field.kind === 'fixed'
      ? `
fn neighbor_mean_${name}(me: u32${element}) -> i32 {
  if (degree(me) == 0u) {
    return ${value('me')};
  }
  ${mean}
}`
      : ''
  }${
    array
      ? ''
      : `
fn active_links_${name}(me: u32) -> u32 {
  let own = ${name}(me);
  var differing = 0u;
  ${overNeighbors(context, other => `differing += u32(${name}(${other}) != own);`)}
  return differing;
}`
  }`;
}

function overNeighbors({ neighborhood }: AccessorContext, statement: (other: string) => string): string {
  return neighborhood === 'graph'
    ? `let end = links_end(me);\n  for (var link = links_begin(me); link < end; link++) {\n    ${statement('column_words[link]')}\n  }`
    : `for (var n = 0u; n < degree(me); n++) {\n    ${statement('neighbor(me, n)')}\n  }`;
}
