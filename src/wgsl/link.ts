// Linking: from modules that import each other (WESL, an extension of WGSL with imports and conditions) to one WGSL text. A thin coat over `wesl`, which
// drops what the root does not reach; here its errors become ours, with the author's file, line and column.
import { link, withLoggerAsync } from 'wesl/core';
import { GroundswellError } from '../errors.ts';
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

/** Links modules into one WGSL text. Throws a `GroundswellError` that names file, line and column. */
export async function linkShaders(
  modules: ShaderModules,
  { root, conditions, constants }: LinkOptions,
): Promise<LinkedText> {
  const weslSrc = Object.fromEntries(Object.entries(modules).map(([path, { text }]) => [`./${path}.wesl`, text]));
  const silent = (): void => {};
  try {
    const linked = await withLoggerAsync(silent, () =>
      link({ weslSrc, rootModuleName: root, conditions: { ...conditions }, constants: { ...constants } }),
    );
    return {
      text: linked.dest,
      locate(offset) {
        const { src, position } = linked.sourceMap.destToSrc(offset);
        return { file: fileOf(modules, src.path), ...lineAndColumn(src.text, position) };
      },
    };
  } catch (cause) {
    throw linkError(modules, cause);
  }
}

function fileOf(modules: ShaderModules, weslPath: string | undefined): string {
  const path = weslPath?.replace(/^\.\//, '').replace(/\.wesl$/, '') ?? '';
  return modules[path]?.file ?? path;
}

interface WeslFailure {
  message: string;
  weslLocation?: { file: string; line: number; column: number };
  span?: readonly [number, number];
  src?: { src: string; debugFilePath?: string };
}

function linkError(modules: ShaderModules, cause: unknown): GroundswellError {
  const failure = cause as WeslFailure;
  const firstLine = failure.message.split('\n')[0];
  if (failure.weslLocation) {
    const { file, line, column } = failure.weslLocation;
    const what = firstLine.replace(/ in file: .*$/, '');
    const name = /^unresolved identifier '(\w+)'/.exec(what)?.[1];
    const hint = name && `declare "${name}", or import it: is it spelt the same there?`;
    return new GroundswellError({ what, where: `${fileOf(modules, file)}:${line}:${column}`, hint, cause });
  }
  if (failure.src && failure.span) {
    const { line, column } = lineAndColumn(failure.src.src, failure.span[0]);
    const what = firstLine.replace(/^.*? error: /, '');
    const name = /^(?:let|var(?:<[^>]*>)?|const|fn)\s+(\w+)/.exec(failure.src.src.slice(failure.span[0]))?.[1];
    const hint =
      /^Expected identifier/.test(what) && name
        ? `"${name}" is a reserved word of WGSL; choose another name`
        : undefined;
    return new GroundswellError({
      what,
      where: `${fileOf(modules, failure.src.debugFilePath)}:${line}:${column}`,
      hint,
      cause,
    });
  }
  return new GroundswellError({ what: `the shader modules do not link: ${firstLine}`, cause });
}
