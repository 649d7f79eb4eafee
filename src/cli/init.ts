// groundswell init: the files that one begins with, for a model that is there or for a rule of one's own.
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { catalogue, GroundswellError, type Model, suggest } from '../index.ts';
import { writeNewFiles } from './new-files.ts';
import { knownModels } from './sources.ts';
import { starterRule } from './starter-rule.ts';
import { starterSpec } from './starter-spec.ts';
import { textTable } from './table.ts';
import { PACKAGE } from './version.ts';

interface Options {
  rule?: string;
  out?: string;
  dir?: string;
  model?: string;
  force?: boolean;
}

export function initCommand(): Command {
  return new Command('init')
    .description('write a commented spec of a model, or, with --rule, a model of your own to edit')
    .argument('[model]', 'name of a model')
    .option('--out <file>', 'where the spec is written; - prints it (default: MODEL.yaml)')
    .option('--model <file.js>', 'a module that exports models of your own')
    .option('--rule <name>', 'write NAME.wgsl, NAME.js, NAME.yaml and NAME.test.js instead')
    .option('--dir <dir>', 'where they are written (default: here)')
    .option('--force', 'replace files that are there')
    .action(async (name: string | undefined, options: Options) => {
      refuseMixture(name, options);
      console.log(options.rule === undefined ? await initSpec(name, options) : await initRule(options.rule, options));
    });
}

/** A spec and a rule are two things; options of the one say nothing of the other. */
function refuseMixture(name: string | undefined, { rule, out, dir, model }: Options): void {
  const fail = (what: string, hint: string): never => {
    throw new GroundswellError({ what, where: 'init', hint });
  };
  if (rule === undefined) {
    if (dir !== undefined) fail('--dir goes with --rule', 'name the file of the spec with --out');
    return;
  }
  if (name !== undefined) fail(`the model "${name}" does not go with --rule`, 'init a spec and a rule one by one');
  if (out !== undefined) fail('--out does not go with --rule', 'name the folder of its files with --dir');
  if (model !== undefined) fail('--model does not go with --rule', 'init a spec and a rule one by one');
}

async function initSpec(name: string | undefined, { out, model: file, force }: Options): Promise<string> {
  const model = chosenModel(name, await knownModels({ model: file }));
  const path = out === undefined || out === '-' ? `${model.name}.yaml` : out;
  const own = file === undefined ? '' : ` --model ${file}`;
  const run = `groundswell run ${path}${own}`;
  const text = starterSpec(model, run);
  if (out === '-') return text.trimEnd();
  writeNewFiles(dirname(path), { [basename(path)]: text }, { force });
  const steps = [
    [`${run} --dry`, 'what it would take; writes nothing'],
    [run, 'runs it'],
    [`groundswell explain ${model.name}${own}`, 'the model in full'],
  ];
  return `${path}: a spec of ${model.name}, to read and to change\n\nnext\n${textTable(steps, '  ')}`;
}

/** The model of that name; without a name, the only one of the user's own. */
function chosenModel(name: string | undefined, models: readonly Model[]): Model {
  const names = models.map(known => known.name);
  const own = models.filter(known => !catalogue.includes(known));
  if (name === undefined && own.length === 1) return own[0];
  if (name === undefined) {
    const expected = `one of ${names.join(', ')}, or --rule and a name for a rule of your own`;
    throw new GroundswellError({ what: 'no model is named', where: 'init', expected });
  }
  const model = models.find(known => known.name === name);
  if (model) return model;
  throw new GroundswellError({ what: `unknown model "${name}"`, where: 'init', hint: suggest(name, names) });
}

async function initRule(name: string, { dir = '.', force }: Options): Promise<string> {
  const [rule, model, spec, test] = writeNewFiles(dir, await starterRule(name), { force });
  const files = [
    [rule, 'the rule, in WGSL: what an agent does in a step'],
    [model, 'the model: fields, parameters, measures'],
    [spec, 'a spec that runs it'],
    [test, 'tests: by hand, and against theory'],
  ];
  const own = `--model ./${basename(model)}`;
  const inside = resolve(dir) === resolve('.') ? [] : [[`cd ${dir}`, '']];
  const install = `npm init -y && npm pkg set type=module && npm install ${fileURLToPath(new URL('.', PACKAGE))}`;
  const steps = [
    ...inside,
    ...(isInstalled(dir) ? [] : [[install, 'so that the model finds groundswell']]),
    ['node --test', 'they pass; change the rule, and they say what it breaks'],
    [`groundswell run ${basename(spec)} ${own}`, 'runs it'],
    [`groundswell verify runs/${name} ${own} --engine webgpu`, 'the same bits on a GPU'],
  ];
  return `${textTable(files)}\n\nnext\n${textTable(steps, '  ')}`;
}

/** Whether a module in the folder can import this package. */
function isInstalled(dir: string): boolean {
  try {
    createRequire(join(resolve(dir), 'any.js')).resolve('groundswell/package.json');
    return true;
  } catch {
    return false;
  }
}
