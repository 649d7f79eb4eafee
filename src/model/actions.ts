// What a model lets interventions do by name: its actions. What a spec makes of them is told in src/spec/interventions.ts.
import { GroundswellError, suggest } from '../errors.ts';
import { encodeValue, type Field, isSigned } from './fields.ts';
import type { Model } from './model.ts';
import { type Param, paramValue } from './params.ts';
import { WGSL_WORDS } from './wgsl-words.ts';

/** What happens to each agent that an intervention is aimed at: parameters first, then fields, then the rule. At least one of the three. */
export interface Action {
  /** What it stands for, in a few words. */
  readonly about: string;
  /** A rule that runs for the agent before the step: it sees and writes its own agent only, and may draw. Not one of `rules` or `setup`. */
  readonly rule?: string;
  /** Parameters that the agent has while the intervention is in force: numbers, and options of choices. */
  readonly set?: Readonly<Record<string, number | string>>;
  /** Fields of the agent that take a value (for every element of an array), or that of another of its fields. */
  readonly write?: Readonly<Record<string, number | string | { readonly field: string }>>;
}

/** Rules of the actions of a model, each once. */
export function actionRules({ actions = {} }: Pick<Model, 'actions'>): string[] {
  return [...new Set(Object.values(actions).flatMap(({ rule }) => rule ?? []))];
}

/** Why a parameter cannot change during a run, if it cannot. */
export function settingFault({ fields }: Pick<Model, 'fields'>, param: string): string | undefined {
  const field = Object.keys(fields).find(name => fields[name].length === param);
  return field && `it is the number of elements of "${field}", which stays`;
}

/** Why the values of a field cannot be written into another, if they cannot. */
export function copyFault(from: Field, to: Field): string | undefined {
  const shape = ({ holder = 'agent', length, fractionBits }: Field) => [holder, length ?? 1, fractionBits].join();
  if (shape(from) !== shape(to) || isSigned(from) !== isSigned(to)) return 'the two fields have different shapes';
  return from.low < to.low || from.high > to.high ? 'its range is wider' : undefined;
}

/** Checks the actions of a declaration. */
export function checkActions(model: Model): void {
  for (const [name, action] of Object.entries(model.actions ?? {})) {
    const where = `model ${model.name}, action ${name}`;
    if (!/^[a-z][a-z0-9-]*$/.test(name)) {
      const expected = 'lower-case letters, digits and hyphens';
      throw new GroundswellError({ what: 'bad name of an action', where, expected, got: `"${name}"` });
    }
    if (!action.rule && !action.set && !action.write) {
      throw new GroundswellError({ what: 'the action does nothing', where, expected: 'a rule, set or write' });
    }
    if (action.rule !== undefined) checkRule(model, action.rule, where);
    for (const [param, value] of Object.entries(action.set ?? {})) checkSetting(model, param, value, where);
    for (const [field, value] of Object.entries(action.write ?? {})) checkWrite(model, field, value, where);
  }
}

function checkRule({ rules, setup = [] }: Model, rule: string, where: string): void {
  if (!/^[a-z][a-z0-9_]*$/.test(rule) || WGSL_WORDS.has(rule)) {
    const expected = 'lower-case letters, digits and underscores, and no reserved word of WGSL';
    throw new GroundswellError({ what: 'bad name of a rule', where, expected, got: `"${rule}"` });
  }
  if (!rules.includes(rule) && !setup.includes(rule)) return;
  const hint = 'give the action a rule of its own, which draws its own numbers';
  throw new GroundswellError({ what: `"${rule}" is a rule of the model already`, where, hint });
}

function checkSetting(model: Model, name: string, value: number | string, where: string): void {
  const param = Object.hasOwn(model.params, name) ? model.params[name] : undefined;
  if (!param || param.kind === 'table') {
    const hint = param ? 'tables stay as they are' : suggest(name, Object.keys(model.params));
    throw new GroundswellError({ what: `unknown parameter "${name}"`, where, hint });
  }
  const fault = settingFault(model, name);
  if (fault) throw new GroundswellError({ what: `"${name}" cannot change: ${fault}`, where });
  refuseOutside(param, paramValue(param, value, where), `${where}, ${name}`);
}

function refuseOutside({ min, max, kind }: Param, value: number, where: string): void {
  if (value >= min && value <= max && (kind !== 'integer' || Number.isInteger(value))) return;
  const expected = `${kind === 'integer' ? 'an integer' : 'a number'} from ${min} to ${max}`;
  throw new GroundswellError({ what: 'out of range', where, expected, got: String(value) });
}

function checkWrite(
  { fields }: Model,
  name: string,
  value: number | string | { readonly field: string },
  where: string,
): void {
  const fieldNamed = (named: string): Field => {
    if (Object.hasOwn(fields, named)) return fields[named];
    throw new GroundswellError({ what: `unknown field "${named}"`, where, hint: suggest(named, Object.keys(fields)) });
  };
  const field = fieldNamed(name);
  if ((field.holder ?? 'agent') !== 'agent') {
    throw new GroundswellError({ what: `"${name}" is not a field of agents`, where });
  }
  if (typeof value !== 'object') {
    encodeValue(field, value, `${where}, ${name}`);
    return;
  }
  const fault = copyFault(fieldNamed(value.field), field);
  if (fault) throw new GroundswellError({ what: `"${value.field}" cannot be written to "${name}": ${fault}`, where });
}
