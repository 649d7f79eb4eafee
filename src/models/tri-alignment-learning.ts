// How strategies spread in the density mean field of tri-alignment: one game, realised or expected payoffs, audits, sharing, and a moral cost that the imitator bears.

/** Payoffs of a symmetric game of two strategies: both comply, comply against exploit, exploit against comply, both exploit. */
export interface Payoffs {
  reward: number;
  sucker: number;
  temptation: number;
  punishment: number;
}

export interface LearningParams {
  payoffs: Payoffs;
  stakes: number;
  /** Chance that an exploiter is audited in a step, and what it then pays. */
  audit: number;
  fine: number;
  /** α: the part of what is earned that is pooled and split among all. */
  sharing: number;
  /** m: the moral cost of exploiting is m times the imitator's own human alignment. */
  conscience: number;
  /** K_F, above 0. */
  selectionNoise: number;
  /** τ_s and ν. */
  imitation: number;
  mutation: number;
  learning: 'realised' | 'expected';
}

/** Something that happens with a chance that depends on the share of exploiters, and what an agent earns then, before sharing. */
interface Outcome {
  chance(exploiters: number): number;
  earned(exploiters: number): number;
}

/** What an agent of a strategy may earn in a step. */
function outcomes(params: LearningParams, exploits: boolean): Outcome[] {
  const { payoffs, stakes, audit, fine, learning } = params;
  const [complying, exploiting] = exploits
    ? [payoffs.temptation, payoffs.punishment]
    : [payoffs.reward, payoffs.sucker];
  const fined = exploits && fine > 0 ? audit : 0;
  if (learning === 'expected') {
    const mean = (e: number): number => stakes * ((1 - e) * complying + e * exploiting) - fined * fine;
    return [{ chance: () => 1, earned: mean }];
  }
  const meets: Outcome[] = [
    { chance: e => 1 - e, earned: () => stakes * complying },
    { chance: e => e, earned: () => stakes * exploiting },
  ];
  if (fined === 0) return meets;
  return meets.flatMap(({ chance, earned }) => [
    { chance: (e: number) => (1 - fined) * chance(e), earned },
    { chance: (e: number) => fined * chance(e), earned: (e: number) => earned(e) - fine },
  ]);
}

/** Chances by bin of stance, when an agent of the other strategy has been looked at, to take it over. */
export type Conversion = (exploiters: number) => Float64Array;

/** Of compliers to exploiting, and of exploiters to complying, by the human alignment of each bin. */
export function conversions(params: LearningParams, alignment: Float64Array): [Conversion, Conversion] {
  const [complying, exploiting] = [outcomes(params, false), outcomes(params, true)];
  return [
    conversion(params, alignment, complying, exploiting, -1),
    conversion(params, alignment, exploiting, complying, 1),
  ];
}

/** Mean of the Fermi function over what the imitator and its model earned; `side` is −1 where the moral cost comes with the change. */
function conversion(
  params: LearningParams,
  alignment: Float64Array,
  own: readonly Outcome[],
  model: readonly Outcome[],
  side: number,
): Conversion {
  const { conscience, selectionNoise, sharing, learning } = params;
  const fermi = (lead: number): Float64Array =>
    alignment.map(a => 1 / (1 + Math.exp(-((1 - sharing) * lead + side * conscience * a) / selectionNoise)));
  // realised payoffs do not depend on the share of exploiters: their tables are made once
  const cases = own.flatMap(mine =>
    model.map(its => ({
      chance: (e: number) => mine.chance(e) * its.chance(e),
      table: learning === 'realised' ? fermi(its.earned(0) - mine.earned(0)) : undefined,
      lead: (e: number) => its.earned(e) - mine.earned(e),
    })),
  );
  return exploiters => {
    const result = new Float64Array(alignment.length);
    for (const { chance, table, lead } of cases) {
      const weight = chance(exploiters);
      const values = table ?? fermi(lead(exploiters));
      for (let b = 0; b < result.length; b++) result[b] += weight * values[b];
    }
    return result;
  };
}

/** Mean over encounters of the joint payoff, as a part of the best joint payoff, clamped to [0, 1]. */
export function meanOutcome({ reward, sucker, temptation, punishment }: Payoffs, exploiters: number): number {
  const best = Math.max(2 * reward, sucker + temptation, 2 * punishment);
  const part = (joint: number): number => (best > 0 ? Math.min(1, Math.max(0, joint / best)) : 0);
  const e = exploiters;
  return (1 - e) ** 2 * part(2 * reward) + 2 * e * (1 - e) * part(sucker + temptation) + e ** 2 * part(2 * punishment);
}
