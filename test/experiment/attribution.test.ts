// Parts switched off: what each does where that is known, which parts there are, and how a spec is changed.
import { describe, expect, it } from 'vitest';
import { attribute, rankedParts } from '../../src/experiment/attribution.ts';
import { collaborativeInstead, offForAll, offForGroup, relationKinds } from '../../src/experiment/switch-off.ts';
import { catalogue, parseSpec, type SideOptions } from '../../src/index.ts';

const CPU: SideOptions = { engine: 'cpu', threads: 1 };
const opinions = {
  model: 'friedkin-johnsen',
  population: 300,
  replicas: 5,
  steps: 10,
  groups: { left: 100, right: 200 },
  params: { susceptibility: 0.6 },
  measure: { add: { side: { kind: 'mean', field: 'opinion', by: 'group' } } },
  seed: 'parts',
};

describe('attribute', () => {
  it('tells what a mechanism and each group do, on the measures of the whole population', async () => {
    const { parts, measures, alreadyOff, sides } = await attribute(opinions, CPU);
    expect(measures).toEqual(['mean', 'variance', 'minimum', 'maximum']);
    expect(parts.map(({ kind, name }) => [kind, name])).toEqual([['mechanism', 'listening'], ['group', 'left'], ['group', 'right']]); // biome-ignore format: one thought
    expect(sides.map(({ label }) => label)).toEqual(['as written', 'without listening', 'group left inert', 'group right inert']); // biome-ignore format: one thought
    expect(alreadyOff).toEqual([]);
    // without listening nobody moves: the variance stays what it is at the start
    const [listening] = parts;
    const variance = listening.effects.find(({ measure }) => measure === 'variance')!;
    const initial = variance.course.effects[0].a.mean;
    expect(variance.final.b.mean).toBe(initial);
    expect(variance.final.effect.mean).toBeCloseTo((1 - 0.4 ** 2) * initial, 6);
    const ranked = rankedParts(parts, 'variance', 0);
    expect(ranked.map(({ part }) => part.name)).toEqual(['listening', 'right', 'left']);
  });

  it('leaves the agents of other groups as they are, and those of the group at their first opinions', async () => {
    const chosen = ['side.left', 'side.right'];
    const { parts } = await attribute(opinions, { ...CPU, kinds: ['group'], measures: chosen });
    expect(parts.map(({ name }) => name)).toEqual(['left', 'right']);
    for (const { name, effects } of parts) {
      const own = effects.find(({ measure }) => measure === `side.${name}`)!;
      const other = effects.find(({ measure }) => measure !== `side.${name}`)!;
      // inert: as at step 0; the others go on moving to the mean of all, of which the group is a part
      expect(own.final.b.mean).toBe(own.course.effects[0].b.mean);
      expect(own.final.equal).toBe(false);
      expect(other.course.effects[1].equal).toBe(true);
    }
  });

  it('finds the zealots of the voter model', async () => {
    const zealots = { zealots_up: 20 };
    const spec = { model: 'voter', population: 100, replicas: 40, update: 'pairing', steps: 200, params: zealots, init: { opinion: 0.5 }, measure: 50, seed: 7 }; // biome-ignore format: one thought
    const { parts } = await attribute(spec, { ...CPU, measures: ['up'] });
    expect(parts[0].name).toBe('zealots');
    const { final } = parts[0].effects[0];
    // zealots of one side only take everyone there; without them the expected share stays at 1/2, ± 4 standard errors of at most .08
    expect(final.a.mean).toBeGreaterThan(0.95);
    expect(Math.abs(final.b.mean - 0.5)).toBeLessThan(0.32);
    expect(final.effect.mean + final.effect.halfWidth).toBeLessThan(0);
  });

  it('does not run what is off as written, and refuses where nothing is left', async () => {
    const game = { model: 'imitation-game', population: 200, replicas: 3, steps: 10, seed: 1 };
    const { alreadyOff, parts, notes } = await attribute(game, CPU);
    expect(alreadyOff).toEqual(['advantage']);
    expect(parts.map(({ name }) => name)).toEqual(['selection']);
    expect(notes).toContain('Off as written, and not run: advantage.');
    await expect(attribute({ model: 'voter', population: 50, steps: 2 }, CPU)).rejects.toThrow(/nothing to switch off in this spec of voter: got mechanisms that are off as written: zealots/); // biome-ignore format: one thought
    await expect(attribute({ model: 'naming-game', population: 50, steps: 2 }, CPU)).rejects.toThrow(/nothing to switch off.*`mechanisms:/); // biome-ignore format: one thought
  });

  it('refuses unknown measures, and sweeps of what is switched off', async () => {
    await expect(attribute(opinions, { ...CPU, measures: ['variancee'] })).rejects.toThrow(/no measure "variancee".*Did you mean "variance"/); // biome-ignore format: one thought
    const swept = { ...opinions, params: { susceptibility: [0.2, 0.6] } };
    await expect(attribute(swept, CPU)).rejects.toThrow(
      /without listening: the sides have different numbers of points/,
    );
    const groups = await attribute(swept, { ...CPU, kinds: ['group'] });
    expect(groups.parts[0].effects.map(({ point }) => point)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });
});

describe('a social structure', () => {
  it('has groups with parameters of their own, and relations, that can be switched off', async () => {
    const spec = {
      ...opinions,
      groups: { left: { size: 100, params: { susceptibility: 0.9 } }, right: { size: 200 } },
      relations: { left: { right: { kind: 'competitive', strength: 0.5 } } },
    };
    const { parts } = await attribute(spec, { ...CPU, measures: ['side.left', 'side.right'] });
    expect(parts.map(({ name }) => name)).toEqual(['listening', 'left', 'right', 'competitive']);
    const [listening, left, , competitive] = parts;
    // as at the start: for everyone, and for the agents of one group only
    for (const { final, course } of listening.effects) expect(final.b.mean).toBe(course.effects[0].b.mean);
    expect(left.effects[0].final.b.mean).toBe(left.effects[0].course.effects[0].b.mean);
    expect(left.effects[1].final.b.mean).not.toBe(left.effects[1].course.effects[0].b.mean);
    // the rule of this model does not ask for relations
    for (const { final } of competitive.effects) expect(final.equal).toBe(true);
  });
});

describe('switching off', () => {
  const { spec } = parseSpec({ value: opinions }, catalogue);

  it('for all: also what groups have of their own', () => {
    expect(offForAll({ model: 'm', params: { a: 1, b: 2 }, groups: { x: 0.5 } }, { a: 0 })).toEqual({ model: 'm', params: { a: 0, b: 2 }, groups: { x: 0.5 } }); // biome-ignore format: one thought
    const groups = { x: { share: 0.5, params: { a: 3, c: 4 } }, y: { share: 0.5 }, z: 0.1 };
    expect(offForAll({ groups }, { a: 0 })).toEqual({
      params: { a: 0 },
      groups: { ...groups, x: { share: 0.5, params: { a: 0, c: 4 } } },
    });
  });

  it('for a group: by group where it is a number, in the group where it is a mapping', () => {
    const off = { susceptibility: 0 };
    const names = ['left', 'right'];
    const paramsOf = (params: object) => (offForGroup({ groups: { left: 1, right: 2 }, params }, spec, names, 'left', off) as { params: object }).params; // biome-ignore format: one thought
    expect(paramsOf({})).toEqual({ susceptibility: { by: 'group', values: { left: 0, right: 0.6 } } });
    expect(paramsOf({ susceptibility: 0.3 })).toEqual({ susceptibility: { by: 'group', values: { left: 0, right: 0.3 } } }); // biome-ignore format: one thought
    expect(paramsOf({ susceptibility: [0.3, 0.4] })).toEqual({
      susceptibility: [
        { by: 'group', values: { left: 0, right: 0.3 } },
        { by: 'group', values: { left: 0, right: 0.4 } },
      ],
    });
    const written = { by: 'group', values: { left: 0.1, right: { distribution: 'normal', mean: 0, sd: 1 } } };
    expect(paramsOf({ susceptibility: written })).toEqual({ susceptibility: { by: 'group', values: { ...written.values, left: 0 } } }); // biome-ignore format: one thought
    expect(() => paramsOf({ susceptibility: { from: 0, to: 1, count: 2 } })).toThrow(/params\.susceptibility: a range cannot differ by group/); // biome-ignore format: one thought
    const groups = { left: { size: 100, params: { other: 1 } }, right: 200 };
    expect(offForGroup({ groups }, spec, names, 'left', off)).toEqual({
      groups: { left: { size: 100, params: { other: 1, susceptibility: 0 } }, right: 200 },
    });
  });

  it('a class of relations, written as a mapping or as matrices, of the same strength', () => {
    const relations = {
      aid: { gov: 'cooperative', firm: { kind: 'competitive', strength: 0.5 }, aid: { strength: 0.2 } },
    };
    const spec = { model: 'm', relations };
    expect(relationKinds(spec)).toEqual(['cooperative', 'competitive']);
    expect(collaborativeInstead(spec, 'competitive')).toEqual({
      model: 'm',
      relations: { aid: { gov: 'cooperative', firm: { kind: 'collaborative', strength: 0.5 }, aid: { kind: 'collaborative', strength: 0.2 } } }, // biome-ignore format: one thought
    });
    const matrix = { relations: { kinds: [['collaborative', 'competitive'], ['competitive', 'collaborative']], strengths: [[1, 0.5], [0.5, 1]] } }; // biome-ignore format: one thought
    expect(relationKinds(matrix)).toEqual(['competitive']);
    expect(collaborativeInstead(matrix, 'competitive')).toEqual({
      relations: {
        ...matrix.relations,
        kinds: [
          ['collaborative', 'collaborative'],
          ['collaborative', 'collaborative'],
        ],
      },
    });
    expect(relationKinds({ model: 'm' })).toEqual([]);
  });
});
