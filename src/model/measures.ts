// What can be asked of a population. A measure is data; the planner turns it into exact integer reductions ("terms") on the
// device and a closing formula on the host.

/** Restricts a measure to the agents whose field has the value. */
export interface Among {
  /** The field that decides. */
  field: string;
  /** Its value, or label. */
  is: number | string;
}

interface Common {
  /** Restricts the measure to some agents; shares, means and variances are then over those. */
  among?: Among;
  /** `group`: one column per group, named `<measure>.<group>`. */
  by?: 'group';
}

/** One measure. Its columns are numbers; `histogram` has one column per bin, named `<measure>.<bin>`. */
export type Measure = Common &
  (
    | { kind: 'count' | 'share'; field: string; value: number | string }
    | { kind: 'sum' | 'mean' | 'variance' | 'minimum' | 'maximum'; field: string }
    | { kind: 'histogram'; field: string; bins?: number }
    | { kind: 'active-links'; field: string }
    | { kind: 'isolated' }
  );

/** The number of agents whose field has the value. */
export const count = (field: string, value: number | string, options: Common = {}): Measure => ({
  kind: 'count',
  field,
  value,
  ...options,
});
/** The share, in [0, 1], of agents whose field has the value. */
export const share = (field: string, value: number | string, options: Common = {}): Measure => ({
  kind: 'share',
  field,
  value,
  ...options,
});
/** The exact total of a field. */
export const sum = (field: string, options: Common = {}): Measure => ({ kind: 'sum', field, ...options });
/** The mean of a field. */
export const mean = (field: string, options: Common = {}): Measure => ({ kind: 'mean', field, ...options });
/** The population variance (division by N) of a field. */
export const variance = (field: string, options: Common = {}): Measure => ({ kind: 'variance', field, ...options });
/** The smallest value of a field. */
export const minimum = (field: string, options: Common = {}): Measure => ({ kind: 'minimum', field, ...options });
/** The largest value of a field. */
export const maximum = (field: string, options: Common = {}): Measure => ({ kind: 'maximum', field, ...options });
/** Shares of agents in equal bins over the field's range; default one bin per value for small integers, else 32. */
export const histogram = (field: string, options: Common & { bins?: number } = {}): Measure => ({
  kind: 'histogram',
  field,
  ...options,
});
/** The share, in [0, 1], of directed links (i, j) whose two ends differ in the field. */
export const activeLinks = (field: string): Measure => ({ kind: 'active-links', field });
/** The share of agents that look at nobody (degree 0). */
export const isolated = (): Measure => ({ kind: 'isolated' });
