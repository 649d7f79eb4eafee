// What the setup arena is made from, with everything that is held by agent in the order in which agents lie.
import { writtenSources } from '../spec/intervention-spec.ts';
import type { FieldSource } from '../spec/spec.ts';
import type { Values } from '../values/index.ts';
import type { Classes } from './classes.ts';
import type { Groups } from './neighborhood.ts';
import type { PlannedOrder } from './order.ts';
import type { Aimed } from './settings.ts';
import type { SetupContext } from './setup.ts';

export function setupInOrder(context: SetupContext, order: PlannedOrder): SetupContext {
  const { groups, structure, classes, aimed, population } = context;
  const { roles } = structure;
  const laying = new Laying(context, order);
  return {
    ...context,
    order,
    groups: groupsInOrder(groups, order, population),
    structure: { ...structure, ...(roles && { roles: { ...roles, numbers: laying.ofRoles(roles.numbers) } }) },
    classes: classes && classesInOrder(classes, order),
    values: valuesInOrder(context, laying),
    aimed: aimed.map(({ intervention, targets }): Aimed => {
      const { masks } = targets;
      return { intervention, targets: { ...targets, ...(masks && { masks: laying.ofBits(masks) }) } };
    }),
  };
}

/** Lays words by agent in order. What replicas and sources share they share afterwards, as far as they share a graph. */
class Laying {
  readonly #order: PlannedOrder;
  readonly #graphOf: readonly number[];
  readonly #laid = new Map<Uint32Array, Uint32Array[]>();

  constructor({ worlds }: SetupContext, order: PlannedOrder) {
    this.#order = order;
    this.#graphOf = worlds.filter(({ point }) => point === 0).map(({ graph }) => graph);
  }

  /** The words of each replica, `width` of every agent; or no more than that, which everybody shares. */
  ofAgents(words: readonly Uint32Array[], width = 1): Uint32Array[] {
    return words.map((of, replica) =>
      of.length <= width ? of : this.#once(of, replica, numbers => laidOut(of, numbers, width)),
    );
  }

  /** The bits of each replica. */
  ofBits(masks: readonly Uint32Array[]): Uint32Array[] {
    return masks.map((mask, replica) => this.#once(mask, replica, numbers => bitsLaidOut(mask, numbers)));
  }

  /** The roles of the first replicas, which come again with those after them, as long as their graphs do. */
  ofRoles(numbers: readonly Uint32Array[]): Uint32Array[] {
    const period = Math.max(numbers.length, this.#order.graphs.length);
    return this.ofAgents(Array.from({ length: period }, (_, replica) => numbers[replica % numbers.length]));
  }

  #once(words: Uint32Array, replica: number, lay: (numbers: Uint32Array) => Uint32Array): Uint32Array {
    const graph = this.#graphOf[replica];
    const laid = this.#laid.get(words) ?? [];
    this.#laid.set(words, laid);
    laid[graph] ??= lay(this.#order.graphs[graph].numbers);
    return laid[graph];
  }
}

function laidOut(words: Uint32Array, numbers: Uint32Array, width = 1): Uint32Array {
  const laid = new Uint32Array(words.length);
  for (let place = 0; place < numbers.length; place++) {
    for (let k = 0; k < width; k++) laid[place * width + k] = words[numbers[place] * width + k];
  }
  return laid;
}

function bitsLaidOut(bits: Uint32Array, numbers: Uint32Array): Uint32Array {
  const laid = new Uint32Array(bits.length);
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place];
    laid[place >>> 5] |= ((bits[number >>> 5] >>> (number & 31)) & 1) << (place & 31);
  }
  return laid;
}

/** Each graph has its own order, and so its own numbers of groups. */
function groupsInOrder(groups: Groups, { graphs }: PlannedOrder, population: number): Groups {
  const { perGraph } = groups;
  const numbers = new Uint32Array(groups.numbers.length === 0 ? 0 : graphs.length * population);
  const count = perGraph ? groups.sizes.length / graphs.length : groups.sizes.length;
  const sizes = new Uint32Array(graphs.length * count);
  graphs.forEach((order, graph) => {
    const own = perGraph ? graph : 0;
    const of = groups.numbers.subarray(own * population, (own + 1) * population);
    if (numbers.length > 0) numbers.set(laidOut(of, order.numbers), graph * population);
    sizes.set(groups.sizes.subarray(own * count, (own + 1) * count), graph * count);
  });
  return { ...groups, numbers, sizes, perGraph: true };
}

/** The classes stay what they were; within one, agents come in order. */
function classesInOrder(classes: Classes, { graphs }: PlannedOrder): Classes {
  const { words, count } = classes;
  const data = classes.data.slice();
  graphs.forEach(({ places }, graph) => {
    const offsets = data.subarray(graph * words, graph * words + count + 1);
    const members = data.subarray(graph * words + count + 1, (graph + 1) * words);
    for (let k = 0; k < members.length; k++) members[k] = places[members[k]];
    for (let part = 0; part < count; part++) members.subarray(offsets[part], offsets[part + 1]).sort();
  });
  return { ...classes, data };
}

function valuesInOrder({ spec, values, elements }: SetupContext, laying: Laying): Values {
  const { fields } = spec.model;
  const agents = new Map(values.agents);
  const settings = new Map(values.settings);
  const ofField = (name: string, source: FieldSource): void => {
    if (fields[name].holder === 'group') return;
    agents.set(source, laying.ofAgents(values.agents.get(source)!, elements.get(name)));
  };
  for (const { agentParams = {}, starts = {} } of spec.points) {
    for (const source of Object.values(agentParams)) agents.set(source, laying.ofAgents(values.agents.get(source)!));
    for (const [name, source] of Object.entries(starts)) ofField(name, source);
  }
  for (const intervention of spec.interventions) {
    for (const source of Object.values(intervention.set)) {
      settings.set(source, laying.ofAgents(values.settings.get(source)!));
    }
    for (const [name, source] of writtenSources(intervention)) ofField(name, source);
  }
  return { ...values, agents, settings };
}
