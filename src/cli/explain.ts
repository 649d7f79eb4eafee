// groundswell explain
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { explainPlan, GroundswellError, type Model, prepare, suggest } from '../index.ts';
import { describeModel, exampleSpec } from './model-reference.ts';
import { type SpecOptions, withSetOption, withSourceOptions } from './options.ts';
import { filesBeside, inputFiles, knownModels, readSpec } from './sources.ts';

interface Options extends SpecOptions {
  wgsl?: boolean;
}

export function explainCommand(): Command {
  const command = new Command('explain')
    .description('explain a model, or the plan of a spec: buffers, passes and, on request, kernels')
    .argument('<model|spec>', 'name of a model, or file of a spec')
    .option('--wgsl', 'every kernel, linked');
  return withSourceOptions(withSetOption(command)).action(async (subject: string, options: Options) => {
    const models = await knownModels(options);
    const model = models.find(({ name }) => name === subject);
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
  if (!existsSync(file)) {
    throw new GroundswellError({
      what: `"${file}" is neither a model nor a file`,
      hint: suggest(
        file,
        models.map(({ name }) => name),
      ),
    });
  }
  const { plan } = await prepare(await readSpec(file), { models, set, readFile: filesBeside(file, sources) });
  return explainPlan(plan, { wgsl });
}
