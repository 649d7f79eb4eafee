// The generated WGSL modules of a kernel: `agent`, what a rule sees of the world, and `pass`, what a kernel does in it.
import { type Model, type Param, scalarParams, tableParams } from '../model/index.ts';
import { shaders } from '../shaders.generated.ts';
import type { ShaderModules } from '../wgsl/index.ts';
import { type AccessorContext, fieldText } from './accessors.ts';
import type { AggregateText } from './aggregates.ts';
import { digestFunctions } from './digest-text.ts';
import type { Neighborhood } from './neighborhood.ts';
import type { RowLayout } from './worlds.ts';

/** What an agent module is made from. */
export interface AgentContext extends Pick<AccessorContext, 'model' | 'layout' | 'flips' | 'inPlace' | 'fused'> {
  row: RowLayout;
  neighborhood: Neighborhood;
  aggregates: AggregateText;
  /** First word of each table in the setup arena. */
  tables: ReadonlyMap<string, number>;
  update: string;
  /** Whether agents lie in another order than that of their numbers. */
  reordered: boolean;
}

/** The text of the `agent` module. */
export function agentModule(context: AgentContext): string {
  const { model, layout, flips, inPlace, fused, row, neighborhood, update, reordered } = context;
  const weights = neighborhood.weighted ? 'stored_weights' : 'equal_weights';
  const timing = [
    ...(update === 'synchronous' ? [] : [update]),
    ...(layout.candidateBase === undefined ? [] : ['matching']),
  ];
  const files = ['frame', neighborhood.file, weights, 'rank', 'structure', ...timing];
  files.push(reordered ? 'other_order' : 'given_order');
  const names = scalarParams(model.params).map(([name]) => name);
  const paramWord = (name: string): number => row.params + names.indexOf(name);
  const accessors = { model, layout, flips, inPlace, fused, neighborhood, paramWord };
  const parts = [
    'import package::fixed::{add_product, add_signed, add_wide, divide_wide, negate_wide, round_wide};',
    'import package::mix::mix;',
    ...files.map(file => shaders[`agent/${file}.wgsl`]),
    paramsText(context),
    ...(fused?.handedOn.size ? ['/// Rules of this kernel that have run.\nvar<private> rules_done: u32;'] : []),
    ...layout.fields.map(field => fieldText(field, accessors)),
    digestFunctions(model, reordered),
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
  const params = scalarParams(model.params);
  const read = ([name, { kind }]: [string, Param], k: number, agent: string): string => {
    const at = row.agentParams[name];
    const place = at === undefined ? `point_row + ${row.params + k}u` : valuePlace(at, agent);
    return decoded(kind, `setup_words[${place}]`);
  };
  const members = params.map(([name, { kind }]) => `  ${name}: ${paramType(kind)},`);
  const loads = params.map((entry, k) => read(entry, k, 'me'));
  const own = `struct Params {\n${members.join('\n')}\n}\nvar<private> param: Params;\nfn load_params(${paramsVary(row) ? 'me: u32' : ''}) {\n  param = Params(${loads.join(', ')});\n}`;
  const others = params.map(
    (entry, k) => `fn ${entry[0]}_of(i: u32) -> ${paramType(entry[1].kind)} {\n  return ${read(entry, k, 'i')};\n}`,
  );
  const tables = tableParams(model.params).map(([name, { of }]) => {
    const at = row.tables[name];
    const word = `setup_words[setup_words[row + ${at}u] + min(index, setup_words[row + ${at + 1}u])]`;
    return `fn ${name}_at(index: u32) -> ${paramType(of)} {\n  return ${decoded(of, word)};\n}`;
  });
  return [params.length === 0 ? 'fn load_params() {}' : own, ...others, ...tables].join('\n');
}

/** Whether any parameter varies by agent in this run; then parameters are loaded for an agent. */
export function paramsVary({ agentParams }: RowLayout): boolean {
  return Object.keys(agentParams).length > 0;
}

/** Where an agent's own value is: a first word and a stride, which is 0 in worlds in which everybody has the same. */
export function valuePlace(at: number, agent: string): string {
  return `setup_words[row + ${at}u] + setup_words[row + ${at + 1}u] * ${agent}`;
}

const isUnsigned = (kind: Param['kind']): boolean => kind === 'probability' || kind === 'choice';
const paramType = (kind: Param['kind']): string => (isUnsigned(kind) ? 'u32' : 'i32');
const decoded = (kind: Param['kind'], word: string): string => (isUnsigned(kind) ? word : `bitcast<i32>(${word})`);

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
