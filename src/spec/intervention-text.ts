// An intervention in words: when, what, to whom.
import type { Model } from '../model/index.ts';
import { aimsAtAll, type Condition, type Intervention, type Target } from './intervention-spec.ts';

/** "from step 50 to 120, every 10 steps: retrain; 20 % of group aid, at random, where strategy is exploit". */
export function describeIntervention({ at, until, every, target, about }: Intervention, model: Model): string {
  const when = at === until ? `at step ${at}` : `from step ${at} to ${until}`;
  const often = every === undefined ? '' : every === 1 ? ', before every step' : `, every ${every} steps`;
  return `${when}${often}: ${about}; ${describeTarget(target, model)}`;
}

function describeTarget(target: Target, { fields }: Model): string {
  if (aimsAtAll(target)) return 'everybody';
  const { groups, roles, agents, fraction, place, where } = target;
  const whose = [
    ...(groups ? [`group ${groups.join(' or ')}`] : []),
    ...(roles ? [`role ${roles.join(' or ')}`] : []),
    ...(agents ? [agents.length === 1 ? `agent ${agents[0]}` : `${agents.length} agents by name`] : []),
  ];
  const all = whose.length > 0 ? whose.join(', ') : 'all';
  const some = fraction === undefined ? all : `${Number((100 * fraction).toPrecision(6))} % of ${all}`;
  const who = fraction === undefined ? some : `${some}, ${place === 'hubs' ? 'the hubs' : 'at random'}`;
  const conditions = where.map(condition => describeCondition(condition, fields));
  return conditions.length === 0 ? who : `${who}, where ${conditions.join(' and ')}`;
}

function describeCondition({ field, is, value }: Condition, fields: Model['fields']): string {
  return `${field} is ${is === 'equal' ? '' : `${is} `}${fields[field].labels?.[value] ?? value}`;
}
