// Links that were made before: runs that are compared share most of their kernels, and linking is most of the work of planning.
import type { LinkedText, LinkOptions, ShaderModules } from './link.ts';

/** Links that are kept; the oldest go first. */
const MOST = 512;

const kept = new Map<string, LinkedText>();
/** Texts and file names by a number each, so that keys are short. */
const numbers = new Map<string, number>();
/** Most of these. */
const MOST_NUMBERS = 8192;

/** The link of these modules if it was made before, otherwise the one that `make` makes. */
export async function cachedLink(
  modules: ShaderModules,
  { root, conditions, constants }: LinkOptions,
  make: () => Promise<LinkedText>,
): Promise<LinkedText> {
  if (numbers.size >= MOST_NUMBERS) {
    numbers.clear();
    kept.clear();
  }
  const parts = Object.entries(modules).map(([path, { text, file }]) => [path, numberOf(text), numberOf(file)]);
  const key = JSON.stringify([root, conditions, constants, parts]);
  const linked = kept.get(key) ?? (await make());
  kept.delete(key);
  kept.set(key, linked);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
  return linked;
}

function numberOf(text: string): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}
