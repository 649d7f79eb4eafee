// Parameters that interventions set: which values hold in which steps, world by world, and where they lie in the setup arena. Kernels read them as they read
// any parameter: the row's own word, or, where agents differ, a first word and a stride that the row names.
import { encodeParam, type Param, scalarParams } from '../model/index.ts';
import { type Intervention, inForce } from '../spec/intervention-spec.ts';
import type { Spec } from '../spec/spec.ts';
import type { Values } from '../values/index.ts';
import { type RowWords, type Segment, segmentAt } from './events.ts';
import type { Plan } from './plan.ts';
import type { Targets } from './targets.ts';
import type { RowLayout, WorldPlan } from './worlds.ts';

/** What an intervention and its agents are planned with. */
export interface Aimed {
  readonly intervention: Intervention;
  readonly targets: Targets;
}

/** Parameters that differ between agents while an intervention is in force, though perhaps not at the start. */
export function dividedParams(aimed: readonly Aimed[]): string[] {
  const divided = aimed.flatMap(({ intervention: { set }, targets }) =>
    Object.keys(set).filter(name => targets.masks || set[name].kind !== 'value'),
  );
  return [...new Set(divided)];
}

export interface SettingsContext {
  spec: Spec;
  worlds: readonly WorldPlan[];
  population: number;
  values: Values;
}

/** The words of a parameter in a world: one for everybody, one for each agent, or as at the start. */
type Setting = number | Uint32Array | undefined;

export interface Settings {
  /** Every block of words that some segment needs. */
  blocks: readonly Uint32Array[];
  /** The segments, once the rows and the blocks have their places. */
  segments(row: RowLayout, rows: Uint32Array, placeOf: (block: Uint32Array) => number): Segment[];
}

/** Finds out what holds when. */
export function planSettings(aimed: readonly Aimed[], context: SettingsContext): Settings {
  const names = [...new Set(aimed.flatMap(({ intervention }) => Object.keys(intervention.set)))];
  const composer = new Composer(context);
  const split = new Set([...dividedParams(aimed), ...varyingFrom(context.spec)]);
  const segments = stepsOfChange(aimed).map(from => {
    const settings = names.map(name => {
      const acting = aimed.filter(({ intervention }) => name in intervention.set && inForce(intervention, from));
      const words = context.worlds.map(world => composer.compose(name, acting, world));
      // where agents may differ, a single word needs a place of its own
      return { name, words: split.has(name) ? words.map(word => composer.placed(word)) : words };
    });
    return { from, settings };
  });
  return {
    blocks: composer.blocks,
    segments(row, rows, placeOf) {
      const write = (name: string, words: readonly Setting[]): RowWords => {
        const pair = row.agentParams[name];
        const word =
          pair ?? row.params + scalarParams(context.spec.model.params).findIndex(([other]) => other === name);
        const width = pair === undefined ? 1 : 2;
        const changed = words.flatMap((setting, world) => {
          const first = world * row.words + word;
          if (setting === undefined) return [...rows.subarray(first, first + width)];
          return typeof setting === 'number' ? [setting] : [placeOf(setting), setting.length === 1 ? 0 : 1];
        });
        return { param: name, word, width, words: Uint32Array.from(changed) };
      };
      return segments.map(({ from, settings }) => {
        return { from, rows: settings.map(({ name, words }) => write(name, words)) };
      });
    },
  };
}

/** Parameters as agents have them from a step on, until others act. */
export interface HeldParams {
  readonly from: number;
  /** The interventions that set some of the parameters in these steps. */
  readonly acting: readonly Aimed[];
  /** The word of everybody, or of each agent. */
  words(name: string, world: WorldPlan): number | Uint32Array;
}

/** These parameters from the start, and from each step at which an intervention begins or ends to set one of them. */
export function heldParams(names: readonly string[], aimed: readonly Aimed[], context: SettingsContext): HeldParams[] {
  const composer = new Composer(context);
  const setting = aimed.filter(({ intervention }) => names.some(name => name in intervention.set));
  return stepsOfChange(setting).map(from => {
    const acting = setting.filter(({ intervention }) => inForce(intervention, from));
    const on = (name: string) => acting.filter(({ intervention }) => name in intervention.set);
    return { from, acting, words: (name, world) => composer.held(name, on(name), world) };
  });
}

/** The word of a parameter that interventions set, as an agent has it in a step; undefined where none sets it ever. */
export function settingOf(
  { events, buffers }: Plan,
  name: string,
  { agent, step, world }: { agent: number; step: number; world: number },
): number | undefined {
  const rows = events && segmentAt(events, step).rows.find(({ param }) => param === name);
  if (!rows) return undefined;
  const { words, width } = rows;
  if (width === 1) return words[world];
  const at = words[2 * world] + words[2 * world + 1] * agent;
  const part = buffers.setup.parts.findLast(({ at: first }) => first <= at)!;
  return part.data[at - part.at];
}

const varyingFrom = ({ points }: Spec): string[] => points.flatMap(({ agentParams = {} }) => Object.keys(agentParams));

/** Steps from which other parameters hold, from 0. */
function stepsOfChange(aimed: readonly Aimed[]): number[] {
  const setting = aimed.map(({ intervention }) => intervention).filter(({ set }) => Object.keys(set).length > 0);
  return [...new Set([0, ...setting.flatMap(({ at, until }) => [at, until + 1])])].sort((a, b) => a - b);
}

/** Lays the values of interventions over each other. What is equal for several worlds and segments is made once. */
class Composer {
  readonly #context: SettingsContext;
  readonly #made = new Map<string, Uint32Array>();
  readonly #single = new Map<number, Uint32Array>();
  readonly #numbers = new Map<Uint32Array, number>();
  readonly #blocks = new Set<Uint32Array>();

  constructor(context: SettingsContext) {
    this.#context = context;
  }

  get blocks(): Uint32Array[] {
    return [...this.#blocks];
  }

  compose(name: string, acting: readonly Aimed[], world: WorldPlan): Setting {
    if (acting.length === 0) return undefined;
    let setting = this.#start(name, world);
    for (const { intervention, targets } of acting) {
      const words = this.#context.values.settings.get(intervention.set[name])![world.replica];
      const given = words.length === 1 ? words[0] : words;
      const mask = targets.masks?.[world.replica];
      setting = mask ? this.#laidOver(setting, given, mask) : given;
    }
    if (typeof setting !== 'number') this.#blocks.add(setting);
    return setting;
  }

  /** What agents have, be it set or as at the start. */
  held(name: string, acting: readonly Aimed[], world: WorldPlan): number | Uint32Array {
    return this.compose(name, acting, world) ?? this.#start(name, world);
  }

  /** The setting as a block. */
  placed(setting: Setting): Setting {
    if (typeof setting !== 'number') return setting;
    const block = this.#single.get(setting) ?? Uint32Array.of(setting);
    this.#single.set(setting, block);
    this.#blocks.add(block);
    return block;
  }

  #start(name: string, { point, replica }: WorldPlan): number | Uint32Array {
    const { spec, values } = this.#context;
    const { agentParams = {}, params } = spec.points[point];
    const own = agentParams[name];
    if (!own) return encodeParam(spec.model.params[name] as Param, params[name]) >>> 0;
    const words = values.agents.get(own)![replica];
    return words.length === 1 ? words[0] : words;
  }

  #laidOver(under: number | Uint32Array, over: number | Uint32Array, mask: Uint32Array): Uint32Array {
    const key = [under, over, mask].map(part => this.#nameOf(part)).join();
    const known = this.#made.get(key);
    if (known) return known;
    const made = new Uint32Array(this.#context.population);
    for (let agent = 0; agent < made.length; agent++) {
      const from = (mask[agent >>> 5] >>> (agent & 31)) & 1 ? over : under;
      made[agent] = typeof from === 'number' ? from : from[agent];
    }
    this.#made.set(key, made);
    return made;
  }

  #nameOf(part: number | Uint32Array): string {
    if (typeof part === 'number') return `word ${part}`;
    const number = this.#numbers.get(part) ?? this.#numbers.size;
    this.#numbers.set(part, number);
    return `block ${number}`;
  }
}
