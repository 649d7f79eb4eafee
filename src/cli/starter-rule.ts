// The files that `groundswell init --rule NAME` writes: a small model that works, to be edited. They are those of templates/rule under another name.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { catalogue, defineModel, GroundswellError, type Model, prepare } from '../index.ts';
import { starterSpec } from './starter-spec.ts';
import { loadModels } from './user-models.ts';
import { PACKAGE } from './version.ts';

/** The rule's name in the templates. */
const TEMPLATE = 'template_rule';
const FOLDER = new URL('templates/rule/', PACKAGE);

/** Rules are in snake_case, models in kebab-case: words of small letters and digits. */
const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const modelName = (rule: string): string => rule.replaceAll('_', '-');

/** Texts by file name: rule, model, spec and test. Throws an input error if no rule or no model can have the name. */
export async function starterRule(name: string): Promise<Record<string, string>> {
  refuseBadName(name);
  const rename = (text: string): string =>
    text.replaceAll(TEMPLATE, name).replaceAll(modelName(TEMPLATE), modelName(name));
  const read = async (ending: string): Promise<string> =>
    rename(await readFile(new URL(`${TEMPLATE}${ending}`, FOLDER), 'utf8'));
  const rule = await read('.wgsl');
  const model = await planned(name, rule);
  return {
    [`${name}.wgsl`]: rule,
    [`${name}.js`]: await read('.js'),
    [`${name}.yaml`]: starterSpec(model, `groundswell run ${name}.yaml --model ./${name}.js`),
    [`${name}.test.js`]: await read('.test.js'),
  };
}

function refuseBadName(name: string): void {
  if (!NAME.test(name)) {
    const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean); // biome-ignore format: one thought
    const instead = words.join('_');
    throw new GroundswellError({
      what: 'bad name of a rule',
      where: '--rule',
      expected: 'words of small letters and digits, joined by underscores',
      got: `"${name}"`,
      hint: NAME.test(instead) ? `write ${instead}` : undefined,
    });
  }
  if (catalogue.some(model => model.name === modelName(name))) {
    throw new GroundswellError({
      what: `the catalogue has a model "${modelName(name)}" already`,
      where: '--rule',
      hint: `choose another name, such as my_${name}`,
    });
  }
}

/** The template's model under the name. That it can be planned shows that WGSL, the library and the kernels leave the name free. */
async function planned(name: string, text: string): Promise<Model> {
  const [template] = await loadModels(fileURLToPath(new URL(`${TEMPLATE}.js`, FOLDER)), []);
  try {
    const shaders = { [name]: { path: `${name}.wgsl`, text } };
    const model = defineModel({ ...template, name: modelName(name), rules: [name], shaders });
    await prepare({ value: { model: model.name, population: 10, steps: 1 } }, { models: [model] });
    return model;
  } catch (cause) {
    if (!(cause instanceof GroundswellError)) throw cause;
    throw new GroundswellError({
      what: `a rule cannot be named "${name}"`,
      where: '--rule',
      expected: 'a name that neither WGSL nor a function that rules can import has',
      hint: `choose another, such as ${name}_rule`,
      cause,
    });
  }
}
