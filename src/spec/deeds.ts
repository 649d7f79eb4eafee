// `do` of an intervention → the parameters that it sets and what it does to agents, in order. Actions are replaced by what they stand for.
import { copyFault, type Model, type Param, paramValue } from '../model/index.ts';
import type { Deed, FieldCopy, Intervention } from './intervention-spec.ts';
import type { WrittenDeed } from './interventions-schema.ts';
import type { Path } from './origin.ts';
import type { FieldSource, Source } from './source-spec.ts';
import { fieldTarget, paramTarget, type Reading, readElements, readSource, type ValueTarget } from './sources.ts';

/** What an intervention is made of. */
export function readDeeds(
  written: WrittenDeed | WrittenDeed[],
  model: Model,
  path: Path,
  reading: Reading,
): Pick<Intervention, 'set' | 'does' | 'about'> {
  const reader = new DeedReader(model, reading);
  if (Array.isArray(written)) for (const [i, deed] of written.entries()) reader.add(deed, [...path, i]);
  else reader.add(written, path);
  const { set, does, words } = reader;
  if (words.length === 0) reading.fail(path, { what: 'nothing is done', expected: 'set, write or act' });
  return { set, does, about: words.join(', ') };
}

class DeedReader {
  readonly set: Record<string, Source> = {};
  readonly does: Deed[] = [];
  readonly words: string[] = [];
  readonly #model: Model;
  readonly #reading: Reading;

  constructor(model: Model, reading: Reading) {
    this.#model = model;
    this.#reading = reading;
  }

  add(deed: WrittenDeed, path: Path): void {
    if (typeof deed === 'string') {
      this.#act(deed, path);
      return;
    }
    for (const [name, form] of Object.entries(deed.set ?? {})) {
      const label = this.#setting(name, form, [...path, 'set', name]);
      this.words.push(`set ${name} to ${label}`);
    }
    const labels = this.#write(deed.write ?? {}, name => [...path, 'write', name]);
    this.words.push(...labels.map(([name, label]) => `write ${name}: ${label}`));
    for (const name of [deed.act ?? []].flat()) this.#act(name, [...path, 'act']);
  }

  #act(name: string, path: Path): void {
    const { rule, set = {}, write = {} } = this.#model.actions![name];
    for (const [param, value] of Object.entries(set)) this.#setting(param, value, path);
    this.#write(write, () => path);
    if (rule !== undefined) {
      if (this.does.some(deed => deed.kind === 'act' && deed.rule === rule)) {
        this.#reading.fail(path, { what: `${name} comes twice`, expected: 'different actions' });
      }
      this.does.push({ kind: 'act', rule });
    }
    this.words.push(name);
  }

  /** Adds a parameter; gives its value in words. */
  #setting(name: string, form: unknown, path: Path): string {
    const param = this.#model.params[name] as Param;
    const source: Source =
      typeof form === 'string'
        ? { kind: 'value', value: paramValue(param, form, name), where: this.#reading.place(path), label: form }
        : readSource(paramTarget(param), form, path, this.#reading);
    this.set[name] = source;
    return source.label;
  }

  /** Adds values that are written together; gives them in words. */
  #write(forms: Readonly<Record<string, unknown>>, pathOf: (name: string) => Path): [name: string, label: string][] {
    const values = Object.entries(forms).map(([name, form]) => [name, this.#value(name, form, pathOf(name))] as const);
    if (values.length > 0) this.does.push({ kind: 'write', values: Object.fromEntries(values) });
    return values.map(([name, value]) => [name, value.kind === 'field' ? value.field : value.label]);
  }

  /** A value as written, for all elements where there are several. A bare number is that of everybody, also of a bit. */
  #value(name: string, form: unknown, path: Path): FieldSource | FieldCopy {
    const field = this.#model.fields[name];
    if (typeof form === 'object' && form !== null && 'field' in form) {
      const from = form.field as string;
      const fault = copyFault(this.#model.fields[from], field);
      if (fault) this.#reading.fail(path, { what: `"${from}" cannot be written to "${name}": ${fault}` });
      return { kind: 'field', field: from };
    }
    const { shared: _, ...target }: ValueTarget = fieldTarget(field);
    const given = typeof form === 'string' ? { value: form } : form;
    return field.length === undefined
      ? readSource(target, given, path, this.#reading)
      : readElements(target, given, path, this.#reading);
  }
}
