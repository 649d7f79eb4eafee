// The folder listing of src is the architecture: each folder imports only from those above it. And what must not be in src at all.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionRules } from '../src/model/actions.ts';
import { catalogue } from '../src/models/index.ts';
import { shaders } from '../src/shaders.generated.ts';

/** Files and folders of src, top to bottom. `alignment`, `viewer` and others may be missing as yet; nothing else may be there. */
const ORDER = [
  ...['errors.ts', 'random.ts', 'fixed.ts', 'exact.ts', 'distributions.ts', 'shaders.generated.ts'],
  ...[
    'model',
    'spec',
    'topology',
    'values',
    'wgsl',
    'plan',
    'engine',
    'alignment',
    'models',
    'record',
    'experiment',
    'report',
  ],
  ...['index.ts', 'cli', 'cli.ts', 'viewer'],
];

const ROOT = join(import.meta.dirname, '..', 'src');

interface SourceFile {
  /** Below src, with slashes. */
  path: string;
  text: string;
  imports: readonly Import[];
}

interface Import {
  from: string;
  typeOnly: boolean;
  dynamic: boolean;
}

/** Text without comments; strings stay. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/.*$/gm,
    (_, string) => (string === undefined ? '' : string),
  );
}

function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const fixed = [...code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?(['"])([^'"]+)\2/gm)];
  const inline = [...code.matchAll(/\bimport\(\s*(['"])([^'"]+)\1\s*\)/g)];
  const urls = [...code.matchAll(/new URL\(\s*(['"])(\.[^'"]+)\1\s*,\s*import\.meta\.url/g)];
  return [
    ...fixed.map(match => ({ from: match[3], typeOnly: match[1] !== undefined, dynamic: false })),
    ...[...inline, ...urls].map(match => ({ from: match[2], typeOnly: false, dynamic: true })),
  ];
}

function sourceFiles(): SourceFile[] {
  const names = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(name => /\.(ts|js)$/.test(name));
  return names.map(name => {
    const text = readFileSync(join(ROOT, name), 'utf8');
    return { path: name.replaceAll('\\', '/'), text, imports: importsOf(text) };
  });
}

const files = sourceFiles();
const topOf = (path: string): string => path.split('/')[0];

/** Imports from below: `a.ts imports b.ts`. */
function wrongWay(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ from }) => from.startsWith('.') && !/(^|\/)package\.json$/.test(from))
      .map(({ from }) => relative(ROOT, join(ROOT, dirname(path), from)).replaceAll('\\', '/'))
      .filter(target => ORDER.indexOf(topOf(target)) > ORDER.indexOf(topOf(path)) || target.startsWith('..'))
      .map(target => `${path} imports ${target}`),
  );
}

describe('order', () => {
  test('src holds what the architecture names', () => {
    expect(readdirSync(ROOT).filter(name => !ORDER.includes(name))).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter(({ imports }) => imports.length > 0).length).toBeGreaterThan(100);
  });

  test('each imports only from those above it', () => {
    expect(wrongWay(files)).toEqual([]);
  });

  test('the command line and the viewer import the public API only', () => {
    const outside = files
      .filter(({ path }) => /^(cli|viewer)\//.test(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ from }) => from.startsWith('../') && from !== '../../package.json')
          .filter(({ from }) => join(dirname(path), from).replaceAll('\\', '/') !== 'index.ts')
          .filter(({ from }) => topOf(join(dirname(path), from).replaceAll('\\', '/')) !== topOf(path))
          .map(({ from }) => `${path} imports ${from}`),
      );
    expect(outside).toEqual([]);
    const entry = files.find(({ path }) => path === 'cli.ts')!;
    expect(entry.imports.filter(({ from }) => from.startsWith('.')).map(({ from }) => topOf(from.slice(2)))).toEqual(
      entry.imports.filter(({ from }) => from.startsWith('.')).map(() => 'cli'),
    );
  });

  test('the scan sees what it looks for', () => {
    const imports = importsOf(`import type { A } from './a.ts';
// import { hidden } from './hidden.ts';
export * from "../b.ts";
import {
  c,
} from './c.ts';
import './d.ts';
const e = await import('./e.ts');
new Worker(new URL('./f.js', import.meta.url));
const g = "import('./text.ts')".length;`);
    const names = imports.map(({ from }) => from);
    for (const name of ['./a.ts', '../b.ts', './c.ts', './d.ts', './e.ts', './f.js']) expect(names).toContain(name);
    expect(names).not.toContain('./hidden.ts');
    const upward: SourceFile = {
      path: 'plan/x.ts',
      text: '',
      imports: importsOf("import type { Y } from '../engine/y.ts';"),
    };
    expect(wrongWay([upward])).toEqual(['plan/x.ts imports engine/y.ts']);
  });
});

describe('hosts', () => {
  /** Where Node's modules may be named. A worker's own file is loaded by Node only. */
  const allowed = ({ path }: SourceFile, { typeOnly, dynamic }: Import): boolean =>
    typeOnly ||
    /^(record|cli)\//.test(path) ||
    path === 'cli.ts' ||
    path === 'engine/cpu/thread.js' ||
    (dynamic && (path === 'experiment/files.ts' || path.startsWith('engine/cpu/')));

  test('Node’s modules stay at the edges, so that a browser can load the rest', () => {
    const found = files.flatMap(file =>
      file.imports
        .filter(one => one.from.startsWith('node:') && !allowed(file, one))
        .map(one => `${file.path}: ${one.from}`),
    );
    expect(found).toEqual([]);
  });

  test('nobody calls Math.random', () => {
    expect(
      files.filter(({ text }) => /Math\s*\.\s*random/.test(withoutComments(text))).map(({ path }) => path),
    ).toEqual([]);
  });
});

describe('names', () => {
  const rules = catalogue.flatMap(model => [...model.rules, ...(model.setup ?? []), ...actionRules(model)]);

  test('no file outside src/models mentions a model or a rule of the catalogue', () => {
    const names = [...catalogue.map(model => model.name), ...rules];
    const found = files
      .filter(({ path }) => topOf(path) !== 'models' && path !== 'shaders.generated.ts')
      .flatMap(({ path, text }) =>
        names
          .filter(name => new RegExp(`(['"\`])${name}\\1`).test(withoutComments(text)))
          .map(name => `${path}: ${name}`),
      );
    expect(found).toEqual([]);
  });

  test('every rule of the catalogue has its file, and its function', () => {
    for (const model of catalogue) {
      const { rules, groupRules = [], setup = [], shaders: own = {} } = model;
      for (const rule of [...rules, ...actionRules(model)]) {
        const text = own[rule]?.text ?? shaders[`rules/${rule}.wgsl`];
        const whose = groupRules.includes(rule) ? 'g' : 'me';
        expect(text, rule).toMatch(new RegExp(`^fn ${rule}\\(${whose}: u32\\)`, 'm'));
      }
      for (const rule of setup) expect(shaders[`init/${rule}.wgsl`] ?? own[rule]?.text, rule).toContain(`fn ${rule}(`);
    }
  });

  test('every rule file belongs to a model', () => {
    const filed = Object.keys(shaders)
      .filter(path => /^(rules|init)\//.test(path))
      .map(path => path.replace(/^\w+\/|\.wgsl$/g, ''));
    expect(filed.filter(rule => !rules.includes(rule))).toEqual([]);
  });

  test('the generated module holds the shaders as they are', () => {
    const folder = join(ROOT, '..', 'shaders');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.wgsl'));
    expect(Object.keys(shaders).sort()).toEqual(names.map(name => name.replaceAll('\\', '/')).sort());
    for (const name of names)
      expect(shaders[name.replaceAll('\\', '/')]).toBe(readFileSync(join(folder, name), 'utf8'));
  });
});
