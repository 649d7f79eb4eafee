// The effects of a suite as rows of effects.parquet. Which run is compared with which stands in `change`: `scenario: b against a`.
import type { EffectRow } from '../record/index.ts';
import { effectRows } from './effect-rows.ts';
import type { ToldEffect } from './scenario-result.ts';
import type { Suite } from './suite.ts';

/** All effects that the report tells of, two rows each. */
export function suiteRows({ scenarios }: Pick<Suite, 'scenarios'>): EffectRow[] {
  return scenarios.flatMap(({ name, headline, others, levers, cases }) => {
    const rows = (change: string, effects: readonly ToldEffect[]): EffectRow[] =>
      effects.flatMap(effect => effectRows(`${name}: ${change}`, { ...effect, point: 0 }));
    return [
      ...rows('risk against control', [headline, ...others]),
      ...levers.flatMap(lever => rows(`${lever.name} against risk`, [lever.headline, ...lever.others])),
      ...cases.flatMap(({ name: own, againstControl, againstRisk }) => [
        ...rows(`${own} against control`, againstControl),
        ...rows(`${own} against risk`, againstRisk),
      ]),
    ];
  });
}
