// What a manifest says of a run before its first step.
import type { ManifestDraft } from '../record/index.ts';
import { statistics, type Topology } from '../topology/index.ts';
import { interventionEntries } from './interventions.ts';
import { notesBefore } from './notes.ts';
import type { World } from './open.ts';

/** The manifest of a run as far as it is known when it starts. `version` is the package's. */
export function manifestDraft(
  world: World,
  { version, specFile, startedAt }: { version: string; specFile?: string; startedAt: Date },
): ManifestDraft {
  const { prepared, plan, engine } = world;
  const { spec } = prepared;
  const { level, reasons } = plan.reproducible;
  const { description, architecture } = engine.details;
  return {
    groundswell: version,
    spec: prepared.source,
    ...(specFile !== undefined && { specFile }),
    model: { name: spec.model.name, source: spec.model.source },
    seed: spec.seed,
    engine: {
      name: engine.name,
      adapter: engine.device,
      driver: text(description),
      architecture: text(architecture),
      reason: engine.reason,
    },
    kernelHash: prepared.kernelHash,
    reproducible: level,
    ...(reasons.length > 0 && { reasons: reasons.map(({ what, where }) => `${where}: ${what}`) }),
    population: plan.population,
    worlds: plan.worlds.length,
    points: spec.points.length,
    replicas: spec.replicas,
    ...(spec.interventions.length > 0 && { interventions: interventionEntries(plan) }),
    topology: describeTopology(prepared.topology),
    inputs: [...prepared.inputs],
    startedAt: startedAt.toISOString(),
    timings: prepared.timings,
    notes: notesBefore(prepared),
  };
}

function text(value: string | number | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}

/** Of the first graph, where there are several. */
function describeTopology({ kind, nodeCount, implicit, graphs }: Topology): Record<string, unknown> {
  if (implicit) return { kind, nodes: nodeCount, degree: implicit.degree };
  const { selfLoops, duplicates } = graphs[0].report;
  return { kind, graphs: graphs.length, ...statistics(graphs[0]), selfLoops, duplicates };
}
