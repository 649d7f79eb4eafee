// The digest of a world's state, as WGSL: a reduction like any other.
import { type Field, isPlain, isSigned, type Model } from '../model/index.ts';
import { hashName } from '../random.ts';
import type { TermList } from './terms.ts';

/**
 * The digest of a world: the sum mod 2⁶⁴ over fields and agents (groups, links) of a 64-bit mix of (field, agent, value); elements of arrays and values of links
 * also enter with their number. It does not depend on layout, packing or order: agents enter with their numbers.
 */
export function digestTerm(model: Model, terms: TermList, reordered: boolean): string {
  const parts = Object.entries(model.fields).map(([name, field]) => {
    if (!isPlain(field)) return `digest_${name}(me)`;
    return `mix(${mixed(numberOf(field, reordered), name, wordOf(field, `${name}(me)`))})`;
  });
  return terms.add({ op: 'sum', wide: true, value: parts.reduce((sum, part) => `add_wide(${sum}, ${part})`) });
}

const wordOf = (field: Field, value: string): string => (isSigned(field) ? `bitcast<u32>(${value})` : value);
const numberOf = ({ holder }: Field, reordered: boolean): string =>
  reordered && holder !== 'group' ? 'agent_number(me)' : 'me';
const mixed = (item: string, name: string, word: string): string =>
  `vec2u(${item} ^ ${hashName(name)}u, ${word} + ${hashName(`value of ${name}`)}u)`;

/** Functions `digest_<field>(me)` of the fields that are not single values of agents. */
export function digestFunctions(model: Model, reordered: boolean): string {
  return Object.entries(model.fields)
    .filter(([, field]) => !isPlain(field))
    .map(([name, field]) => digestFunction(name, field, reordered))
    .join('\n');
}

function digestFunction(name: string, field: Field, reordered: boolean): string {
  const single = field.length === undefined && field.holder !== 'link';
  const count = single ? '1u' : field.holder === 'link' ? 'degree(me)' : `${name}_count()`;
  const word = wordOf(field, single ? `${name}(me)` : `${name}(me, k)`);
  return `fn digest_${name}(me: u32) -> vec2u {
  var sum = vec2u(0u);
  if (${field.holder === 'group' ? 'me < GROUPS' : 'true'}) {
    for (var k = 0u; k < ${count}; k++) {
      sum = add_wide(sum, mix(mix(${mixed(numberOf(field, reordered), name, 'k')}) + vec2u(${word}, 0u)));
    }
  }
  return sum;
}`;
}
