// The generated WGSL of a field: how kernels read it and how a rule's writes reach it. A rule writes into private variables, which its wrapper loads before and
// stores after it; only fields of links are written in place, since a rule cannot hold a row of any length.
import { type Field, isSigned, type Model } from '../model/index.ts';
import { fieldType, literal } from './expressions.ts';
import type { HandedOn } from './fusion.ts';
import { type FieldLayout, type StateLayout, slotExpression } from './layout.ts';
import type { Neighborhood } from './neighborhood.ts';

/** What accessors are made from. */
export interface AccessorContext {
  model: Model;
  layout: StateLayout;
  neighborhood: Neighborhood;
  /** Exchanges of slots that rules before this one made in the step, by field. */
  flips: ReadonlyMap<string, number>;
  /** Writes go where reads come from, between steps. */
  inPlace?: boolean;
  /** Where the rules of a kernel are several: how many exchanges they make, and what they hand on. */
  fused?: FusedFields;
  /** Word of a parameter in a world's row. */
  paramWord(name: string): number;
}

/** What becomes of fields in a kernel of several rules, by name. */
export interface FusedFields {
  /** Exchanges of slots by all of its rules. */
  exchanges: ReadonlyMap<string, number>;
  handedOn: ReadonlyMap<string, HandedOn>;
}

/** The accessors of a field. */
export function fieldText(layout: FieldLayout, context: AccessorContext): string {
  const place = placeOf(layout, context);
  if (layout.holder === 'link') return linkText(layout, place, context);
  const text =
    layout.field.length === undefined ? singleText(layout, place, context) : arrayText(layout, place, context);
  return layout.holder === 'agent' ? text + neighborsText(layout, context) : text;
}

/** Words that hold the present and the next value of item `i` (and element `k`), as WGSL expressions. */
interface Place {
  read: string;
  write: string;
}

function placeOf(layout: FieldLayout, { flips, inPlace, fused, layout: { strandStride } }: AccessorContext): Place {
  const done = flips.get(layout.name) ?? 0;
  const cell = {
    agent: layout.field.length === undefined ? 'cell_of(i)' : elementCell('POPULATION', layout.elements),
    group: layout.field.length === undefined ? 'group_cell_of(i)' : elementCell('GROUPS', layout.elements),
    link: 'link_cell_of(link_of(i, k))',
  }[layout.holder];
  const word = (flipsDone: number, at: string): string => `state_words[${slotExpression(layout, flipsDone)} + ${at}]`;
  const written = inPlace ? done : done + (fused?.exchanges.get(layout.name) ?? 1);
  if (layout.bits === 32) return { read: word(done, cell), write: word(written, cell) };
  const { wordOf, shiftOf, mask } = packing(layout, strandStride);
  const from = word(done, wordOf('bundle', 'i', 'strand'));
  return { read: `(${from} >> ${shiftOf('i', 'strand')}) & ${mask}`, write: word(written, 'at') };
}

/**
 * WGSL expressions of where the packed value of an agent and strand is: its word within the slot, its place there, and the mask of a value at place 0. Where an agent
 * begins at a word of its own, which word and which place follow from the strand alone.
 */
function packing(
  { bits, bundleWords }: FieldLayout,
  stride: number,
): {
  wordOf(bundle: string, i: string, strand: string): string;
  shiftOf(i: string, strand: string): string;
  mask: string;
} {
  const perWord = 32 / bits;
  const wordBits = Math.log2(perWord);
  const byAgent = stride % 32 === 0;
  const value = (i: string, strand: string): string => (stride === 1 ? i : `(${i} * ${stride}u + ${strand})`);
  const inBundle = (i: string, strand: string): string =>
    byAgent ? `${i} * ${stride / perWord}u + (${strand} >> ${wordBits}u)` : `(${value(i, strand)} >> ${wordBits}u)`;
  return {
    wordOf: (bundle, i, strand) => `${bundle} * ${bundleWords}u + ${inBundle(i, strand)}`,
    shiftOf: (i, strand) => `((${byAgent ? strand : value(i, strand)} & ${perWord - 1}u) * ${bits}u)`,
    mask: `${2 ** bits - 1}u`,
  };
}

function elementCell(items: string, elements: number): string {
  return `(((bundle * ${items} + i) * ${elements}u + k) * STRANDS + strand)`;
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

function singleText(layout: FieldLayout, { read, write }: Place, context: AccessorContext): string {
  const { name, field } = layout;
  const type = fieldType(field);
  const handed = handedText(name, type, context);
  return `
fn ${name}(i: u32) -> ${type} {
  ${handed.read()}return ${decoded(field, read)};
}
var<private> next_${name}: ${type};
fn set_${name}(value: ${type}) {
  next_${name} = clamp(value, ${literal(field, field.low)}, ${literal(field, field.high)});
  saturated += u32(next_${name} != value);
}
fn load_${name}(i: u32) {
  next_${name} = ${name}(i);
}${handed.keep}${layout.bits === 32 ? storeText(layout, write) : packedStoreText(layout, write, context.layout.strandStride)}`;
}

/**
 * Where a kernel has several rules and an earlier one wrote the field: its own agent's value, which is all that a later one reads, is not in the state yet. A rule that
 * writes the field too reads what was kept before.
 */
function handedText(
  name: string,
  type: string,
  { fused }: AccessorContext,
): { read(element?: string): string; keep: string } {
  const handed = fused?.handedOn.get(name);
  if (!handed) return { read: () => '', keep: '' };
  const { from, rewritten } = handed;
  const variable = rewritten ? `kept_${name}` : `next_${name}`;
  return {
    read: (element = '') => `if (rules_done >= ${from}u) {\n    return ${variable}${element};\n  }\n  `,
    keep: rewritten
      ? `\nvar<private> kept_${name}: ${type};\nfn keep_${name}() {\n  kept_${name} = next_${name};\n}`
      : '',
  };
}

function storeText({ name, field }: FieldLayout, write: string): string {
  return `
fn store_${name}(i: u32) {
  ${write} = ${encoded(field, `next_${name}`)};
}`;
}

/**
 * Who walks through agents puts a value into its word. Of many who run at once, those whose values share a word stand side by side in a workgroup: `settle` has
 * the first of them store it for all.
 */
function packedStoreText(layout: FieldLayout, write: string, stride: number): string {
  const { name, bits } = layout;
  const perWord = 32 / bits;
  const { wordOf, shiftOf, mask } = packing(layout, stride);
  const settled = packing(layout, 1);
  return `
@if(serial)
fn store_${name}(i: u32) {
  let at = ${wordOf('bundle', 'i', 'strand')};
  let shift = ${shiftOf('i', 'strand')};
  ${write} = (${write} & ~(${mask} << shift)) | (next_${name} << shift);
}
@if(!serial)
fn store_${name}(i: u32) {}
@if(!serial)
fn settle_${name}(lane: u32, its_bundle: u32, value: u32, valid: bool) {
  staged[lane] = select(0u, next_${name} << ${settled.shiftOf('value', '')}, valid);
  workgroupBarrier();
  if (valid && (value & ${perWord - 1}u) == 0u) {
    var together = 0u;
    for (var k = 0u; k < ${perWord}u; k++) {
      together |= staged[lane + k];
    }
    let at = ${settled.wordOf('its_bundle', 'value', '')};
    ${write} = together;
  }
  workgroupBarrier();
}`;
}

function arrayText({ name, field, elements }: FieldLayout, { read, write }: Place, context: AccessorContext): string {
  const type = fieldType(field);
  const handed = handedText(name, `array<${type}, ${elements}>`, context);
  const loop = (body: string): string => `for (var k = 0u; k < ${name}_count(); k++) {\n    ${body}\n  }`;
  return `
fn ${name}_count() -> u32 {
  return ${countExpression(field, context)};
}
fn ${name}(i: u32, k: u32) -> ${type} {
  ${handed.read('[k]')}return ${decoded(field, read)};
}${handed.keep}
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
  return typeof length === 'string' ? `setup_words[point_row + ${paramWord(length)}u]` : `${length}u`;
}

function linkText({ name, field }: FieldLayout, { read, write }: Place, { neighborhood }: AccessorContext): string {
  if (neighborhood.file === 'complete') return '';
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
  const complete = context.neighborhood.file === 'complete';
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

/** Degree up to which the neighbours of a regular graph are gone through without a loop. */
const UNROLLED = 16;

function overNeighbors({ neighborhood }: AccessorContext, statement: (other: string) => string): string {
  const { file, degree } = neighborhood;
  if (file === 'graph') {
    const each = statement('column_words[link]');
    return `let end = links_end(me);\n  for (var link = links_begin(me); link < end; link++) {\n    ${each}\n  }`;
  }
  if (degree !== undefined && degree <= UNROLLED) {
    return Array.from({ length: degree }, (_, n) => statement(`neighbor(me, ${n}u)`)).join('\n  ');
  }
  return `for (var n = 0u; n < degree(me); n++) {\n    ${statement('neighbor(me, n)')}\n  }`;
}
