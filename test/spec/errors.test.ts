// Every way in which a spec can be wrong, with the whole message: what, where, expected, got and the way out.
import { describe, expect, it } from 'vitest';
import { parseSpec } from '../../src/spec/index.ts';
import { BASE, messageOf, read, readObject } from './read.ts';
import { models } from './toy.ts';

const cases: [what: string, text: string, message: string][] = [
  ['an integer out of range', `${BASE}params:\n  q: 9\n`, 'params.q (spec.yaml, line 5, column 6): out of range: expected an integer from 1 to 8, got 9'],
  ['a fraction', `${BASE}params:\n  q: 1.5\n`, 'params.q (spec.yaml, line 5, column 6): not an integer: expected an integer from 1 to 8, got 1.5'],
  ['a word for a number', `${BASE}params:\n  q: many\n`, 'params.q (spec.yaml, line 5, column 6): unexpected value: expected an integer from 1 to 8, a list of them, a range {from, to, count}, or values per agent ({distribution: …}, {file: …} or {by: group, …}), got "many"'],
  ['an item of a list', `${BASE}params: {noise: [0.1, 2]}`, 'params.noise[1] (spec.yaml, line 4, column 23): out of range: expected a number from 0 to 1, got 2'],
  ['an empty list', `${BASE}params: {noise: []}`, 'params.noise (spec.yaml, line 4, column 17): out of range: expected a list of at least one number, got an empty list'],
  ['a value twice', `${BASE}params: {noise: [0.1, 0.1]}`, 'params.noise[1] (spec.yaml, line 4, column 23): 0.1 comes twice: expected different values'],
  ['a range without an end', `${BASE}params: {noise: {from: 0, count: 3}}`, 'params.noise.to (spec.yaml, line 4, column 17): missing: expected a number from 0 to 1'],
  ['a range off the integers', `${BASE}params: {q: {from: 1, to: 8, count: 4}}`, 'params.q (spec.yaml, line 4, column 13): the range does not fall on integers: got 3.33333333333. Change count, or write a list'],
  ['a log range from 0', `${BASE}params: {noise: {from: 0, to: 1, count: 3, scale: log}}`, 'params.noise.from (spec.yaml, line 4, column 24): out of range: expected a number above 0, for a log scale, got 0'],
  ['an unknown parameter', `${BASE}params:\n  nose: 0.1\n`, 'params.nose (spec.yaml, line 5, column 3): unknown parameter "nose". Did you mean "noise"?'],
  ['an unknown option of a choice', `${BASE}params:\n  how: coppy\n`, 'params.how (spec.yaml, line 5, column 8): unknown how "coppy". Did you mean "copy"?'],
  ['an unknown option in a list', `${BASE}params: {how: [best, rando]}`, 'params.how[1] (spec.yaml, line 4, column 22): unknown how "rando". Did you mean "random"?'],
  ['a number for a choice', `${BASE}params: {how: 1}`, 'params.how (spec.yaml, line 4, column 15): unexpected value: expected one of copy, best, random, or a list of them, got 1'],
  ['an option twice', `${BASE}params: {how: [best, best]}`, 'params.how[1] (spec.yaml, line 4, column 22): best comes twice: expected different options'],
  ['an unknown preset', `${BASE}params: {preset: smal}`, 'params.preset (spec.yaml, line 4, column 18): unknown preset "smal". Did you mean "small"?'],
  ['a preset twice', `${BASE}params: {preset: [small, small]}`, 'params.preset[1] (spec.yaml, line 4, column 26): small comes twice: expected different presets'],
  ['an unknown key', `${BASE}stop: 3\n`, 'stop (spec.yaml, line 4, column 1): unknown key "stop". Known: model, population, replicas, topology, groups, params, init, update, steps, measure, record, seed'],
  ['an unknown key and its consequence', 'model: toy\npopulation: 10\nstep: 3\n', 'step (spec.yaml, line 3, column 1): unknown key "step". Did you mean "steps"? And 1 more error'],
  ['several errors, the first in the text', `${BASE}replicas: 0\nparams: {q: 9}\nfoo: 1`, 'replicas (spec.yaml, line 4, column 11): out of range: expected an integer from 1 to 1048576, got 0. And 2 more errors'],
  ['a key without a value', `${BASE}replicas:\n`, 'replicas (spec.yaml, line 4, column 10): not a number: expected an integer from 1 to 1048576, got nothing. Leave the key out, or write its value'],
  ['no steps', 'model: toy\npopulation: 10\n', 'steps (spec.yaml): missing: expected an integer of at least 1'],
  ['no population', 'model: toy\nsteps: 10\n', 'population (spec.yaml): missing: expected an integer of at least 1'],
  ['no model', 'steps: 10\n', 'model (spec.yaml): missing: expected one of toy, pairs'],
  ['an unknown model', 'model: toi\n', 'model (spec.yaml, line 1, column 8): unknown model "toi". Did you mean "toy"?'],
  ['a model that is no name', 'model: 3\n', 'model (spec.yaml, line 1, column 8): not a name: expected one of toy, pairs, got 3'],
  ['digits with underscores', 'model: toy\npopulation: 1_000\nsteps: 1\n', 'population (spec.yaml, line 2, column 13): not a number: expected an integer of at least 1, got "1_000". Write 1000, without underscores'],
  ['too large a population', 'model: toy\npopulation: 2147483648\nsteps: 1\n', 'population (spec.yaml, line 2, column 13): out of range: expected an integer of at most 2147483647, got 2147483648'],
  ['an empty text', '', 'spec.yaml: not a spec: expected a mapping such as {model: …, steps: …}, got nothing'],
  ['a list', '- 1', 'spec.yaml: not a spec: expected a mapping such as {model: …, steps: …}, got a list'],
  ['a duplicate key', `${BASE}steps: 11\n`, 'spec.yaml, line 4, column 1: duplicate key "steps". Write each key once'],
  ['a duplicate key in JSON', '{"model": "toy", "model": "toy"}', 'spec.yaml, line 1, column 18: duplicate key "model". Write each key once'],
  ['no YAML', `${BASE}a: [1\n`, 'spec.yaml, line 5, column 1: bad YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ['an alias without its anchor', `${BASE}seed: *nope\n`, 'spec.yaml: bad YAML: Unresolved alias (the anchor must be set before the alias): nope'],
  ['an unknown tag', `${BASE}seed: !foo 3\n`, 'spec.yaml, line 4, column 7: bad YAML: Unresolved tag: !foo'],
  ['two documents', `${BASE}---\n${BASE}`, 'spec.yaml, line 4, column 1: more than one document: expected one spec, without a line ---'],
  ['an unknown topology', `${BASE}topology: rng`, 'topology (spec.yaml, line 4, column 11): unknown topology "rng". Did you mean "ring"?'],
  ['an unknown kind of topology', `${BASE}topology: {kind: latice}`, 'topology.kind (spec.yaml, line 4, column 18): unknown topology "latice". Did you mean "lattice"?'],
  ['a topology without options', `${BASE}topology: lattice`, 'topology (spec.yaml, line 4, column 11): topology lattice needs options. Write {kind: lattice, …}'],
  ['a topology without a kind', `${BASE}topology: {reach: 2}`, 'topology.kind (spec.yaml, line 4, column 11): missing: expected one of complete, ring, lattice, erdos-renyi, random-regular, configuration, edges, upscaled'],
  ['a missing option', 'model: toy\nsteps: 1\ntopology: {kind: lattice, width: 5}', 'topology.height (spec.yaml, line 3, column 11): missing: expected an integer of at least 3'],
  ['an unknown option', `${BASE}topology: {kind: ring, reech: 2}`, 'topology.reech (spec.yaml, line 4, column 24): unknown ring option "reech". Did you mean "reach"?'],
  ['camelCase', `${BASE}topology: {kind: erdos-renyi, mean_degree: 3, meanDegree: 3}`, 'topology.meanDegree (spec.yaml, line 4, column 47): unknown erdos-renyi option "meanDegree". Did you mean "mean_degree"?'],
  ['too long a reach', `${BASE}topology: {kind: ring, reach: 50}`, 'topology.reach (spec.yaml, line 4, column 31): too many neighbours for a population of 100: expected at most 49, got 50'],
  ['too high a mean degree', `${BASE}topology: {kind: erdos-renyi, mean_degree: 99.5}`, 'topology.mean_degree (spec.yaml, line 4, column 44): too many neighbours for a population of 100: expected at most 99, got 99.5'],
  ['an odd sum of degrees', 'model: toy\npopulation: 5\nsteps: 1\ntopology: {kind: random-regular, degree: 3}', 'topology.degree (spec.yaml, line 4, column 42): no such graph: expected degree × population to be even, got 3 × 5'],
  ['the population of a lattice', `${BASE}topology: {kind: lattice, width: 3, height: 4}`, 'population (spec.yaml, line 2, column 13): the population differs from width × height of the lattice: expected 12, got 100. Leave population out'],
  ['the population of a file', `${BASE}topology: {kind: edges, file: a.csv}`, 'population (spec.yaml, line 2, column 13): the file of edges fixes the population. Leave population out'],
  ['shares of degrees', `${BASE}topology: {kind: configuration, degrees: {2: 0.5, 4: 0.4}}`, 'topology.degrees (spec.yaml, line 4, column 42): the shares do not sum to 1: expected a sum of 1, got 0.9'],
  ['a degree twice', `${BASE}topology:\n  kind: configuration\n  degrees: [{degree: 2, share: 0.5}, {degree: 2, share: 0.5}]`, 'topology.degrees (spec.yaml, line 6, column 12): degree 2 is listed twice'],
  ['more graphs than replicas', `${BASE}topology: {kind: random-regular, degree: 4, realisations: 3}`, 'topology.realisations (spec.yaml, line 4, column 59): more graphs than replicas: expected at most 1 (replicas) or per-replica, got 3'],
  ['an unsupported topology', 'model: pairs\npopulation: 10\nsteps: 1\ntopology: {kind: lattice, width: 3, height: 3}', 'topology.kind (spec.yaml, line 4, column 18): the model does not support topology lattice: expected one of complete, ring, upscaled, got "lattice"'],
  ['a share above 1', `${BASE}init: {opinion: 1.5}`, 'init.opinion (spec.yaml, line 4, column 17): out of range: expected a number from 0 to 1, got 1.5'],
  ['shares that do not sum to 1', `${BASE}init: {opinion: {0: 0.5, 1: 0.6}}`, 'init.opinion (spec.yaml, line 4, column 17): the shares do not sum to 1: expected a sum of 1, got 1.1'],
  ['shares above 1 beside a rest', `${BASE}init: {phase: {calm: 0.7, angry: 0.6, gone: rest}}`, 'init.phase (spec.yaml, line 4, column 15): the shares do not sum to 1: expected a sum of 1, got 1.3'],
  ['two rests', `${BASE}init: {phase: {calm: rest, angry: rest}}`, 'init.phase.angry (spec.yaml, line 4, column 35): a second rest: expected at most one value with the rest'],
  ['an unknown label', `${BASE}init: {phase: {angri: 1}}`, 'init.phase.angri (spec.yaml, line 4, column 16): unknown value "angri". Did you mean "angry"?'],
  ['a value out of the field', `${BASE}init: {level: {1: 0.5, 7: 0.5}}`, 'init.level.7 (spec.yaml, line 4, column 24): out of range: expected a value from 1 to 4, got 7'],
  ['a field without shares', `${BASE}init: {weight: 1}`, 'init.weight (spec.yaml, line 4, column 16): unexpected value: expected values per agent ({value: …}, {distribution: …}, {file: …}, {run: …} or {by: group, …}), got 1'],
  ['a rate of 0', `${BASE}update: {activation: 0}`, 'update.activation (spec.yaml, line 4, column 22): out of range: expected a number above 0 and at most 1, got 0'],
  ['activation without a rate', `${BASE}update: activation`, 'update (spec.yaml, line 4, column 9): activation needs a rate. Write {activation: 0.1}'],
  ['an unknown update', `${BASE}update: sync`, 'update (spec.yaml, line 4, column 9): unknown update: expected one of synchronous, {activation: rate}, sublattice, pairing, sequential, got "sync"'],
  ['an unsupported update', 'model: pairs\npopulation: 10\nsteps: 1\nupdate: synchronous', 'update (spec.yaml, line 4, column 9): the model does not support this update: expected one of pairing, got "synchronous"'],
  ['pairing on a directed graph', `${BASE}update: pairing\ntopology: {kind: erdos-renyi, mean_degree: 2, directed: true}`, 'update (spec.yaml, line 4, column 9): pairing needs agents that look at each other: expected topology complete, or an undirected graph, got erdos-renyi, directed. Write directed: false; for this topology, the model has the updates synchronous, activation, sublattice, sequential'],
  ['pairing on a file of edges', 'model: toy\nsteps: 1\nupdate: pairing\ntopology: {kind: edges, file: x.txt}', 'update (spec.yaml, line 3, column 9): pairing needs agents that look at each other: expected topology complete, or an undirected graph, got edges, directed. Write directed: false; for this topology, the model has the updates synchronous, activation, sublattice, sequential'],
  ['pairing by default on a directed graph', 'model: pairs\npopulation: 10\nsteps: 1\ntopology: {kind: upscaled, from: {kind: edges, file: x.txt}}', 'topology (spec.yaml, line 4, column 11): pairing needs agents that look at each other: expected topology complete, or an undirected graph, got upscaled, directed. Write directed: false'],
  ['sublattice on a complete graph', `${BASE}update: sublattice`, 'update (spec.yaml, line 4, column 9): everybody looks at everybody, so that no two could act at once: expected a topology in which agents look at some others only, got complete. For this topology, the model has the updates synchronous, activation, pairing, sequential'],
  ['shares of groups', `${BASE}groups: {a: 0.5, b: 0.6}`, 'groups (spec.yaml, line 4, column 9): the shares do not sum to 1: expected a sum of 1, got 1.1'],
  ['sizes of groups', `${BASE}groups: {a: 50, b: 51}`, 'groups (spec.yaml, line 4, column 9): the sizes do not sum to the population: expected 100, got 101'],
  ['an empty group', `${BASE}groups: {a: 0, b: 1}`, 'groups.a (spec.yaml, line 4, column 13): an empty group: expected a share or size above 0, got 0'],
  ['the name of a group', `${BASE}groups: {a b: 1}`, 'groups.a b (spec.yaml, line 4, column 10): bad group name: expected letters, digits, hyphens and underscores, got "a b"'],
  ['a measure of the model', `${BASE}measure: {add: {up: {kind: isolated}}}`, 'measure.add.up (spec.yaml, line 4, column 17): the model has a measure "up" already. Choose another name'],
  ['a kind of measure', `${BASE}measure: {add: {x: {kind: shares}}}`, 'measure.add.x.kind (spec.yaml, line 4, column 27): unknown kind of measure "shares". Did you mean "share"?'],
  ['a field of a measure', `${BASE}measure: {add: {x: {kind: mean, field: levl}}}`, 'measure.add.x.field (spec.yaml, line 4, column 40): unknown field "levl". Did you mean "level"?'],
  ['a label of a measure', `${BASE}measure: {add: {x: {kind: share, field: phase, value: angri}}}`, 'measure.add.x.value (spec.yaml, line 4, column 55): unknown value "angri". Did you mean "angry"?'],
  ['a value of a measure', `${BASE}measure: {add: {x: {kind: isolated, among: {field: level, is: 9}}}}`, 'measure.add.x.among.is (spec.yaml, line 4, column 63): value out of range: expected a value from 1 to 4, got 9'],
  ['a measure by absent groups', `${BASE}measure: {add: {x: {kind: mean, field: level, by: group}}}`, 'measure.add.x.by (spec.yaml, line 4, column 51): there are no groups. Add groups to the spec'],
  ['an interval of 0', `${BASE}measure: 0`, 'measure (spec.yaml, line 4, column 10): out of range: expected an integer of at least 1, got 0'],
  ['an unknown field to record', `${BASE}record: [opinon]`, 'record[0] (spec.yaml, line 4, column 10): unknown field "opinon". Did you mean "opinion"?'],
  ['a field recorded twice', `${BASE}record: [opinion, opinion]`, 'record[1] (spec.yaml, line 4, column 19): opinion comes twice: expected different fields'],
  ['a seed that is neither', `${BASE}seed: true`, 'seed (spec.yaml, line 4, column 7): unexpected value: expected a word or a number, got true'],
  ['too many worlds', `${BASE}replicas: 1000000\nparams: {q: [1, 2]}`, 'params.q (spec.yaml, line 5, column 13): too many worlds: expected points × replicas of at most 1048576, got 2 points × 1000000 replicas'],
]; // biome-ignore format: a table

describe('the message of a fault', () => {
  it.each(cases)('%s', (_, text, message) => {
    expect(messageOf(() => read(text))).toBe(message);
  });
});

describe('the place of a fault', () => {
  it('is line and column alone without a file', () => {
    const action = () => parseSpec({ text: `${BASE}params:\n  q: 9\n` }, models);
    expect(messageOf(action)).toBe('params.q (line 5, column 6): out of range: expected an integer from 1 to 8, got 9');
  });

  it('is the path alone in an object', () => {
    expect(messageOf(() => readObject({ params: { noise: [0.1, 2] } }))).toBe(
      'params.noise[1]: out of range: expected a number from 0 to 1, got 2',
    );
  });

  it('names the origin of an object, if told', () => {
    const action = () => parseSpec({ value: { model: 'toy', steps: 0, population: 1 }, where: 'simulate' }, models);
    expect(messageOf(action)).toBe('steps (simulate): out of range: expected an integer of at least 1, got 0');
  });

  it('follows aliases', () => {
    const text = `${BASE}params:\n  q: &n [1, 99]\n  gain: *n\n`;
    expect(messageOf(() => read(text.replace('99', '8.5')))).toContain('params.q[1] (spec.yaml, line 5, column 13)');
    expect(messageOf(() => read(text.replace('99', '11').replace('q:', 'noise:')))).toContain('(spec.yaml, line 5');
  });

  it('is found in JSON', () => {
    const text = '{\n\t"model": "toy",\n\t"population": 100,\n\t"steps": "ten"\n}';
    expect(messageOf(() => read(text))).toBe(
      'steps (spec.yaml, line 4, column 11): not a number: expected an integer of at least 1, got "ten"',
    );
  });
});

describe('objects that are not plain data', () => {
  it.each([
    [{ seed: () => 1 }, 'seed: unexpected value: expected a word or a number, got a function'],
    [{ steps: Number.NaN }, 'steps: not a number: expected an integer of at least 1, got NaN'],
    [{ steps: 2 ** 60 }, 'steps: out of range: expected an integer of at most 2147483647, got 1152921504606847000'],
    [JSON.parse('{"params": {"__proto__": 1}}'), 'params.__proto__: unknown parameter "__proto__"'],
    [JSON.parse('{"model": "constructor"}'), 'model: unknown model "constructor"'],
  ])('case %#', (more, message) => {
    expect(messageOf(() => readObject(more))).toContain(message);
  });

  it('is no mapping at all', () => {
    expect(messageOf(() => parseSpec({ value: undefined }, models))).toBe(
      'not a spec: expected a mapping such as {model: …, steps: …}, got undefined',
    );
  });
});
