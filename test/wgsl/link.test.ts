// Mistakes that linking finds: each is told with the author's file, line and column, the text there, and what was probably meant.
import { expect, test } from 'vitest';
import { linkShaders } from '../../src/wgsl/index.ts';

const LIBRARY = {
  agent: {
    text: 'fn opinion(i: u32) -> u32 { return i; }\nfn degree(i: u32) -> u32 { return i; }\n',
    file: '(generated) agent.wgsl',
  },
  random: { text: 'fn chance(p: u32) -> bool { return p > 3u; }\n', file: 'shaders/lib/random.wgsl' },
  place: { text: 'fn place(p: u32) -> u32 { return p; }\n', file: 'shaders/engine/place.wgsl' },
};

const messageOf = async (text: string): Promise<string> => {
  const modules = { ...LIBRARY, 'rules/mine': { text, file: 'mine.wgsl' } };
  try {
    await linkShaders(modules, { root: 'rules/mine', conditions: {}, constants: { STEPS: 1 } });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`linked: ${text}`);
};

const inRule = (statement: string): string =>
  `import package::agent::{degree, opinion};\nfn mine(me: u32) {\n  ${statement}\n}\n`;

test.each([
  [
    'a misspelt import of the list',
    inRule('let x = opinon(me);'),
    'mine.wgsl:3:11: unresolved identifier \'opinon\' in `let x = opinon(me);`. Did you mean "opinion"?',
  ],
  [
    'a missing import',
    inRule('if (chance(2u)) { return; }'),
    "mine.wgsl:3:7: unresolved identifier 'chance' in `if (chance(2u)) { return; }`. Import it: `import package::random::chance;`",
  ],
  [
    'a name that is nowhere, nor in what rules have no business with',
    inRule('let x = place(me);'),
    'mine.wgsl:3:11: unresolved identifier \'place\' in `let x = place(me);`. Declare "place", or import it: is it spelt the same there?',
  ],
  [
    'a misspelt type',
    inRule('let x: u3 = 3u;'),
    'mine.wgsl:3:10: unresolved identifier \'u3\' in `let x: u3 = 3u;`. Did you mean "u32"?',
  ],
  [
    'a name that the module lacks',
    'import package::agent::degre;\nfn mine(me: u32) {\n  let x = degre(me);\n}',
    "mine.wgsl:3:11: no exported 'degre' in module 'package::agent' in `let x = degre(me);`. Did you mean \"degree\"?",
  ],
  [
    'a name of another module',
    'import package::agent::chance;\nfn mine(me: u32) {\n  let x = chance(me);\n}',
    "mine.wgsl:3:11: no exported 'chance' in module 'package::agent' in `let x = chance(me);`. Import it: `import package::random::chance;`",
  ],
  [
    'a constant that is not there',
    'import constants::STEP;\nfn mine(me: u32) {\n  let x = STEP;\n}',
    "mine.wgsl:3:11: no exported 'STEP' in module 'constants' in `let x = STEP;`. Did you mean \"STEPS\"?",
  ],
  [
    'a module that is not there',
    'import package::agnt::opinion;\nfn mine(me: u32) {\n  let x = opinion(me);\n}',
    'mine.wgsl:3:11: module not found for \'package::agnt::opinion\' in `let x = opinion(me);`. Did you mean "package::agent"?',
  ],
  [
    'a missing semicolon',
    inRule('let x = 3u'),
    /^mine\.wgsl:3:13: Expected ';' after let declaration in `let x = 3u`$/,
  ],
  [
    'a missing parenthesis',
    inRule('let x = (3u + 2u;'),
    /^mine\.wgsl:3:19: Expected '\)' .* in `let x = \(3u \+ 2u;`$/,
  ],
  [
    'a missing brace',
    'fn mine(me: u32) {\n  let x = 3u;\n',
    /^mine\.wgsl:2:14: Expected statement or '}' in `let x = 3u;`$/,
  ],
  [
    'a reserved word',
    inRule('let shared = 3u;'),
    /^mine\.wgsl:3:7: Expected identifier after 'let' in `let shared = 3u;`\. "shared" is a reserved word of WGSL/,
  ],
  [
    'an import without its semicolon',
    'import package::agent::opinion\nfn mine(me: u32) {\n}',
    /^mine\.wgsl:2:1: invalid import, expected ';' in `fn mine\(me: u32\) {`\. The import before it lacks/,
  ],
  [
    'an import that comes late',
    'fn mine(me: u32) {\n}\nimport package::agent::opinion;\n',
    /^mine\.wgsl:3:1: Expected a declaration .* in `import package::agent::opinion;`\. Put imports before/,
  ],
  ['a word that is none', 'function mine(me: u32) {\n}', /^mine\.wgsl:1:1: .* in `function mine\(me: u32\) {`$/],
  ['a character that is none', inRule('let x = 3u # 2u;'), /^mine\.wgsl:3:14: Invalid token # in `let x = 3u # 2u;`$/],
  [
    'a comment without end',
    'fn mine(me: u32) {\n  /* to do\n}',
    /^mine\.wgsl:2:5: Unclosed block comment! in `\/\* to do`$/,
  ],
])('%s', async (_, text, message) => {
  const told = await messageOf(text);
  if (typeof message === 'string') expect(told).toBe(message);
  else expect(told).toMatch(message);
});
