// The topology stage: from the topology part of a spec to graphs in compressed rows, or to a neighbourhood that is computed.
export { buildTopology, realisationCount } from './build.ts';
export { clustering } from './clustering.ts';
export { type ColorClasses, colorClasses } from './coloring.ts';
export { lookersOf } from './lookers.ts';
export { inOrder, numbersInOrder, placesOf } from './order.ts';
export { statistics } from './statistics.ts';
export type {
  EdgeSource,
  Graph,
  ImplicitNeighborhood,
  Order,
  Topology,
  TopologySpec,
} from './types.ts';
