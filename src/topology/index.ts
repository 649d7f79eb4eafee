// The topology stage: from the topology part of a spec to graphs in compressed rows, or to a neighbourhood that is computed.
export { buildTopology, realisationCount } from './build.ts';
export { type Clustering, clustering } from './clustering.ts';
export { type GraphStatistics, statistics } from './statistics.ts';
export type {
  BuildContext,
  Column,
  CompleteSpec,
  ConfigurationSpec,
  DegreeShare,
  EdgeSource,
  EdgesSpec,
  ErdosRenyiSpec,
  Graph,
  GraphReport,
  ImplicitNeighborhood,
  LatticeNeighborhood,
  LatticeSpec,
  RandomRegularSpec,
  RingSpec,
  Topology,
  TopologySpec,
  UpscaledSpec,
} from './types.ts';
