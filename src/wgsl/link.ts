// Linking: from modules that import each other (WESL, an extension of WGSL with imports and conditions) to one WGSL text. A thin coat over `wesl`, which
// drops what the root does not reach; here its errors become ours, with the author's file, line and column.
import { link, withLoggerAsync } from 'wesl/core';
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
    throw linkError(modules, constants, cause);
  }
}

function fileOf(modules: ShaderModules, weslPath: string | undefined): string {
  const path = modulePath(weslPath);
  return modules[path]?.file ?? path;
}
