// What a reader should know before believing a run's numbers. Plain sentences, for the manifest and the report.
import type { Graph } from '../topology/index.ts';
import { interventionNotes } from './interventions.ts';
import type { Prepared } from './prepare.ts';
import type { Stopped } from './stop.ts';

/** What is known before the first step. */
export function notesBefore({ spec, topology, plan }: Prepared): string[] {
  const graphs = topology.graphs ?? [];
  return [
    ...sharedGraph(graphs.length, spec.topology.kind === 'edges', spec.replicas),
    ...(graphs.length > 0 ? graphNotes(graphs[0], graphs.length) : []),
    ...updateNote(spec),
    ...interventionNotes(plan),
    ...theoryNote(spec),
    ...(plan.instrument?.failure ? ['Its rules ran in checked mode.'] : []),
    ...(plan.reproducible.level === 'same-device' ? ['Its results can be reproduced on the same device only.'] : []),
  ];
}

/** What is known after the last. */
export function notesAfter(saturations: number): string[] {
  if (saturations === 0) return [];
  const times = saturations === 1 ? 'One value' : `${count(saturations)} values`;
  return [
    `${times} had to be clamped to the range of a field: the model left the range that it declares. A run with \`--checked\` says where.`,
  ];
}

/** Why the run ended where it did. */
export function stopNotes({ step, condition }: Stopped): string[] {
  return [`Stopped at step ${count(step)}, as asked: ${condition}.`];
}

function sharedGraph(graphs: number, given: boolean, replicas: number): string[] {
  if (graphs === 0 || given || replicas <= graphs) return [];
  const shared = graphs === 1 ? 'One quenched graph' : `${graphs} quenched graphs`;
  return [
    `${shared} for ${count(replicas)} replicas: the intervals are over the dynamics and leave out what differs between graphs, so that this understates intervals. \`topology.realisations: per-replica\` draws a graph for each.`,
  ];
}

function graphNotes({ nodeCount, report }: Graph, graphs: number): string[] {
  const which = graphs > 1 ? ' in the first graph' : '';
  const { isolated, selfLoops, duplicates, dropped, adjustedStubs } = report;
  const notes: string[] = [];
  if (isolated > 0) notes.push(`${count(isolated)} of ${count(nodeCount)} agents look at nobody${which} (isolated).`);
  if (selfLoops.met > 0) notes.push(`Self-loops met${which}: ${count(selfLoops.met)}, of which ${kept(selfLoops)}.`);
  if (duplicates.met > 0)
    notes.push(`Duplicate edges met${which}: ${count(duplicates.met)}, of which ${kept(duplicates)}.`);
  if (dropped > 0) notes.push(`Edges left out${which}, since no switch could make them simple: ${count(dropped)}.`);
  if (adjustedStubs > 0) notes.push(`Ends of edges added or taken away${which} so that degrees fit: ${adjustedStubs}.`);
  return notes;
}

function kept({ met, kept: stayed }: { met: number; kept: number }): string {
  if (stayed === 0) return 'none was kept';
  return stayed === met ? 'all were kept' : `${count(stayed)} were kept`;
}

function updateNote({ model, update }: Prepared['spec']): string[] {
  const { published } = model;
  if (update.kind === published.update) return [];
  return [`The update is ${update.kind}, that of the published model is ${published.update}. ${published.note}`.trim()];
}

/** Theories are those of a run that is left alone. */
function theoryNote({ model, interventions }: Prepared['spec']): string[] {
  if (interventions.length === 0 || !model.theory?.length) return [];
  return ['The theories of the model are left out, since interventions change the run.'];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
