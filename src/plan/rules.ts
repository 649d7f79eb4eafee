// What each rule of a model does, found by linking it alone: the first look that the planner takes at a rule.
import { GroundswellError, suggest } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { lineAndColumn, linkShaders, parse, type ShaderModules } from '../wgsl/index.ts';
import { refuseUnlikeDerived } from './derived.ts';
import { type Effects, effectsOf, refuseNeighborLoops, refuseRepeatedDraws } from './effects.ts';
import { kernelModules } from './modules.ts';
import { refuseFarReads } from './nearness.ts';

/** What a rule is linked with to look at it. */
export interface LookContext {
  library: ShaderModules;
  /** The text of an agent module; which slots it names does not matter. */
  agent: string;
  /** Everyone looks at everyone: then a loop over all neighbours is refused. */
  complete: boolean;
  constants: Readonly<Record<string, number>>;
  pairing: boolean;
  /** Agents of a class act at once: then a rule must read at neighbours only. */
  sublattice: boolean;
}

/** The effects of a rule or setup rule. Throws when it is missing, declares a name of the agent module, or loops over everyone. */
export async function ruleEffects(
  model: Model,
  rule: string,
  folder: 'rules' | 'init',
  { library, agent, complete, constants, pairing, sublattice }: LookContext,
): Promise<Effects> {
  const path = `${folder}/${rule}`;
  const source = library[path];
  if (!source) {
    const known = Object.keys(library)
      .filter(name => name.startsWith(`${folder}/`))
      .map(name => name.slice(folder.length + 1));
    throw new GroundswellError({ what: `no rule "${rule}"`, where: `model ${model.name}`, hint: suggest(rule, known) });
  }
  refuseTakenFunctions(source, agent);
  const modules = kernelModules(library, agent, '');
  const linked = await linkShaders(modules, {
    root: path,
    conditions: { serial: true, pairing, memo: false, direct: false },
    constants,
  });
  const tree = parse(linked.text, { locate: linked.locate });
  if (complete) refuseNeighborLoops(tree);
  refuseRepeatedDraws(tree, ['draw', 'draw_for']);
  const fields = Object.keys(model.fields);
  const effects = effectsOf(tree, rule, fields);
  if (model.derived?.includes(rule)) refuseUnlikeDerived(model, rule, tree, effects);
  else if (sublattice) refuseFarReads(tree, rule, fields);
  return effects;
}

function refuseTakenFunctions({ text, file }: { text: string; file: string }, agentText: string): void {
  const taken = new Set([...agentText.matchAll(/^fn (\w+)/gm)].map(match => match[1]));
  for (const match of text.matchAll(/^fn (\w+)/gm)) {
    if (taken.has(match[1])) {
      const { line, column } = lineAndColumn(text, match.index + 'fn '.length);
      throw new GroundswellError({
        what: `the function name "${match[1]}" is taken by the agent module`,
        where: `${file}:${line}:${column}`,
        hint: 'rename it',
      });
    }
  }
}
