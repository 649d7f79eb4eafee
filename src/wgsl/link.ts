// Linking: from modules that import each other (WESL, an extension of WGSL with imports and conditions) to one WGSL text. A thin coat over `wesl`, which
// drops what the root does not reach; here its errors become ours, with the author's file, line and column.
import { link, type ModuleResolver, RecordResolver, withLoggerAsync } from 'wesl/core';
import { cachedLink } from './link-cache.ts';
import { linkError, modulePath } from './link-errors.ts';
import { lineAndColumn } from './source.ts';

/** One source of a kernel: the text and the file name that messages show. */
export interface ShaderModule {
  text: string;
  file: string;
}

/** Modules by path below `package::`, e.g. `rules/copy_contact`. */
export type ShaderModules = Readonly<Record<string, ShaderModule>>;

/** A linked text, and where each of its characters was written. */
export interface LinkedText {
  text: string;
  locate(offset: number): { file: string; line: number; column: number };
}

export interface LinkOptions {
  /** Path of the module that holds the entry point. */
  root: string;
  /** What `@if(…)` may ask for. */
  conditions: Readonly<Record<string, boolean>>;
  /** What `import constants::…` may name. */
  constants: Readonly<Record<string, number>>;
}

/** Links modules into one WGSL text; equal links give the same object. Throws a `GroundswellError` that names file, line and column. */
export function linkShaders(modules: ShaderModules, options: LinkOptions): Promise<LinkedText> {
  return cachedLink(modules, options, () => linkAnew(modules, options));
}

async function linkAnew(modules: ShaderModules, { root, conditions, constants }: LinkOptions): Promise<LinkedText> {
  const silent = (): void => {};
  try {
    const linked = await withLoggerAsync(silent, () =>
      link({
        resolver: new KeepingResolver(modules),
        rootModuleName: root,
        conditions: { ...conditions },
        constants: { ...constants },
      }),
    );
    return {
      text: linked.dest,
      locate(offset) {
        const { src, position } = linked.sourceMap.destToSrc(offset);
        const token = TOKEN.exec(linked.dest.slice(offset, offset + LONGEST_TOKEN))?.[0];
        return { file: fileOf(modules, src.path), ...lineAndColumn(src.text, nearest(src.text, position, token)) };
      },
    };
  } catch (cause) {
    throw linkError(modules, constants, cause);
  }
}

const PACKAGE = 'package::';

/** Finds modules, and keeps the last text that was parsed of each: most kernels share most of the library, and `wesl` does not change what it has parsed. */
class KeepingResolver implements ModuleResolver {
  static readonly #kept = new Map<string, { text: string; parsed: RecordResolver }>();
  readonly #modules: ShaderModules;

  constructor(modules: ShaderModules) {
    this.#modules = modules;
  }

  resolveModule(name: string): ReturnType<RecordResolver['resolveModule']> {
    if (!name.startsWith(PACKAGE)) return undefined;
    const path = name.slice(PACKAGE.length).replaceAll('::', '/');
    if (!Object.hasOwn(this.#modules, path)) return undefined;
    const { text } = this.#modules[path];
    let kept = KeepingResolver.#kept.get(path);
    if (kept?.text !== text) {
      kept = { text, parsed: new RecordResolver({ [`./${path}.wesl`]: text }) };
      KeepingResolver.#kept.set(path, kept);
    }
    return kept.parsed.resolveModule(name);
  }
}

const TOKEN = /^(?:\w+|[^\s\w])/;
const LONGEST_TOKEN = 80;
/** Characters by which the map of `wesl`, which lays out the text anew, may be off. */
const DRIFT = 40;

/** Where a token stands in the author's text: the place closest to the one that the map gives, or that place itself where the token was renamed. */
function nearest(text: string, position: number, token: string | undefined): number {
  if (token === undefined) return position;
  const isWord = /\w/.test(token);
  const standsAt = (at: number): boolean =>
    text.startsWith(token, at) &&
    !(isWord && (/\w/.test(text[at - 1] ?? '') || /\w/.test(text[at + token.length] ?? '')));
  for (let distance = 0; distance <= DRIFT; distance++) {
    if (standsAt(position + distance)) return position + distance;
    if (standsAt(position - distance)) return position - distance;
  }
  return position;
}

function fileOf(modules: ShaderModules, weslPath: string | undefined): string {
  const path = modulePath(weslPath);
  return modules[path]?.file ?? path;
}
