// One kernel for all passes of a step, for a GPU: a workgroup takes a bundle of worlds through many steps, so that a small run does not wait for a dispatch in each pass.
// The passes are linked as ever, with `resident`, and merged; here is the text that calls them. See shaders/engine/resident.wgsl.
import { type MergedEntry, mergeTexts } from '../wgsl/index.ts';
import { type KernelContext, type KernelRequest, linkResident, valuesOfBundle } from './kernels.ts';
import type { StateLayout } from './layout.ts';
import type { Pass } from './passes.ts';

/** A kernel that takes many steps in a dispatch. Planned for every engine, and linked by one that wants it. */
export interface Resident {
  /** Whether it measures too. */
  measures: boolean;
  /** Whether a device in software is to use it too, which gains nothing: dispatches cost it little, and barriers much. */
  inSoftware: boolean;
  /** Its WGSL. */
  link(): Promise<string>;
}

/** Values of a bundle (agents × places of strands) up to which one workgroup is as fast as a dispatch of many. */
const MAX_VALUES = 4096;
/** Values of all bundles up to which dispatches leave a GPU idle; with more they are long enough to hide what they cost. */
const MAX_TOTAL = 2 ** 20;
/** Invocations of its workgroups: as many as every WebGPU device allows, since there is only one for a bundle, and no fewer than share a word. */
const MAX_INVOCATIONS = 256;
const MIN_INVOCATIONS = 32;
/** Bins of all passes together: 8 KiB of the 16 KiB of workgroup memory that every WebGPU device has. */
const MAX_BINS = 1024;

interface ResidentContext extends ResidentText {
  inSoftware: boolean;
}

interface ResidentText {
  step: readonly Pass[];
  measure: readonly Pass[];
  /** What the kernels were made from, by their numbers. */
  requests: readonly KernelRequest[];
  layout: StateLayout;
  context: KernelContext;
}

/** The resident kernel of a plan, if its population is small enough. */
export function residentOf({ inSoftware, ...parts }: ResidentContext): Resident | undefined {
  const { step, measure, requests, layout } = parts;
  const most = mostValues(parts);
  if (step.length === 0 || most > MAX_VALUES || most * layout.bundles > MAX_TOTAL || binsOf(step, requests) > MAX_BINS)
    return undefined;
  const measures = binsOf([...step, ...measure], requests) <= MAX_BINS;
  return { measures, inSoftware, link: () => linkAll({ ...parts, measure: measures ? measure : [] }) };
}

/** Values of the step's largest pass. */
function mostValues({ step, requests, layout }: ResidentText): number {
  return Math.max(...step.map(({ kernel }) => valuesOf(requests[kernel], layout)));
}

/** A power of two, since reductions halve a workgroup again and again. */
function invocationsFor(values: number): number {
  return Math.min(MAX_INVOCATIONS, Math.max(MIN_INVOCATIONS, 2 ** Math.ceil(Math.log2(values))));
}

function valuesOf({ shape }: KernelRequest, layout: StateLayout): number {
  return shape.kind === 'items' ? valuesOfBundle(shape, layout) : layout.population;
}

/** Bins in workgroup memory: kernels with equally many share them. */
function binsOf(passes: readonly Pass[], requests: readonly KernelRequest[]): number {
  const counts = new Set(passes.map(({ kernel }) => requests[kernel].constants?.BINS ?? 0));
  return [...counts].reduce((sum, count) => sum + count, 0);
}

/** What the kernel calls in each step and in each measured one. */
const OPEN = ['take_step', 'measure_step'];
/** Names within these, which nothing else may have. */
const LOCALS = ['its_bundle', 'its_lane', 'its_strand', 'its_first', 'its_part'];
const LOOP = OPEN.map(name => `fn ${name}(its_bundle: u32, its_lane: u32) {}`).join('\n');

async function linkAll(parts: ResidentText): Promise<string> {
  const { step, measure, requests, layout, context } = parts;
  const invocations = invocationsFor(mostValues(parts));
  const sized = { ...context, constants: { ...context.constants, WORKGROUP: invocations } };
  const kernels = [...new Set([...step, ...measure].map(({ kernel }) => kernel))];
  const { agent } = requests[kernels[0]];
  const root = await linkResident(sized, {
    label: '',
    entry: 'resident',
    shape: { kind: 'collect' },
    agent,
    pass: LOOP,
  });
  const texts: string[] = [];
  for (const kernel of kernels) texts.push(await linkResident(sized, requests[kernel]));
  const { text, entries } = mergeTexts(root, texts, [...OPEN, ...LOCALS]);
  const calls = new Map(
    kernels.map((kernel, k) => [kernel, callText(requests[kernel], entries[k], layout, invocations)]),
  );
  const callsOf = (passes: readonly Pass[]): string =>
    turnsOf(passes)
      .map(turn =>
        turnText(
          turn,
          turn.kernels.map(kernel => calls.get(kernel)!),
        ),
      )
      .join('\n');
  const functions = [callsOf(step), callsOf(measure)].map(
    (body, k) => `fn ${OPEN[k]}(its_bundle: u32, its_lane: u32) {\n${body}\n}`,
  );
  return [text, ...functions].join('\n\n');
}

/** Kernels that run one after the other in each of some consecutive parts of a step. */
interface Turn {
  kernels: number[];
  first: number;
  parts: number;
}

/** Passes as turns: rounds of a matching and classes of agents are many passes of few kernels. */
export function turnsOf(passes: readonly Pass[]): Turn[] {
  const turns: Turn[] = [];
  for (const { kernel, part } of passes) {
    const last = turns.at(-1);
    if (last?.first === part && last.parts === 1) last.kernels.push(kernel);
    else turns.push({ kernels: [kernel], first: part, parts: 1 });
  }
  return turns.reduce<Turn[]>((merged, turn) => {
    const before = merged.at(-1);
    const goesOn = before && turn.first === before.first + before.parts && `${turn.kernels}` === `${before.kernels}`;
    if (goesOn) before.parts++;
    else merged.push(turn);
    return merged;
  }, []);
}

function turnText({ first, parts }: Turn, calls: readonly string[]): string {
  const body = calls.join('\n');
  if (parts === 1) return `frame.part = ${first}u;\n${body}`;
  return `for (var its_part = ${first}u; its_part < ${first + parts}u; its_part++) {\nframe.part = its_part;\n${body}\n}`;
}

/**
 * A pass in the workgroup of a bundle: its entry runs as if it had been dispatched, invocation by invocation, with private variables as at the beginning of each.
 * The barrier at the end is what the end of a dispatch is otherwise.
 */
function callText(
  { shape }: KernelRequest,
  { name, builtins, privates }: MergedEntry,
  layout: StateLayout,
  invocations: number,
): string {
  const begin = privates.filter(variable => variable.name !== 'frame').map(variable => variable.begin);
  const { bundled, bundles, strands } = layout;
  // the number of the world: see enter_world
  const world = `its_strand / ${bundled}u * ${bundled * bundles}u + its_bundle * ${bundled}u + its_strand % ${bundled}u`;
  const given: Readonly<Record<string, string>> =
    shape.kind === 'collect'
      ? {
          local_invocation_index: 'its_lane',
          workgroup_id: `vec3u(0u, ${world}, 0u)`,
          num_workgroups: 'vec3u(1u)',
        }
      : { local_invocation_index: 'its_lane', global_invocation_id: 'vec3u(its_first + its_lane, 0u, its_bundle)' };
  const call = [...begin, `${name}(${builtins.map(builtin => given[builtin]).join(', ')});`].join('\n');
  const loop =
    shape.kind === 'collect'
      ? `for (var its_strand = 0u; its_strand < ${strands}u; its_strand++)`
      : `for (var its_first = 0u; its_first < ${valuesOfBundle(shape, layout)}u; its_first += ${invocations}u)`;
  return `${loop} {\n${call}\n}\nstorageBarrier();`;
}
