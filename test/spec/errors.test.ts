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
  ['an unknown key', `${BASE}colour: 3\n`, 'colour (spec.yaml, line 4, column 1): unknown key "colour". Known: model, population, replicas, topology, groups, relations, params, init, interventions, update, steps, stop, measure, record, scenario, seed'],
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
  ['a topology without a kind', `${BASE}topology: {reach: 2}`, 'topology.kind (spec.yaml, line 4, column 11): missing: expected one of complete, ring, lattice, erdos-renyi, random-regular, configuration, watts-strogatz, barabasi-albert, stochastic-block, edges, upscaled'],
  ['a missing option', 'model: toy\nsteps: 1\ntopology: {kind: lattice, width: 5}', 'topology.height (spec.yaml, line 3, column 11): missing: expected an integer of at least 3'],
  ['an unknown option', `${BASE}topology: {kind: ring, reech: 2}`, 'topology.reech (spec.yaml, line 4, column 24): unknown ring option "reech". Did you mean "reach"?'],
  ['camelCase', `${BASE}topology: {kind: erdos-renyi, mean_degree: 3, meanDegree: 3}`, 'topology.meanDegree (spec.yaml, line 4, column 47): unknown erdos-renyi option "meanDegree". Did you mean "mean_degree"?'],
  ['too long a reach', `${BASE}topology: {kind: ring, reach: 50}`, 'topology.reach (spec.yaml, line 4, column 31): too many neighbours for a population of 100: expected at most 49, got 50'],
  ['too high a mean degree', `${BASE}topology: {kind: erdos-renyi, mean_degree: 99.5}`, 'topology.mean_degree (spec.yaml, line 4, column 44): too many neighbours for a population of 100: expected at most 99, got 99.5'],
  ['an odd sum of degrees', 'model: toy\npopulation: 5\nsteps: 1\ntopology: {kind: random-regular, degree: 3}', 'topology.degree (spec.yaml, line 4, column 42): no such graph: expected degree × population to be even, got 3 × 5'],
  ['the population of a lattice', `${BASE}topology: {kind: lattice, width: 3, height: 4}`, 'population (spec.yaml, line 2, column 13): the population differs from width × height of the lattice: expected 12, got 100. Leave population out'],
  ['the population of a file', `${BASE}topology: {kind: edges, file: a.csv}`, 'population (spec.yaml, line 2, column 13): the file of edges fixes the population. Leave population out'],
  ['groups from two places', `model: toy\nsteps: 1\ntopology: {kind: edges, file: a, columns: {source_group: 3}, groups: {file: b}}`, 'topology.groups (spec.yaml, line 3, column 70): groups come from one place: expected either columns of the edges or a file of their own, got both'],
  ['shares of degrees', `${BASE}topology: {kind: configuration, degrees: {2: 0.5, 4: 0.4}}`, 'topology.degrees (spec.yaml, line 4, column 42): the shares do not sum to 1: expected a sum of 1, got 0.9'],
  ['a degree twice', `${BASE}topology:\n  kind: configuration\n  degrees: [{degree: 2, share: 0.5}, {degree: 2, share: 0.5}]`, 'topology.degrees (spec.yaml, line 6, column 12): degree 2 is listed twice'],
  ['too long a reach to rewire', `${BASE}topology: {kind: watts-strogatz, reach: 50, rewiring: 0.1}`, 'topology.reach (spec.yaml, line 4, column 41): too many neighbours for a population of 100: expected at most 49, got 50'],
  ['a rewiring above 1', `${BASE}topology: {kind: watts-strogatz, rewiring: 2}`, 'topology.rewiring (spec.yaml, line 4, column 44): out of range: expected a number from 0 to 1, got 2'],
  ['too many links of a newcomer', `${BASE}topology: {kind: barabasi-albert, links: 100}`, 'topology.links (spec.yaml, line 4, column 42): too many neighbours for a population of 100: expected at most 99, got 100'],
  ['no links of a newcomer', `${BASE}topology: {kind: barabasi-albert, links: 0}`, 'topology.links (spec.yaml, line 4, column 42): out of range: expected an integer of at least 1, got 0'],
  ['blocks without links', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}}`, 'topology (spec.yaml, line 4, column 11): links between groups are given in one way: expected either probabilities or degrees, got neither'],
  ['blocks with links twice', `${BASE}topology: {kind: stochastic-block, groups: {a: 1}, degrees: [[1]], probabilities: [[1]]}`, 'topology (spec.yaml, line 4, column 11): links between groups are given in one way: expected either probabilities or degrees, got both'],
  ['shares of blocks', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.4}, probabilities: [[1, 1], [1, 1]]}`, 'topology.groups (spec.yaml, line 4, column 44): the shares do not sum to 1: expected a sum of 1, got 0.9'],
  ['sizes of blocks', `${BASE}topology: {kind: stochastic-block, groups: {a: 50, b: 49}, probabilities: [[1, 1], [1, 1]]}`, 'topology.groups (spec.yaml, line 4, column 44): the sizes do not sum to the population: expected 100, got 99'],
  ['a block without agents', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.999, b: 0.001}, probabilities: [[1, 1], [1, 1]]}`, 'topology.groups.b (spec.yaml, line 4, column 58): the share is too small for an agent in a population of 100: expected a larger share, or a larger population, got 0.001'],
  ['shares of blocks without a population', 'model: toy\nsteps: 1\ntopology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}, degrees: [[1, 1], [1, 1]]}', 'population (spec.yaml): missing: expected an integer of at least 1. Or write the sizes of the groups in place of shares'],
  ['no blocks', `${BASE}topology: {kind: stochastic-block, groups: {}, degrees: [[1]]}`, 'topology.groups (spec.yaml, line 4, column 44): no groups: expected shares or sizes, by name'],
  ['rows of blocks', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}, degrees: [[1, 2]]}`, 'topology.degrees (spec.yaml, line 4, column 71): the number of entries differs from that of groups: expected 2, one for each group (a, b), got 1'],
  ['a row of blocks', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}, degrees: [[1, 2], [1]]}`, 'topology.degrees[1] (spec.yaml, line 4, column 80): the number of entries differs from that of groups: expected 2, one for each group (a, b), got 1'],
  ['a probability above 1', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}, probabilities: [[0, 1.5], [1.5, 0]]}`, 'topology.probabilities[0][1] (spec.yaml, line 4, column 82): out of range: expected a number from 0 to 1, got 1.5. And 1 more error'],
  ['a probability above 1 by name', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}, probabilities: {a: {b: 2}}}`, 'topology.probabilities.a.b (spec.yaml, line 4, column 85): out of range: expected a number from 0 to 1, got 2'],
  ['an unknown block', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}, degrees: {a: {c: 2}}}`, 'topology.degrees.a.c (spec.yaml, line 4, column 76): unknown group "c": expected one of a, b'],
  ['asymmetric probabilities', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.5, b: 0.5}, probabilities: [[0.1, 0.2], [0.3, 0.1]]}`, 'topology.probabilities[1][0] (spec.yaml, line 4, column 91): the two entries of a and b disagree, but in an undirected graph the matrix is symmetric: expected 0.2, got 0.3. Or set directed: true'],
  ['unbalanced degrees', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.2, b: 0.8}, degrees: {a: {b: 4}, b: {a: 4}}}`, 'topology.degrees.b.a (spec.yaml, line 4, column 90): the two entries of a and b disagree, but in an undirected graph agents × degrees are the same both ways: expected 1, got 4. Or set directed: true'],
  ['too high a degree between blocks', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.2, b: 0.8}, degrees: {a: {b: 81}}}`, 'topology.degrees.a.b (spec.yaml, line 4, column 79): too many neighbours for a group of 80: expected at most 80, got 81'],
  ['too high a degree within a block', `${BASE}topology: {kind: stochastic-block, groups: {a: 0.2, b: 0.8}, degrees: {a: {a: 20}}}`, 'topology.degrees.a.a (spec.yaml, line 4, column 79): too many neighbours for a group of 20: expected at most 19, got 20'],
  ['groups beside blocks', `${BASE}groups: {c: 1}\ntopology: {kind: stochastic-block, groups: {a: 1}, degrees: [[1]]}`, 'groups (spec.yaml, line 4, column 9): the topology names the groups already. Leave groups out here'],
  ['more graphs than replicas', `${BASE}topology: {kind: random-regular, degree: 4, realisations: 3}`, 'topology.realisations (spec.yaml, line 4, column 59): more graphs than replicas: expected at most 1 (replicas) or per-replica, got 3'],
  ['an unknown order', `${BASE}topology: {kind: random-regular, degree: 4, order: degre}`, 'topology.order (spec.yaml, line 4, column 52): unknown order "degre". Did you mean "degree"?'],
  ['an order of what is computed', `${BASE}topology: {kind: ring, order: degree}`, 'topology.order (spec.yaml, line 4, column 24): unknown ring option "order". Known: kind, reach'],
  ['an order of the small network', `${BASE}topology: {kind: upscaled, from: {kind: edges, file: x.txt, order: degree}}`, 'topology.from.order (spec.yaml, line 4, column 61): unknown edges option "order". Known: kind, file, format, delimiter, columns, groups, filter, directed, reverse, self_loops, duplicates'],
  ['an unsupported topology', 'model: pairs\npopulation: 10\nsteps: 1\ntopology: {kind: lattice, width: 3, height: 3}', 'topology.kind (spec.yaml, line 4, column 18): the model does not support topology lattice: expected one of complete, ring, upscaled, got "lattice"'],
  ['a share above 1', `${BASE}init: {opinion: 1.5}`, 'init.opinion (spec.yaml, line 4, column 17): out of range: expected a number from 0 to 1, got 1.5'],
  ['shares that do not sum to 1', `${BASE}init: {opinion: {0: 0.5, 1: 0.6}}`, 'init.opinion (spec.yaml, line 4, column 17): the shares do not sum to 1: expected a sum of 1, got 1.1'],
  ['shares above 1 beside a rest', `${BASE}init: {phase: {calm: 0.7, angry: 0.6, gone: rest}}`, 'init.phase (spec.yaml, line 4, column 15): the shares do not sum to 1: expected a sum of 1, got 1.3'],
  ['two rests', `${BASE}init: {phase: {calm: rest, angry: rest}}`, 'init.phase.angry (spec.yaml, line 4, column 35): a second rest: expected at most one value with the rest'],
  ['an unknown label', `${BASE}init: {phase: {angri: 1}}`, 'init.phase.angri (spec.yaml, line 4, column 16): unknown value "angri". Did you mean "angry"?'],
  ['a value out of the field', `${BASE}init: {level: {1: 0.5, 7: 0.5}}`, 'init.level.7 (spec.yaml, line 4, column 24): out of range: expected a value from 1 to 4, got 7'],
  ['a value out of the range of a field', `${BASE}init: {weight: 2}`, 'init.weight (spec.yaml, line 4, column 16): out of range: expected a number from -1 to 1, got 2'],
  ['no value of a field', `${BASE}init: {weight: much}`, 'init.weight (spec.yaml, line 4, column 16): unexpected value: expected a number from -1 to 1, or values per agent ({value: …}, {distribution: …}, {file: …}, {run: …} or {by: group, …}), got "much"'],
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
  ['a Gini coefficient of what may be negative', `${BASE}measure: {add: {x: {kind: gini, field: weight}}}`, 'measure.add.x.field (spec.yaml, line 4, column 40): "weight" may be negative: expected a field that is never negative, got -1 to 1'],
  ['a weight that may be negative', `${BASE}measure: {add: {x: {kind: misalignment, field: phase, weight: weight}}}`, 'measure.add.x.weight (spec.yaml, line 4, column 63): "weight" may be negative: expected a field that is never negative, got -1 to 1'],
  ['a conflict of too few goals', `${BASE}measure: {add: {x: {kind: misalignment, field: phase, conflict: [[0, 1], [1, 0, 0], [1, 0, 0]]}}}`, 'measure.add.x.conflict (spec.yaml, line 4, column 65): not a matrix of the goals: expected 3 rows of 3 numbers, one for each goal'],
  ['a one-sided conflict', `${BASE}measure: {add: {x: {kind: misalignment, field: opinion, conflict: [[0, 1], [0.5, 0]]}}}`, 'measure.add.x.conflict (spec.yaml, line 4, column 67): not a conflict of goals: expected numbers from 0 to 1, the same for two goals in either order'],
  ['assortativity by group', `${BASE}groups: {a: 0.5, b: 0.5}\nmeasure: {add: {x: {kind: assortativity, field: level, by: group}}}`, 'measure.add.x.by (spec.yaml, line 5, column 60): assortativity of some agents: expected neither `among` nor `by`, since a link belongs to two agents'],
  ['a quantile out of range', `${BASE}measure: {add: {x: {kind: quantile, field: level, q: 95}}}`, 'measure.add.x.q (spec.yaml, line 4, column 54): out of range: expected a number from 0 to 1, got 95'],
  ['an interval of 0', `${BASE}measure: 0`, 'measure (spec.yaml, line 4, column 10): out of range: expected an integer of at least 1, got 0'],
  ['a stop that is no condition', `${BASE}stop: 3`, 'stop (spec.yaml, line 4, column 7): unexpected value: expected a condition such as {when: up, above: 0.9}, or a list of them, got 3'],
  ['a stop without a comparison', `${BASE}stop: {when: up}`, 'stop (spec.yaml, line 4, column 7): nothing to compare with: expected one of above, below, equals'],
  ['a stop with two comparisons', `${BASE}stop: [{when: up, above: 1}, {when: up, above: 1, below: 2}]`, 'stop[1].below (spec.yaml, line 4, column 51): a second comparison: expected one of above, below, equals'],
  ['a stop on an unknown measure', `${BASE}stop: {when: upp, above: 1}`, 'stop.when (spec.yaml, line 4, column 14): unknown measure "upp". Did you mean "up"?'],
  ['a stop on a histogram', `${BASE}measure: {add: {levels: {kind: histogram, field: level}}}\nstop: {when: levels, above: 1}`, 'stop.when (spec.yaml, line 5, column 14): "levels" is a histogram, not one value. Use a measure of one value, such as a share or a mean'],
  ['a stop on a bin', `${BASE}measure: {add: {levels: {kind: histogram, field: level}}}\nstop: [{when: levels.2, above: 1}]`, 'stop[0].when (spec.yaml, line 5, column 15): "levels" is a histogram, not one value. Use a measure of one value, such as a share or a mean'],
  ['a stop on all groups', `${BASE}groups: {a: 0.5, b: 0.5}\nmeasure: {add: {x: {kind: isolated, by: group}}}\nstop: {when: x, above: 1}`, 'stop.when (spec.yaml, line 6, column 14): "x" has a value for each group: expected one of x.a, x.b'],
  ['a stop on an unknown group', `${BASE}groups: {aaa: 0.5, bbb: 0.5}\nmeasure: {add: {x: {kind: isolated, by: group}}}\nstop: {when: x.aab, above: 1}`, 'stop.when (spec.yaml, line 6, column 14): unknown group in "x.aab". Did you mean "x.aaa"?'],
  ['a stop on a group of a measure without', `${BASE}stop: {when: up.a, above: 1}`, 'stop.when (spec.yaml, line 4, column 14): "up" is not measured by group. Write "up", or measure it by group'],
  ['a stop at no number', `${BASE}stop: {when: up, above: high}`, 'stop.above (spec.yaml, line 4, column 25): not a number: expected a number, got "high"'],
  ['a stop after no step', `${BASE}stop: {when: up, above: 1, for: 0}`, 'stop.for (spec.yaml, line 4, column 33): out of range: expected an integer of at least 1, got 0'],
  ['a stop of some worlds', `${BASE}stop: {when: up, above: 1, worlds: some}`, 'stop.worlds (spec.yaml, line 4, column 36): unknown word "some". Known: all, any'],
  ['an unknown key of a stop', `${BASE}stop: {when: up, abov: 1}`, 'stop.abov (spec.yaml, line 4, column 18): unknown key "abov". Did you mean "above"?'],
  ['two schedules', `${BASE}measure: {every: 5, log: 3}`, 'measure.log (spec.yaml, line 4, column 21): a second schedule: expected one of every, at, ranges, log'],
  ['steps out of order', `${BASE}measure: {at: [0, 5, 5]}`, 'measure.at[2] (spec.yaml, line 4, column 22): not in ascending order: expected a step after 5, got 5'],
  ['a step beyond the last', `${BASE}measure: {at: [0, 11]}`, 'measure.at[1] (spec.yaml, line 4, column 19): beyond the last step: expected at most 10 (steps), got 11'],
  ['no steps to measure', `${BASE}measure: {at: []}`, 'measure.at (spec.yaml, line 4, column 15): out of range: expected a list of steps, got an empty list'],
  ['overlapping ranges', `${BASE}measure: {ranges: [{from: 0, to: 5, every: 1}, {from: 4, every: 2}]}`, 'measure.ranges[1].from (spec.yaml, line 4, column 55): the ranges overlap: expected a step from 5 on, where the range before it ends, got 4'],
  ['an open range before another', `${BASE}measure: {ranges: [{from: 0, every: 1}, {from: 4, every: 2}]}`, 'measure.ranges[0].to (spec.yaml, line 4, column 20): missing: expected a step, since only the last range may go on to the end'],
  ['a range backwards', `${BASE}measure: {ranges: [{from: 5, to: 4, every: 1}]}`, 'measure.ranges[0].to (spec.yaml, line 4, column 34): the range ends before it begins: expected a step from 5 on, got 4'],
  ['a range beyond the last step', `${BASE}measure: {ranges: [{from: 0, to: 99, every: 1}]}`, 'measure.ranges[0].to (spec.yaml, line 4, column 34): beyond the last step: expected at most 10 (steps), got 99'],
  ['a range without an interval', `${BASE}measure: {ranges: [{from: 0}]}`, 'measure.ranges[0].every (spec.yaml, line 4, column 20): missing: expected an integer of at least 1'],
  ['too many per decade', `${BASE}measure: {log: 1001}`, 'measure.log (spec.yaml, line 4, column 16): out of range: expected an integer from 1 to 1000, got 1001'],
  ['an unknown field to record', `${BASE}record: [opinon]`, 'record[0] (spec.yaml, line 4, column 10): unknown field "opinon". Did you mean "opinion"?'],
  ['a field recorded twice', `${BASE}record: [opinion, opinion]`, 'record[1] (spec.yaml, line 4, column 19): opinion comes twice: expected different fields'],
  ['a recording of nothing', `${BASE}record: 3`, 'record (spec.yaml, line 4, column 9): unexpected value: expected a list of fields, or a mapping such as {fields, steps}, got 3'],
  ['a recording without fields', `${BASE}record: {steps: final}`, 'record.fields (spec.yaml, line 4, column 9): missing: expected a list of fields'],
  ['an unknown field of a recording', `${BASE}record: {fields: [opinon]}`, 'record.fields[0] (spec.yaml, line 4, column 19): unknown field "opinon". Did you mean "opinion"?'],
  ['a field twice in a recording', `${BASE}record: {fields: [opinion, opinion]}`, 'record.fields[1] (spec.yaml, line 4, column 28): opinion comes twice: expected different fields'],
  ['unknown steps to record', `${BASE}record: {fields: [opinion], steps: finl}`, 'record.steps (spec.yaml, line 4, column 36): unknown word "finl". Did you mean "final"?'],
  ['a recorded step beyond the last', `${BASE}record: {fields: [opinion], steps: [0, 20]}`, 'record.steps[1] (spec.yaml, line 4, column 40): beyond the last step: expected at most 10 (steps), got 20'],
  ['recorded steps out of order', `${BASE}record: {fields: [opinion], steps: [5, 2]}`, 'record.steps[1] (spec.yaml, line 4, column 40): not in ascending order: expected a step after 5, got 2'],
  ['too many first agents', `${BASE}record: {fields: [opinion], agents: {first: 101}}`, 'record.agents.first (spec.yaml, line 4, column 45): more agents than there are: expected at most 100 (population), got 101'],
  ['too large a sample', `${BASE}record: {fields: [opinion], agents: {sample: 101}}`, 'record.agents.sample (spec.yaml, line 4, column 46): more agents than there are: expected at most 100 (population), got 101'],
  ['agents chosen twice', `${BASE}record: {fields: [opinion], agents: {first: 1, sample: 1}}`, 'record.agents.sample (spec.yaml, line 4, column 48): a second choice: expected one of first, sample, group'],
  ['agents of no choice', `${BASE}record: {fields: [opinion], agents: {}}`, 'record.agents (spec.yaml, line 4, column 37): nobody is chosen: expected one of first, sample, group'],
  ['agents by an unknown word', `${BASE}record: {fields: [opinion], agents: some}`, 'record.agents (spec.yaml, line 4, column 37): unknown word "some". Known: all'],
  ['agents of an absent group', `${BASE}record: {fields: [opinion], agents: {group: a}}`, 'record.agents.group (spec.yaml, line 4, column 45): there are no groups. Add groups to the spec'],
  ['agents of an unknown group', `${BASE}groups: {bots: 10, people: 90}\nrecord: {fields: [opinion], agents: {group: [bots, peple]}}`, 'record.agents.group[1] (spec.yaml, line 5, column 52): unknown group "peple". Did you mean "people"?'],
  ['agents of a group twice', `${BASE}groups: {bots: 10, people: 90}\nrecord: {fields: [opinion], agents: {group: [bots, bots]}}`, 'record.agents.group[1] (spec.yaml, line 5, column 52): bots comes twice: expected different groups'],
  ['more replicas recorded than there are', `${BASE}record: {fields: [opinion], worlds: {replicas: 2}}`, 'record.worlds.replicas (spec.yaml, line 4, column 48): more than there are: expected at most 1 (replicas), got 2'],
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
