// The generated WGSL modules of a kernel: `agent`, what a rule sees of the world, and `pass`, what a kernel does in it.
import { isSigned, type Model } from '../model/index.ts';
import { shaders } from '../shaders.generated.ts';
import type { ShaderModules } from '../wgsl/index.ts';
import { fieldType, literal } from './expressions.ts';
import { type FieldLayout, type StateLayout, slotExpression } from './layout.ts';
import type { RowLayout } from './worlds.ts';

/** What the accessors of an agent module are made from. */
export interface AgentContext {
  model: Model;
  layout: StateLayout;
  row: RowLayout;
  /** `complete`, `ring`, `lattice` or `graph`: a file in shaders/agent. */
  neighborhood: string;
  /** Exchanges of slots that rules before this one made in the step, by field. */
  flips: ReadonlyMap<string, number>;
  /** Word of an aggregate in a world's block of the scratch arena, by aggregate, and the extent of the blocks. */
  aggregates: { at: number; stride: number; words: ReadonlyMap<string, number> };
  /** First word of each table in the setup arena. */
  tables: ReadonlyMap<string, number>;
  update: string;
}

/** The name of the hidden total that `neighbor_sum_<field>` reads on a complete graph. */
export const totalName = (field: string): string => `total_of_${field}`;

/** The text of the `agent` module. */
export function agentModule(context: AgentContext): string {
  const { model, layout, neighborhood, update } = context;
  const parts = [shaders['agent/frame.wgsl'], shaders[`agent/${neighborhood}.wgsl`], shaders['agent/rank.wgsl']];
  if (update !== 'synchronous') parts.push(shaders[`agent/${update}.wgsl`]);
  parts.push(paramsText(context));
  for (const field of layout.fields) parts.push(fieldText(field, context));
  for (const [name, word] of context.aggregates.words) parts.push(aggregateText(name, word, context));
  const { at, stride } = context.aggregates;
  parts.push(
    `fn change_aggregate(word: u32, change: u32) {\n  atomicAdd(&scratch_words[${at}u + world * ${stride}u + word], change);\n}`,
  );
  for (const [name, at] of context.tables) {
    parts.push(`fn table_${name}(i: u32) -> u32 {\n  return setup_words[${at}u + i];\n}`);
  }
  for (const name of Object.keys(model.fields)) parts.push(neighborText(name, neighborhood));
  return importsFirst(parts.join('\n'));
}

/** WESL wants imports before everything else. */
function importsFirst(text: string): string {
  const imports = text.match(/^import .*$/gm) ?? [];
  return [...imports, text.replace(/^import .*$/gm, '')].join('\n');
}

function paramsText({ model, row }: AgentContext): string {
  const names = Object.keys(model.params);
  const unsigned = (name: string): boolean => ['probability', 'choice'].includes(model.params[name].kind);
  const members = names.map(name => `  ${name}: ${unsigned(name) ? 'u32' : 'i32'},`);
  const loads = names.map((name, k) => {
    const word = `setup_words[row + ${row.params + k}u]`;
    return unsigned(name) ? word : `bitcast<i32>(${word})`;
  });
  if (names.length === 0) return 'fn load_params() {}';
  return `struct Params {\n${members.join('\n')}\n}\nvar<private> param: Params;\nfn load_params() {\n  param = Params(${loads.join(', ')});\n}`;
}

function fieldText(layout: FieldLayout, { flips }: AgentContext): string {
  const { name, field } = layout;
  const done = flips.get(name) ?? 0;
  const type = fieldType(field);
  const read = `state_words[${slotExpression(layout, done)} + cell_of(i)]`;
  const write = `state_words[${slotExpression(layout, done + 1)} + cell_of(i)]`;
  const signed = isSigned(field);
  return `
fn ${name}(i: u32) -> ${type} {
  return ${signed ? `bitcast<i32>(${read})` : read};
}
var<private> next_${name}: ${type};
fn set_${name}(value: ${type}) {
  next_${name} = clamp(value, ${literal(field, field.low)}, ${literal(field, field.high)});
  saturated += u32(next_${name} != value);
}
fn load_${name}(i: u32) {
  next_${name} = ${name}(i);
}
fn store_${name}(i: u32) {
  ${write} = ${signed ? `bitcast<u32>(next_${name})` : `next_${name}`};
}`;
}

function aggregateText(name: string, word: number, { aggregates, model, layout }: AgentContext): string {
  const declared = model.aggregates?.[name];
  const fieldName = declared?.field ?? name.slice(totalName('').length);
  const field = model.fields[fieldName];
  const load = `atomicLoad(&scratch_words[${aggregates.at}u + world * ${aggregates.stride}u + ${word}u])`;
  if (declared?.kind === 'count') return `fn ${name}() -> u32 {\n  return ${load};\n}`;
  // the reduction counts from the lower end of the range; both sides wrap, and the total itself fits
  return `fn ${name}() -> i32 {\n  return i32(${load}) + i32(${(field.low * layout.population) | 0});\n}`;
}

function neighborText(name: string, neighborhood: string): string {
  const value = (agent: string): string => `i32(${name}(${agent}))`;
  const loop = (statement: (other: string) => string): string =>
    neighborhood === 'graph'
      ? `let end = links_end(me);\n  for (var link = links_begin(me); link < end; link++) {\n    ${statement('column_words[link]')}\n  }`
      : `for (var k = 0u; k < degree(me); k++) {\n    ${statement('neighbor(me, k)')}\n  }`;
  const sum =
    neighborhood === 'complete'
      ? `return ${totalName(name)}() - ${value('me')};`
      : `var sum = 0i;\n  ${loop(other => `sum += ${value(other)};`)}\n  return sum;`;
  return `
fn neighbor_sum_${name}(me: u32) -> i32 {
  ${sum}
}
fn active_links_${name}(me: u32) -> u32 {
  let own = ${name}(me);
  var differing = 0u;
  ${loop(other => `differing += u32(${name}(${other}) != own);`)}
  return differing;
}`;
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
