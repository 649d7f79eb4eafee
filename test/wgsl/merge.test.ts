// Merging linked texts: what is declared alike once, what differs under different names, and what an entry needs to be called.
import { expect, test } from 'vitest';
import { functionsOf, mergeTexts, parse } from '../../src/wgsl/index.ts';

const entry = (body: string): string =>
  `@compute @workgroup_size(64)\nfn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3u) {\n${body}\n}`;
const ROOT = '@compute @workgroup_size(32) fn main() { each(); }\nfn each() {}';
const WORDS = '@group(0) @binding(1) var<storage, read_write> words: array<u32>;';

const merged = (texts: readonly string[], root = ROOT) => mergeTexts(root, texts, ['each', 'mine']);
const namesIn = (text: string): string[] =>
  parse(text).declarations.flatMap(node => ('name' in node ? [node.name.name] : []));

test('one entry is left, what it calls is not declared, and the other entries are functions without attributes', () => {
  const { text, entries } = merged([entry('words[lane] = group.x;') + WORDS, entry('words[lane] = 1u;') + WORDS]);
  expect(namesIn(text)).toEqual(['main', 'words', 'main_2', 'main_3']);
  expect(text.match(/@compute|@builtin/g)).toEqual(['@compute']);
  expect(text).toContain('@group(0) @binding(1) var<storage, read_write> words: array<u32>;');
  expect(entries.map(({ name, builtins }) => [name, builtins])).toEqual([
    ['main_2', ['local_invocation_index', 'workgroup_id']],
    ['main_3', ['local_invocation_index', 'workgroup_id']],
  ]);
  expect(functionsOf(parse(text)).find(({ name }) => name.name === 'main_2')!.params[0].attributes).toEqual([]);
});

test('functions of one text are told apart if what they call differs, however far down', () => {
  const calls = (size: number): string =>
    `${entry('top();')} fn top() { middle(); }\nfn middle() { words[SIZE] = same(); }\nconst SIZE = ${size};\nfn same() -> u32 { return 1u; }${WORDS}`;
  const { text } = merged([calls(1), `// another comment\n${calls(1)}`, calls(2)]);
  expect(namesIn(text).sort()).toEqual(
    ['SIZE', 'SIZE_2', 'main', 'main_2', 'main_3', 'middle', 'middle_2', 'same', 'top', 'top_2', 'words'].sort(),
  );
  expect(text).toMatch(/fn middle_2\(\) \{ words\[SIZE_2\] = same\(\); \}/);
  expect(text).toMatch(/fn top_2\(\) \{ middle_2\(\); \}/);
});

test('locals and members of the same name keep what they mean', () => {
  const place = (value: string): string =>
    `${entry('words[at()] = place(lane).at;')}\nstruct Place { at: u32, lane: u32 }\nfn place(at: u32) -> Place { let lane = at; return Place(lane, at); }\nfn at() -> u32 { return ${value}; }${WORDS}`;
  const { text } = merged([place('1u'), place('2u')]);
  expect(text.match(/struct Place/g)).toHaveLength(1);
  expect(text).toContain('words[at_2()] = place_2(lane).at;');
  expect(text).toContain('fn place_2(at_2: u32) -> Place { let lane = at_2; return Place(lane, at_2); }');
});

test('a name that another text may mean a builtin by, and names of the caller, are given to nobody', () => {
  const { text } = merged([
    `${entry('words[mix(1u)] = mine;')}\nfn mix(a: u32) -> u32 { return a; }\nvar<private> mine: u32;${WORDS}`,
    `${entry('words[0] = u32(mix(1.0, 2.0, 0.5));')}${WORDS}`,
  ]);
  expect(text).toContain('words[mix_2(1u)] = mine_2;');
  expect(text).toContain('u32(mix(1.0, 2.0, 0.5))');
});

test('private variables are told with the value with which an invocation begins', () => {
  const own = (first: string): string =>
    `${entry('count += lane; list[0] = count;')}\nvar<private> count = ${first};\nvar<private> list: array<Pair, SIZE>;\nstruct Pair { a: u32 }\nconst SIZE = ${first};\nvar<workgroup> shared_word: u32;`;
  const { entries } = merged([own('3u'), own('4u')]);
  expect(entries.map(({ privates }) => privates)).toEqual([
    [
      { name: 'count', begin: 'count = 3u;' },
      { name: 'list', begin: 'list = array<Pair, SIZE>();' },
    ],
    [
      { name: 'count', begin: 'count_2 = 4u;' },
      { name: 'list', begin: 'list_2 = array<Pair, SIZE_2>();' },
    ],
  ]);
});

test('directives come first, once', () => {
  const { text } = merged([`enable f16;\n${entry('')}`, `enable f16;\n${entry('return;')}`]);
  expect(text.startsWith('enable f16;')).toBe(true);
  expect(text.match(/enable/g)).toHaveLength(1);
});
