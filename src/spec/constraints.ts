// What a model asks of its parameters and of the run: checked point by point. Values that differ between agents are checked when they are known (src/plan).
import {
  type Constraint,
  constraintFault,
  type Model,
  type Relation,
  type RequirementContext,
} from '../model/index.ts';
import type { Path } from './origin.ts';
import { type RelationsSpec, relationMatrix } from './relations.ts';
import { isMapping } from './set.ts';
import type { Fail } from './shares.ts';
import type { Point, Spec } from './spec.ts';

/** Fails at the parameter, as written, with which a constraint is broken at some point; the last of them in the text. */
export function checkConstraints(
  { constraints = [] }: Model,
  points: readonly Point[],
  source: Record<string, unknown>,
  fail: Fail,
): void {
  for (const constraint of constraints) {
    for (const point of points) {
      if (constraint.params.some(name => point.agentParams?.[name])) continue;
      const fault = constraintFault(constraint, point.params);
      if (fault) fail(writtenAt(constraint, point, source), fault);
    }
  }
}

/** The last written of the parameters, in a list the item of the point; else the preset, or all parameters. */
function writtenAt({ params }: Constraint, point: Point, source: Record<string, unknown>): Path {
  const written = isMapping(source.params) ? source.params : {};
  const name = Object.keys(written).findLast(key => params.includes(key));
  if (name === undefined) return point.preset === undefined ? ['params'] : ['params', 'preset'];
  const values = written[name];
  const item = Array.isArray(values) ? values.indexOf(point.params[name]) : -1;
  return item < 0 ? ['params', name] : ['params', name, item];
}

/** Fails where the model cannot do the run. */
export function checkRequirements(
  {
    model,
    points,
    update,
    topology,
    relations,
    population,
  }: Pick<Spec, 'model' | 'points' | 'update' | 'topology' | 'relations' | 'population'>,
  groups: readonly string[] | undefined,
  fail: Fail,
): void {
  if (!model.requirements) return;
  const common = {
    ...{ update: update.kind, topology: topology.kind, population },
    ...{ relations: relationsIn(relations, groups), groups },
  };
  for (const { params } of points) {
    const context: RequirementContext = { params, ...common };
    const fault = model.requirements(context);
    if (!fault) continue;
    const { path, ...problem } = fault;
    fail(path.split('.'), problem);
  }
}

/** The relations that occur. Where the names of the groups are not known yet, some pairs may be left at what is not written. */
function relationsIn(relations: RelationsSpec | undefined, groups: readonly string[] | undefined): Set<Relation> {
  if (!relations) return new Set(['collaborative']);
  if (groups) return new Set(relationMatrix(relations, groups).kinds.flat());
  if ('entries' in relations) return new Set(['collaborative', ...relations.entries.map(({ kind }) => kind)]);
  return new Set(relations.kinds.rows.flat());
}
