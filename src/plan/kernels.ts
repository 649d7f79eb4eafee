// Kernels: the `pass` module of each kind of pass, linked with the library into WGSL for both kinds of engine.
import { type Field, isSigned, startWord } from '../model/index.ts';
import {
  check,
  checkWithTypes,
  type LinkedText,
  linkShaders,
  type Module,
  numberDraws,
  parse,
  type Quote,
  type ShaderModules,
} from '../wgsl/index.ts';
import type { Effects } from './effects.ts';
import { literal } from './expressions.ts';
import { type Instrument, withInstrument } from './instrument.ts';
import type { StateLayout } from './layout.ts';
import { kernelModules, valuePlace } from './modules.ts';
import { DECLARATION } from './names.ts';
import { gatherText, identityText, type PassCells } from './terms.ts';

/**
 * What a kernel's invocations are: `items` of every world (agents, worlds themselves), or of every bundle (pairs), or workgroups that share a world (`collect`).
 * `byWords`: every bundle begins at a multiple of 32 invocations.
 */
export type Shape = { kind: 'items'; items: number; perBundle?: boolean; byWords?: boolean } | { kind: 'collect' };

/** The invocations of a bundle, or how many it has room for. */
export function valuesOfBundle(shape: Shape & { kind: 'items' }, { strands, strandStride }: StateLayout): number {
  return shape.items * (shape.perBundle ? 1 : shape.byWords ? strandStride : strands);
}

/**
 * The invocations of `serial` for a bundle: so many, of which threads take multiples of `grain` (all, if nobody may share them); or one for each thread, which
 * walks through a range of the agents itself.
 */
export type Walk = { kind: 'items'; items: number; grain: number } | { kind: 'agents' };

/** Bins up to which an invocation that walks through agents keeps them. */
const KEPT_BINS = 256;

/** Threads that take multiples of so many agents never write to the same word. */
const GRAIN = 64;

function walkOf(entry: KernelRequest['entry'], shape: Shape, strands: number): Walk {
  if (shape.kind === 'collect') return { kind: 'agents' };
  if (entry === 'sequential') return { kind: 'items', items: strands, grain: 1 };
  const { items } = shape;
  return { kind: 'items', items, grain: entry === 'publish' ? items : GRAIN };
}

/** A kernel, linked: the same source for an engine of many invocations (`parallel`) and for one that walks them in a loop (`serial`). */
export interface Kernel {
  label: string;
  shape: Shape;
  /** How an engine of loops walks through a bundle. */
  walk: Walk;
  /** Strands that `serial` takes every item through, in a loop of its own; 1 without one. */
  strands: number;
  parallel: string;
  serial: string;
  /** Typed form of `serial`, for the CPU engine's compiler. */
  module: Module;
  /** The same without its instrument, where it has one. */
  plain?: Kernel;
}

/** What linking needs beside the modules. */
export interface KernelContext {
  library: ShaderModules;
  constants: Readonly<Record<string, number>>;
  /** What rules may ask for with `@if(…)`. */
  conditions: RuleConditions;
  strands: number;
  /** Edits kernels that run rules. */
  instrument?: Instrument;
}

/** Whether agents are paired, whether everyone looks at everyone, and whether agents lie in another order than that of their numbers. */
export interface RuleConditions extends Readonly<Record<string, boolean>> {
  pairing: boolean;
  complete: boolean;
  reordered: boolean;
}

/** Functions whose calls are numbered: see shaders/lib/random.wgsl. */
export const DRAW_PRIMITIVES = ['draw', 'draw_at', 'draw_for'];

/** What was made of links, since runs that are compared share most of their kernels: the rules, whose draws are numbered, are those that a link imports. */
const compiled = new WeakMap<LinkedText, { text: string; module?: Module }>();

/** Entries of shaders/engine that take every item through the strands. */
const LOOPING: readonly KernelRequest['entry'][] = ['step', 'collect', 'publish'];

/** Links one kernel: an entry of shaders/engine with generated `agent` and `pass` modules. */
export async function buildKernel(context: KernelContext, request: KernelRequest): Promise<Kernel> {
  const plain = await linkKernel(context, request);
  const { instrument } = context;
  if (!instrument || !request.rules?.length) return plain;
  return { ...(await linkKernel(context, request, instrument)), plain };
}

/** The text of a kernel's `main` for workgroups that keep to their bundle: see resident.ts. */
export async function linkResident(context: KernelContext, request: KernelRequest): Promise<string> {
  const { entry, rules = [], constants } = request;
  const source = await linkShaders(modulesOf(context, request), {
    root: entry,
    conditions: { ...context.conditions, serial: false, direct: false, kept: false, resident: true },
    constants: { ...context.constants, ...constants },
  });
  const { locate } = source;
  return numberDraws(source.text, { primitives: DRAW_PRIMITIVES, roots: rules, locate }).text;
}

function modulesOf({ library }: KernelContext, { agent, pass }: KernelRequest): ShaderModules {
  return kernelModules(library, agent, withImports(pass, { agent, ...textsOf(library, PASS_LIBRARY) }));
}

async function linkKernel(context: KernelContext, request: KernelRequest, instrument?: Instrument): Promise<Kernel> {
  const { label, entry, shape, rules = [], constants = {} } = request;
  const library = context.library;
  const modules = {
    ...modulesOf(context, request),
    ...(instrument && { [entry]: { ...library[entry], text: withInstrument(library[entry].text, instrument) } }),
  };
  const linked = async (serial: boolean): Promise<{ text: string; module?: Module }> => {
    const several = serial && context.strands > 1;
    // with several strands, an agent is taken through them in turn (`direct`), and there are too many sums to keep apart
    const kept = !several && Number(constants.BINS ?? 0) <= KEPT_BINS;
    const conditions = { ...context.conditions, serial, direct: several, kept, resident: false };
    const source = await linkShaders(modules, {
      root: entry,
      conditions,
      constants: { ...context.constants, ...constants, ...instrument?.constants },
    });
    const before = instrument ? undefined : compiled.get(source);
    if (before) return before;
    const { text, mapBack } = numberDraws(source.text, {
      primitives: DRAW_PRIMITIVES,
      roots: rules,
      locate: source.locate,
    });
    const locate = (offset: number) => source.locate(mapBack(offset));
    const quote: Quote = ({ start, end }) => source.text.slice(mapBack(start), mapBack(end));
    if (!instrument) {
      const made = serial ? { text, module: check(parse(text, { locate, quote })) } : { text };
      compiled.set(source, made);
      return made;
    }
    const edited = instrument.edit({ ...checkWithTypes(parse(text, { locate, quote })), rules, library });
    const locateEdited = (offset: number) => locate(edited.mapBack(offset));
    return { text: edited.text, ...(serial && { module: check(parse(edited.text, { locate: locateEdited })) }) };
  };
  const [parallel, serial] = [await linked(false), await linked(true)];
  const walk = walkOf(entry, shape, context.strands);
  const strands = LOOPING.includes(entry) ? context.strands : 1;
  return { label, shape, walk, strands, parallel: parallel.text, serial: serial.text, module: serial.module! };
}

export interface KernelRequest {
  label: string;
  /** File in shaders/engine. */
  entry: 'step' | 'pair' | 'propose' | 'accept' | 'sequential' | 'collect' | 'publish' | 'resident';
  shape: Shape;
  agent: string;
  pass: string;
  /** Rules that the kernel runs: each numbers its draws from 0. */
  rules?: readonly string[];
  constants?: Readonly<Record<string, number>>;
}

/** The fields that a kernel of `step` writes to words that agents share, as its last deed. */
export function settleText(written: Iterable<string>, { fields }: StateLayout): string {
  const names = [...written].filter(name => fields.some(field => field.name === name && field.bits < 32));
  const calls = names.map(name => `settle_${name}(lane, its_bundle, value, valid);`);
  return `@if(!serial)
fn settle(lane: u32, its_bundle: u32, value: u32, valid: bool) {
  ${calls.join('\n  ')}
}`;
}

/** Who acts on a rule: everyone, those whom the activation coin picks, or the agents of the class whose turn it is. */
export type Actors = 'everyone' | 'active' | 'class';

/** From a place in the class to its agent. */
export const classMember = 'if (its_number >= class_size()) {\n    return;\n  }\n  let me = class_member(its_number);';

/** One rule for all agents, or for those who act on it. `number`: what their draws go by, in WGSL. */
export function rulePass(
  rule: string,
  folder: 'rules' | 'init',
  effects: Effects,
  key: number,
  { actors, loadParams, number }: { actors: Actors; loadParams: string; number: string },
): string {
  const written = [...effects.writes];
  const act = [`begin_draws(${key}u, ${number}, frame.step);`, `${rule}(me);`];
  return `import package::${folder}::${rule}::${rule};
fn act(its_bundle: u32, its_strand: u32, ${actors === 'class' ? 'its_number' : 'me'}: u32) {
  enter(its_bundle, its_strand);
  ${actors === 'class' ? classMember : ''}
  ${written.map(field => `load_${field}(me);`).join(' ')}
  ${actors === 'active' ? 'if (acts(me)) {' : '{'}
    ${effects.names.has('param') ? loadParams : ''}
    ${act.join('\n    ')}
  }
  ${written.map(field => `store_${field}(me);`).join(' ')}
  ${written.length > 0 ? 'report_saturation();' : ''}
}`;
}

/** All rules of an elementary update, one after the other, on one agent; `keeping` is what aggregates need before and after what a rule writes is stored. */
export function alonePass(
  rules: readonly {
    name: string;
    effects: Effects;
    key: number;
    keeping: { before: readonly string[]; after: readonly string[] };
  }[],
  loadParams: string,
  number: string,
): string {
  const body = rules.flatMap(({ name, effects, key, keeping }) => [
    '{',
    ...[...effects.writes].map(field => `load_${field}(me);`),
    `begin_draws(${key}u, ${number}, step);`,
    `${name}(me);`,
    ...keeping.before,
    ...[...effects.writes].map(field => `store_${field}(me);`),
    ...keeping.after,
    '}',
  ]);
  const loads = rules.some(({ effects }) => effects.names.has('param')) ? loadParams : '';
  return `${rules.map(({ name }) => `import package::rules::${name}::${name};`).join('\n')}
fn act_alone(me: u32, step: u32) {
  saturated = 0u;
  ${loads}
  ${body.join('\n  ')}
  report_saturation();
}`;
}

/** How a field starts: from the agents' own values, from shares, or in some worlds the one and in some the other. */
export interface InitialField {
  /** Position of its key and first threshold in the row, and its last value. */
  shares?: { key: number; bounds: number; last: number };
  /** Where the row says where the values are. */
  values?: number;
}

/** The initial state of agents (and of their links): given values, exact counts of each value, placed at random, or the value with which a field starts. */
export function initPass(layout: StateLayout, init: Readonly<Record<string, InitialField>>, number: string): string {
  const fields = layout.fields.flatMap(({ name, field, holder }) => {
    if (holder === 'group') return [];
    const { shares, values } = init[name] ?? {};
    if (values === undefined && shares) return [placed(name, shares, number)];
    if (values === undefined) return [startText(name, field, holder === 'link' ? 'degree(me)' : undefined)];
    const copy = copyText(name, field, values);
    // a first word of 0 is that of a table, so that it says that this world has shares
    return [
      shares ? `if (setup_words[row + ${values}u] != 0u) { ${copy} } else ${placed(name, shares, number)}` : copy,
    ];
  });
  return actText(fields);
}

/** The values given for the agent or the group, stored. */
const copyText = (name: string, field: Field, values: number): string =>
  `${givenText(name, field, values)} store_${name}(me);`;

/** Sets a field, or all elements of an array, to the values given for the agent; they are not stored yet. */
export function givenText(name: string, field: Field, values: number): string {
  const array = field.length !== undefined;
  const word = `setup_words[${valuePlace(values, 'me')}${array ? ' + k' : ''}]`;
  const value = isSigned(field) ? `bitcast<i32>(${word})` : word;
  return array ? `for (var k = 0u; k < ${name}_count(); k++) { set_${name}(k, ${value}); }` : `set_${name}(${value});`;
}

/** A block that gives an agent the value of its place in a random order. */
function placed(name: string, start: NonNullable<InitialField['shares']>, number: string): string {
  return `{
    let place = permute(${number}, POPULATION, key_at(${start.key}u));
    var value = 0u;
    while (value < ${start.last}u && place >= setup_words[row + ${start.bounds}u + value]) { value++; }
    set_${name}(value);
    store_${name}(me);
  }`;
}

/** The initial state of groups: given values, or the value with which a field starts. */
export function groupInitPass(layout: StateLayout, init: Readonly<Record<string, InitialField>>): string {
  const ofGroups = layout.fields.filter(({ holder }) => holder === 'group');
  const fields = ofGroups.map(({ name, field }) => {
    const values = init[name]?.values;
    return values === undefined ? startText(name, field) : copyText(name, field, values);
  });
  return actText(fields);
}

const actText = (statements: readonly string[]): string =>
  `fn act(its_bundle: u32, its_strand: u32, me: u32) {\n  enter(its_bundle, its_strand);\n  ${statements.join('\n  ')}\n}`;

/** Sets a field to the value with which it starts; all elements of an array, all `links`. */
function startText(name: string, field: Field, links?: string): string {
  const count = links ?? (field.length === undefined ? undefined : `${name}_count()`);
  const value = literal(field, startWord(field));
  if (count === undefined) return `set_${name}(${value}); store_${name}(me);`;
  return `load_${name}(me);
  for (var k = 0u; k < ${count}; k++) { set_${name}(k, ${value}); }
  store_${name}(me);`;
}

/** A pass of a measurement: what agents contribute, and the delivery of the cells, from `first` on of `total`, to the ring. */
export function measurePass(cells: PassCells & { first: number }, total: number): { collect: string; publish: string } {
  const cell = cells.first === 0 ? 'cell' : `${cells.first}u + cell`;
  return {
    collect: gatherText(cells),
    publish: `${identityText(cells)}
fn deliver(cell: u32, low: u32, high: u32) {
  let at = 2u * ((frame.slot * WORLDS + world) * ${total}u + ${cell});
  ring_words[at] = low;
  ring_words[at + 1u] = high;
}`,
  };
}

const PASS_LIBRARY = ['fixed', 'mix', 'permutation', 'random', 'reduce'];

function textsOf(library: ShaderModules, paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map(path => [path, library[path].text]));
}

/** Puts imports before a text for every name in it that one of the modules declares (the first that does). */
export function withImports(text: string, modules: Readonly<Record<string, string>>): string {
  const used = new Set(text.match(/\b[a-zA-Z_]\w*\b/g));
  const own = new Set([...text.matchAll(DECLARATION)].map(match => match[1]));
  const imports: string[] = [];
  for (const [path, module] of Object.entries(modules)) {
    const names = new Set([...module.matchAll(DECLARATION)].map(match => match[1]));
    const wanted = [...names].filter(name => used.has(name) && !own.has(name));
    for (const name of wanted) own.add(name);
    if (wanted.length > 0) imports.push(`import package::${path}::{${wanted.join(', ')}};`);
  }
  return [...imports, text].join('\n');
}
