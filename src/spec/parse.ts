// What a user writes → a complete run. The one function that the rest of the project calls; it throws the one error, with the place.
import { suggest } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { checkConstraints, checkRequirements } from './constraints.ts';
import { problemsOf, show } from './fault.ts';
import { readGroups } from './groups.ts';
import { readInterventions } from './interventions.ts';
import { readMeasure } from './measures.ts';
import { readOrigin, type SpecInput } from './origin.ts';
import { withOverlays } from './overlays.ts';
import { firstError, readingOf } from './place.ts';
import { expandPoints, type WrittenPoints } from './points.ts';
import { readRecord } from './record.ts';
import { readRelations } from './relations.ts';
import { roleNames } from './roles.ts';
import { readScenario } from './scenario.ts';
import { schemaOf } from './schema.ts';
import { type Assignment, assign, isMapping, readAssignment } from './set.ts';
import type { Fail } from './shares.ts';
import type { Reading } from './sources.ts';
import type { ParsedSpec, Spec, TopologySpec } from './spec.ts';
import { readStop } from './stop.ts';
import { readTopology } from './topology.ts';

/** What may be changed from outside of a spec. */
export interface ParseOptions {
  /** Changes of the form `path=value`, in order. */
  set?: readonly string[];
  /** Changes after those, such as those of a scenario; an undefined value takes away. */
  changes?: readonly Assignment[];
  /** Stands for the spec's `seed`. */
  seed?: string | number;
}

/**
 * Reads a spec. Everything about it is checked here: names, types, ranges, and whether its parts fit each other. Throws a
 * `GroundswellError` that names the first fault, its path, and its line and column where the spec is text.
 */
export function parseSpec(input: SpecInput, models: readonly Model[], options: ParseOptions = {}): ParsedSpec {
  const origin = readOrigin(input);
  const changes = [...(options.set ?? []).map(readAssignment), ...(options.changes ?? [])];
  if (options.seed !== undefined) changes.push({ path: ['seed'], value: options.seed, from: '--seed' });
  const source = isMapping(origin.value) ? changes.reduce(assign, origin.value as unknown) : origin.value;
  const reading = readingOf(origin, changes);
  const { fail } = reading;
  if (!isMapping(source)) {
    return fail([], { what: 'not a spec', expected: 'a mapping such as {model: …, steps: …}', got: show(source) });
  }
  const model = findModel(source, models, fail);
  const result = schemaOf(model).safeParse(source);
  if (!result.success) throw firstError(problemsOf(result.error.issues, source), origin, changes);
  return { spec: complete(model, result.data, source, reading), source: plainCopy(source) };
}

type Written = ReturnType<ReturnType<typeof schemaOf>['parse']>;

function findModel(source: Record<string, unknown>, models: readonly Model[], fail: Fail): Model {
  const names = models.map(({ name }) => name);
  const expected = `one of ${names.join(', ')}`;
  const { model: name } = source;
  if (name === undefined) return fail(['model'], { what: 'missing', expected });
  const model = models.find(candidate => candidate.name === name);
  if (model) return model;
  if (typeof name !== 'string') return fail(['model'], { what: 'not a name', expected, got: show(name) });
  return fail(['model'], { what: `unknown model "${name}"`, hint: suggest(name, names) });
}

/** Fills in what depends on other keys, and checks what holds between them. */
function complete(model: Model, written: Written, source: Record<string, unknown>, reading: Reading): Spec {
  const { fail } = reading;
  const { replicas, steps, seed } = written;
  const { topology, population } = readTopology(written.topology, written, fail);
  const update = readUpdate(model, written, topology, source, fail);
  const groups = readGroups(written.groups, population, reading);
  const blocks = topology.kind === 'stochastic-block';
  if (blocks && groups.length > 0) {
    fail(['groups'], { what: 'the topology names the groups already', hint: 'leave groups out here' });
  }
  // a network's file may bring groups; the planner knows
  const fromFile = groups.length === 0 && (topology.kind === 'edges' || topology.kind === 'upscaled');
  const named = topology.kind === 'stochastic-block' ? topology.groups : groups;
  const roles = roleNames(groups);
  const measure = readMeasure(model, written.measure, { steps, grouped: named.length > 0 || fromFile, roles }, fail);
  const groupNames = fromFile ? undefined : named.map(({ name }) => name);
  const relations = written.relations && readRelations(written.relations, groupNames, reading);
  const stop = readStop(written.stop, { measures: measure.measures, groups: groupNames, roles }, fail);
  const record = readRecord(
    written.record,
    { schedule: measure.schedule, replicas, population, groups: groupNames },
    fail,
  );
  // Zod returns the keys in the schema's order; points follow the order that the user wrote.
  const grid = inWrittenOrder(written as WrittenPoints, source);
  const expanded = expandPoints(model, grid, Object.keys(source), replicas, reading);
  const points = withOverlays(model, written.groups, expanded, reading);
  const interventions = readInterventions(
    inOrder(written.interventions, source.interventions),
    { model, steps, groups: groupNames, roles },
    reading,
  );
  checkConstraints(model, points, source, fail);
  checkRequirements({ model, points, update, topology, relations }, groupNames, fail);
  const scenario =
    written.scenario &&
    readScenario(written.scenario, { model, measures: measure.measures, groups: groupNames, roles, source }, reading);
  const size = population === undefined ? {} : { population };
  const optional = { ...(relations && { relations }), ...(record && { record }), ...(scenario && { scenario }) };
  const parts = { topology, groups, points, interventions, update, steps, stop, measure };
  return { model, ...size, replicas, ...parts, ...optional, seed };
}

function inWrittenOrder({ params, init }: WrittenPoints, source: Record<string, unknown>): WrittenPoints {
  return { params: inOrder(params, source.params), init: inOrder(init, source.init) };
}

/** A part in the order in which its keys were written. */
function inOrder<T>(part: Record<string, T>, written: unknown): Record<string, T> {
  const keys = Object.keys((written ?? {}) as object).filter(key => part[key] !== undefined);
  return Object.fromEntries(keys.map(key => [key, part[key]]));
}

function readUpdate(
  model: Model,
  { update = defaultUpdate(model) }: Written,
  topology: TopologySpec,
  source: Record<string, unknown>,
  fail: Fail,
): Spec['update'] {
  if (typeof update === 'object') return { kind: 'activation', activation: update.activation };
  const path = [source.update === undefined ? 'topology' : 'update'];
  const others = model.updates.filter(other => other !== update && (other !== 'pairing' || !oneSided(topology)));
  const way = others.length > 0 ? `for this topology, the model has the updates ${others.join(', ')}` : undefined;
  if (update === 'pairing' && oneSided(topology)) {
    fail(path, {
      what: 'pairing needs agents that look at each other',
      expected: 'topology complete, or an undirected graph',
      got: `${topology.kind}, directed`,
      hint: ['write directed: false', ...(way ? [way] : [])].join('; '),
    });
  }
  if (update === 'sublattice' && topology.kind === 'complete') {
    fail(path, {
      what: 'everybody looks at everybody, so that no two could act at once',
      expected: 'a topology in which agents look at some others only',
      got: topology.kind,
      hint: way,
    });
  }
  return { kind: update, activation: 1 };
}

/** Whether an agent may look at one that does not look back. What only a file of degrees knows, the planner finds. */
function oneSided(topology: TopologySpec): boolean {
  const drawn = topology.kind === 'upscaled' ? topology.edges : topology;
  return drawn !== undefined && 'directed' in drawn && drawn.directed === true;
}

/** A rate of 1 makes activation synchronous, the only rate that no user chose. */
function defaultUpdate(model: Model): NonNullable<Written['update']> {
  const [first] = model.updates;
  return first === 'activation' ? { activation: 1 } : first;
}

/** A copy that later changes of the caller's object do not reach. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, plainCopy(part)]),
  );
}
