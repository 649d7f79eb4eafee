// Rules of reordered agents: agents are not numbers.
import { describe, expect, test } from 'vitest';
import { bit, integer, type Model, number } from '../../src/model/index.ts';
import { refusal } from '../engine/support.ts';
import { toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

const IMPORTS = `import package::agent::{agent_number, agent_numbered, bias_of, degree, frame, group, links_begin, links_end, mood, neighbor, neighbor_sum_mood, population, rank, set_mood};
import package::agent::{column_words, state_words, cell_of, POPULATION};
import package::choice::logistic;
import package::contact::{contact, encounter};
import package::random::{below, below_at, chance, chance_with, draw_for};
`;

const moody = (text: string): Model =>
  toy(
    {
      name: 'moody',
      fields: { mood: bit() },
      params: {
        bias: number({ default: 1, min: 0, max: 2, about: 'a number' }),
        reach: integer({ default: 1, min: 1, max: 2, about: 'an integer' }),
      },
      rules: ['feel'],
    },
    { feel: IMPORTS.replace(/\b(\w+)(?:, |(?=\}))/g, word => (text.includes(word.replace(', ', '')) ? word : '')).replace(/, \}/g, '}').replace(/^.*\{\};\n/gm, '') + text }, // biome-ignore format: one thought
  );

const ORDERED = { topology: { kind: 'erdos-renyi', mean_degree: 3, order: 'degree' } };

describe('rules of reordered agents', () => {
  test.each([
    ['its own agent and neighbours', 'fn feel(me: u32) { set_mood(mood(me) | mood(neighbor(me, 0u))); }'],
    ['a neighbour of a neighbour', 'fn feel(me: u32) { set_mood(mood(neighbor(neighbor(me, 0u), 1u))); }'],
    ['agents compared', 'fn feel(me: u32) { let other = contact(me); set_mood(u32(other != me)); }'],
    ['one of two', 'fn feel(me: u32) { set_mood(mood(select(me, (neighbor(me, 1u)), mood(me) == 1u))); }'],
    ['a variable that changes', 'fn feel(me: u32) { var who = me; if (mood(who) == 1u) { who = neighbor(me, 1u); } set_mood(mood(who)); }'], // biome-ignore format: a table
    ['through functions', 'fn pick(who: u32, k: u32) -> u32 { return neighbor(who, below_at(k, degree(who))); }\nfn look(i: u32) -> u32 { return mood(i); }\nfn feel(me: u32) { set_mood(look(pick(me, 3u)) & look(encounter(me))); }'], // biome-ignore format: a table
    ['parameters, groups and sums of others', 'fn feel(me: u32) { let other = contact(me); set_mood(u32(bias_of(other) > 3 || group(other) == group(me) || neighbor_sum_mood(other) > 1)); }'], // biome-ignore format: a table
    ['a coin of two', 'fn feel(me: u32) { set_mood(u32(chance_with(contact(me), 5u)) ^ (draw_for(contact(me)).y & 1u)); }'], // biome-ignore format: a table
    ['its rank', 'fn feel(me: u32) { set_mood(rank(me) & 1u); }'],
    ['its number', 'fn feel(me: u32) { set_mood(agent_number(me) & 1u); }'],
    ['an agent of a number', 'fn feel(me: u32) { set_mood(mood(agent_numbered((agent_number(me) + 1u) % population()))); }'], // biome-ignore format: a table
    ['links one after the other', 'fn feel(me: u32) { var sum = 0u; for (var link = links_begin(me); link < links_end(me); link++) { sum += mood(column_words[link]); } set_mood(sum & 1u); }'], // biome-ignore format: a table
    ['a link by its place in the row', 'fn feel(me: u32) { if (degree(me) > 0u) { set_mood(mood(column_words[links_begin(me) + below(degree(me))])); } }'], // biome-ignore format: a table
  ])('allowed: %s', async (_, rule) => {
    expect((await planOf(moody(rule), ORDERED)).order?.kind).toBe('degree');
  });

  const asNumber = 'an agent is used as a number';
  const asAgent = 'a number is used as an agent';
  test.each([
    ['arithmetic', 'fn feel(me: u32) { set_mood(me & 1u); }', asNumber, 'me'],
    ['an order of agents', 'fn feel(me: u32) { set_mood(u32(neighbor(me, 0u) < me)); }', asNumber, 'neighbor(me, 0u)'],
    ['an agent equal to a number', 'fn feel(me: u32) { set_mood(u32(me == population() / 2u)); }', asNumber, 'me'],
    ['a field that holds an agent', 'fn feel(me: u32) { set_mood(neighbor(me, 0u)); }', asNumber, 'neighbor(me, 0u)'],
    ['a function that takes a number', 'fn feel(me: u32) { set_mood(below(me)); }', asNumber, 'me'],
    ['converted', 'fn feel(me: u32) { set_mood(u32(logistic(i32(me)) > 5u)); }', asNumber, 'me'],
    ['as a condition', 'fn feel(me: u32) { switch (me) { case 1u: { set_mood(1u); } default: {} } }', asNumber, '(me)'],
    ['counted on', 'fn feel(me: u32) { var who = neighbor(me, 0u); who++; set_mood(mood(who)); }', asNumber, 'who'],
    ['in a vector', 'fn feel(me: u32) { let both = vec2u(me, 1u); set_mood(mood(both.x)); }', asNumber, 'me'],
    ['in an array', 'fn feel(me: u32) { var all: array<u32, 2>; all[0] = me; set_mood(mood(me)); }', asNumber, 'me'],
    ['in a global variable', 'var<private> last: u32;\nfn feel(me: u32) { last = me; set_mood(last & 1u); }', asNumber, 'me'], // biome-ignore format: a table
    ['through a function', 'fn odd(n: u32) -> u32 { return n & 1u; }\nfn feel(me: u32) { set_mood(odd(me)); }', asNumber, 'n'], // biome-ignore format: a table
    ['an agent by number', 'fn feel(me: u32) { set_mood(mood(0u)); }', asAgent, '0u'],
    ['an agent at random', 'fn feel(me: u32) { set_mood(mood(below(population()))); }', asAgent, 'below(population())'],
    ['a coin with a number', 'fn feel(me: u32) { set_mood(u32(chance_with(3u, 5u))); }', asAgent, 'other'],
    ['one or the other', 'fn feel(me: u32) { var who = 0u; if (degree(me) > 0u) { who = neighbor(me, 0u); } set_mood(mood(who)); }', 'an agent may be a number', 'who'], // biome-ignore format: a table
    ['a link by number', 'fn feel(me: u32) { set_mood(mood(column_words[0])); }', 'a number is used as the place of a link', '0'], // biome-ignore format: a table
    ['a link as a number', 'fn feel(me: u32) { set_mood(links_begin(me) & 1u); }', asNumber, 'links_begin(me)'],
    ['words of the state', 'fn feel(me: u32) { set_mood(state_words[0] & 1u); }', 'state_words is read', 'state_words'], // biome-ignore format: a table
    ['places of the state', 'fn feel(me: u32) { set_mood(cell_of(me) & 1u); }', '"cell_of" is called', 'cell_of(me)'], // biome-ignore format: a table
  ])('refused: %s', async (_, rule, what, at) => {
    const model = moody(rule);
    const error = await refusal(() => planOf(model, ORDERED));
    // a single name is not quoted again
    expect([what, `${what} in \`${at}\``]).toContain(error.what);
    expect(error.hint).toContain('the topology has an `order`');
    // without an order it may
    await planOf(model, { topology: { kind: 'erdos-renyi', mean_degree: 3 } });
  });

  test('checks and traces go without an order, since they tell of numbers', async () => {
    const model = moody('fn feel(me: u32) { set_mood(me & 1u); }');
    expect((await planOf(model, ORDERED, { checked: true })).order).toBeUndefined();
  });
});
