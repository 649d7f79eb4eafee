// groundswell explain
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { type AgentTrace, explainPlan, GroundswellError, type Model, prepare, suggest, traceAgent } from '../index.ts';
import { describeModel, exampleSpec } from './model-reference.ts';
import { integerFrom, type SpecOptions, withSetOption, withSourceOptions } from './options.ts';
import { filesBeside, inputFiles, knownModels, readSpec } from './sources.ts';
import { traceText } from './trace.ts';

interface Options extends SpecOptions {
  wgsl?: boolean;
  agent?: number;
  step?: number;
  replica?: number;
  point?: number;
}

const NEEDS_SPEC = 'an agent acts in a run: write a spec, with a population and steps';

export function explainCommand(): Command {
  const command = new Command('explain')
    .description(
      'explain a model, or the plan of a spec: buffers, passes and, on request, kernels; or what one agent does in a step',
    )
    .argument('<model|spec>', 'name of a model, or file of a spec')
    .option('--wgsl', 'every kernel, linked')
    .option('--agent <i>', 'tell what this agent reads, draws and writes in the step --step', integerFrom(0))
    .option('--step <n>', 'the step to tell of: 1 is the first, 0 the initial state', integerFrom(0))
    .option('--replica <n>', 'the world to tell of (default: 0)', integerFrom(0))
    .option('--point <n>', 'its point, in the order of the results (default: 0)', integerFrom(0));
  return withSourceOptions(withSetOption(command)).action(async (subject: string, options: Options) => {
    const models = await knownModels(options);
    const model = models.find(({ name }) => name === subject);
    const told = refusePartialTrace(options);
    if (told) {
      if (model)
        throw new GroundswellError({
          what: `"${subject}" is a model`,
          expected: 'the file of a spec',
          hint: NEEDS_SPEC,
        });
      refuseNoFile(subject, models);
      console.log(traceText(await traceSpec(subject, models, { ...options, ...told })));
      return;
    }
    if (model) console.log(await explainModel(model, models, options));
    else process.stdout.write(await explainSpec(subject, models, options));
  });
}

async function explainModel(
  model: Model,
  models: readonly Model[],
  { set, wgsl, ...sources }: Options,
): Promise<string> {
  const example = exampleSpec(model);
  const where = 'the example spec';
  const { plan } = await prepare({ value: example, where }, { models, set, readFile: inputFiles(['.'], sources) });
  const spec = Object.entries(example).map(([key, value]) => `  ${key}: ${JSON.stringify(value).replaceAll('"', '')}`);
  return `${describeModel(model)}\n\nexample spec\n${spec.join('\n')}\n\nits plan\n${explainPlan(plan, { wgsl }).trimEnd()}`;
}

async function explainSpec(
  file: string,
  models: readonly Model[],
  { set, wgsl, ...sources }: Options,
): Promise<string> {
  refuseNoFile(file, models);
  const { plan } = await prepare(await readSpec(file), { models, set, readFile: filesBeside(file, sources) });
  return explainPlan(plan, { wgsl });
}

function refuseNoFile(file: string, models: readonly Model[]): void {
  if (existsSync(file)) return;
  throw new GroundswellError({
    what: `"${file}" is neither a model nor a file`,
    hint: suggest(
      file,
      models.map(({ name }) => name),
    ),
  });
}

/** Agent and step, of which a trace needs both. */
function refusePartialTrace({ agent, step, replica, point }: Options): { agent: number; step: number } | undefined {
  if (agent !== undefined && step !== undefined) return { agent, step };
  if ([agent, step, replica, point].every(option => option === undefined)) return undefined;
  throw new GroundswellError({
    what: `an agent's step needs ${agent === undefined ? '--agent' : '--step'}`,
    hint: 'as in --agent 17 --step 3',
  });
}

async function traceSpec(
  file: string,
  models: readonly Model[],
  { agent, step, replica, point, set, seed, ...sources }: Options & { agent: number; step: number },
): Promise<AgentTrace> {
  const readFile = filesBeside(file, sources);
  return traceAgent(await readSpec(file), { agent, step, replica, point, models, set, seed, readFile });
}
