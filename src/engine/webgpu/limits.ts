// What a plan asks of a WebGPU device, checked against the adapter before anything is allocated.
import { GroundswellError } from '../../errors.ts';
import { valuesOfBundle } from '../../plan/kernels.ts';
import { bufferBytes } from '../../plan/memory.ts';
import { BUFFERS, type Plan } from '../../plan/plan.ts';

/** Limits that are asked for as high as the adapter goes. The rest are WebGPU's defaults, so that a run does not depend on luck. */
export const RAISED_LIMITS = ['maxStorageBufferBindingSize', 'maxBufferSize'] as const;

export const MAX_GROUPS = 65535;

/** Workgroups of a dispatch: flat lists are cut into rows of 65,535 (see shaders/engine/place.wgsl). */
export function workgroups(plan: Plan, kernel: number): [number, number, number] {
  const { workgroupSize } = plan;
  const { shape } = plan.kernels[kernel];
  const worlds = plan.worlds.length;
  if (shape.kind === 'collect') {
    const perWorld = Math.max(1, Math.min(256, Math.ceil(plan.population / (workgroupSize * COLLECT_ITEMS))));
    const y = Math.min(worlds, MAX_GROUPS);
    return [perWorld, y, Math.ceil(worlds / y)];
  }
  const { bundles } = plan.layout;
  const values = valuesOfBundle(shape, plan.layout);
  const groups = Math.ceil((bundles * (shape.byWords ? 32 * Math.ceil(values / 32) : values)) / workgroupSize);
  return inRows(groups);
}

/** Workgroups of a resident kernel: one for each bundle. */
export function residentWorkgroups({ layout }: Plan): [number, number, number] {
  return inRows(layout.bundles);
}

function inRows(groups: number): [number, number, number] {
  return groups <= MAX_GROUPS ? [groups, 1, 1] : [MAX_GROUPS, Math.ceil(groups / MAX_GROUPS), 1];
}

/** Agents that an invocation of a reduction goes through, at least. */
const COLLECT_ITEMS = 8;

/** Refuses a plan whose buffers are larger than a binding may be. */
export function refuseTooLarge(
  plan: Plan,
  limits: { maxStorageBufferBindingSize: number; maxBufferSize: number },
): void {
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  for (const name of BUFFERS) {
    const bytes = bufferBytes(plan, name);
    if (bytes > most) {
      const mib = (x: number): string => `${Math.ceil(x / 2 ** 20)} MiB`;
      throw new GroundswellError({
        what: `the ${name} buffer does not fit this GPU`,
        where: 'population',
        expected: `at most ${mib(most)}`,
        got: `${mib(bytes)} for ${plan.worlds.length} worlds of ${plan.population} agents`,
        hint: 'use fewer agents, points or replicas, or `--engine cpu`',
      });
    }
  }
}
