// Checked mode: rules that look before they leap. Agents, neighbours and indices are compared with their bounds, divisors with 0 and written values with the
// range of their field. Here the text is edited, and the words that a fault leaves become an error; shaders/instrument/checks.wgsl compares.
import { GroundswellError } from '../errors.ts';
import { actionRules, decodeValue, type Field, type Model } from '../model/index.ts';
import {
  type CallNode,
  type EditedText,
  type ExpressionNode,
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
  type TextPlace,
  wrapperText,
} from './instrument.ts';
import { boundsOf, type Role } from './vocabulary.ts';
import type { WorldPlan } from './worlds.ts';

/** Words of a world's block: faults, and of the first of them site, calling site, rule, agent, step, value, lowest and highest value allowed. */
const WORDS = 9;
/** Sites in the library have numbers from here on, those in the model's own text below. */
const LIBRARY_SITES = 2 ** 16;
const WRAPPED = 'checked_';

/** What is compared at a site; `call` compares nothing and is where the library was called. */
type Check =
  | { kind: 'agent' | 'link' | 'group' | 'divisor' | 'call' }
  | { kind: 'index'; signed: boolean }
  | { kind: 'value'; field: Field; name: string };

type Site = Check & { place: TextPlace };

export interface CheckContext {
  model: Model;
  worlds: readonly WorldPlan[];
  /** Names of the agents in the input file, where there are any. */
  ids?: readonly string[];
}

/** The instrument of checked mode for a run. */
export function checksOf(context: CheckContext): Instrument {
  const { model, worlds } = context;
  const sites = new SiteNumbers();
  const rules = [...(model.setup ?? []), ...model.rules, ...actionRules(model)];
  return {
    shader: 'instrument/checks.wgsl',
    text: elementCounts(model),
    constants: { CHECKED_WORDS: WORDS, LIBRARY_SITES },
    words: WORDS * worlds.length,
    edit: kernel => new CheckedText(kernel, model, sites, rules).edited(),
    failure: words => firstFault(words, { ...context, sites, rules }),
  };
}

/** How many elements array fields have in a world, by functions that stay linked. */
function elementCounts({ fields }: Model): string {
  const arrays = Object.keys(fields).filter(name => fields[name].length !== undefined);
  return arrays
    .map(
      name => `import package::agent::${name}_count;\nfn check_count_${name}() -> u32 {\n  return ${name}_count();\n}`,
    )
    .join('\n');
}

/** Sites by number; the same place in another kernel has the same number. */
class SiteNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #sites = new Map<number, Site>();
  readonly #next = { own: 0, library: LIBRARY_SITES };

  /** Numbers one after the other for checks at one place; the first of them. */
  add(origin: 'own' | 'library', sites: readonly Site[]): number {
    const key = JSON.stringify(sites.map(({ kind, place }) => [kind, place]));
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const first = this.#next[origin];
    this.#next[origin] += sites.length;
    this.#numbers.set(key, first);
    for (const [k, site] of sites.entries()) this.#sites.set(first + k, site);
    return first;
  }

  at(number: number): Site {
    return this.#sites.get(number)!;
  }
}

/** The edits of one kernel. */
class CheckedText {
  readonly #text: KernelText;
  readonly #sites: SiteNumbers;
  readonly #rules: readonly string[];
  readonly #edits = new TextEdits();
  readonly #wrapped = new Set<string>();

  constructor(kernel: InstrumentedKernel, model: Model, sites: SiteNumbers, rules: readonly string[]) {
    this.#text = new KernelText(kernel, model);
    this.#sites = sites;
    this.#rules = rules;
  }

  edited(): EditedText {
    this.#text.refuseNames(['check_', WRAPPED], 'in checked mode');
    this.#text.beforeRules(this.#edits, rule => `check_rule = ${this.#rules.indexOf(rule)}u; `);
    const mayFail = this.#libraryThatMayFail();
    for (const { node, origin } of this.#text.functions) {
      if (origin === 'kernel') continue;
      walk(node, child => {
        if (child.kind === 'binary' && /^[/%]$/.test(child.operator)) this.#divisor(child.right, child, origin);
        if (child.kind === 'assign' && child.value && /^[/%]$/.test(child.operator ?? ''))
          this.#divisor(child.value, child, origin);
        if (child.kind === 'index') this.#index(child.base, child.index, child, origin);
        if (child.kind === 'call') this.#call(child, origin, mayFail);
      });
    }
    return this.#edits.apply(this.#text.kernel.module.tree.source.text);
  }

  /** Functions of the library in which a check stands, or which call one. */
  #libraryThatMayFail(): ReadonlySet<string> {
    const found = new Set<string>();
    const library = this.#text.functions.filter(({ origin }) => origin === 'library').map(({ node }) => node);
    const calls = new Map(library.map(node => [node.name.name, callsIn(node).map(({ callee }) => callee.name)]));
    for (const node of library) {
      walk(node, child => {
        const divides = (child.kind === 'binary' || child.kind === 'assign') && /^[/%]$/.test(child.operator ?? '');
        if (divides || child.kind === 'index') found.add(node.name.name);
      });
    }
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const [name, callees] of calls) {
        if (callees.some(callee => found.has(callee) || this.#text.term(callee) !== undefined)) found.add(name);
      }
    }
    return found;
  }

  #divisor(node: ExpressionNode, whole: Parameters<KernelText['place']>[0], origin: 'own' | 'library'): void {
    const divisor = this.#text.kernel.types.get(node);
    const suffix = divisor && !divisor.constant && divisorSuffix(divisor.type);
    if (!suffix) return;
    const site = this.#sites.add(origin, [{ kind: 'divisor', place: this.#text.place(whole) }]);
    this.#edits.wrap(node, `check_divisor_${suffix}(`, `, ${site}u)`);
  }

  #index(base: ExpressionNode, index: ExpressionNode, whole: ExpressionNode, origin: 'own' | 'library'): void {
    const { types } = this.#text.kernel;
    const type = types.get(base)?.type;
    const at = types.get(index);
    const count = type?.kind === 'array' ? type.count : type?.kind === 'vector' ? type.size : undefined;
    if (count === undefined || !at || at.constant) return;
    const signed = typeText(at.type) === 'i32';
    const site = this.#sites.add(origin, [{ kind: 'index', signed, place: this.#text.place(index, whole) }]);
    this.#edits.wrap(index, `check_${signed ? 'signed_' : ''}index(`, `, ${count}u, ${site}u)`);
  }

  #call(call: CallNode, origin: 'own' | 'library', mayFail: ReadonlySet<string>): void {
    const { name } = call.callee;
    const term = this.#text.term(name);
    const roles = this.#text.origin(name) ? (term?.params ?? []) : [];
    const bounded = roles.flatMap((role, k) => (boundsOf(role, []) ? [{ role, k }] : []));
    const enters = origin === 'own' && this.#text.origin(name) === 'library' && mayFail.has(name);
    if (bounded.length === 0 && !enters) return;
    // a draw's own site comes first, and is not the author's
    const shift = call.args.length - roles.length;
    const checks = bounded.map(({ role, k }): Site => {
      const place = this.#text.place(call.args[shift + k], call);
      return { ...checkOf(role, term?.writes?.field), place };
    });
    const site = this.#sites.add(
      origin,
      checks.length > 0 ? checks : [{ kind: 'call', place: this.#text.place(call) }],
    );
    this.#edits.redirect(call, WRAPPED, `${site}u`);
    this.#wrap(name, roles);
  }

  #wrap(name: string, roles: readonly Role[]): void {
    if (this.#wrapped.has(name)) return;
    this.#wrapped.add(name);
    const text = wrapperText({
      name: `${WRAPPED}${name}`,
      callee: this.#text.kernel.module.functions.get(name)!,
      last: 'site_number',
      before(args) {
        const statements = ['check_call(site_number);'];
        const checked = [...args];
        let offset = 0;
        for (const [k, role] of roles.entries()) {
          const bounds = boundsOf(role, checked);
          if (!bounds) continue;
          const site = `site_number + ${offset++}u`;
          const value =
            'count' in bounds
              ? `check_index(${args[k]}, ${bounds.count}, ${site})`
              : `check_value_${bounds.type}(${args[k]}, ${bounds.low}, ${bounds.high}, ${site})`;
          checked[k] = `safe${k}`;
          statements.push(`let safe${k} = ${value};`);
        }
        return { statements, args: checked };
      },
    });
    this.#edits.append(text);
  }
}

function checkOf(role: Role, name = ''): Check {
  if (role.kind === 'value') return { kind: 'value', field: role.field, name };
  return role.kind === 'element' ? { kind: 'index', signed: false } : { kind: role.kind as 'agent' | 'link' | 'group' };
}

/** `u32`, `vec2i`, …: the end of the name of the function for a type of divisors; undefined for what divides without a fault. */
function divisorSuffix(type: Type): string | undefined {
  const element = type.kind === 'vector' ? type.element : type;
  const letter = { u32: 'u', i32: 'i' }[typeText(element)];
  if (!letter) return undefined;
  return type.kind === 'vector' ? `vec${type.size}${letter}` : typeText(type);
}

interface FaultContext extends CheckContext {
  sites: SiteNumbers;
  rules: readonly string[];
}

/** The fault of the lowest step, in the first world that has one in it, as an error. */
function firstFault(words: Uint32Array, context: FaultContext): GroundswellError | undefined {
  const blocks = context.worlds.map((world, k) => ({ world, block: words.subarray(k * WORDS, (k + 1) * WORDS) }));
  const faults = blocks.filter(({ block }) => block[0] > 0).sort((a, b) => a.block[5] - b.block[5]);
  return faults.length > 0 ? faultError(faults[0].block, faults[0].world, context) : undefined;
}

function faultError(block: Uint32Array, world: WorldPlan, context: FaultContext): GroundswellError {
  const { sites, rules, ids, model } = context;
  const { groupRules = [] } = model;
  const [, number, from, rule, agent, step, ...values] = block;
  const site = sites.at(number);
  const inLibrary = number >= LIBRARY_SITES;
  const { file, line, column, text } = inLibrary ? sites.at(from).place : site.place;
  const { place } = site;
  const deeper = inLibrary ? `, which comes to \`${place.text}\` at ${place.file}:${place.line}:${place.column}` : '';
  const ofGroup = groupRules.includes(rules[rule]);
  const actor = ofGroup ? `group ${agent}` : `agent ${agent}${ids ? ` (${ids[agent]})` : ''}`;
  const when = step === 0 ? 'in the initial state' : `in step ${step}`;
  const { what, ...details } = wording(site, values);
  return new GroundswellError({
    what: `${what} in \`${text}\`${deeper} (rule "${rules[rule]}", ${actor}, ${when}, point ${world.point}, replica ${world.replica})`,
    where: `${file}:${line}:${column}`,
    ...details,
    kind: 'run',
  });
}

function wording(
  site: Site,
  [value, low, high]: readonly number[],
): { what: string; expected: string; got?: string; hint: string } {
  // no number at all is below a count of 0
  const range = high === 0xffffffff ? 'none, since there are none' : `${low} to ${high}`;
  switch (site.kind) {
    case 'agent':
      return { what: 'no such agent', expected: range, got: `${value}`, hint: 'agents are counted from 0' };
    case 'group':
      return { what: 'no such group', expected: range, got: `${value}`, hint: 'groups are counted from 0' };
    case 'link':
      return { what: 'no such neighbour', expected: range, got: `${value}`, hint: 'compare it with the degree before' };
    case 'index':
      return {
        what: 'the index is out of bounds',
        expected: range,
        got: `${site.signed ? value | 0 : value}`,
        hint: 'indices are counted from 0',
      };
    case 'value': {
      const { field, name } = site;
      const shown = (word: number): string =>
        `${decodeValue(field, field.low < 0 || field.kind === 'fixed' ? word | 0 : word)}`;
      return {
        what: `the value is outside the range of "${name}"`,
        expected: field.labels ? `one of ${field.labels.join(', ')}` : `${shown(low)} to ${shown(high)}`,
        got: shown(value),
        hint: 'declare a wider range, or clamp the value in the rule',
      };
    }
    default:
      return { what: 'division by zero', expected: 'another divisor', got: '0', hint: 'test the divisor before' };
  }
}
