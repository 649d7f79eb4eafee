// Generates WGSL expressions of a wanted type. They are valid by construction: nothing here may be refused at compile time,
// so constants never divide by zero, shift too far or index out of bounds, while values of run time do all of that.
import type { Choices } from './choices.ts';

export type Base = 'i32' | 'u32' | 'bool' | 'f32';

/** A variable in sight: what to write to read it, and its type, `vec2<i32>` or `array<u32, 4>` or a scalar. */
export interface Known {
  readonly text: string;
  readonly type: string;
}

export interface Generated {
  readonly text: string;
  readonly isConstant: boolean;
}

const LITERALS: Readonly<Record<Base, readonly string[]>> = {
  i32: ['1i', '0i', '-1i', '2i', '7i', '31i', '32i', '-8i', '1000i', '2147483647i', '-2147483647i', '65535i'],
  u32: ['1u', '0u', '2u', '3u', '31u', '32u', '33u', '255u', '65536u', '2147483648u', '4294967295u', '1431655765u'],
  bool: ['true', 'false'],
  f32: ['1.0f', '0.0f', '0.5f', '-2.0f', '3.25f', '-0.75f', '100.0f'],
};
const NONZERO: Readonly<Record<'i32' | 'u32', readonly string[]>> = {
  i32: ['1i', '-1i', '2i', '3i', '-7i', '16i', '1000i', '2147483647i'],
  u32: ['1u', '2u', '3u', '8u', '10u', '255u', '65536u', '4294967295u'],
};

export class ExpressionGenerator {
  private readonly choices: Choices;
  private readonly known: readonly Known[];

  constructor(choices: Choices, known: readonly Known[]) {
    this.choices = choices;
    this.known = known;
  }

  of(type: string, depth = 3): string {
    return this.make(type, depth).text;
  }

  private make(type: string, depth: number): Generated {
    const vector = /^vec([234])<(\w+)>$/.exec(type);
    if (vector) return this.vector(Number(vector[1]), vector[2] as Base, depth);
    if (depth <= 0 || this.choices.isDry || this.choices.chance(6)) return this.leaf(type as Base);
    if (type === 'bool') return this.bool(depth);
    return type === 'f32' ? this.float(depth) : this.integer(type as 'i32' | 'u32', depth);
  }

  private readonly value = (text: string): Generated => ({ text, isConstant: false });

  private leaf(type: Base): Generated {
    if (this.choices.chance(4)) return { text: this.choices.pick(LITERALS[type]), isConstant: true };
    return this.variable(type);
  }

  /** Reads a variable of the type, or a component or element of one. */
  variable(type: string): Generated {
    const readable = this.known.flatMap(({ text, type: has }) => {
      if (has === type) return [text];
      const vector = /^vec([234])<(\w+)>$/.exec(has);
      if (vector?.[2] === type)
        return ['x', 'y', 'z', 'w'].slice(0, Number(vector[1])).map(letter => `${text}.${letter}`);
      const array = /^array<(.+), (\d)>$/.exec(has);
      if (array?.[1] === type) return [`${text}[${Number(array[2]) - 1}]`, `${text}[INDEX]`];
      return [];
    });
    if (readable.length === 0) throw new Error(`no variable of type ${type}`);
    return this.value(this.choices.pick(readable).replace('INDEX', this.index()));
  }

  /** An index known at run time only, now and then out of bounds. */
  index(): string {
    const variable = this.choices.pick(this.known.filter(({ type }) => type === 'u32' || type === 'i32')).text;
    return this.choices.chance(4) ? variable : `${variable} & 3`;
  }

  private integer(type: 'i32' | 'u32', depth: number): Generated {
    const { choices } = this;
    const sub = (wanted: string = type): Generated => this.make(wanted, depth - 1);
    const run = (wanted: string = type): string => {
      const made = this.make(wanted, depth - 1);
      return made.isConstant ? this.variable(wanted).text : made.text;
    };
    const few = (): string => (choices.chance(2) ? run('u32') : `${choices.below(17)}u`);
    const other = type === 'i32' ? 'u32' : 'i32';
    switch (choices.below(22)) {
      case 0:
      case 1:
      case 2: {
        const [a, b] = [sub(), sub()];
        return {
          text: `(${a.text} ${choices.pick(['+', '-', '*'])} ${b.text})`,
          isConstant: a.isConstant && b.isConstant,
        };
      }
      case 3:
      case 4: {
        const right = sub();
        const divisor = right.isConstant ? choices.pick(NONZERO[type]) : right.text;
        return this.value(`(${run()} ${choices.pick(['/', '%'])} ${divisor})`);
      }
      case 5:
      case 6: {
        const [a, b] = [sub(), sub()];
        return {
          text: `(${a.text} ${choices.pick(['&', '|', '^'])} ${b.text})`,
          isConstant: a.isConstant && b.isConstant,
        };
      }
      case 7:
      case 8: {
        const by = choices.chance(2) ? `${choices.below(32)}u` : run('u32');
        return this.value(`(${run()} ${choices.pick(['<<', '>>'])} ${by})`);
      }
      case 9:
        return this.value(`(${type === 'i32' ? choices.pick(['-', '~']) : '~'}${run()})`);
      case 10:
        return this.value(
          `${choices.pick(['countOneBits', 'countLeadingZeros', 'countTrailingZeros', 'reverseBits'])}(${run()})`,
        );
      case 11:
        return this.value(`${choices.pick(['firstLeadingBit', 'firstTrailingBit', 'abs'])}(${run()})`);
      case 12:
        return this.value(`extractBits(${run()}, ${few()}, ${few()})`);
      case 13:
        return this.value(`insertBits(${run()}, ${run()}, ${few()}, ${few()})`);
      case 14:
        return this.value(`${choices.pick(['min', 'max'])}(${run()}, ${sub().text})`);
      case 15:
        return this.value(`clamp(${run()}, ${run()}, ${run()})`);
      case 16:
        return this.value(`select(${run()}, ${sub().text}, ${run('bool')})`);
      case 17:
        return this.value(choices.chance(2) ? `bitcast<${type}>(${run(other)})` : `${type}(${run(other)})`);
      case 18:
        return this.value(choices.chance(2) ? `${type}(${run('bool')})` : `${type}(${run('f32')})`);
      case 19: {
        const shape = `vec${2 + choices.below(3)}<${type}>`;
        return this.value(
          choices.chance(2) ? `dot(${run(shape)}, ${run(shape)})` : `${this.paren(run(shape))}[${this.index()}]`,
        );
      }
      case 20:
        return this.value(type === 'i32' ? `sign(${run()})` : `bump(${run()})`);
      default:
        return this.value(type === 'i32' ? `twist(${run()}, ${sub('bool').text})` : `early(${run()}, ${run('i32')})`);
    }
  }

  private paren(text: string): string {
    return /^\w+$/.test(text) ? text : `(${text})`;
  }

  private bool(depth: number): Generated {
    const { choices } = this;
    const run = (wanted: string): string => {
      const made = this.make(wanted, depth - 1);
      return made.isConstant ? this.variable(wanted).text : made.text;
    };
    const type = choices.pick(['i32', 'u32', 'f32'] as const);
    switch (choices.below(6)) {
      case 0:
      case 1:
        return this.value(`(${run(type)} ${choices.pick(['==', '!=', '<', '<=', '>', '>='])} ${run(type)})`);
      case 2:
        return this.value(`(${run('bool')} ${choices.pick(['&&', '||', '==', '!=', '&', '|'])} ${run('bool')})`);
      case 3:
        return this.value(`(!${run('bool')})`);
      case 4:
        return this.value(`${choices.pick(['any', 'all'])}(${run('vec3<bool>')})`);
      default:
        return this.value(
          choices.chance(2) ? `bool(${run(type)})` : `select(${run('bool')}, ${run('bool')}, ${run('bool')})`,
        );
    }
  }

  /** Only what is exact in single precision on every device: whole and half numbers of a few bits. */
  private float(depth: number): Generated {
    const { choices } = this;
    const whole = this.make('i32', depth - 1);
    const small = `f32(${whole.isConstant ? this.variable('i32').text : whole.text} & 255)`;
    switch (choices.below(6)) {
      case 0:
        return this.value(small);
      case 1:
        return this.value(`(${small} ${choices.pick(['+', '-', '*'])} ${choices.pick(LITERALS.f32)})`);
      case 2:
        return this.value(`${choices.pick(['floor', 'ceil', 'trunc', 'round', 'abs', 'sign'])}(${small} * -0.25f)`);
      case 3:
        return this.value(`${choices.pick(['min', 'max', 'step'])}(${small}, ${choices.pick(LITERALS.f32)})`);
      case 4:
        return this.value(`select(${small}, ${choices.pick(LITERALS.f32)}, ${this.variable('bool').text})`);
      default:
        return this.value(`f32(${this.variable(choices.pick(['u32', 'i32', 'bool'])).text})`);
    }
  }

  private vector(size: number, base: Base, depth: number): Generated {
    const { choices } = this;
    const type = `vec${size}<${base}>`;
    // At least one component is no constant, so the whole is none.
    const fresh = (): string => {
      const rest = Array.from({ length: size - 1 }, () => this.make(base, depth - 2).text);
      return `${type}(${[this.variable(base).text, ...rest].join(', ')})`;
    };
    const run = (wanted: string): string => this.make(wanted, depth - 1).text;
    if (depth <= 0 || choices.isDry) return this.value(fresh());
    const letters = (): string => Array.from({ length: size }, () => choices.pick(['x', 'y'])).join('');
    switch (choices.below(8)) {
      case 0:
        return this.value(`${type}(${this.variable(base).text})`);
      case 1:
        return this.value(`${this.paren(run(`vec${2 + choices.below(3)}<${base}>`))}.${letters()}`);
      case 2:
        if (base === 'bool') return this.value(`(!${run(type)})`);
        return this.value(
          `(${run(type)} ${choices.pick(['+', '-', '*'])} ${choices.chance(2) ? this.variable(base).text : run(type)})`,
        );
      case 3:
        if (base === 'bool') {
          const of = choices.pick(['i32', 'u32']);
          return this.value(
            `(${run(`vec${size}<${of}>`)} ${choices.pick(['<', '>=', '=='])} ${run(`vec${size}<${of}>`)})`,
          );
        }
        return this.value(
          `select(${run(type)}, ${run(type)}, ${run(choices.chance(2) ? 'bool' : `vec${size}<bool>`)})`,
        );
      case 4:
        if (base === 'f32' || base === 'bool') return this.value(fresh());
        return this.value(`${choices.pick(['min', 'max'])}(${run(type)}, ${run(type)})`);
      case 5:
        if (base === 'f32' || base === 'bool') return this.value(fresh());
        return this.value(`(${run(type)} ${choices.pick(['<<', '>>'])} ${run(`vec${size}<u32>`)})`);
      case 6:
        if (size === 2) return this.value(fresh());
        return this.value(
          `${type}(${run(`vec2<${base}>`)}, ${Array.from({ length: size - 2 }, () => this.variable(base).text).join(', ')})`,
        );
      default:
        return this.value(fresh());
    }
  }
}
