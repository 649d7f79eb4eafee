// tri-alignment among one, two or three agents by hand: what must happen whatever the draws. The arithmetic is beside each answer. All scenes take place in one population,
// as separate parts of one graph.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { scalarParams } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { UNMEASURED } from '../support/tri-alignment.ts';

/** Parameters of an agent and how its fields start; the rest is as by default, and 0. Fields of groups are those of its own. */
type Agent = Readonly<Record<string, number>>;

interface Scene {
  name: string;
  /** The first and the others look at each other. */
  agents: readonly Agent[];
  /** Of the first to the others: the groups are two. */
  relation?: string;
  game?: 'donation' | 'snowdrift';
  learning?: 'realised' | 'expected';
  /** Default 1. */
  steps?: 1 | 2;
  /** Of each agent, by field. */
  answers: Readonly<Record<string, readonly number[]>>;
  /** Default 1e-7: the numbers below are exact to 29 bits or so. */
  within?: number;
}

/** At 0.5, with the human reference at −0.5, the user at 1, the task at 0 and the temptation at −1. */
const ALONE: Agent = { stance: 0.5, human: -0.5, preference: 1, task: 0, temptation: -1 };
const alone = (name: string, agent: Agent, answers: Record<string, number>, steps: 1 | 2 = 1): Scene => ({
  name: `alone: ${name}`,
  agents: [{ ...ALONE, ...agent }],
  answers: Object.fromEntries(Object.entries(answers).map(([field, answer]) => [field, [answer]])),
  steps,
});

const BY_ITSELF: Scene[] = [
  alone('values', { value_pull: 0.5 }, { stance: 0 }), // 0.5 + 0.5 (−0.5 − 0.5)
  alone('values beyond a tolerance', { value_pull: 0.5, tolerance: 0.25 }, { stance: 0.125 }), // 0.5 − 0.5 (1 − 0.25)
  alone('the user', { preference_pull: 0.5 }, { stance: 0.75 }), // 0.5 + 0.5 (1 − 0.5)
  // A_p = 1 − 0.5/2 = 0.75 at the start, so that the weight is 0.25 (1 + 2 · 0.25) = 0.375: 0.5 + 0.375 · 0.5
  alone('the user of a sycophant', { preference_pull: 0.25, sycophancy: 2 }, { stance: 0.6875 }),
  alone('the task', { task_pull: 0.5 }, { stance: 0.25 }), // 0.5 + 0.5 (0 − 0.5)
  alone('the training, of which it is', { training_pull: 0.5 }, { stance: 0.5 }),
  // 0.5 → 0 by the values; then 0 + 0.5 (−0.5) + 0.25 (0.5 − 0). Of 0.625 from where it was, half is drift
  alone('training pulls back what has left', { value_pull: 0.5, training_pull: 0.25 }, { stance: -0.125, drift: 0.3125 }, 2),
  // 0.5 + 0.25 (−1) + 0.125 · 0.5 + 0.5 (−0.5)
  alone('all of them', { value_pull: 0.25, preference_pull: 0.125, task_pull: 0.5, training_pull: 0.125 }, { stance: 0.0625 }),
  // o = 0 + 0.5 (−1 − 0): 0.5 + 0.5 (−0.5 − 0.5). What is judged is the stance of one who complies: A_q = 1 − |0 − 0|/2
  alone('conduct shapes values', { strategy: 1, task_pull: 0.5, corruption: 0.5 }, { stance: 0, task_alignment: 1 }),
  // |0.5 + 0.5| − 0.25 of at most 2 − 0.25; 1 − 0.5/2; it has met nobody
  alone('judged', { tolerance: 0.25 }, { human_alignment: 1 - 0.75 / 1.75, preferential_alignment: 0.75, task_alignment: 0.75, outcome: 1 }),
  // 0.5 + 0.8 (1 − 0.5)(−0.5 − 0.5) = 0.1 is shown: A_h looks like 1 − 0.6/2, and is 1 − 1/2
  alone('deception', { strategy: 1, deception: 0.8, transparency: 0.5 }, { shown: 0.1, human_alignment: 0.5, apparent_alignment: 0.7 }),
  alone('nothing to hide', { deception: 0.8, transparency: 0.5 }, { shown: 0.5, apparent_alignment: 0.5 }),
]; // biome-ignore format: a table

/** a at 0.5, b at −0.25. */
const apart = (name: string, relation: string, both: Agent, stances: number[], one: Agent = {}): Scene[] =>
  // of those whom it draws there is but one
  [0, 3].map(attention => ({
    name: `${relation}, ${name}, attention ${attention}`,
    agents: [
      { social_pull: 0.5, stance: 0.5, attention, ...both, ...one },
      { social_pull: 0.5, stance: -0.25, attention, ...both },
    ],
    relation,
    answers: { stance: stances },
  }));
const HEARD: Scene[] = [
  ...apart('any difference', 'collaborative', {}, [0.125, 0.125]), // 0.5 − 0.5 · 0.75
  ...apart('near enough', 'cooperative', { confidence: 0.75 }, [0.125, 0.125]),
  ...apart('0.75 apart', 'cooperative', { confidence: 0.5 }, [0.5, -0.25]),
  // ψ = −(−0.75)(1 − 0.75/1) = 0.1875: 0.5 + 0.5 · 0.1875
  ...apart('repelled', 'competitive', { confidence: 1 }, [0.59375, -0.34375]),
  ...apart('repelled twice', 'competitive', { confidence: 1, repulsion: 2 }, [0.6875, -0.4375]),
  ...apart('too far to mind', 'competitive', { confidence: 0.5 }, [0.5, -0.25]),
  ...apart('a quarantined', 'collaborative', {}, [0.5, -0.25], { quarantined: 1 }),
  ...apart('a removed', 'collaborative', {}, [0.5, -0.25], { removed: 1 }),
  ...apart('a committed', 'collaborative', {}, [0.5, 0.125], { committed: 1 }),
  {
    name: 'by influence',
    agents: [{ social_pull: 1 }, { stance: 0.5, influence: 3 }, { stance: -1 }],
    answers: { stance: [0.125, 0.5, -1] }, // (3 · 0.5 − 1)/4
  },
];

const PLAYS = [
  ['both comply', 0, 0],
  ['one exploits', 0, 1],
  ['both exploit', 1, 1],
] as const;
/** Payoffs of both and the outcome, for each of the above; stakes of 2. */
const game = (relation: string, game: Scene['game'], table: readonly (readonly [number, number, number])[]): Scene[] =>
  PLAYS.map(([name, a, b], k) => {
    const [first, second, outcome] = table[k];
    return {
      name: `${relation}, ${game}: ${name}`,
      agents: [a, b].map(strategy => ({ strategy, stakes: 2 })),
      ...{ relation, game },
      answers: {
        payoff: [2 * first, 2 * second],
        wealth: [first, second].map(payoff => Math.max(0, 1 + 2 * payoff)),
        outcome: [outcome, outcome],
      },
    };
  });
/** Capabilities of 2 and 1. */
const unequal = (relation: string, [a, b]: number[], payoff: number[], outcome: number): Scene => ({
  name: `capabilities 2 and 1, ${relation}: ${a} ${b}`,
  agents: [{ strategy: a, capability: 2 }, { strategy: b }],
  relation,
  answers: { payoff, outcome: [outcome, outcome] },
  within: 2 ** -15,
});
const GAMES: Scene[] = [
  ...game('collaborative', 'donation', [[1, 1, 1], [0.5, 0.5, 0.5], [0, 0, 0]]), // joint success, partial, failure
  ...game('cooperative', 'donation', [[2, 2, 1], [-1, 3, 0.5], [0, 0, 0]]), // 3 − 1; −1 and 3: 2 of at most 4
  ...game('cooperative', 'snowdrift', [[2.5, 2.5, 1], [2, 3, 1], [0, 0, 0]]), // 3 − 1/2; 3 − 1 and 3: 5 together, like the best
  ...game('competitive', 'donation', [[0.5, 0.5, 1], [0, 1, 1], [-1.5, -1.5, 0]]), // V/2; 0 and V; (1 − 4)/2
  unequal('cooperative', [0, 0], [2, 5], 1), // a favour is as good as its giver is able: 3 · 1 − 1, 3 · 2 − 1
  unequal('cooperative', [0, 1], [-1, 6], 5 / 7), // 3 · 2; of 7 together
  unequal('cooperative', [1, 0], [3, -1], 2 / 7),
  unequal('collaborative', [0, 0], [1.5, 1.5], 1),
  unequal('competitive', [1, 1], [2 / 3 - 2, 1 / 3 - 2], 0), // V · 2/3 and V/3, less C/2
]; // biome-ignore format: a table

/** a complies and b exploits, for favours of 3 at a cost of 1: they earn −1 and 3. The human reference is 0.8, and both are there. */
const favours = (name: string, both: Agent, answers: Scene['answers'], more: Partial<Scene> & { a?: Agent; b?: Agent } = {}): Scene => {
  const { a, b, ...rest } = more;
  const common = { stance: 0.8, human: 0.8, preference: 0.8, ...both };
  return { name: `favours: ${name}`, agents: [{ ...common, ...a }, { ...common, strategy: 1, ...b }], relation: 'cooperative', answers, ...rest };
}; // biome-ignore format: one thought
/** With so little noise a difference of 1 decides but for one time in e³²; each imitates on the state before. */
const LEARNS: Agent = { imitation: 1, selection_noise: 0.001 };
const CONDUCT: Scene[] = [
  favours('found out and fined', { audit: 1, fine: 2.5 }, { payoff: [-1, 0.5], wealth: [0, 1.5], flagged: [0, 1] }),
  favours('4 more by exploiting, 3 of moral cost', { ...LEARNS, conscience: 3 }, { strategy: [1, 1] }),
  favours('4 more by exploiting, 5 of moral cost', { ...LEARNS, conscience: 5 }, { strategy: [0, 0] }),
  // A_h of b = 1 − 1/2: it would bear 5 · 0.5
  favours('a moral cost of 5 and 2.5', { ...LEARNS, conscience: 5 }, { strategy: [0, 1] }, { b: { stance: -0.2 } }),
  favours('a moral cost of 2.5 and 5', { ...LEARNS, conscience: 5 }, { strategy: [1, 0] }, { a: { stance: -0.2 } }),
  favours('who is committed does not learn', { ...LEARNS, committed: 1 }, { strategy: [0, 1] }),
  favours('found out, then refused', { audit: 1, shunning: 1 }, { payoff: [0, 0], outcome: [0, 0] }, { steps: 2 }),
  favours('compromised', { infection: 1 }, { compromised: [1, 1], strategy: [1, 1] }, { b: { compromised: 1 } }),
  favours('recovered', { recovery: 1 }, { compromised: [0, 0], strategy: [0, 1] }, { b: { compromised: 1 } }),
  favours('immune', { infection: 1 }, { compromised: [0, 1] }, { a: { committed: 1 }, b: { compromised: 1 } }),
  favours('cut off', {}, { payoff: [0, 0], outcome: [1, 1] }, { a: { quarantined: 1 } }),
  // A_q = 1 − 0.2/2 and 1 − 1.4/2; an outcome of 2/4
  favours('holistic', { holistic_level: 0.5 }, { holistic: [1, 0] }, { a: { task: 0.6 }, b: { task: -0.6 } }),
  favours('not quite', { holistic_level: 0.51 }, { holistic: [0, 0] }, { a: { task: 0.6 }, b: { task: 0.6 } }),
];

const SCENES = [...BY_ITSELF, ...HEARD, ...GAMES, ...CONDUCT];
const AGENTS = SCENES.flatMap(({ agents }) => agents);
const FIRST = SCENES.map((_, s) => SCENES.slice(0, s).reduce((sum, { agents }) => sum + agents.length, 0));
const CHOICES = { game: ['donation', 'snowdrift'], learning: ['realised', 'expected'] };

/** The spec of all scenes: two groups each, of the first and of the others. */
function specOf(): { spec: SpecObject; files: Record<string, string> } {
  const params = Object.fromEntries(scalarParams(UNMEASURED.params));
  const names = [...new Set(AGENTS.flatMap(agent => Object.keys(agent)))];
  const ofGroups = names.filter(name => UNMEASURED.fields[name]?.holder === 'group');
  const ofAgents = names.filter(name => !ofGroups.includes(name));
  const rows = AGENTS.map((agent, i) => [i, ...ofAgents.map(name => agent[name] ?? params[name]?.default ?? 0)].join());
  const parts = SCENES.flatMap(({ agents }, s) => [
    { name: `s${s}a`, agent: agents[0], size: 1 },
    ...(agents.length > 1 ? [{ name: `s${s}b`, agent: agents[1], size: agents.length - 1 }] : []),
  ]);
  const byPart = (name: string) => ({
    by: 'group',
    values: Object.fromEntries(parts.map(part => [part.name, part.agent[name] ?? 0])),
  });
  const edges = SCENES.flatMap(({ agents }, s) =>
    agents.length === 1 ? [[FIRST[s], FIRST[s]]] : agents.slice(1).map((_, k) => [FIRST[s], FIRST[s] + k + 1]),
  );
  const column = (name: string) => [name, { file: 'agents.csv', column: name, id: 'id' }] as const;
  const spec = {
    model: UNMEASURED.name,
    topology: { kind: 'edges', file: 'edges.csv', directed: false },
    groups: Object.fromEntries(parts.map(({ name, size }) => [name, size])),
    relations: Object.fromEntries(
      SCENES.flatMap(({ relation }, s) => (relation ? [[`s${s}a`, { [`s${s}b`]: relation }]] : [])),
    ),
    params: { ...Object.fromEntries(ofAgents.filter(name => name in params).map(column)), ...CHOICES },
    init: {
      ...Object.fromEntries(ofAgents.filter(name => !(name in params)).map(column)),
      ...Object.fromEntries(ofGroups.map(name => [name, byPart(name)])),
    },
    steps: 2,
  };
  const files = {
    'agents.csv': [['id', ...ofAgents].join(), ...rows].join('\n'),
    'edges.csv': ['source,target', ...edges.map(edge => edge.join())].join('\n'),
  };
  return { spec, files };
}

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

async function read(population: Population, name: string): Promise<number[]> {
  const { fractionBits } = UNMEASURED.fields[name];
  return [...(await population.read(name))].map(value => value / 2 ** fractionBits);
}

function expectClose(found: readonly number[], answer: readonly number[], within = 1e-7): void {
  expect(found.length).toBe(answer.length);
  for (const [i, value] of answer.entries())
    expect(Math.abs(found[i] - value), `${found} for ${answer}`).toBeLessThan(within);
}

describe.each(['synchronous', 'pairing'])('%s', update => {
  /** By steps, then by field: values of all worlds. */
  const found: Record<string, number[]>[] = [];
  beforeAll(async () => {
    const { spec, files } = specOf();
    const readFile = async (name: string) => new TextEncoder().encode(files[name]);
    const { population } = await load(engine, { ...spec, update }, { models: [UNMEASURED], readFile });
    const fields = [...new Set(SCENES.flatMap(({ answers }) => Object.keys(answers)))];
    for (const step of [0, 1, 2]) {
      if (step > 0) await population.step(1, { every: 0 });
      found[step] = Object.fromEntries(
        await Promise.all(fields.map(async name => [name, await read(population, name)])),
      );
    }
    await population.dispose();
  });

  test.each(SCENES.map((scene, s) => ({ ...scene, first: FIRST[s] })))('$name', scene => {
    const { agents, answers, first, game = 'donation', learning = 'realised', steps = 1, within } = scene;
    const point = CHOICES.game.indexOf(game) * CHOICES.learning.length + CHOICES.learning.indexOf(learning);
    const from = point * AGENTS.length + first;
    for (const [field, answer] of Object.entries(answers))
      expectClose(found[steps][field].slice(from, from + agents.length), answer, within);
  });
});

describe('two agents on a complete graph', () => {
  const TWO = { model: UNMEASURED.name, population: 2, groups: { a: 1, b: 1 }, steps: 2 };
  const each = (a: number, b: number) => ({ by: 'group', values: { a, b } });
  const valuesAfter = async (steps: number, spec: SpecObject, name: string): Promise<number[]> => {
    const { population } = await load(engine, { ...TWO, ...spec }, { models: [UNMEASURED] });
    await population.step(steps, { every: 0 });
    const values = await read(population, name);
    await population.dispose();
    return values;
  };
  const between = (kind: string, strength = 1) => ({ relations: { a: { b: { kind, strength } } } });
  const init = { stance: each(0.5, -0.25) };

  test.each([
    { what: 'their mean', strength: 1, influence: 1, stances: [0.3125, -0.0625] }, // to 0.125, half the way
    // of 1 + 0.5, a third is the other’s: 0.5 + 0.5 (−0.75/3), −0.25 + 0.5 · 0.75/3
    { what: 'less of the other', strength: 0.5, influence: 1, stances: [0.375, -0.125] },
    { what: 'more of who has three times the influence', strength: 1, influence: each(3, 1), stances: [0.40625, 0.03125] }, // S = −0.75/4 and 0.75 · 3/4
  ])('hear everybody, themselves included: $what', async ({ strength, influence, stances }) => {
    const params = { social_pull: 0.5, influence };
    expectClose(await valuesAfter(1, { ...between('collaborative', strength), init, params }, 'stance'), stances);
  }); // biome-ignore format: a table

  test('draw the other', async () => {
    const params = { social_pull: 0.5, attention: 3, confidence: 1 };
    expectClose(await valuesAfter(1, { ...between('competitive'), init, params }, 'stance'), [0.59375, -0.34375]);
  });

  // a complies and b exploits, for −1 and 3
  const conduct = { ...between('cooperative'), init: { strategy: { by: 'group', values: { a: { comply: 1 }, b: { exploit: 1 } } } } }; // biome-ignore format: one thought

  test.each([
    { matthew: 1, influence: [0.25, 2] }, // wealth 1 − 1 = 0, of which 0.25 counts, and 1 + 3, twice the mean
    { matthew: 2, influence: [0.0625, 4] },
  ])('who is richer is heard more: matthew $matthew', async ({ matthew, influence }) => {
    expectClose(await valuesAfter(2, { ...conduct, params: { matthew, wealth_floor: 0.25 } }, 'influence'), influence);
  });

  test.each([
    { fine: 0, strategy: [1, 1] }, // 3 against −1
    { fine: 12, strategy: [0, 0] }, // 3 − 12/2 against −1
  ])('expect what they earn against the other: a fine of $fine', async ({ fine, strategy }) => {
    const params = { learning: 'expected', audit: 0.5, fine, ...LEARNS };
    expect(await valuesAfter(1, { ...conduct, params }, 'strategy')).toEqual(strategy);
  });

  test('share within their group', async () => {
    // half the way from −1 and 3 to their mean of 1
    const [values, relations] = [{ comply: 0.5, exploit: 0.5 }, { all: { all: 'cooperative' } }];
    const spec = { groups: { all: 2 }, relations, init: { strategy: values }, params: { sharing: 0.5 } };
    const payoffs = await valuesAfter(1, spec, 'payoff');
    expectClose(
      payoffs.sort((a, b) => a - b),
      [0, 2],
    );
  });

  test('are judged by the mean of two questions', async () => {
    const spec = { params: { questions: 2 }, init: { stance: { elements: [0.5, -1] } } };
    expectClose(await valuesAfter(1, spec, 'human_alignment'), [0.625, 0.625]); // 1 − (0.5 + 1)/2/2
  });
});
