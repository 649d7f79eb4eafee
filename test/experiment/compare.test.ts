// Two sides on the same draws: nothing changed gives nothing, what is known to come out comes out, and what cannot be compared is refused.
import { describe, expect, it } from 'vitest';
import { withoutInterventions } from '../../src/experiment/changes.ts';
import { compare } from '../../src/experiment/compare.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import type { SideOptions } from '../../src/index.ts';

const CPU: SideOptions = { engine: 'cpu', threads: 1 };

const voter = {
  model: 'voter',
  population: 200,
  replicas: 6,
  update: 'pairing',
  steps: 30,
  init: { opinion: 0.5 },
  seed: 'pair',
};
const conformity = { model: 'noisy-q-voter', population: 400, replicas: 6, steps: 40, params: { q: 3, independence: 0.1 }, init: { opinion: 0.9 }, seed: 2 }; // biome-ignore format: one thought
const opinions = { model: 'friedkin-johnsen', population: 300, replicas: 6, steps: 20, params: { susceptibility: 0.6 }, seed: 3 }; // biome-ignore format: one thought
const hawks = { model: 'imitation-game', population: 1000, replicas: 6, steps: 60, params: { preset: 'hawk-dove' }, seed: 4 }; // biome-ignore format: one thought

describe('equal sides', () => {
  it.each([
    ['voter', voter, 'params.zealots_up=0'],
    ['noisy-q-voter', conformity, 'params.independence=0.1'],
    ['friedkin-johnsen', opinions, 'params.susceptibility=0.6'],
    ['imitation-game', hawks, 'params.selection=1'],
  ])('%s: every effect is exactly zero, with an empty interval', async (_, spec, set) => {
    const { effects, identical, notes, sides } = await compare(spec, { kind: 'parameter', set: [set] }, CPU);
    expect(identical).toBe(true);
    expect(sides[0].digest).toBe(sides[1].digest);
    expect(notes.join()).toContain('exactly zero');
    expect(effects.length).toBeGreaterThan(1);
    for (const { final, lastQuarter, onset, course } of effects) {
      for (const effect of [final, lastQuarter, ...course.effects]) {
        expect(effect).toMatchObject({ equal: true, effect: { mean: 0, halfWidth: 0, count: 6 } });
      }
      expect(onset).toEqual({ differs: undefined, first: undefined, lasting: undefined });
    }
  });

  it('of one replica have an empty interval too', async () => {
    const { effects } = await compare(conformity, { kind: 'parameter', set: ['params.q=3'] }, { ...CPU, replicas: 1 });
    expect(effects[0].final).toMatchObject({ equal: true, effect: { mean: 0, halfWidth: 0, count: 1 } });
  });
});

describe('known effects', () => {
  it('friedkin-johnsen on a complete graph: the variance is (1 − λ)² of the initial one, in every replica', async () => {
    const { effects, identical } = await compare(
      opinions,
      { kind: 'parameter', set: ['params.susceptibility=0.2'] },
      CPU,
    );
    expect(identical).toBe(false);
    const variance = effects.find(({ measure }) => measure === 'variance')!;
    const initial = variance.course.effects[0].a.mean;
    expect(variance.course.effects[0].equal).toBe(true);
    expect(variance.final.effect.mean).toBeCloseTo((0.8 ** 2 - 0.4 ** 2) * initial, 7);
    // the effect is a constant times the initial variance, side a another one: sd(b − a) = .48 s, Var a + Var b = (.16² + .64²) s²
    expect(variance.final.varianceRemoved).toBeCloseTo(1 - 0.48 ** 2 / (0.16 ** 2 + 0.64 ** 2), 5);
    expect(variance.onset).toEqual({ differs: 1, first: 1, lasting: 1 });
    const mean = effects.find(({ measure }) => measure === 'mean')!;
    expect(mean.final.effect.mean).toBeCloseTo(0, 6);
    expect(mean.final.varianceRemoved).toBeGreaterThan(0.999);
  });

  it('hawks settle at V/C: twice the cost, half of them (within 4 standard errors and .01)', async () => {
    const halved = ['params.punishment=-3.5'];
    const { effects } = await compare(hawks, { kind: 'parameter', set: halved }, CPU);
    const { lastQuarter } = effects.find(({ measure }) => measure === 'defectors')!;
    expect(Math.abs(lastQuarter.effect.mean + 0.125)).toBeLessThan(lastQuarter.effect.halfWidth * 1.6 + 0.01);
  });

  it('a small change leaves most draws as they are: pairing removes variance', async () => {
    const change = { kind: 'parameter', set: ['params.independence=0.11'] } as const;
    const { effects } = await compare(conformity, change, CPU);
    for (const { lastQuarter } of effects) expect(lastQuarter.varianceRemoved).toBeGreaterThan(0.5);
  });

  it('initial values and structure change what starts and who meets', async () => {
    const more = await compare(conformity, { kind: 'parameter', set: ['init.opinion=0.8'] }, CPU);
    expect(more.effects[0].course.effects[0].effect.mean).toBeCloseTo(-0.1, 12);
    const spread = await compare(opinions, { kind: 'structure', set: ['topology={kind: ring, reach: 2}'] }, CPU);
    expect(spread.effects.find(({ measure }) => measure === 'variance')!.final.effect.mean).toBeGreaterThan(0.01);
    const ordered = await compare(voter, { kind: 'structure', set: ['update=synchronous', 'population=100'] }, CPU);
    expect(ordered.identical).toBe(false);
  });
});

describe('what is run', () => {
  it('each side is the run of its spec, to the last bit, at any number of points', async () => {
    const spec = { ...conformity, params: { q: 3, independence: [0.1, 0.3] } };
    const found = await compare(spec, { kind: 'parameter', set: ['params.q=4'] }, CPU);
    expect(found.effects.map(({ measure, point }) => `${measure} ${point}`)).toEqual(['up 0', 'active_links 0', 'up 1', 'active_links 1']); // biome-ignore format: one thought
    expect(found.points).toEqual([{ 'params.independence': 0.1 }, { 'params.independence': 0.3 }]);
    for (const side of found.sides) {
      const { digest } = await simulate(side.spec as Record<string, unknown>, CPU);
      expect(side.digest).toBe(digest);
    }
  });

  it('seed, replicas and changes of both sides reach both; a condition of `stop` ends neither', async () => {
    const stopping = { ...conformity, stop: { when: 'up', above: 0.1 } };
    const shared: SideOptions = { ...CPU, set: ['steps=10'], replicas: 3, seed: 'other' };
    const found = await compare(stopping, { kind: 'parameter', set: ['params.q=2'] }, shared);
    expect(found).toMatchObject({ steps: 10, replicas: 3, seed: 'other' });
    expect(found.effects[0].course.steps.at(-1)).toBe(10);
    expect(found.notes.join()).toContain('Conditions of `stop` are left out');
    const without = await compare(conformity, { kind: 'parameter', set: ['params.q=2'] }, shared);
    expect(found.sides).toEqual(without.sides);
  });

  it('counts the steps of both sides, and ends with its signal', async () => {
    const seen: { step: number; steps: number }[] = [];
    const change = { kind: 'parameter', set: ['params.q=2'] } as const;
    await compare(conformity, change, { ...CPU, onProgress: progress => void seen.push(progress) });
    expect(seen.at(-1)).toEqual({ step: 80, steps: 80 });
    expect(seen.every(({ step }, k) => k === 0 || step >= seen[k - 1].step)).toBe(true);
    const controller = new AbortController();
    const aborted = compare(conformity, change, { ...CPU, signal: controller.signal, onProgress: () => controller.abort() }); // biome-ignore format: one thought
    await expect(aborted).rejects.toThrow(/abort/i);
  });
});

describe('what is refused', () => {
  const refusals: [string, Parameters<typeof compare>[1], RegExp][] = [
    [
      'no change',
      { kind: 'parameter', set: [] },
      /--with parameter: no parameter is changed: expected --set path=value, with a path under params or init/,
    ],
    [
      'a change of structure as a parameter',
      { kind: 'parameter', set: ['topology=ring'] },
      /"topology" is no parameter.*Use --with structure/,
    ],
    [
      'a parameter as structure',
      { kind: 'structure', set: ['params.q=3'] },
      /"params\.q" is no structure.*Use --with parameter/,
    ],
    ['steps', { kind: 'structure', set: ['steps=3'] }, /"steps" is no structure.*changed by --both/],
    [
      'a value out of range',
      { kind: 'parameter', set: ['params.independence=2'] },
      /--set params\.independence: out of range: expected a number from 0 to 1, got 2/,
    ],
    [
      'a list',
      { kind: 'parameter', set: ['params.q=[3, 4]'] },
      /different numbers of points.*expected 1, as in the spec, got 2/,
    ],
    ['interventions of a spec without any', { kind: 'intervention' }, /the spec has no interventions/],
  ];
  it.each(refusals)('%s', async (_, change, message) => {
    await expect(compare(conformity, change, CPU)).rejects.toThrow(message);
  });
});

describe('interventions', () => {
  const spec = {
    ...conformity,
    interventions: {
      shake: { at: 11, do: { set: { independence: 0.6 } } },
      calm: { at: 21, do: { set: { independence: 0.05 } } },
    },
  };

  it('show from the step at which the first of those that are left out acts', async () => {
    const all = await compare(spec, { kind: 'intervention' }, CPU);
    expect(all.sides.map(({ label }) => label)).toEqual(['without all interventions', 'with all interventions']);
    expect(all.effects.map(({ onset }) => onset.differs)).toEqual([11, 11]);
    const calm = await compare(spec, { kind: 'intervention', names: ['calm'] }, CPU);
    expect(calm.effects[0].onset.differs).toBe(21);
    // less independence, more of the majority
    expect(calm.effects[0].final.effect.mean).toBeGreaterThan(0.1);
    expect(calm.sides[1].digest).toBe(all.sides[1].digest);
    const { digest } = await simulate(conformity, CPU);
    expect(all.sides[0].digest).toBe(digest);
  });
});

describe('withoutInterventions', () => {
  const source = { model: 'm', interventions: { audit: { at: 5 }, retrain: { at: 9 } }, steps: 10 };

  it('takes away all, or those that are named', () => {
    expect(withoutInterventions(source)).toEqual({ model: 'm', steps: 10 });
    expect(withoutInterventions(source, [])).toEqual({ model: 'm', steps: 10 });
    expect(withoutInterventions(source, ['audit', 'retrain'])).toEqual({ model: 'm', steps: 10 });
    expect(withoutInterventions(source, ['audit'])).toEqual({ ...source, interventions: { retrain: { at: 9 } } });
    expect(Object.keys(source.interventions)).toEqual(['audit', 'retrain']);
  });

  it('knows the names', () => {
    expect(() => withoutInterventions(source, ['retrian'])).toThrow(
      /no intervention "retrian"\. Did you mean "retrain"/,
    );
  });
});
