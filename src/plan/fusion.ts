// Which consecutive rules of a step run in one kernel, agent by agent, instead of one after the other for all agents. Only where nobody could tell: no rule may see at
// others what an earlier one of its kernel wrote, nor an earlier one what a later one overwrote. Its own agent's values a rule reads as the rules before left them.
import type { Effects } from './effects.ts';

/** A rule as fusing sees it. */
export interface FusibleRule {
  name: string;
  effects: Effects;
  actor: 'agent' | 'group';
  /** It acts on agents for which others of its step do not: a derived rule where the others take a class in turn. */
  forEveryone: boolean;
  /** Aggregates that are computed before it. */
  aggregates: readonly string[];
}

export interface FusionContext {
  /** Fields that take turns between two slots. */
  twoSlots: ReadonlySet<string>;
  /** Agents take turns in classes: who acts at the same time looks at nobody who does, but for rules that act for everyone. */
  classes: boolean;
  /** Whether many points of a sweep are computed at once. */
  manyPoints: boolean;
}

/**
 * Largest size of a kernel's rules in all. Beyond it some functions would be called instead of inlined (lower/inlining.ts), and draws no longer be computed ahead: the
 * rules of tri-alignment took 6 to 9 % longer together.
 */
const LARGEST = 6000;

/** Rules that run in one kernel. */
export interface RuleGroup<Rule> {
  rules: readonly Rule[];
  /** Why they do not run with the group before; absent for the first. */
  apart?: string;
}

/** Puts each rule into the group of the one before it, where that changes nothing. */
export function fuseRules<Rule extends FusibleRule>(rules: readonly Rule[], context: FusionContext): RuleGroup<Rule>[] {
  const groups: RuleGroup<Rule>[] = [];
  for (const rule of rules) {
    const last = groups.at(-1);
    const apart = last && whyApart(last.rules, rule, context);
    if (last && apart === undefined) groups[groups.length - 1] = { ...last, rules: [...last.rules, rule] };
    else groups.push({ rules: [rule], ...(apart !== undefined && { apart }) });
  }
  return groups;
}

/** What stands against a rule in one kernel with those before it; undefined: nothing. */
function whyApart(before: readonly FusibleRule[], rule: FusibleRule, context: FusionContext): string | undefined {
  return whyDifferent(before[0], rule) ?? whySeen(before, rule, context) ?? whySlower(before, rule, context);
}

/** Rules that do not act on the same, one right after the other. */
function whyDifferent(first: FusibleRule, rule: FusibleRule): string | undefined {
  if (rule.actor === 'group' || first.actor === 'group') {
    return `${rule.actor === 'group' ? 'it runs' : 'the one before runs'} for groups`;
  }
  if (rule.forEveryone !== first.forEveryone) return 'it acts on other agents than the one before';
  if (rule.aggregates.length > 0)
    return `${rule.aggregates.join(', ')} ${rule.aggregates.length > 1 ? 'are' : 'is'} computed before it`;
  return undefined;
}

/** Somebody would see the difference. */
function whySeen(
  before: readonly FusibleRule[],
  rule: FusibleRule,
  { twoSlots, classes }: FusionContext,
): string | undefined {
  const { writes, readsOfOthers, privates } = rule.effects;
  for (const earlier of before) {
    const seen = [...readsOfOthers].find(field => earlier.effects.writes.has(field));
    if (seen !== undefined) return `it reads at others "${seen}", which ${earlier.name} writes`;
    const shared = [...privates].find(variable => earlier.effects.privates.has(variable));
    if (shared !== undefined) return `it uses the private variable at ${shared}, as ${earlier.name} does`;
  }
  if (classes && !rule.forEveryone) return undefined;
  const all = [...before, rule];
  for (const field of writes) {
    const reader = all.find(({ effects }) => effects.readsOfOthers.has(field));
    if (reader && !twoSlots.has(field)) return `it writes "${field}", which ${reader.name} reads at others`;
    // after an even number of exchanges the last value goes where the first was read
    const exchanges = all.filter(({ effects }) => effects.writes.has(field)).length;
    if (reader && exchanges % 2 === 0) return `it writes "${field}" again, which ${reader.name} reads at others`;
  }
  return undefined;
}

/** It would take longer, or no less. */
function whySlower(
  before: readonly FusibleRule[],
  rule: FusibleRule,
  { manyPoints }: FusionContext,
): string | undefined {
  const size = [...before, rule].reduce((sum, { effects }) => sum + effects.size, 0);
  if (size > LARGEST) return 'they would be too large to be compiled as one function';
  if (manyPoints && rule.effects.inWords !== before[0].effects.inWords) {
    return 'only one of them can be computed for many points at once';
  }
  return undefined;
}

/** What a kernel of several rules does with a field that an earlier of them writes and a later one reads of its own agent. */
export interface HandedOn {
  /** So many rules have run when the field is first read as written in this kernel. */
  from: number;
  /** A rule that reads it so also writes it, and must not see what it writes itself. */
  rewritten: boolean;
}

/** The fields that rules of a group hand on to each other in private variables. What `isInPlace` is in the state as soon as it is written. */
export function fieldsHandedOn(
  rules: readonly { effects: Effects }[],
  isInPlace: (field: string) => boolean,
): Map<string, HandedOn> {
  const fields = new Set(rules.flatMap(({ effects }) => [...effects.writes]));
  const result = new Map<string, HandedOn>();
  for (const field of fields) {
    if (isInPlace(field)) continue;
    const from = rules.findIndex(({ effects }) => effects.writes.has(field)) + 1;
    const readers = rules.slice(from).filter(({ effects }) => effects.names.has(field));
    if (readers.length === 0) continue;
    result.set(field, { from, rewritten: readers.some(({ effects }) => effects.writes.has(field)) });
  }
  return result;
}
