// What can be asked of a population. A measure is data; the planner turns it into exact integer reductions ("terms") on the
// device and a closing formula on the host.

/** Restricts a measure to the agents whose field has the value. */
export interface Among {
  /** The field that decides. */
  field: string;
  /** Its value, or label. */
  is: number | string;
}

/** What every measure may have. */
export interface MeasureOptions {
  /** Restricts the measure to some agents; shares, means and variances are then over those. */
  among?: Among;
  /**
   * One column per group, or per role, named `<measure>.<group>` or `<measure>.<role>`. A measure of a model is left out of runs that have none of them.
   */
  by?: 'group' | 'role';
}

/** Equal bins over the range of a field. Default: one bin per value for small integers, else a number that the measure says. */
export interface Binned {
  bins?: number;
}

/** One measure. Its columns are numbers; `histogram` has one column per bin, named `<measure>.<bin>`. */
export type Measure = MeasureOptions &
  (
    | { kind: 'count' | 'share'; field: string; value: number | string }
    | { kind: 'sum' | 'mean' | 'variance' | 'deviation' | 'minimum' | 'maximum'; field: string }
    | { kind: 'gap'; field: string; less: string }
    | { kind: 'bimodality' | 'herfindahl'; field: string }
    | ({ kind: 'histogram' | 'gini' | 'entropy' | 'effective-number'; field: string } & Binned)
    | ({ kind: 'quantile'; field: string; q: number } & Binned)
    | ({ kind: 'top-share'; field: string; share?: number } & Binned)
    | ({ kind: 'esteban-ray'; field: string; alpha?: number } & Binned)
    | ({ kind: 'clusters'; field: string; least?: number } & Binned)
    | ({ kind: 'misalignment'; field: string; weight?: string; conflict?: readonly (readonly number[])[] } & Binned)
    | { kind: 'active-links' | 'assortativity'; field: string }
    | { kind: 'isolated' }
  );

/** The number of agents whose field has the value. */
export const count = (field: string, value: number | string, options: MeasureOptions = {}): Measure => ({
  kind: 'count',
  field,
  value,
  ...options,
});
/** The share, in [0, 1], of agents whose field has the value. */
export const share = (field: string, value: number | string, options: MeasureOptions = {}): Measure => ({
  kind: 'share',
  field,
  value,
  ...options,
});
/** The exact total of a field. */
export const sum = (field: string, options: MeasureOptions = {}): Measure => ({ kind: 'sum', field, ...options });
/** The mean of a field. */
export const mean = (field: string, options: MeasureOptions = {}): Measure => ({ kind: 'mean', field, ...options });
/** The population variance (division by N) of a field. */
export const variance = (field: string, options: MeasureOptions = {}): Measure => ({
  kind: 'variance',
  field,
  ...options,
});
/** The smallest value of a field. */
export const minimum = (field: string, options: MeasureOptions = {}): Measure => ({
  kind: 'minimum',
  field,
  ...options,
});
/** The largest value of a field. */
export const maximum = (field: string, options: MeasureOptions = {}): Measure => ({
  kind: 'maximum',
  field,
  ...options,
});
/** Shares of agents in equal bins over the field's range; default one bin per value for small integers, else 32. */
export const histogram = (field: string, options: MeasureOptions & Binned = {}): Measure => ({
  kind: 'histogram',
  field,
  ...options,
});
/** The share, in [0, 1], of directed links (i, j) whose two ends differ in the field. */
export const activeLinks = (field: string): Measure => ({ kind: 'active-links', field });
/** The share of agents that look at nobody (degree 0). */
export const isolated = (): Measure => ({ kind: 'isolated' });
