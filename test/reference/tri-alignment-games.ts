// What two agents of tri-alignment earn when they meet, by how their groups stand to each other, as four games in ordinary arithmetic.
import type { TriParams } from './tri-alignment-params.ts';

export type Kind = 'collaborative' | 'cooperative' | 'competitive';

/** The payoff of the first of two, before stakes; `ability` is its capability. */
export function gamePayoff(
  params: TriParams,
  kind: Kind,
  exploits: boolean,
  otherExploits: boolean,
  ability: number,
  otherAbility: number,
): number {
  const { joint_success, joint_partial, joint_failure, game, benefit, cost, prize, injury } = params;
  const exploiters = Number(exploits) + Number(otherExploits);
  const meanAbility = (ability + otherAbility) / 2;
  if (kind === 'collaborative') return [joint_success, joint_partial, joint_failure][exploiters] * meanAbility;
  if (kind === 'cooperative') {
    // a favour is as good as its giver is able
    if (game === 'donation') return (otherExploits ? 0 : benefit * otherAbility) - (exploits ? 0 : cost);
    if (exploiters === 2) return 0;
    return benefit * meanAbility - (exploits ? 0 : otherExploits ? cost : cost / 2);
  }
  if (exploiters === 1) return exploits ? prize : 0;
  const won = (prize * ability) / (ability + otherAbility);
  return exploits ? won - injury / 2 : won;
}

/** What the two earn together as a share of the most that they could, clamped to [0, 1]; 1 where there is nothing to gain. */
export function jointOutcome(
  params: TriParams,
  kind: Kind,
  exploits: boolean,
  otherExploits: boolean,
  ability: number,
  otherAbility: number,
): number {
  const joint = (one: boolean, other: boolean): number =>
    gamePayoff(params, kind, one, other, ability, otherAbility) +
    gamePayoff(params, kind, other, one, otherAbility, ability);
  const best = Math.max(joint(false, false), joint(false, true), joint(true, false), joint(true, true));
  return best <= 0 ? 1 : Math.min(1, Math.max(0, joint(exploits, otherExploits) / best));
}
