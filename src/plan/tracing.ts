// Traces: what one agent reads, draws, calls and writes in one step of one world. Here the text of its rules is edited, and the words that it leaves are read;
// shaders/instrument/trace.wgsl writes them. Values are as in WGSL; src/plan/traced-values.ts makes them what a modeller means.
import { actionRules, type Model } from '../model/index.ts';
import {
  type CallNode,
  type EditedText,
  type FunctionIr,
  TextEdits,
  type Type,
  typeText,
  walk,
} from '../wgsl/index.ts';
import {
  callsIn,
  type Instrument,
  type InstrumentedKernel,
  KernelText,
  type Origin,
  type TextPlace,
  wrapperText,
} from './instrument.ts';
import type { Term } from './vocabulary.ts';

/** What to tell of: an agent, a step (0: the setup rules), and the world's number. */
export interface TraceRequest {
  agent: number;
  step: number;
  world: number;
}

/** Entries that are kept. */
const ENTRIES = 10_000;
/** Words before the entries, and of an entry: site, depth, arguments, result. */
const HEAD = 4;
const ARGUMENTS_AT = 2;
const ARGUMENT_WORDS = 6;
const RESULT_AT = ARGUMENTS_AT + ARGUMENT_WORDS;
const RESULT_WORDS = 4;
const ENTRY_WORDS = RESULT_AT + RESULT_WORDS;
/** The site of the entry with which a rule begins, less the rule's number. */
const RULES = 2 ** 24;
const WRAPPED = 'traced_';

/** A call in the text of a rule or of the library. */
export interface TraceSite {
  place: TextPlace;
  callee: string;
  origin: Origin;
  term?: Term;
  /** Types of the arguments and the result, without the site of a draw. */
  params: readonly Type[];
  result: Type;
}

/** A call as it was made. Words are missing where a value is no number, or too long. */
export interface TraceEntry {
  site: TraceSite;
  depth: number;
  args: readonly (readonly number[] | undefined)[];
  /** Of a function that writes a field: its value before and after. */
  result: readonly number[] | undefined;
}

export interface Trace {
  /** Rules that acted on the agent, in order. */
  rules: { name: string; entries: TraceEntry[] }[];
  /** Calls that found no room. */
  left: number;
  /** Another agent on which a rule acted in the step. */
  other?: number;
  partner?: { agent: number; first: boolean };
}

export interface TraceInstrument extends Instrument {
  /** Parameters of the model that a rule's text mentions. */
  params(rule: string): string[];
  read(words: Uint32Array): Trace;
}

/** The instrument that tells of one agent. */
export function traceOf(model: Model, { agent, step, world }: TraceRequest): TraceInstrument {
  const rules = [...(model.setup ?? []), ...model.rules, ...actionRules(model)];
  const sites: TraceSite[] = [];
  const numbers = new Map<string, number>();
  const params = new Map<string, Set<string>>();
  const numberOf = (site: TraceSite): number => {
    const key = JSON.stringify([site.callee, site.place]);
    const number = numbers.get(key) ?? sites.push(site) - 1;
    numbers.set(key, number);
    return number;
  };
  return {
    shader: 'instrument/trace.wgsl',
    constants: {
      TRACED_AGENT: agent,
      TRACED_STEP: step,
      TRACED_WORLD: world,
      TRACE_ENTRIES: ENTRIES,
      TRACE_HEAD: HEAD,
      TRACE_ENTRY_WORDS: ENTRY_WORDS,
      TRACE_RULES: RULES,
    },
    words: HEAD + ENTRIES * ENTRY_WORDS,
    edit(kernel) {
      for (const rule of kernel.rules) params.set(rule, mentionedParams(kernel, rule));
      return new TracedText(kernel, model, numberOf, rules).edited();
    },
    params: rule => [...(params.get(rule) ?? [])],
    read: words => readTrace(words, sites, rules),
  };
}

/** Members of `param` in a rule and what it calls. */
function mentionedParams({ module }: InstrumentedKernel, rule: string): Set<string> {
  const found = new Set<string>();
  const bodies = new Map(
    module.tree.declarations.flatMap(node => (node.kind === 'function' ? [[node.name.name, node]] : [])),
  );
  const visited = new Set<string>();
  const visit = (name: string): void => {
    const node = bodies.get(name);
    if (!node || visited.has(name)) return;
    visited.add(name);
    walk(node, child => {
      if (child.kind === 'member' && child.base.kind === 'name' && child.base.name === 'param')
        found.add(child.member.name);
    });
    for (const call of callsIn(node)) visit(call.callee.name);
  };
  visit(rule);
  return found;
}

/** The edits of one kernel. */
class TracedText {
  readonly #text: KernelText;
  readonly #numberOf: (site: TraceSite) => number;
  readonly #rules: readonly string[];
  readonly #ofGroups: readonly string[];
  readonly #edits = new TextEdits();
  readonly #wrapped = new Set<string>();

  constructor(
    kernel: InstrumentedKernel,
    model: Model,
    numberOf: (site: TraceSite) => number,
    rules: readonly string[],
  ) {
    this.#text = new KernelText(kernel, model);
    this.#numberOf = numberOf;
    this.#rules = rules;
    this.#ofGroups = model.groupRules ?? [];
  }

  edited(): EditedText {
    this.#text.refuseNames(['trace_', WRAPPED], 'in a trace');
    const begins = (rule: string): string => (this.#ofGroups.includes(rule) ? 'trace_group_rule' : 'trace_rule');
    this.#text.beforeRules(this.#edits, rule => `${begins(rule)}(${this.#rules.indexOf(rule)}u); `);
    for (const { node, origin, file } of this.#text.functions) {
      if (origin === 'kernel') continue;
      for (const call of callsIn(node)) if (this.#isTold(call, origin, file)) this.#tell(call);
    }
    return this.#edits.apply(this.#text.kernel.module.tree.source.text);
  }

  /** From the model's own text every call of a function; from the library's, what it reads and draws through another file. */
  #isTold(call: CallNode, origin: Origin, file: string): boolean {
    const { name } = call.callee;
    const callee = this.#text.functions.find(({ node }) => node.name.name === name);
    if (!callee) return false;
    return origin === 'own' || (callee.file !== file && this.#text.term(name) !== undefined);
  }

  #tell(call: CallNode): void {
    const { name } = call.callee;
    const callee = this.#text.kernel.module.functions.get(name)!;
    const term = this.#text.term(name);
    const site = this.#numberOf({
      place: this.#text.place(call),
      callee: name,
      origin: this.#text.origin(name)!,
      term,
      params: ownParams(callee).map(({ kind, type }) => (kind === 'pointer' ? UNTOLD : type)),
      result: callee.result,
    });
    this.#edits.redirect(call, WRAPPED, `${site}u`);
    if (this.#wrapped.has(name)) return;
    this.#wrapped.add(name);
    this.#edits.append(wrapperOf(callee, term));
  }
}

/** The type of what is not told. */
const UNTOLD: Type = { kind: 'void' };

/** Parameters as the author gives them. */
function ownParams({ params }: FunctionIr): FunctionIr['params'] {
  return params[0]?.name === 'site' ? params.slice(1) : params;
}

function wrapperOf(callee: FunctionIr, term: Term | undefined): string {
  const types = ownParams(callee).map(({ kind, type }) => (kind === 'pointer' ? UNTOLD : type));
  const places = argumentPlaces(types);
  return wrapperText({
    name: `${WRAPPED}${callee.name}`,
    callee,
    last: 'site_number',
    before(args) {
      const told = args.flatMap((arg, k) => (places[k] === undefined ? [] : storing(types[k], arg, places[k])));
      const before = term?.writes ? [`let before = ${term.writes.next};`] : [];
      return { statements: ['let entry = trace_open(site_number);', ...told, ...before] };
    },
    after(result) {
      const next = term?.writes?.next;
      const written = next ? [word('before', callee, RESULT_AT), word(next, callee, RESULT_AT + 1)] : [];
      return [...written, ...storing(callee.result, result, RESULT_AT), 'trace_close(entry);'];
    },
  });
}

/** Where the words of each argument lie in an entry; undefined where there is no room, or no words. */
function argumentPlaces(types: readonly Type[]): (number | undefined)[] {
  let at = ARGUMENTS_AT;
  return types.map(type => {
    const size = wordsOf(type);
    if (size === undefined || at + size > RESULT_AT) return undefined;
    at += size;
    return at - size;
  });
}

/** Words of a scalar or vector. */
function wordsOf(type: Type): number | undefined {
  if (type.kind === 'scalar') return 1;
  return type.kind === 'vector' && type.size <= RESULT_WORDS ? type.size : undefined;
}

function storing(type: Type, value: string, at: number): string[] {
  const size = wordsOf(type);
  if (size === undefined) return [];
  if (type.kind !== 'vector') return [`trace_word(entry, ${at}u, ${asWord(typeText(type), value)});`];
  const element = typeText(type.element);
  return [...'xyzw'.slice(0, size)].map(
    (component, k) => `trace_word(entry, ${at + k}u, ${asWord(element, `${value}.${component}`)});`,
  );
}

/** The word of what a setter stores, which has the type of the setter's last argument. */
function word(value: string, callee: FunctionIr, at: number): string {
  const type = ownParams(callee).at(-1)!.type;
  return `trace_word(entry, ${at}u, ${asWord(typeText(type), value)});`;
}

function asWord(type: string, value: string): string {
  if (type === 'u32') return value;
  return type === 'bool' ? `u32(${value})` : `bitcast<u32>(${value})`;
}

function readTrace(words: Uint32Array, sites: readonly TraceSite[], rules: readonly string[]): Trace {
  const [wanted, other, partner, first] = words;
  const trace: Trace = { rules: [], left: Math.max(0, wanted - ENTRIES) };
  if (other > 0) trace.other = other - 1;
  if (partner > 0) trace.partner = { agent: partner - 1, first: first === 1 };
  for (let k = 0; k < Math.min(wanted, ENTRIES); k++) {
    const entry = words.subarray(HEAD + k * ENTRY_WORDS, HEAD + (k + 1) * ENTRY_WORDS);
    if (entry[0] >= RULES) trace.rules.push({ name: rules[entry[0] - RULES], entries: [] });
    else trace.rules.at(-1)!.entries.push(readEntry(entry, sites[entry[0]]));
  }
  return trace;
}

function readEntry(entry: Uint32Array, site: TraceSite): TraceEntry {
  const places = argumentPlaces(site.params);
  const args = site.params.map((type, k) => {
    const at = places[k];
    return at === undefined ? undefined : [...entry.subarray(at, at + wordsOf(type)!)];
  });
  const size = site.term?.writes ? 2 : wordsOf(site.result);
  const result = size === undefined ? undefined : [...entry.subarray(RESULT_AT, RESULT_AT + size)];
  return { site, depth: entry[1], args, result };
}
