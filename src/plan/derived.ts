// What a derived rule must be: a function of the present state, so that it may run again whenever the state has changed.
import { GroundswellError } from '../errors.ts';
import type { Model } from '../model/index.ts';
import { callsOf, type SyntaxTree } from '../wgsl/index.ts';
import { totalOf } from './aggregates.ts';
import { drawingFunctions, type Effects } from './effects.ts';

/** Refuses a derived rule that draws, or that reads what it writes: run twice, it would not do the same. */
export function refuseUnlikeDerived(model: Model, rule: string, tree: SyntaxTree, effects: Effects): void {
  const hint = 'let it recompute fields from others, or take it off the list `derived`';
  const calls = callsOf(tree);
  const drawing = drawingFunctions(calls, ['draw', 'draw_at', 'draw_for', 'threefry2x32']);
  for (const { callee, node, caller } of calls) {
    if (caller.name.name === rule && drawing.has(callee)) {
      throw tree.source.error(node, { what: `the derived rule "${rule}" draws (${callee})`, hint });
    }
    if (effects.writes.has(callee)) {
      throw tree.source.error(node, { what: `the derived rule "${rule}" reads "${callee}", which it writes`, hint });
    }
  }
  const totals = Object.entries(model.aggregates ?? {}).map(([name, { field }]) => [name, field]);
  const implied = Object.keys(model.fields).map(field => [totalOf(field), field]);
  for (const [name, field] of [...totals, ...implied]) {
    if (effects.names.has(name) && effects.writes.has(field)) {
      const where = `model ${model.name}`;
      throw new GroundswellError({
        what: `the derived rule "${rule}" reads a total of "${field}", which it writes`,
        where,
        hint,
      });
    }
  }
}
