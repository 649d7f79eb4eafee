// What a complete spec becomes: defaults, the three ways of writing one, topologies, groups, measures.
import { describe, expect, it } from 'vitest';
import { parseSpec } from '../../src/spec/index.ts';
import { BASE, read, readObject } from './read.ts';
import { models, toy } from './toy.ts';

const FULL = `# A spec with every key.
model: toy
population: 1000
replicas: 4
topology:
  kind: configuration
  degrees: {2: 0.25, 4: 0.75}
  realisations: per-replica
groups: {bots: 0.1, people: 0.9}
params:
  preset: small
  gain: [1, 2]
init:
  opinion: 0.3
  phase: {angry: 0.25, calm: rest}
update: {activation: 0.5}
steps: 50
stop: {when: anger.bots, above: 0.5, for: 2, worlds: any}
measure:
  every: 5
  add:
    anger: {kind: share, field: phase, value: angry, by: group, among: {field: opinion, is: 1}}
    levels: {kind: histogram, field: level, bins: 4}
record: [opinion]
seed: a word
`;

describe('a spec', () => {
  it('has defaults for all but model, population and steps', () => {
    expect(read(BASE)).toEqual({
      model: toy,
      population: 100,
      replicas: 1,
      topology: { kind: 'complete', realisations: 1 },
      groups: [],
      points: [
        { params: { q: 3, noise: 0.1, gain: 2, how: 1 }, init: { opinion: [0.5, 0.5], phase: [1, 0, 0] }, varied: {} },
      ],
      update: { kind: 'synchronous', activation: 1 },
      steps: 10,
      interventions: [],
      stop: [],
      measure: { schedule: { steps: { every: 1 }, last: 10 }, measures: toy.measures },
      seed: 1,
    });
  });

  it('says everything that is written', () => {
    const spec = read(FULL);
    const init = { opinion: [0.7, 0.3], phase: [0.75, 0.25, 0] };
    expect(spec).toEqual({
      model: toy,
      population: 1000,
      replicas: 4,
      topology: {
        kind: 'configuration',
        degrees: [
          { degree: 2, share: 0.25 },
          { degree: 4, share: 0.75 },
        ],
        simple: true,
        realisations: 'per-replica',
      },
      groups: [
        { name: 'bots', share: 0.1 },
        { name: 'people', share: 0.9 },
      ],
      points: [1, 2].map(gain => ({
        preset: 'small',
        params: { q: 1, noise: 0.01, gain, how: 1 },
        init,
        varied: { 'params.gain': gain },
      })),
      update: { kind: 'activation', activation: 0.5 },
      steps: 50,
      interventions: [],
      stop: [{ when: 'anger.bots', is: 'above', value: 0.5, for: 2, worlds: 'any' }],
      measure: {
        schedule: { steps: { every: 5 }, last: 50 },
        measures: {
          ...toy.measures,
          anger: { kind: 'share', field: 'phase', value: 'angry', by: 'group', among: { field: 'opinion', is: 1 } },
          levels: { kind: 'histogram', field: 'level', bins: 4 },
        },
      },
      record: { fields: ['opinion'], steps: 'final', agents: 'all', worlds: 'all' },
      seed: 'a word',
    });
  });

  it('is the same as YAML, as JSON and as an object, and its source is plain data', () => {
    const { spec, source } = parseSpec({ text: FULL }, models);
    const json = JSON.stringify(source, undefined, '\t');
    expect(parseSpec({ text: json }, models)).toEqual({ spec, source });
    expect(parseSpec({ value: JSON.parse(json) }, models)).toEqual({ spec, source });
    expect(Object.keys(spec.points[0].params)).toEqual(['q', 'noise', 'gain', 'how']);
  });

  it('keeps a source that later changes of the object do not reach', () => {
    const value = { model: 'toy', population: 10, steps: 1, record: ['opinion'], replicas: undefined };
    const { source } = parseSpec({ value }, models);
    value.record.push('phase');
    expect(source).toEqual({ model: 'toy', population: 10, steps: 1, record: ['opinion'] });
  });
});

describe('topology', () => {
  it.each([
    ['complete', { kind: 'complete', realisations: 1 }],
    ['ring', { kind: 'ring', reach: 1, realisations: 1 }],
    ['{kind: ring, reach: 2}', { kind: 'ring', reach: 2, realisations: 1 }],
    [
      '{kind: erdos-renyi, mean_degree: 4.5}',
      { kind: 'erdos-renyi', meanDegree: 4.5, directed: false, realisations: 1 },
    ],
    ['{kind: random-regular, degree: 4}', { kind: 'random-regular', degree: 4, simple: true, realisations: 1 }],
    [
      '{kind: configuration, degrees: [{degree: 3, share: 1}], simple: false}',
      { kind: 'configuration', degrees: [{ degree: 3, share: 1 }], simple: false, realisations: 1 },
    ],
    [
      '{kind: upscaled, from: {kind: degrees, file: d.csv}}',
      { kind: 'upscaled', degrees: 'd.csv', simple: true, realisations: 1 },
    ],
    ['{kind: watts-strogatz, rewiring: 0.1}', { kind: 'watts-strogatz', reach: 1, rewiring: 0.1, realisations: 1 }],
    [
      '{kind: barabasi-albert, links: 3, realisations: per-replica}',
      { kind: 'barabasi-albert', links: 3, realisations: 'per-replica' },
    ],
    ['{kind: watts-strogatz, rewiring: 0.1, order: none}', { kind: 'watts-strogatz', reach: 1, rewiring: 0.1, realisations: 1 }], // biome-ignore format: a table
    [
      '{kind: random-regular, degree: 4, order: degree}',
      { kind: 'random-regular', degree: 4, simple: true, realisations: 1, order: 'degree' },
    ],
    [
      '{kind: erdos-renyi, mean_degree: 2, order: breadth-first}',
      { kind: 'erdos-renyi', meanDegree: 2, directed: false, realisations: 1, order: 'breadth-first' },
    ],
    [
      '{kind: upscaled, from: {kind: degrees, file: d.csv}, order: degree}',
      { kind: 'upscaled', degrees: 'd.csv', simple: true, realisations: 1, order: 'degree' },
    ],
  ])('%s', (written, topology) => {
    expect(read(`${BASE}topology: ${written}`).topology).toEqual(topology);
  });

  it('of blocks: sizes fix the population; a matrix, or entries by name of which one of a pair is enough', () => {
    const groups = { red: 30, blue: 70 };
    const probabilities = { red: { red: 0.5, blue: 0.1 }, blue: { blue: 0.2 } };
    const spec = readObject({ population: undefined, topology: { kind: 'stochastic-block', groups, probabilities } });
    expect(spec.population).toBe(100);
    expect(spec.groups).toEqual([]);
    const topology = {
      kind: 'stochastic-block',
      groups: [
        { name: 'red', size: 30 },
        { name: 'blue', size: 70 },
      ],
      probabilities: [
        [0.5, 0.1],
        [0.1, 0.2],
      ],
      directed: false,
      realisations: 1,
    };
    expect(spec.topology).toEqual(topology);
    expect(readObject({ topology: { ...topology, groups } }).topology).toEqual(topology);
    // Directed: what is not written is 0.
    expect(readObject({ topology: { ...topology, groups, probabilities, directed: true } }).topology).toMatchObject({
      probabilities: [
        [0.5, 0.1],
        [0, 0.2],
      ],
    });
  });

  it('of blocks: degrees are means, and shares are rounded to agents', () => {
    const topology = {
      kind: 'stochastic-block',
      groups: { red: 0.2, blue: 0.8 },
      degrees: { red: { red: 9.5, blue: 4 } },
    };
    expect(readObject({ topology }).topology).toMatchObject({
      groups: [{ size: 20 }, { size: 80 }],
      probabilities: [
        [0.5, 0.05],
        [0.05, 0],
      ],
    });
    const directed = { ...topology, directed: true };
    expect(readObject({ topology: directed }).topology).toMatchObject({
      probabilities: [
        [0.5, 0.05],
        [0, 0],
      ],
    });
    // 3 and 4 agents of 3.5 each: 2 neighbours are 7 links between them in the mean of both counts.
    const halves = { ...topology, groups: { red: 0.5, blue: 0.5 }, degrees: [[0, 2], [2, 0]] }; // biome-ignore format: a matrix
    const odd = readObject({ population: 7, topology: halves }).topology;
    expect(odd).toMatchObject({ groups: [{ size: 4 }, { size: 3 }], probabilities: [[0, 7 / 12], [7 / 12, 0]] }); // biome-ignore format: a matrix
  });

  it('of blocks allows measures by group', () => {
    const topology = { kind: 'stochastic-block', groups: { red: 0.5, blue: 0.5 }, degrees: [[1, 1], [1, 1]] }; // biome-ignore format: a matrix
    const measure = { add: { level: { kind: 'mean', field: 'level', by: 'group' } } };
    expect(readObject({ topology, measure }).measure.measures.level).toMatchObject({ by: 'group' });
  });

  it('of a lattice fixes the population', () => {
    const spec = readObject({ population: undefined, topology: { kind: 'lattice', width: 5, height: 4 } });
    expect(spec.population).toBe(20);
    expect(spec.topology).toEqual({
      kind: 'lattice',
      width: 5,
      height: 4,
      neighbourhood: 'von-neumann',
      realisations: 1,
    });
  });

  it('of a file: groups beside the nodes, and Parquet', () => {
    const topology = {
      kind: 'edges',
      file: 'a.dat',
      format: 'parquet',
      columns: { source_group: 'from', target_group: 4 },
    };
    expect(readObject({ population: undefined, topology }).topology).toMatchObject({
      format: 'parquet',
      columns: { sourceGroup: 'from', targetGroup: 4 },
    });
    const measure = { add: { level: { kind: 'mean', field: 'level', by: 'group' } } };
    expect(readObject({ population: undefined, topology, measure }).measure.measures.level).toMatchObject({
      by: 'group',
    });
  });

  it('of a file leaves the population open', () => {
    const topology = { kind: 'edges', file: 'a.csv', columns: { source: 'from', target: 2 }, filter: { year: 2026 } };
    const spec = readObject({ population: undefined, topology, groups: { a: 3, b: 1 } });
    expect(spec).not.toHaveProperty('population');
    expect(spec.topology).toEqual({
      ...topology,
      filter: { year: '2026' },
      format: 'auto',
      delimiter: 'auto',
      directed: true,
      reverse: false,
      selfLoops: 'drop',
      duplicates: 'merge',
      realisations: 1,
    });
    expect(spec.groups).toEqual([
      { name: 'a', share: 0.75, size: 3 },
      { name: 'b', share: 0.25, size: 1 },
    ]);
  });
});

describe('measure', () => {
  it.each([
    [1, 1],
    [200, 1],
    [201, 2],
    [1000, 5],
    [1_000_000, 5000],
  ])('of %i steps has at most 201 rows, every %i', (steps, every) => {
    expect(readObject({ steps }).measure.schedule).toEqual({ steps: { every }, last: steps });
    expect(Math.ceil(steps / every) + 1).toBeLessThanOrEqual(201);
  });

  it('is a number of steps, in short', () => {
    expect(readObject({ measure: 7 }).measure.schedule.steps).toEqual({ every: 7 });
  });
});

describe('record', () => {
  const SHORT = { fields: ['opinion'], steps: 'final', agents: 'all', worlds: 'all' };
  it.each<[object, object]>([
    [{}, SHORT],
    [{ steps: 'all-measured' }, { ...SHORT, steps: { steps: { every: 3 }, last: 10 } }],
    [{ steps: { every: 4 } }, { ...SHORT, steps: { steps: { every: 4 }, last: 10 } }],
    [{ steps: [0, 10] }, { ...SHORT, steps: { at: [0, 10] } }],
    [{ agents: { first: 5 } }, { ...SHORT, agents: { first: 5 } }],
    [{ agents: { sample: 5 } }, { ...SHORT, agents: { sample: 5 } }],
    [{ agents: { group: 'a' } }, { ...SHORT, agents: { group: ['a'] } }],
    [{ worlds: { replicas: 2 } }, { ...SHORT, worlds: { replicas: 2 } }],
  ])('%j', (more, expected) => {
    const written = { groups: { a: 1 }, replicas: 3, measure: 3, record: { fields: ['opinion'], ...more } };
    expect(readObject(written).record).toEqual(expected);
  });
});

describe('update', () => {
  it.each(['synchronous', 'sublattice', 'sequential'] as const)('%s runs on a ring', kind => {
    expect(readObject({ update: kind, topology: 'ring' }).update).toEqual({ kind, activation: 1 });
  });

  it.each([
    ['complete', { topology: 'complete' }],
    ['a ring', { topology: 'ring' }],
    ['an undirected random graph', { topology: { kind: 'erdos-renyi', mean_degree: 2 } }],
    ['a file read both ways', { topology: { kind: 'edges', file: 'x', directed: false }, population: undefined }],
    [
      'a file of degrees, which may prove undirected',
      { topology: { kind: 'upscaled', from: { kind: 'degrees', file: 'x' } } },
    ],
  ])('pairing runs on: %s', (_, part) => {
    expect(readObject({ update: 'pairing', ...part }).update).toEqual({ kind: 'pairing', activation: 1 });
  });

  it('is the first of the model', () => {
    expect(readObject({ model: 'pairs' }).update.kind).toBe('pairing');
  });
});
