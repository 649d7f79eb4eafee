// What the planner's tests share: plans of made-up models.
import { prepare } from '../../src/experiment/prepare.ts';
import type { Model } from '../../src/model/index.ts';
import type { Plan, PlanOptions } from '../../src/plan/plan.ts';
import type { SpecObject } from '../support/runs.ts';

/** Plans a spec; a made-up model is named by itself. */
export async function planOf(
  model: Model | string,
  spec: SpecObject = {},
  options: PlanOptions & { readFile?: (name: string) => Promise<Uint8Array> } = {},
): Promise<Plan> {
  const name = typeof model === 'string' ? model : model.name;
  const models = typeof model === 'string' ? {} : { models: [model] };
  const value = { model: name, population: 64, topology: 'ring', steps: 10, ...spec };
  return (await prepare({ value }, { ...options, ...models })).plan;
}
