// Models of a user's own: a JavaScript module whose exports are declarations, made with defineModel or plain objects. WGSL of their rules may be text, or
// the path of a file beside the module.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineModel, GroundswellError, type Model } from '../index.ts';

const REQUIRED = [
  'name',
  'about',
  'source',
  'updates',
  'published',
  'fields',
  'params',
  'init',
  'rules',
  'measures',
] as const;

/** A rule's WGSL as a module may give it: text, the path of its file beside the module, or a path for messages and text. */
type WrittenShader = string | { path: string; text?: string };

/** The models that a module exports. `taken` are names that they must not have. */
export async function loadModels(file: string, taken: readonly string[]): Promise<Model[]> {
  const exported = Object.entries(await importModule(file)).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).filter(looksLikeModel).map(model => ({ name, model })),
  );
  // one model may be exported twice, by name and as default
  const found = [...new Map(exported.map(entry => [entry.model, entry])).values()];
  if (found.length === 0) {
    throw new GroundswellError({
      what: 'no model is exported',
      where: file,
      expected: 'a default or named export made with defineModel',
    });
  }
  const models: Model[] = [];
  for (const { name, model } of found) models.push(await complete(model, name, file));
  for (const [index, { name }] of models.entries()) {
    if (!taken.includes(name) && models.findIndex(model => model.name === name) === index) continue;
    const other = taken.includes(name) ? 'in the catalogue' : 'in this file';
    throw new GroundswellError({
      what: `another model ${other} is named "${name}"`,
      where: file,
      hint: 'rename yours',
    });
  }
  return models;
}

async function importModule(file: string): Promise<Record<string, unknown>> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new GroundswellError({ what: `no file "${file}"`, where: '--model', expected: 'a JavaScript module' });
  }
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    if (cause instanceof GroundswellError) throw cause;
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new GroundswellError({ what: 'the module does not load', where: `--model ${file}`, got: why, cause });
  }
}

function looksLikeModel(value: unknown): value is Partial<Model> {
  return typeof value === 'object' && value !== null && 'rules' in value && 'fields' in value;
}

async function complete(model: Partial<Model>, name: string, file: string): Promise<Model> {
  const where = `${file}, export ${name}`;
  const missing = REQUIRED.filter(part => model[part] === undefined);
  if (missing.length > 0) {
    throw new GroundswellError({ what: `the model lacks ${missing.join(', ')}`, where });
  }
  const shaders: Record<string, { path: string; text: string }> = {};
  for (const [rule, written] of Object.entries((model.shaders ?? {}) as Record<string, WrittenShader>)) {
    shaders[rule] = await readShader(rule, written, file);
  }
  return defineModel({ ...(model as Model), ...(model.shaders && { shaders }) });
}

async function readShader(rule: string, written: WrittenShader, file: string): Promise<{ path: string; text: string }> {
  if (typeof written === 'string') return { path: `${file}, rule ${rule}`, text: written };
  if (typeof written?.path === 'string' && typeof written.text === 'string')
    return { path: written.path, text: written.text };
  const path = join(dirname(file), String(written?.path));
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (cause) {
    throw new GroundswellError({
      what: `no WGSL for the rule "${rule}"`,
      where: file,
      expected: `a file at ${path}`,
      got: (cause as NodeJS.ErrnoException).code,
      cause,
    });
  }
}
