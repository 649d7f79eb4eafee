// The generated WGSL modules of a kernel: `agent`, what a rule sees of the world, and `pass`, what a kernel does in it.
import type { Model } from '../model/index.ts';
import { shaders } from '../shaders.generated.ts';
import type { ShaderModules } from '../wgsl/index.ts';
import { type AccessorContext, fieldText } from './accessors.ts';
import type { AggregateText } from './aggregates.ts';
import { digestFunctions } from './digest-text.ts';
import type { Neighborhood } from './neighborhood.ts';
import type { RowLayout } from './worlds.ts';

/** What an agent module is made from. */
export interface AgentContext extends Pick<AccessorContext, 'model' | 'layout' | 'flips'> {
  row: RowLayout;
  neighborhood: Neighborhood;
  aggregates: AggregateText;
  /** First word of each table in the setup arena. */
  tables: ReadonlyMap<string, number>;
  update: string;
}

/** The text of the `agent` module. */
export function agentModule(context: AgentContext): string {
  const { model, layout, flips, row, neighborhood, update } = context;
  const weights = neighborhood.weighted ? 'stored_weights' : 'equal_weights';
  const files = ['frame', neighborhood.file, weights, 'rank', ...(update === 'synchronous' ? [] : [update])];
  const paramWord = (name: string): number => row.params + Object.keys(model.params).indexOf(name);
  const accessors = { model, layout, flips, neighborhood: neighborhood.file, paramWord };
  const parts = [
    'import package::fixed::{add_product, add_signed, add_wide, divide_wide, negate_wide, round_wide};',
    'import package::mix::mix;',
    ...files.map(file => shaders[`agent/${file}.wgsl`]),
    paramsText(context),
    ...layout.fields.map(field => fieldText(field, accessors)),
    digestFunctions(model),
    context.aggregates.text(),
    ...[...context.tables].map(
      ([name, at]) => `fn table_${name}(i: u32) -> u32 {\n  return setup_words[${at}u + i];\n}`,
    ),
  ];
  return importsFirst(parts.join('\n'));
}

/** WESL wants imports before everything else. */
function importsFirst(text: string): string {
  const imports = text.match(/^import .*$/gm) ?? [];
  return [...imports, text.replace(/^import .*$/gm, '')].join('\n');
}

function paramsText({ model, row }: AgentContext): string {
  const names = Object.keys(model.params);
  const members = names.map(name => `  ${name}: ${model.params[name].kind === 'probability' ? 'u32' : 'i32'},`);
  const loads = names.map((name, k) => {
    const word = `setup_words[row + ${row.params + k}u]`;
    return model.params[name].kind === 'probability' ? word : `bitcast<i32>(${word})`;
  });
  if (names.length === 0) return 'fn load_params() {}';
  return `struct Params {\n${members.join('\n')}\n}\nvar<private> param: Params;\nfn load_params() {\n  param = Params(${loads.join(', ')});\n}`;
}

/** Every module of the catalogue, with the model's own rules; `agent`, `pass` and the entry are added per kernel. */
export function libraryModules(model: Model): Record<string, { text: string; file: string }> {
  const modules: Record<string, { text: string; file: string }> = {};
  for (const [path, text] of Object.entries(shaders)) {
    if (path.startsWith('agent/')) continue;
    modules[path.replace(/^(lib|engine)\//, '').replace(/\.wgsl$/, '')] = { text, file: `shaders/${path}` };
  }
  for (const [rule, { path, text }] of Object.entries(model.shaders ?? {}))
    modules[`${model.setup?.includes(rule) ? 'init' : 'rules'}/${rule}`] = { text, file: path };
  return modules;
}

/** The library with a kernel's two generated modules. */
export function kernelModules(library: ShaderModules, agent: string, pass: string): ShaderModules {
  return {
    ...library,
    agent: { text: agent, file: '(generated) agent.wgsl' },
    pass: { text: pass, file: '(generated) pass.wgsl' },
  };
}
