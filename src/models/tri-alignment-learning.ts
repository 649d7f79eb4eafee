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
  /** α: the part of the payoff that is pooled and split among all. */
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

/** Something that happens with a chance that depends on the share of exploiters, and what the agent keeps of the payoff, but for its part of the pool. */
interface Outcome {
  chance(exploiters: number): number;
  kept(exploiters: number): number;
}

/** What may become of an agent of a strategy in a step. Fines are paid after sharing. */
function outcomes(params: LearningParams, exploits: boolean): Outcome[] {
  const { payoffs, stakes, sharing, audit, fine, learning } = params;
  const own = exploits ? [payoffs.temptation, payoffs.punishment] : [payoffs.reward, payoffs.sucker];
  const [withComplier, withExploiter] = own.map(payoff => (1 - sharing) * stakes * payoff);
  const fined = exploits ? audit : 0;
  if (learning === 'expected') {
    const mean = (e: number): number => (1 - e) * withComplier + e * withExploiter - fined * fine;
    return [{ chance: () => 1, kept: mean }];
  }
  const all: Outcome[] = [
    { chance: e => (1 - fined) * (1 - e), kept: () => withComplier },
    { chance: e => (1 - fined) * e, kept: () => withExploiter },
    { chance: e => fined * (1 - e), kept: () => withComplier - fine },
    { chance: e => fined * e, kept: () => withExploiter - fine },
  ];
  return fined === 0 ? all.slice(0, 2) : all;
}

/** Chances by bin of stance, from one bin to before another, when an agent of the other strategy has been looked at, to take it over. */
export type Conversion = (exploiters: number, from: number, to: number) => Float64Array;

/** Of compliers to exploiting, and of exploiters to complying, by the human alignment of each bin. */
export function conversions(params: LearningParams, alignment: Float64Array): [Conversion, Conversion] {
  const [complying, exploiting] = [outcomes(params, false), outcomes(params, true)];
  return [
    conversion(params, alignment, complying, exploiting, -1),
    conversion(params, alignment, exploiting, complying, 1),
  ];
}

/** Mean of the Fermi function over what the imitator and its model kept; `side` is −1 where the moral cost comes with the change. */
function conversion(
  params: LearningParams,
  alignment: Float64Array,
  own: readonly Outcome[],
  model: readonly Outcome[],
  side: number,
): Conversion {
  const { conscience, selectionNoise, learning } = params;
  const fermi = (lead: number): Float64Array =>
    alignment.map(a => 1 / (1 + Math.exp(-(lead + side * conscience * a) / selectionNoise)));
  // realised payoffs do not depend on the share of exploiters: their tables are made once
  const cases = own.flatMap(mine =>
    model.map(its => ({
      chance: (e: number) => mine.chance(e) * its.chance(e),
      table: learning === 'realised' ? fermi(its.kept(0) - mine.kept(0)) : undefined,
      lead: (e: number) => its.kept(e) - mine.kept(e),
    })),
  );
  return (exploiters, from, to) => {
    const result = new Float64Array(alignment.length);
    for (const { chance, table, lead } of cases) {
      const weight = chance(exploiters);
      const values = table ?? fermi(lead(exploiters));
      for (let b = from; b < to; b++) result[b] += weight * values[b];
    }
    return result;
  };
}

/** Mean over encounters of the joint payoff, as a part of the best joint payoff, clamped to [0, 1]; 1 where there is nothing to gain. */
export function meanOutcome({ reward, sucker, temptation, punishment }: Payoffs, exploiters: number): number {
  const best = Math.max(2 * reward, sucker + temptation, 2 * punishment);
  const part = (joint: number): number => (best > 0 ? Math.min(1, Math.max(0, joint / best)) : 1);
  const e = exploiters;
  return (1 - e) ** 2 * part(2 * reward) + 2 * e * (1 - e) * part(sucker + temptation) + e ** 2 * part(2 * punishment);
}
