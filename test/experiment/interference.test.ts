// Difference quotients against derivatives that are known, and the choice of sides where a weight is at an end of its range.
import { describe, expect, it } from 'vitest';
import { interferenceMatrix } from '../../src/experiment/interference.ts';
import { shifted, spanOf } from '../../src/experiment/shift.ts';
import { catalogue, defineModel, number, parseSpec, probability, type SideOptions } from '../../src/index.ts';

const modelOf = (name: string) => catalogue.find(model => model.name === name)!;

const listeners = defineModel({
  ...modelOf('friedkin-johnsen'),
  name: 'listeners',
  interference: { alignments: { middle: 'mean', spread: 'variance' }, weights: { listening: 'susceptibility' } },
});
const players = defineModel({
  ...modelOf('imitation-game'),
  name: 'players',
  interference: {
    alignments: { restraint: 'cooperators' },
    weights: { selection: 'selection', advantage: 'advantage' },
  },
});
const OPTIONS: SideOptions = { engine: 'cpu', threads: 1, models: [listeners, players] };
const opinions = { model: 'listeners', population: 300, replicas: 5, steps: 10, seed: 'matrix' };

describe('interferenceMatrix', () => {
  it('of opinions on a complete graph: ∂ variance / ∂ λ = −2 (1 − λ) of the initial variance', async () => {
    const spec = { ...opinions, params: { susceptibility: 0.6 } };
    const { derivatives, weights, sides, notes } = await interferenceMatrix(spec, OPTIONS);
    expect(weights).toEqual([{ label: 'listening', param: 'susceptibility', scheme: 'central', spans: [expect.closeTo(0.02, 8)] }]); // biome-ignore format: one thought
    expect(sides.map(({ label }) => label)).toEqual(['as written', 'listening − 0.01', 'listening + 0.01']);
    expect(notes.join()).not.toContain('one-sided');
    expect(derivatives.map(({ alignment, weight }) => [alignment, weight])).toEqual([['middle', 'listening'], ['spread', 'listening']]); // biome-ignore format: one thought
    const [middle, spread] = derivatives;
    const initial = spread.effect.course.effects[0].a.mean;
    // a quadratic function: the central difference has no error of its own
    expect(spread.final.mean).toBeCloseTo(-2 * 0.4 * initial, 5);
    expect(spread.final.halfWidth).toBeGreaterThan(0);
    expect(spread.lastQuarter.mean).toBeCloseTo(spread.final.mean, 5);
    expect(middle.final.mean).toBeCloseTo(0, 5);
  });

  it('takes one side at the ends of a range, says so, and has the error of its span', async () => {
    const at = async (susceptibility: number) => {
      const { derivatives, weights, notes, sides } = await interferenceMatrix({ ...opinions, params: { susceptibility } }, { ...OPTIONS, by: 0.05 }); // biome-ignore format: one thought
      const spread = derivatives.find(({ alignment }) => alignment === 'spread')!;
      return { spread, initial: spread.effect.course.effects[0].a.mean, weights, notes, sides };
    };
    const low = await at(0);
    expect(low.weights[0]).toMatchObject({ scheme: 'forward', spans: [expect.closeTo(0.05, 8)] });
    expect(low.sides.map(({ label }) => label)).toEqual(['as written', 'listening + 0.05']);
    expect(low.notes.join()).toContain(
      'listening (susceptibility): one-sided, from the value as written and 0.05 above it',
    );
    expect(low.spread.final.mean).toBeCloseTo(((0.95 ** 2 - 1) / 0.05) * low.initial, 5);
    const high = await at(1);
    expect(high.weights[0].scheme).toBe('backward');
    expect(high.notes.join()).toContain('0.05 below it');
    expect(high.spread.final.mean).toBeCloseTo((-(0.05 ** 2) / 0.05) * high.initial, 5);
  });

  it('has an entry per point, also where the weight itself is swept or comes from a preset', async () => {
    const swept = await interferenceMatrix({ ...opinions, params: { susceptibility: [0.2, 0.7] } }, OPTIONS);
    const spreads = swept.derivatives.filter(({ alignment }) => alignment === 'spread');
    const initial = spreads[0].effect.course.effects[0].a.mean;
    expect(spreads.map(({ point, final }) => [point, final.mean])).toEqual([
      [0, expect.closeTo(-1.6 * initial, 5)],
      [1, expect.closeTo(-0.6 * initial, 5)],
    ]);
    const game = {
      model: 'players',
      population: 500,
      replicas: 3,
      steps: 20,
      params: { preset: 'hawk-dove' },
      seed: 1,
    };
    const { derivatives, weights } = await interferenceMatrix(game, { ...OPTIONS, by: 0.1 });
    expect(weights.map(({ scheme }) => scheme)).toEqual(['central', 'central']);
    // what defectors earn on top makes more of them
    expect(derivatives.find(({ weight }) => weight === 'advantage')!.final.mean).toBeLessThan(0);
  });

  it('refuses models without a declaration, steps that are none, and weights that vary by agent', async () => {
    await expect(interferenceMatrix({ model: 'voter', population: 50, steps: 2 }, { engine: 'cpu' })).rejects.toThrow(/the model voter declares no alignments and weights/); // biome-ignore format: one thought
    await expect(interferenceMatrix(opinions, { ...OPTIONS, by: 0 })).rejects.toThrow(/--by: bad step.*got 0/);
    await expect(interferenceMatrix(opinions, { ...OPTIONS, by: 2 })).rejects.toThrow(/susceptibility.*from 0 to 1/);
    await expect(interferenceMatrix(opinions, { ...OPTIONS, by: 1e-12 })).rejects.toThrow(/lost in the rounding of "susceptibility"/); // biome-ignore format: one thought
    const varied = { ...opinions, params: { susceptibility: { distribution: 'uniform', min: 0.2, max: 0.4 } } };
    await expect(interferenceMatrix(varied, OPTIONS)).rejects.toThrow(/params\.susceptibility: a weight of the interference matrix has to be one number/); // biome-ignore format: one thought
  });
});

describe('tri-alignment', () => {
  const aligned = modelOf('tri-alignment');
  const { alignments, weights: declared } = aligned.interference!;
  const withWeights = (...labels: string[]) => {
    const weights = Object.fromEntries(labels.map(label => [label, declared[label]]));
    const model = defineModel({ ...aligned, name: 'some-weights', interference: { alignments, weights } });
    return { engine: 'cpu', threads: 1, models: [model] } satisfies SideOptions;
  };
  const base = {
    model: 'some-weights',
    population: 40,
    replicas: 1,
    init: { human: { value: 0.8 }, task: { value: 0.6 } },
    seed: 'linear',
  };

  it('in the linear regime: −(1/2) sgn(x̄ − a) (ȳ − x̄) / λ', async () => {
    const params = { value_pull: 0.1, task_pull: 0.1, social_pull: 0.1 };
    const spec = { ...base, steps: 60, measure: 60, params };
    const { derivatives } = await interferenceMatrix(spec, withWeights('value'));
    const entry = (alignment: string, weight: string) => derivatives.find(found => found.alignment === alignment && found.weight === weight)!.final.mean; // biome-ignore format: one thought
    // h = .8 and o = .6, so that x̄ = .7 and λ = .2; errors of order (.01 / .2)² of the quotient
    expect(entry('human', 'value')).toBeCloseTo(0.25, 2);
    expect(entry('task', 'value')).toBeCloseTo(-0.25, 2);
  });

  it('where the weights sum to 1, takes one from below, and leaves out one that is 0', async () => {
    const params = { value_pull: 0.4, task_pull: 0.4, social_pull: 0.2 };
    const { weights, notes } = await interferenceMatrix({ ...base, steps: 1, params }, withWeights('value', 'preference')); // biome-ignore format: one thought
    expect(weights.map(({ label, scheme }) => [label, scheme])).toEqual([['value', 'backward']]);
    expect(notes.join()).toContain('preference: left out, since the spec allows it neither 0.01 above nor 0.01 below its value.'); // biome-ignore format: one thought
  });
});

describe('shifted', () => {
  const { spec, source } = parseSpec({ value: { model: 'friedkin-johnsen', population: 10, steps: 1, init: {} } }, catalogue); // biome-ignore format: one thought
  const shiftOf = (written: unknown) => {
    const moved = shifted({ ...(source as object), params: { susceptibility: written } }, spec, 'susceptibility', 0.1);
    return (moved as { params: Record<string, unknown> }).params.susceptibility;
  };

  it('moves numbers, lists and ranges, and what is not written from its default', () => {
    expect(shiftOf(0.2)).toBe(0.3);
    expect(shiftOf([0.2, 0.7])).toEqual([0.3, 0.8]);
    expect(shiftOf({ from: 0.1, to: 0.5, count: 3 })).toEqual({ from: 0.2, to: 0.6, count: 3 });
    expect(shifted(source, spec, 'susceptibility', 0.1)).toMatchObject({ params: { susceptibility: 0.9 } });
    expect(() => shiftOf({ from: 0.1, to: 0.5, count: 3, scale: 'log' })).toThrow(/has to be one number/);
  });
});

describe('spanOf', () => {
  it('is the difference of what the kernels are told', () => {
    expect(spanOf(number({ default: 0, about: '' }), 0, 1.5e-5)).toBe(2 ** -16);
    expect(spanOf(number({ default: 0, about: '' }), 0, 1e-6)).toBe(0);
    expect(spanOf(probability({ default: 0, about: '' }), 0.25, 0.75)).toBe(0.5);
  });
});
