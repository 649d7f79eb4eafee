// The order in which agents lie in memory, where it is another than that of their numbers. What is held by agent is laid in that order before it goes into a buffer
// (setup-order.ts), and back into that of the numbers when it comes out of one; draws and digests go by the numbers (shaders/agent/other_order.wgsl).
import { type Graph, inOrder, numbersInOrder, type Order, placesOf, type Topology } from '../topology/index.ts';
import type { FieldLayout } from './layout.ts';
import type { WorldPlan } from './worlds.ts';

/** The order of a run's agents. A place is where an agent lies, from 0. */
export interface PlannedOrder {
  readonly kind: Order;
  /** Of each graph. */
  readonly graphs: readonly GraphOrder[];
}

export interface GraphOrder {
  /** The number of the agent at each place, and the place of the agent of each number. */
  readonly numbers: Uint32Array;
  readonly places: Uint32Array;
  /** Where the links of each number begin among those of the graph, and one more. */
  readonly rowOffsets: Uint32Array;
}

/** The order that a topology asks for. */
export function planOrder(kind: Order | undefined, { graphs }: Topology): PlannedOrder | undefined {
  if (!kind || !graphs) return undefined;
  return {
    kind,
    graphs: graphs.map(graph => {
      const numbers = numbersInOrder(graph, kind);
      return { numbers, places: placesOf(numbers), rowOffsets: graph.rowOffsets };
    }),
  };
}

/** The graphs with their agents in order. */
export function graphsInOrder(graphs: readonly Graph[], order: PlannedOrder): Graph[] {
  return graphs.map((graph, k) => inOrder(graph, order.graphs[k].numbers, order.graphs[k].places));
}

/** What moving values needs of a plan. */
interface Ordered {
  readonly order?: PlannedOrder;
  readonly worlds: readonly WorldPlan[];
}

/** Values of a field, world by world, in the order of the numbers instead of that of the places. */
export function byNumber(values: Uint32Array, place: FieldLayout, plan: Ordered): Uint32Array {
  return moved(values, place, plan, (from, numberAt, to, placeAt, count) => {
    for (let k = 0; k < count; k++) to[numberAt + k] = from[placeAt + k];
  });
}

/** Values of a field, world by world, in the order of the places instead of that of the numbers. */
export function byPlace(values: Uint32Array, place: FieldLayout, plan: Ordered): Uint32Array {
  return moved(values, place, plan, (from, numberAt, to, placeAt, count) => {
    for (let k = 0; k < count; k++) to[placeAt + k] = from[numberAt + k];
  });
}

type Move = (from: Uint32Array, numberAt: number, to: Uint32Array, placeAt: number, count: number) => void;

/** Moves what each agent has of a field: its elements, or the values of its links. */
function moved(
  values: Uint32Array,
  { holder, elements }: FieldLayout,
  { order, worlds }: Ordered,
  move: Move,
): Uint32Array {
  if (!order || holder === 'group') return values;
  const to = new Uint32Array(values.length);
  let first = 0;
  for (const { graph } of worlds) {
    const { numbers, rowOffsets } = order.graphs[graph];
    let placeAt = first;
    for (const number of numbers) {
      const [begin, end] =
        holder === 'link' ? [rowOffsets[number], rowOffsets[number + 1]] : [number * elements, (number + 1) * elements];
      move(values, first + begin, to, placeAt, end - begin);
      placeAt += end - begin;
    }
    first = placeAt;
  }
  return to;
}
