// What a spec says of values per agent: where the values of a parameter or field come from, and those of a table. The parser makes
// these; src/values turns them into words.
import type { DistributionName } from '../distributions.ts';

/** A file of columns, and how to read it. */
export interface ColumnSource {
  file: string;
  /** A name in the header, or a number counted from 1. */
  column: string | number;
  format: 'auto' | 'snap' | 'csv' | 'parquet';
  delimiter: 'auto' | ',' | ';' | '\t';
}

/** Where values come from. Numbers are logical values of the parameter or field; a category's are positions in its labels. */
export type Source = {
  /** Its place in the spec, for messages. */
  where: string | undefined;
  /** A few words that tell it from others, as in `normal(0.8, 0.1)`. */
  label: string;
} & (
  | { kind: 'value'; value: number }
  /** Exact shares by value, placed at random. Fields only. */
  | { kind: 'shares'; shares: readonly number[] }
  /** Independent draws within [min, max]; values outside are drawn again. */
  | { kind: 'distribution'; name: DistributionName; of: Readonly<Record<string, number>>; min: number; max: number }
  | { kind: 'choice'; values: readonly number[]; shares: readonly number[] }
  /** `id`: the column with the agent's id; absent: row k is agent k. */
  | ({ kind: 'file'; id?: string | number } & ColumnSource)
  /** The last recorded state of an earlier run; absent `point`: its only one. Fields only. */
  | { kind: 'run'; folder: string; point?: number }
  /** By group or by role; absent `rest`: every one of them is named. */
  | { kind: 'parts'; by: 'group' | 'role'; parts: readonly Part<Source>[]; rest?: Source }
  /** One value for each user, for all agents that work for it. */
  | { kind: 'user'; source: Source }
  /** `scale` · (number who look at the agent / its mean)^`power`, within [min, max]. */
  | { kind: 'degree'; power: number; scale: number; min: number; max: number }
);

/** The values of a group or of a role. */
export interface Part<Of> {
  name: string;
  /** The place of its name. */
  where: string | undefined;
  source: Of;
}

/** Where the values of an array field come from: one source for every element, drawn anew for each, or one for each of them. */
export interface ElementSources {
  kind: 'elements';
  each: boolean;
  sources: readonly Source[];
  where: string | undefined;
  label: string;
  /** Groups that have sources of their own. */
  groups?: readonly Part<ElementSources>[];
}

/** Where the values of a field come from. */
export type FieldSource = Source | ElementSources;

/** Where the values of a table come from. */
export type TableSource = { where: string | undefined; label: string } & (
  | { kind: 'values'; values: readonly number[] }
  /** With `id`, the column of the rows' names; without, rows in order. */
  | ({ kind: 'file'; id?: string | number } & ColumnSource)
);
