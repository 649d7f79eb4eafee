// The `pass` module of an intervention: what is done to each agent that it is aimed at, in place, before a step. It sees its own agent only, so that no two
// agents get in each other's way.
import { encodeValue, type Model } from '../model/index.ts';
import type { Condition, Deed, FieldCopy } from '../spec/intervention-spec.ts';
import type { FieldSource } from '../spec/spec.ts';
import type { Effects } from './effects.ts';
import { literal } from './expressions.ts';
import { givenText } from './kernels.ts';

/** An intervention as its kernel needs it. */
export interface InterventionPass {
  model: Model;
  does: readonly Deed[];
  where: readonly Condition[];
  /** Word of a world's row that says where the bits of its agents are; absent: everybody. */
  mask: number | undefined;
  /** What the draws of an agent go by, in WGSL. */
  number: string;
  /** Word of a world's row that says where the values of a field are, by source. */
  placeOf(source: FieldSource): number;
  /** What a rule does, which key it draws with, and how it gets its parameters. */
  ruleOf(rule: string): { effects: Effects; key: number; loadParams: string };
}

/** The text, and the fields that it writes. They are loaded first, since agents that share a word with others store it even where nothing is done to them. */
export function interventionPass(pass: InterventionPass): { pass: string; written: readonly string[] } {
  const rules = pass.does.flatMap(deed => (deed.kind === 'act' ? [deed.rule] : []));
  const tests = [
    ...(pass.mask === undefined ? [] : [maskTest(pass.mask)]),
    ...pass.where.map(one => test(pass.model, one)),
  ];
  const written = [...new Set(pass.does.flatMap(deed => writtenBy(deed, pass)))];
  const text = `${rules.map(rule => `import package::rules::${rule}::${rule};`).join('\n')}
fn act(its_bundle: u32, its_strand: u32, me: u32) {
  enter(its_bundle, its_strand);
  saturated = 0u;
  ${written.map(field => `load_${field}(me);`).join(' ')}
  if (${tests.length === 0 ? 'true' : tests.join(' && ')}) {
    ${pass.does.map(deed => (deed.kind === 'write' ? writeText(deed.values, pass) : actText(deed.rule, pass))).join('\n    ')}
    report_saturation();
  }
}`;
  return { pass: text, written };
}

const writtenBy = (deed: Deed, { ruleOf }: InterventionPass): readonly string[] =>
  deed.kind === 'write' ? Object.keys(deed.values) : [...ruleOf(deed.rule).effects.writes];

function maskTest(at: number): string {
  return `((setup_words[setup_words[row + ${at}u] + (me >> 5u)] >> (me & 31u)) & 1u) == 1u`;
}

const OPERATORS = { equal: '==', above: '>', below: '<' } as const;

function test({ fields }: Model, { field, is, value }: Condition): string {
  const word = encodeValue(fields[field], value, `where.${field}`);
  return `${field}(me) ${OPERATORS[is]} ${literal(fields[field], word)}`;
}

/** All values are found before one of them is stored, so that fields can be exchanged. */
function writeText(
  values: Readonly<Record<string, FieldSource | FieldCopy>>,
  { model, placeOf }: InterventionPass,
): string {
  const sets = Object.entries(values).map(([name, value]) => {
    if (value.kind !== 'field') return givenText(name, model.fields[name], placeOf(value));
    return model.fields[name].length === undefined
      ? `set_${name}(${value.field}(me));`
      : `for (var k = 0u; k < ${name}_count(); k++) { set_${name}(k, ${value.field}(me, k)); }`;
  });
  const stores = Object.keys(values).map(name => `store_${name}(me);`);
  return [...sets, ...stores].join('\n    ');
}

function actText(rule: string, { ruleOf, number }: InterventionPass): string {
  const { effects, key, loadParams } = ruleOf(rule);
  const written = [...effects.writes];
  return [
    ...written.map(field => `load_${field}(me);`),
    ...(effects.names.has('param') ? [loadParams] : []),
    `begin_draws(${key}u, ${number}, frame.step);`,
    `${rule}(me);`,
    ...written.map(field => `store_${field}(me);`),
  ].join('\n    ');
}
