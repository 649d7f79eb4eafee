// Running a manifest again and comparing: inputs, kernels, and every recorded step through the run's digest. It says what differs and where first.
import { GroundswellError } from '../errors.ts';
import { rowCount } from '../plan/rows.ts';
import { createDigestChain, type Manifest } from '../record/index.ts';
import { defaultReadFile, type ReadFile, sha256 } from './files.ts';
import { type OpenOptions, start, type World } from './open.ts';
import { prepare } from './prepare.ts';
import { type RunOptions, runToEnd } from './simulate.ts';
import type { Stopped } from './stop.ts';

/** What a second run of a manifest showed. */
export interface Verification {
  /** Whether everything that was compared is equal. */
  agrees: boolean;
  /** What differs, as sentences, the cause before its effects. */
  differences: readonly string[];
  /** Of the second run; absent if it did not take place because its inputs differ. */
  digest?: string;
  /** Hash of the kernels of the second run. */
  kernelHash?: string;
  /** What the second run was computed on. */
  engine?: World['engine'];
}

/** How a manifest is run again: as `open`, except that spec and seed are those of the manifest. */
export type VerifyOptions = Omit<OpenOptions, 'set' | 'seed'> & Pick<RunOptions, 'onProgress' | 'signal'>;

/**
 * Runs what a manifest says was run, up to its last recorded step, and compares. Throws a `GroundswellError` when that is impossible: a missing file, an
 * unknown model, a run that recorded nothing. With an aborted `signal` the comparison is meaningless; the caller knows.
 */
export async function verifyManifest(manifest: Manifest, options: VerifyOptions = {}): Promise<Verification> {
  if (manifest.digest === createDigestChain().value()) {
    throw new GroundswellError({ what: 'nothing to verify', got: 'a run that was stopped before its first record' });
  }
  const readFile = options.readFile ?? defaultReadFile();
  const inputs = await changedInputs(manifest, readFile);
  if (inputs.length > 0) return { agrees: false, differences: inputs };
  const prepared = await prepare({ value: manifest.spec, where: 'the spec of the manifest' }, { ...options, readFile });
  const { kernelHash } = prepared;
  await using world = await start(prepared, options);
  let recordedStep = -1;
  let stopped: Stopped | undefined;
  await runToEnd(world, {
    ...options,
    until: manifest.steps,
    onRows(rows) {
      recordedStep = rows.step[rowCount(rows) - 1];
    },
    onStop(reached) {
      stopped = reached;
    },
  });
  const digest = world.digest();
  const differences = [
    ...differing('kernels (the rules, the model or the version differ): hash', manifest.kernelHash, kernelHash),
    ...differing('agents per world', manifest.population, prepared.plan.population),
    ...differing('worlds', manifest.worlds, prepared.plan.worlds.length),
    ...differing('last recorded step', manifest.steps, recordedStep),
    ...differing('what stopped it', stopText(manifest.stopped), stopText(stopped)),
    ...differing('digest of the run', manifest.digest, digest),
    ...differingWorld(manifest.worldDigests, await world.stateDigests(), world),
  ];
  const elsewhere = manifest.reproducible === 'same-device' && world.engine.device !== manifest.engine.adapter;
  if (differences.length > 0 && elsewhere) {
    differences.push(`the run says that it is reproducible on the same device only, ${manifest.engine.adapter}`);
  }
  return { agrees: differences.length === 0, differences, digest, kernelHash, engine: world.engine };
}

/** Input files that are no longer what they were. */
async function changedInputs({ inputs }: Manifest, readFile: ReadFile): Promise<string[]> {
  const changed: string[] = [];
  for (const { name, sha256: expected } of inputs) {
    changed.push(...differing(`input file ${name}: SHA-256`, expected, await sha256(await readFile(name))));
  }
  return changed;
}

function stopText(stopped: Stopped | undefined): string {
  return stopped ? `${stopped.condition}, at step ${stopped.step}` : 'nothing';
}

function differing(what: string, recorded: string | number, now: string | number): string[] {
  return recorded === now ? [] : [`${what}: recorded ${recorded}, now ${now}`];
}

/** The first world whose final state differs, and how many more do. */
function differingWorld(recorded: readonly string[] | undefined, now: readonly string[], { plan }: World): string[] {
  if (!recorded) return [];
  const worlds = [...now.keys()].filter(index => recorded[index] !== now[index]);
  if (worlds.length === 0) return [];
  const [first] = worlds;
  const { point, replica } = plan.worlds[first];
  const others = worlds.length > 1 ? `, and of ${worlds.length - 1} more of ${now.length} worlds` : '';
  const place = `final state of world ${first} (point ${point}, replica ${replica})${others}`;
  return differing(place, recorded[first] ?? 'none', now[first]);
}
