// Generates WGSL functions that use every statement of the language, and a module that runs many of them on many inputs.
import type { Choices } from './choices.ts';
import { ExpressionGenerator, type Known } from './expressions.ts';

/** What every program can call: side effects on private variables, pointers, early returns, calls within calls. */
const PRELUDE = /* wgsl */ `
struct Cell { a: i32, b: vec2<u32>, c: array<i32, 3>, d: bool }
const TABLE = array<u32, 5>(3u, 0u, 4294967295u, 17u, 2147483648u);
const MASKS = array(vec2(1, -1), vec2(255, 7));
var<private> g0: u32;
var<private> g1: vec3<i32> = vec3(1, 2, 3);
var<private> g2: array<u32, 4>;
fn bump(x: u32) -> u32 { g0 = g0 * 3u + x; return g0; }
fn twist(x: i32, flag: bool) -> i32 { if (flag) { g1.x += x; return g1.y - x; } g1.y ^= x; return g1.x; }
fn early(x: u32, n: i32) -> u32 {
  for (var i = 0; i < 5; i++) {
    if (i == (n & 7)) { return x + u32(i); }
    switch i { case 1, 3: { continue; } case 2: { if ((x & 1u) == 1u) { break; } g0 += 1u; } default: { g2[x % 4u] ^= x; } }
  }
  return TABLE[x & 3u] ^ u32(MASKS[n & 1].y);
}
fn add_to(p: ptr<function, u32>, x: u32) { *p += x; if (*p > 1000u) { *p >>= 3u; } }
fn swap(v: ptr<function, vec2<i32>>) -> i32 { *v = (*v).yx; (*v).x -= 1; return (*v).y; }
fn fill(p: ptr<function, array<u32, 4>>, at: u32, x: u32) { (*p)[at & 3u] = x; let q = p; (*q)[0] ^= x; }
fn flip(cell: Cell) -> Cell { var made = cell; made.a = -made.a; made.c[made.b.x & 1u] += made.a; made.d = !made.d; return made; }
`;

/** Variables in sight of every program; all can be assigned. */
const VARIABLES: readonly Known[] = [
  { text: 'i', type: 'i32' },
  { text: 'j', type: 'i32' },
  { text: 'u', type: 'u32' },
  { text: 'w', type: 'u32' },
  { text: 'f', type: 'bool' },
  { text: 'h', type: 'f32' },
  { text: 'v2', type: 'vec2<i32>' },
  { text: 'v3', type: 'vec3<u32>' },
  { text: 'v4', type: 'vec4<i32>' },
  { text: 'list', type: 'array<u32, 4>' },
  { text: 'cell.a', type: 'i32' },
  { text: 'cell.b', type: 'vec2<u32>' },
  { text: 'cell.c', type: 'array<i32, 3>' },
  { text: 'cell.d', type: 'bool' },
  { text: 'g0', type: 'u32' },
  { text: 'g1', type: 'vec3<i32>' },
  { text: 'g2', type: 'array<u32, 4>' },
];

// Half of the variables are private and are set up and summed in the entry point, once for all programs: a device's compiler
// spends most of its time there otherwise.
const PRIVATE = `
var<private> i: i32; var<private> j: i32; var<private> f: bool; var<private> h: f32;
var<private> v3: vec3<u32>; var<private> v4: vec4<i32>; var<private> cell: Cell;`;
const SET_UP = `
  i = bitcast<i32>(raw.x); j = bitcast<i32>(raw.y); f = (raw.x & 1u) == 0u; h = f32(raw.y & 15u);
  v3 = raw.zwx; v4 = vec4(j, i, 7, -1); cell = Cell(i, raw.yz, array(j, 5, i), f); g0 = raw.z; g2[raw.w & 3u] = raw.z;`;
const SUM_UP = `
  result = result * 31u + g0 + bitcast<u32>(i + j * 7 + i32(f) * 3 + i32(h) * 19 + dot(v4, vec4(1, 3, 5, 7)));
  for (var k = 0u; k < 4u; k++) { result = result * 3u + g2[k]; }
  result += bitcast<u32>(cell.a + cell.c[0] * 3 + cell.c[1] * 5 + cell.c[2] * 7) + dot(cell.b, vec2(11u, 13u)) + u32(cell.d);
  result += bitcast<u32>(g1.x + g1.y * 3 + g1.z * 5) + dot(v3, vec3(3u, 5u, 9u));`;
const HEAD = ' var u = raw.z; var w = raw.w; var v2 = vec2(i, j); var list = array(u, w, 1u, 2u);';
const TAIL =
  '  return u + w * 17u + bitcast<u32>(v2.x ^ (v2.y * 3)) + list[0] * 3u + list[1] * 5u + list[2] * 7u + list[3] * 9u;\n';

/** One program: a function `name(raw: vec4<u32>) -> u32`. */
export function generateProgram(choices: Choices, name: string): string {
  const body = new BodyGenerator(choices).statements(VARIABLES, 3, 4 + choices.below(5), false);
  return `fn ${name}(raw: vec4<u32>) -> u32 {${HEAD}\n${body}${TAIL}}\n`;
}

/** A module whose invocation (x, y, z) writes program z of input x. */
export function moduleOf(programs: readonly string[], caseCount: number): string {
  const calls = programs.map((_, i) => `    case ${i}u: { result = p${i}(raw); }`);
  return `${PRELUDE}${PRIVATE}
@group(0) @binding(0) var<storage, read> inputs: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> outputs: array<u32>;
${programs.join('')}
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let raw = inputs[id.x];
  var result: u32;${SET_UP}
  switch id.z {
${calls.join('\n')}
    default: {}
  }${SUM_UP}
  outputs[id.z * ${caseCount}u + id.x] = result;
}`;
}

class BodyGenerator {
  private readonly choices: Choices;
  private names = 0;

  constructor(choices: Choices) {
    this.choices = choices;
  }

  statements(known: readonly Known[], depth: number, count: number, inLoop: boolean): string {
    let text = '';
    let seen = known;
    for (let i = 0; i < count && !this.choices.isDry; i++) {
      const made = this.statement(seen, depth, inLoop);
      text += `  ${made.text}\n`;
      if (made.declares) seen = [...seen, made.declares];
    }
    return text;
  }

  private statement(known: readonly Known[], depth: number, inLoop: boolean): { text: string; declares?: Known } {
    const { choices } = this;
    const make = new ExpressionGenerator(choices, known);
    const inner = (loop = inLoop, seen = known): string =>
      `{\n${this.statements(seen, depth - 1, 1 + choices.below(3), loop)}}`;
    if (depth <= 0) return { text: this.assignment(make) };
    switch (choices.below(18)) {
      case 0:
      case 1: {
        const type = choices.pick(['i32', 'u32', 'bool', 'f32', 'vec2<i32>', 'vec3<u32>', 'vec4<i32>', 'vec3<bool>']);
        const name = `t${this.names++}`;
        const keyword = choices.pick(['let', 'var']);
        return { text: `${keyword} ${name} = ${make.of(type)};`, declares: { text: name, type } };
      }
      case 2:
        return { text: `if (${make.of('bool')}) ${inner()}${choices.chance(2) ? ` else ${inner()}` : ''}` };
      case 3: {
        const name = `k${this.names++}`;
        const seen = [...known, { text: name, type: 'u32' }];
        return { text: `for (var ${name} = 0u; ${name} < ${2 + choices.below(5)}u; ${name}++) ${inner(true, seen)}` };
      }
      case 4: {
        const name = `k${this.names++}`;
        const seen = [...known, { text: name, type: 'u32' }];
        const bound = 2 + choices.below(4);
        return { text: `{ var ${name} = 0u; while (${name} < ${bound}u) { ${name} += 1u; ${inner(true, seen)} } }` };
      }
      case 5: {
        const name = `k${this.names++}`;
        const seen = [...known, { text: name, type: 'u32' }];
        const stop = `${name} >= ${2 + choices.below(4)}u || ${make.of('bool', 1)}`;
        return {
          text: `{ var ${name} = 0u; loop { ${inner(true, seen)} continuing { ${name}++; break if ${stop}; } } }`,
        };
      }
      case 6: {
        const selector = choices.chance(2) ? `(${make.of('i32')}) & 7` : `${make.variable('i32').text}`;
        const cases = [0, 3].map(first => `case ${first}, ${first + 1}: ${inner()}`).join(' ');
        return { text: `switch (${selector}) { ${cases} default: ${inner()} }` };
      }
      case 7:
        if (inLoop) return { text: `if (${make.of('bool', 2)}) { ${choices.pick(['break', 'continue'])}; }` };
        return { text: `if (${make.of('bool', 1)} && f) { return ${make.of('u32', 2)}; }` };
      case 8:
        return { text: `add_to(&${choices.pick(['u', 'w', 'u'])}, ${make.of('u32', 2)});` };
      case 9:
        return {
          text: choices.chance(2) ? 'i += swap(&v2);' : `fill(&list, ${make.of('u32', 1)}, ${make.of('u32', 2)});`,
        };
      case 10:
        return { text: choices.chance(2) ? 'cell = flip(cell);' : `_ = ${make.of('u32', 2)};` };
      case 11: {
        const name = `q${this.names++}`;
        return { text: `{ let ${name} = &list[${make.index()}]; *${name} += ${make.of('u32', 1)}; u ^= *${name}; }` };
      }
      default:
        return { text: this.assignment(make) };
    }
  }

  private assignment(make: ExpressionGenerator): string {
    const { choices } = this;
    switch (choices.below(10)) {
      case 0:
        return `${choices.pick(['i', 'j', 'cell.a', 'v4.z', 'v2.y', 'g1.z'])} ${choices.pick(['+=', '-=', '*=', '^=', '|=', '&='])} ${make.of('i32')};`;
      case 1:
        return `${choices.pick(['u', 'w', 'g0', 'v3.x', 'cell.b.y'])} ${choices.pick(['+=', '-=', '*=', '^='])} ${make.of('u32')};`;
      case 2:
        return `${choices.pick(['list', 'g2'])}[${make.index()}] ${choices.pick(['=', '+=', '^='])} ${make.of('u32')};`;
      case 3:
        return `cell.c[${make.index()}] = ${make.of('i32')};`;
      case 4:
        return `${choices.pick(['v3', 'cell.b'])}[${make.index()}] = ${make.of('u32')};`;
      case 5:
        return choices.pick([
          'v2 = v2.yx;',
          'v4 = v4.wzyx;',
          `v3 = ${make.of('vec3<u32>')};`,
          `v4 *= ${make.of('vec4<i32>')};`,
          'list = g2;',
          'g2 = list;',
        ]);
      case 6:
        return `${choices.pick(['f', 'cell.d'])} = ${make.of('bool')};`;
      case 7:
        return choices.chance(3)
          ? `h = ${make.of('f32')};`
          : choices.pick(['i++;', 'u--;', 'cell.c[1]++;', 'g2[3]--;']);
      case 8:
        return `${choices.pick(['i', 'j'])} = ${make.of('i32')};`;
      default:
        return `${choices.pick(['u', 'w'])} = ${make.of('u32')};`;
    }
  }
}
