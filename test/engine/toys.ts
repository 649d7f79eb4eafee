// Made-up models that exercise the engines: small rules whose outcome a test can recompute in a few lines.
import {
  bit,
  category,
  defineModel,
  fixed,
  integerField,
  type Model,
  mean,
  number,
  probability,
  share,
} from '../../src/model/index.ts';

type ToyParts = Pick<Model, 'name' | 'fields' | 'rules'> & Partial<Model>;

/** A model around rules given as text. */
export function toy(parts: ToyParts, texts: Readonly<Record<string, string>>): Model {
  return defineModel({
    about: 'made up for tests',
    source: 'none',
    updates: ['synchronous', 'activation', 'sublattice', 'pairing', 'sequential'],
    published: { update: 'synchronous', note: 'none' },
    params: {},
    init: {},
    measures: {},
    ...parts,
    shaders: Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, { path: `toys/${name}.wgsl`, text }]),
    ),
  });
}

/** The largest u32 and the range of i32, as fields. */
export const word = integerField({ max: 2 ** 32 - 1 });
export const signedWord = integerField({ min: -(2 ** 31), max: 2 ** 31 - 1 });

/** Agents that copy a neighbour's spot now and then: `spot` is read at others and needs two slots, `seen` is the agent's own. */
export const drifters = toy(
  {
    name: 'drifters',
    fields: { spot: integerField({ max: 999 }), seen: bit() },
    params: { restless: probability({ default: 0.4, about: 'chance to move' }) },
    rules: ['drift'],
    measures: { mean_spot: mean('spot'), seen: share('seen', 1) },
  },
  {
    drift: `import package::agent::{neighbor, param, seen, set_seen, set_spot, spot};
import package::random::{below, chance};
fn drift(me: u32) {
  if (chance(param.restless)) {
    set_spot((spot(neighbor(me, below(2u))) + 1u + below(3u)) % 1000u);
    set_seen(1u - seen(me));
  }
}`,
  },
);

/** One field of every kind, drawn anew in each step. */
export const everyKind = toy(
  {
    name: 'every-kind',
    fields: {
      flag: bit(),
      level: integerField({ min: -3, max: 12 }),
      phase: category(['calm', 'angry', 'gone']),
      strain: fixed({ min: -1, max: 1 }),
      wide: word,
      deep: signedWord,
    },
    rules: ['churn'],
  },
  {
    churn: `import package::agent::{set_flag, set_level, set_phase, set_strain, set_wide, set_deep};
import package::random::{below, draw};
fn churn(me: u32) {
  set_flag(below(2u));
  set_level(i32(below(16u)) - 3);
  set_phase(below(3u));
  set_strain(i32(below(0x40000001u)) - 0x20000000);
  set_wide(draw().x);
  set_deep(bitcast<i32>(draw().y));
}`,
  },
);

/** Arithmetic on numbers that the test writes into the agents. */
export const calculator = toy(
  {
    name: 'calculator',
    fields: {
      a: word,
      b: word,
      c: word,
      d: word,
      x: signedWord,
      y: signedWord,
      bits: integerField({ min: 1, max: 31 }),
      block_low: word,
      block_high: word,
      product_low: word,
      product_high: word,
      scaled: signedWord,
      ratio: word,
      saturated_scaled: signedWord,
      wide_ratio: word,
      chance_of_x: word,
      root_of_a: word,
    },
    params: { unused: number({ default: 0, about: 'nothing' }) },
    rules: ['calculate'],
  },
  {
    calculate: `import package::agent::{a, b, c, d, x, y, bits, set_block_low, set_block_high, set_product_low, set_product_high, set_scaled, set_ratio, set_saturated_scaled, set_wide_ratio, set_chance_of_x, set_root_of_a};
import package::random::threefry2x32;
import package::fixed::{fraction, isqrt, mul_fixed, mul_fixed_saturated, mul_wide, wide_fraction};
import package::choice::logistic;
fn calculate(me: u32) {
  let block = threefry2x32(vec2u(a(me), b(me)), vec2u(c(me), d(me)));
  set_block_low(block.x);
  set_block_high(block.y);
  let product = mul_wide(a(me), b(me));
  set_product_low(product.x);
  set_product_high(product.y);
  set_scaled(mul_fixed(x(me), y(me), bits(me)));
  let whole = max(c(me) >> 1u, 1u);
  set_ratio(fraction(d(me) % (whole + 1u), whole, bits(me)));
  set_saturated_scaled(mul_fixed_saturated(bitcast<i32>(a(me) | 1u), bitcast<i32>(b(me) | 1u), bits(me)));
  // a whole of 1 to 63 bits, and a part of it
  let width = 1u + (c(me) + d(me)) % 63u;
  let cut = select(vec2u(a(me) >> (32u - width), 0u), vec2u(a(me), b(me) >> (64u - width)), width > 32u);
  let all = select(vec2u(max(cut.x, 1u), cut.y), vec2u(a(me), 0u), width == 32u);
  let low = min(all.x, c(me));
  set_wide_ratio(wide_fraction(vec2u(low, min(all.y, d(me))), vec2u(max(all.x, 1u), all.y)));
  set_chance_of_x(logistic(x(me)));
  set_root_of_a(isqrt(a(me)));
}`,
  },
);

/** The image of every `item` under the permutation of `size` elements. */
export const shuffler = toy(
  { name: 'shuffler', fields: { item: word, size: word, image: word }, rules: ['shuffle'] },
  {
    shuffle: `import package::agent::{item, size, set_image};
import package::permutation::permute;
fn shuffle(me: u32) {
  set_image(permute(item(me), size(me), vec2u(0x12345678u, 0x9abcdef0u)));
}`,
  },
);

/** A rule that writes now and then while others read what it writes: nothing stale may show. */
const flicker = (name: string, offset: number): string => `import package::agent::{glow, neighbor, set_glow};
fn ${name}(me: u32) {
  if ((glow(me) + glow(neighbor(me, 0u))) % 3u == ${offset}u) {
    set_glow((glow(me) * 5u + glow(neighbor(me, 1u)) + 1u) % 997u);
  }
}`;

/** A rule that sees and writes its own agent only. */
const fade = (name: string): string => `import package::agent::{glow, set_glow};
fn ${name}(me: u32) {
  if (glow(me) % 2u == 1u) {
    set_glow(glow(me) / 2u);
  }
}`;

/** A model of the named rules on one field `glow`: `flicker_0`, `flicker_1`, `flicker_2` exchange, `fade` and `fade_more` do not. */
export function flickering(rules: readonly string[]): Model {
  const texts = Object.fromEntries(
    rules.map(name => [name, name.startsWith('fade') ? fade(name) : flicker(name, Number(name.slice(-1)))]),
  );
  return toy({ name: 'flickering', fields: { glow: integerField({ max: 996 }) }, rules }, texts);
}

/** What the rules of `flickering` do on a ring of reach 1, in plain TypeScript. */
export function flickerStep(rules: readonly string[], before: readonly number[]): number[] {
  let glow = [...before];
  for (const rule of rules) {
    const old = glow;
    glow = old.map((own, i) => {
      if (rule.startsWith('fade')) return own % 2 === 1 ? (own - 1) / 2 : own;
      const next = old[(i + 1) % old.length];
      const previous = old[(i + old.length - 1) % old.length];
      return (own + next) % 3 === Number(rule.slice(-1)) ? (own * 5 + previous + 1) % 997 : own;
    });
  }
  return glow;
}

/** A rule that changes a field and one that reads its totals: a declared count, a declared total, and the sum over neighbours. */
export const counters = toy(
  {
    name: 'counters',
    fields: {
      mood: integerField({ min: -4, max: 6 }),
      heard: integerField({ min: -10000, max: 10000 }),
      cheerful: integerField({ max: 10000 }),
      all: integerField({ min: -10000, max: 10000 }),
    },
    aggregates: {
      six_count: { kind: 'count', field: 'mood', value: 6, before: 'listen' },
      mood_total: { kind: 'total', field: 'mood', before: 'listen' },
    },
    rules: ['shift', 'listen'],
  },
  {
    shift: `import package::agent::{mood, set_mood};
fn shift(me: u32) {
  set_mood((mood(me) + 4 + 7 + i32(me % 3u)) % 11 - 4);
}`,
    listen: `import package::agent::{mood_total, neighbor_sum_mood, set_all, set_cheerful, set_heard, six_count};
fn listen(me: u32) {
  set_heard(neighbor_sum_mood(me));
  set_cheerful(six_count());
  set_all(mood_total());
}`,
  },
);
