// What `wesl` says of modules that do not link, in our words: the author's file, line and column, the text there, and the name that was probably meant.
import { GroundswellError, suggest } from '../errors.ts';
import type { ShaderModules } from './link.ts';
import { lineAndColumn, shorten } from './source.ts';

interface WeslFailure {
  message: string;
  /** Of a name that means nothing. */
  weslLocation?: { file: string; line: number; column: number };
  /** Of a syntax error. */
  span?: readonly [number, number];
  src?: { src: string; debugFilePath?: string };
}

/** A module's path from the path that `wesl` knows it by. */
export function modulePath(weslPath: string | undefined): string {
  return weslPath?.replace(/^\.\//, '').replace(/\.wesl$/, '') ?? '';
}

/** The error for a failure of `wesl`. */
export function linkError(
  modules: ShaderModules,
  constants: Readonly<Record<string, unknown>>,
  cause: unknown,
): GroundswellError {
  const failure = cause as WeslFailure;
  const firstLine = failure.message.split('\n')[0];
  if (failure.weslLocation) {
    const { file, line, column } = failure.weslLocation;
    const what = firstLine.replace(/ in file: .*$/, '');
    const hint = nameHint(what, modulePath(file), modules, Object.keys(constants));
    return errorAt(modules, modulePath(file), { line, column }, what, hint, cause);
  }
  if (failure.src && failure.span) {
    const what = firstLine.replace(/^.*? error: /, '');
    const { src, debugFilePath } = failure.src;
    const at = lineAndColumn(src, failure.span[0]);
    return errorAt(modules, modulePath(debugFilePath), at, what, syntaxHint(what, src.slice(failure.span[0])), cause);
  }
  return new GroundswellError({ what: `the shader modules do not link: ${firstLine}`, cause });
}

function errorAt(
  modules: ShaderModules,
  path: string,
  { line, column }: { line: number; column: number },
  what: string,
  hint: string | undefined,
  cause: unknown,
): GroundswellError {
  const module = modules[path];
  const text = shorten(module?.text.split('\n')[line - 1] ?? '');
  return new GroundswellError({
    what: text === '' ? what : `${what} in \`${text}\``,
    where: `${module?.file ?? path}:${line}:${column}`,
    hint,
    cause,
  });
}

function syntaxHint(what: string, rest: string): string | undefined {
  const name = /^(?:(?:let|var(?:<[^>]*>)?|const|fn)\s+)?(\w+)/.exec(rest)?.[1];
  if (/^Expected identifier/.test(what) && name) return `"${name}" is a reserved word of WGSL; choose another name`;
  if (/^Expected a declaration/.test(what) && /^import\b/.test(rest)) return 'put imports before everything else';
  return /^invalid import, expected ';'/.test(what) ? 'the import before it lacks its ";"' : undefined;
}

/** Modules that are no use to a rule. */
const INTERNAL = /^(?:pass|place|reduce|step|pair|sequential|collect|publish|instrument\/.*)$/;

/** Names that a module declares. */
function declared(text: string): string[] {
  return [...text.matchAll(/^(?:@\w+(?:\([^)]*\))? *)*(?:fn|var(?:<[^>]*>)?|const|struct|alias) +(\w+)/gm)].map(
    match => match[1],
  );
}

const close = (name: string, known: readonly string[]): string | undefined => {
  const hint = suggest(name, known);
  return hint?.startsWith('did you mean') ? hint : undefined;
};

/** The way out for a name that is not declared, not exported, or in a module that is not there. */
function nameHint(
  what: string,
  path: string,
  modules: ShaderModules,
  constants: readonly string[],
): string | undefined {
  const unresolved = /^unresolved identifier '(\w+)'/.exec(what)?.[1];
  if (unresolved !== undefined) return unresolvedHint(unresolved, path, modules);
  const missing = /^no exported '(\w+)' in module '(?:package::)?([\w:]+)'/.exec(what);
  if (missing) {
    const module = modules[missing[2].replaceAll('::', '/')];
    return close(missing[1], module ? declared(module.text) : constants) ?? elsewhere(missing[1], modules);
  }
  const module = /^module not found for '([\w:]+)::\w+'/.exec(what)?.[1];
  if (module === undefined) return undefined;
  return suggest(
    module,
    Object.keys(modules)
      .filter(known => !INTERNAL.test(known))
      .map(known => `package::${known.replaceAll('/', '::')}`),
  );
}

const TYPES = ['bool', 'f32', 'i32', 'u32', 'vec2u', 'vec2i', 'vec3u', 'vec3i'];

function unresolvedHint(name: string, path: string, modules: ShaderModules): string {
  const text = modules[path]?.text ?? '';
  const imported = [...text.matchAll(/^import ([^;]*);/gm)].flatMap(([, list]) => list.match(/\w+/g) ?? []);
  return (
    elsewhere(name, modules) ??
    close(name, [...imported, ...declared(text), ...TYPES]) ??
    `declare "${name}", or import it: is it spelt the same there?`
  );
}

/** How to import a name that another module declares. */
function elsewhere(name: string, modules: ShaderModules): string | undefined {
  const owner = Object.keys(modules).find(
    path => !path.includes('/') && !INTERNAL.test(path) && declared(modules[path].text).includes(name),
  );
  return owner && `import it: \`import package::${owner}::${name};\``;
}
