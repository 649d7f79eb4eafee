// The `pass` module of the rules of a step that share a kernel: for each agent one after the other. A field is loaded before the first of them that writes it, and stored
// after the last; see fusion.ts.
import type { FusedFields } from './accessors.ts';
import type { Effects } from './effects.ts';
import { fieldsHandedOn, type HandedOn } from './fusion.ts';
import { type Actors, classMember, rulePass } from './kernels.ts';
import type { Flips, SlotPlan } from './slots.ts';

/** A rule of the kernel. */
export interface FusedRule {
  name: string;
  effects: Effects;
  key: number;
  loadParams: string;
  /** It acts on those only whom the activation coin picks. */
  active: boolean;
}

interface GroupContext {
  actors: Exclude<Actors, 'active'>;
  /** Exchanges before the first rule. */
  flips: Flips;
  slots: SlotPlan;
  /** Whether a field is written to the state at once. */
  isInPlace(field: string): boolean;
  /** What draws go by, in WGSL. */
  number: string;
}

/** The text of one rule or of several, the fields that are written, and what the agent module of several has to know. */
export function groupPass(
  rules: readonly FusedRule[],
  { actors, flips, slots, isInPlace, number }: GroupContext,
): { pass: string; written: Iterable<string>; fused?: FusedFields } {
  if (rules.length === 1) {
    const [{ name, effects, key, loadParams, active }] = rules;
    const pass = rulePass(name, 'rules', effects, key, { actors: active ? 'active' : actors, loadParams, number });
    return { pass, written: effects.writes };
  }
  const after = rules.reduce((done, { effects }) => slots.after(done, effects), flips);
  const exchanges = new Map([...after].map(([field, times]) => [field, times - (flips.get(field) ?? 0)]));
  const handedOn = fieldsHandedOn(rules, isInPlace);
  const written = new Set(rules.flatMap(({ effects }) => [...effects.writes]));
  return { pass: fusedText(rules, handedOn, { actors, number }), written, fused: { exchanges, handedOn } };
}

function fusedText(
  rules: readonly FusedRule[],
  handedOn: ReadonlyMap<string, HandedOn>,
  { actors, number }: Pick<GroupContext, 'actors' | 'number'>,
): string {
  const writersOf = (field: string): number[] =>
    rules.flatMap(({ effects }, n) => (effects.writes.has(field) ? [n] : []));
  const body = rules.flatMap(({ name, effects, key, loadParams, active }, n) => {
    const written = [...effects.writes];
    const loaded = written.filter(field => writersOf(field)[0] === n);
    const stored = written.filter(field => writersOf(field).at(-1) === n);
    const kept = n < rules.length - 1 ? written.filter(field => handedOn.get(field)?.rewritten) : [];
    return [
      loaded.map(field => `load_${field}(me);`).join(' '),
      active ? 'if (acting) {' : '{',
      // again for each: a rule may have changed its own
      `  ${effects.names.has('param') ? loadParams : ''}`,
      `  begin_draws(${key}u, ${number}, frame.step);`,
      `  ${name}(me);`,
      '}',
      [...stored.map(field => `store_${field}(me);`), ...kept.map(field => `keep_${field}();`)].join(' '),
      handedOn.size > 0 ? `rules_done = ${n + 1}u;` : '',
    ];
  });
  return `${[...new Set(rules.map(({ name }) => `import package::rules::${name}::${name};`))].join('\n')}
fn act(its_bundle: u32, its_strand: u32, ${actors === 'class' ? 'its_number' : 'me'}: u32) {
  enter(its_bundle, its_strand);
  ${actors === 'class' ? classMember : ''}
  ${handedOn.size > 0 ? 'rules_done = 0u;' : ''}
  ${rules.some(({ active }) => active) ? 'let acting = acts(me);' : ''}
  ${body.join('\n  ')}
  ${rules.some(({ effects }) => effects.writes.size > 0) ? 'report_saturation();' : ''}
}`;
}
