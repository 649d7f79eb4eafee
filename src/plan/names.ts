// Which names a model must not use: those that the generated kernels declare themselves, which linking would silently rename, and those of WGSL.
import { GroundswellError } from '../errors.ts';
import { actionRules, type Model, scalarParams, tableParams } from '../model/index.ts';
import { shaders } from '../shaders.generated.ts';

/** A name that a module declares: function, variable, constant or structure. */
export const DECLARATION =
  /^(?:@[^\n]*? )?(?:@group\(\d\) @binding\(\d\) )?(?:fn|var(?:<[^>]*>)?|const|struct) +(\w+)/gm;

/** Declared in generated text: by src/plan/kernels.ts and modules.ts, and variables of the functions there that call accessors. */
const GENERATED = [
  ...['act', 'act_alone', 'gather', 'flush', 'identity', 'deliver', 'load_params', 'param', 'rules_done'],
  ...['at', 'differing', 'end', 'g', 'i', 'index', 'k', 'link', 'me', 'n', 'own', 'sum'],
];

/** Functions and types of WGSL that the shaders call: a function of the same name would hide them. */
const BUILT_IN = [
  ...['array', 'atomic', 'bool', 'f32', 'i32', 'u32', 'vec2u', 'vec3u'],
  ...['abs', 'bitcast', 'clamp', 'max', 'min', 'select'],
];

const taken: ReadonlySet<string> = new Set([
  ...GENERATED,
  ...BUILT_IN,
  ...Object.entries(shaders)
    .filter(([path]) => /^(agent|engine|instrument|lib)\//.test(path))
    .flatMap(([, text]) => [...text.matchAll(DECLARATION)].map(match => match[1])),
]);

/** Refuses fields, aggregates and rules whose names, or the names of the functions made from them, are taken or given twice. */
export function refuseTakenNames(model: Model): void {
  const used = new Map<string, string>();
  const use = (name: string, owner: string): void => {
    const other = used.get(name) ?? (taken.has(name) ? 'the kernels' : undefined);
    if (other) {
      throw new GroundswellError({
        what: `the name "${name}" is taken`,
        where: `model ${model.name}, ${owner}`,
        got: `a function of that name from ${other}`,
        hint: `rename the ${owner.split(' ')[0]}`,
      });
    }
    used.set(name, owner);
  };
  for (const name of Object.keys(model.fields)) {
    const prefixes = [
      ...['set', 'load', 'store', 'next', 'keep', 'kept', 'digest', 'neighbor_sum', 'neighbor_mean', 'active_links'],
      ...['total_of', 'sum_of', 'holder_of'],
    ];
    const made = [...prefixes.map(prefix => `${prefix}_${name}`), `${name}_count`];
    for (const declared of [name, ...made]) use(declared, `field ${name}`);
  }
  for (const [name] of scalarParams(model.params)) use(`${name}_of`, `parameter ${name}`);
  for (const [name] of tableParams(model.params)) use(`${name}_at`, `parameter ${name}`);
  for (const name of Object.keys(model.aggregates ?? {})) {
    for (const declared of [name, `with_${name}`, `without_${name}`, `settle_${name}`])
      use(declared, `aggregate ${name}`);
  }
  for (const name of new Set([...(model.setup ?? []), ...model.rules, ...actionRules(model)]))
    use(name, `rule ${name}`);
}
