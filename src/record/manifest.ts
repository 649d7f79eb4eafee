// manifest.json: where a run's results come from, in enough detail to run it again and compare. Types, validation and checksums;
// no reading or writing of files (folder.ts).
import { z } from 'zod';
import { GroundswellError } from '../errors.ts';
import { timesUpTo } from '../spec/index.ts';
import { digestText } from './digest.ts';

const wholeNumber = z.int().nonnegative();
const digest = z.string().regex(/^(?:[0-9a-f]{16}|[0-9a-f]{32})$/, 'expected 16 or 32 hexadecimal digits');

const schema = z.strictObject({
  /** Version of this layout. */
  format: z.literal(1),
  /** Version of the package that ran it. */
  groundswell: z.string(),
  status: z.enum(['complete', 'interrupted']),
  /** The spec as run: the user's object after `--set`. */
  spec: z.unknown(),
  /** Name of the spec's file, as it was given: files that the spec names lie beside it. */
  specFile: z.string().optional(),
  model: z.strictObject({ name: z.string(), source: z.string() }),
  seed: z.union([z.string(), z.number()]),
  engine: z.strictObject({
    name: z.string(),
    adapter: z.string().optional(),
    driver: z.string().optional(),
    architecture: z.string().optional(),
    /** Why this engine was chosen. */
    reason: z.string(),
  }),
  /** Hash of all kernels of the plan. */
  kernelHash: z.string(),
  /** `bitwise`: the same digest on every engine. `same-device`: on this one only, for `reasons`. */
  reproducible: z.enum(['bitwise', 'same-device']),
  reasons: z.array(z.string()).optional(),
  /** Agents per world. */
  population: wholeNumber,
  worlds: wholeNumber,
  points: wholeNumber.optional(),
  replicas: wholeNumber.optional(),
  /** The last step that was recorded. */
  steps: wholeNumber,
  /** Interventions, with how often they acted up to the last recorded step (where they set parameters, in how many steps) and what that cost. */
  interventions: z
    .array(
      z.strictObject({
        name: z.string(),
        /** What it does, in words. */
        does: z.string(),
        at: wholeNumber,
        until: wholeNumber,
        every: wholeNumber.optional(),
        /** Agents of all worlds at whom it is aimed. */
        targets: wholeNumber,
        /** It changes those of them only who are in some state: then targets and cost are the most that there can be. */
        conditional: z.boolean().optional(),
        /** For each agent and time; and in all. */
        unitCost: z.number(),
        applications: wholeNumber,
        cost: z.number(),
      }),
    )
    .optional(),
  /** The condition of the spec's `stop` that ended the run, and the step at which it held. */
  stopped: z.strictObject({ step: wholeNumber, condition: z.string() }).optional(),
  /** Of the run: the chain over every recorded step. */
  digest,
  /** Of every world's final state, in world order; left out when there are very many. */
  worldDigests: z.array(digest).optional(),
  /** Statistics of the graph as used. */
  topology: z.record(z.string(), z.unknown()),
  /** Files that the spec names. */
  inputs: z.array(z.strictObject({ name: z.string(), bytes: wholeNumber, sha256: z.string() })),
  startedAt: z.iso.datetime(),
  /** Seconds by what they went into: `plan`, `run`, … */
  timings: z.record(z.string(), z.number()),
  /** Files that were written beside this one. */
  files: z.array(z.string()),
  notes: z.array(z.string()).optional(),
  /** A digest of every other entry, by name: a later change by hand is found and named. */
  checksums: z.record(z.string(), digest),
});

/** Provenance of a run, as in `manifest.json`. */
export type Manifest = z.infer<typeof schema>;
/** A manifest before its checksums. */
export type ManifestBody = Omit<Manifest, 'checksums'>;
/** What is known when a run starts. */
export type ManifestDraft = Omit<
  ManifestBody,
  'format' | 'status' | 'steps' | 'stopped' | 'digest' | 'worldDigests' | 'files'
>;
/** What is known when it ends. Timings and notes are added to the draft's. */
export interface ManifestEnding {
  status: Manifest['status'];
  steps: number;
  stopped?: Manifest['stopped'];
  digest: string;
  worldDigests?: readonly string[];
  timings?: Readonly<Record<string, number>>;
  notes?: readonly string[];
  files: readonly string[];
}

/** World digests are listed up to this many worlds. */
const MOST_WORLD_DIGESTS = 4096;

/** The draft and the ending as one manifest, with checksums. */
export function completeManifest(draft: ManifestDraft, ending: ManifestEnding): Manifest {
  const { worldDigests, notes, timings, files, ...end } = ending;
  const listed = worldDigests && worldDigests.length <= MOST_WORLD_DIGESTS ? { worldDigests: [...worldDigests] } : {};
  const interventions = draft.interventions?.map(entry => interventionUpTo(entry, ending.steps));
  const allNotes = [...(draft.notes ?? []), ...(notes ?? [])];
  return sealManifest({
    format: 1,
    ...draft,
    ...(interventions && { interventions }),
    ...end,
    ...listed,
    timings: { ...draft.timings, ...timings },
    ...(allNotes.length > 0 ? { notes: allNotes } : {}),
    files: [...files],
  });
}

/** An intervention as it was up to a step. */
export function interventionUpTo<Entry extends NonNullable<Manifest['interventions']>[number]>(
  entry: Entry,
  step: number,
): Entry {
  const applications = timesUpTo(entry, step);
  return { ...entry, applications, cost: entry.targets * applications * entry.unitCost };
}

/** Adds the checksums. Entries that are undefined are dropped, as JSON does. */
export function sealManifest(body: ManifestBody): Manifest {
  return withChecksums(body);
}

/** A plain object with the checksums of its entries. Entries that are undefined are dropped, as JSON does. */
export function withChecksums<Body extends object>(body: Body): Body & Pick<Manifest, 'checksums'> {
  const plain: Body = JSON.parse(JSON.stringify(body));
  return { ...plain, checksums: checksumsOf(plain) };
}

/** The text of `manifest.json`. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A manifest from its text. `where` is its path, for messages. Throws an input error if it is no manifest or was altered. */
export function parseManifest(text: string, where: string): Manifest {
  const value = parseJson(text, where);
  refuseOtherFormat(value, where);
  refuseComparison(value, where);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const entry = issue.path.join('.');
    throw notManifest(
      where,
      entry ? `${entry}: ${lowerFirst(issue.message)}` : lowerFirst(issue.message),
      parsed.error,
    );
  }
  const altered = alteredEntries(value as Record<string, unknown>);
  if (altered.length > 0) {
    throw new GroundswellError({
      what: `the manifest was altered after it was written, in ${altered.map(name => `"${name}"`).join(', ')}`,
      where,
      hint: 'it no longer says what was run; restore it, or run the spec again',
    });
  }
  return parsed.data;
}

/** The names of the entries that no longer match their checksums, or have none, or are gone. */
export function alteredEntries(manifest: Readonly<Record<string, unknown>>): string[] {
  const stored = (manifest.checksums ?? {}) as Record<string, string>;
  const actual = checksumsOf(manifest);
  const names = new Set([...Object.keys(actual), ...Object.keys(stored)]);
  return [...names].filter(name => stored[name] !== actual[name]);
}

function checksumsOf(manifest: object): Record<string, string> {
  const entries = Object.entries(manifest).filter(([name, value]) => name !== 'checksums' && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, digestText(canonicalJson(value))]));
}

/** JSON with the keys of every object in order of code units, without spaces. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notManifest(where, `not JSON (${cause instanceof Error ? cause.message : cause})`, cause);
  }
}

function refuseOtherFormat(value: unknown, where: string): void {
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format !== 'number' || format === 1) return;
  throw new GroundswellError({
    what: 'this manifest has another format',
    where,
    expected: 'format 1',
    got: `format ${format}`,
    hint: 'use the version of groundswell that wrote it',
  });
}

function refuseComparison(value: unknown, where: string): void {
  const command = (value as { command?: unknown } | null)?.command;
  if (typeof command !== 'string') return;
  throw new GroundswellError({
    what: `this is the manifest of a comparison (groundswell ${command}), not of one run`,
    where,
    hint: 'run the comparison again: the digests of its sides are in `sides`',
  });
}

function notManifest(where: string, got: string, cause: unknown): GroundswellError {
  return new GroundswellError({
    what: 'cannot use this manifest',
    where,
    expected: 'a manifest.json written by groundswell run',
    got,
    cause,
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
