// What each rule of a model does, found by linking it alone: the first look that the planner takes at a rule.
import { GroundswellError, suggest } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { lineAndColumn, linkShaders, parse, type ShaderModules } from '../wgsl/index.ts';
import { refuseAgentsAsNumbers } from './agent-numbers.ts';
import { refuseUnlikeDerived } from './derived.ts';
import { type Effects, effectsOf, refuseNeighborLoops, refuseRepeatedDraws } from './effects.ts';
import type { RuleConditions } from './kernels.ts';
import { kernelModules } from './modules.ts';
import { refuseFarReads } from './nearness.ts';

/** What a rule is linked with to look at it. */
export interface LookContext {
  library: ShaderModules;
  /** The text of an agent module; which slots it names does not matter. */
  agent: string;
  constants: Readonly<Record<string, number>>;
  /** On a complete graph a loop over all neighbours is refused. */
  conditions: RuleConditions;
  /** Agents of a class act at once: then a rule must read at neighbours only. */
  sublattice: boolean;
}

/** The effects of a rule or setup rule. Throws when it is missing, declares a name of the agent module, or loops over everyone. */
export async function ruleEffects(
  model: Model,
  rule: string,
  folder: 'rules' | 'init',
  { library, agent, constants, conditions, sublattice }: LookContext,
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
    conditions: { ...conditions, serial: true, direct: false, kept: false, resident: false },
    constants,
  });
  const tree = parse(linked.text, { locate: linked.locate });
  if (conditions.complete) refuseNeighborLoops(tree);
  refuseRepeatedDraws(tree, ['draw', 'draw_for']);
  const fields = Object.keys(model.fields);
  const effects = effectsOf(tree, rule, fields);
  refuseForeignFields(model, rule, effects);
  if (conditions.reordered) refuseAgentsAsNumbers(tree, rule, model, agent);
  if (model.derived?.includes(rule)) refuseUnlikeDerived(model, rule, tree, effects);
  else if (sublattice)
    refuseFarReads(
      tree,
      rule,
      fields.filter(name => (model.fields[name].holder ?? 'agent') === 'agent'),
    );
  return effects;
}

/** A rule writes what its own kind of actor holds: an agent its fields and its links, a group its fields. Links of others are not to be seen. */
function refuseForeignFields(model: Model, rule: string, { writes, readsOfOthers }: Effects): void {
  const where = `model ${model.name}, rule ${rule}`;
  const ofGroup = model.groupRules?.includes(rule) ?? false;
  for (const name of writes) {
    const { holder = 'agent' } = model.fields[name];
    if ((holder === 'group') === ofGroup) continue;
    throw new GroundswellError({
      what: `the rule writes "${name}", a field of ${holder === 'group' ? 'groups' : `${holder}s`}`,
      where,
      hint: ofGroup
        ? 'a group rule writes fields of groups only'
        : 'name the rule in `groupRules`, so that it runs for groups',
    });
  }
  for (const name of readsOfOthers) {
    if (model.fields[name].holder !== 'link') continue;
    const hint = 'a rule sees the links of its own agent only';
    throw new GroundswellError({ what: `the rule reads "${name}" at other agents`, where, hint });
  }
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
