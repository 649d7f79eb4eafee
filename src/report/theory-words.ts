// Predictions in words, the same in captions and tables.
import type { Told } from '../experiment/predictions.ts';

/** What is predicted, by whom, and how far to believe it. */
export function cite({ about, source, status }: Told): string {
  return `${about} (${source}; ${status})`;
}

/** The different citations of some predictions. */
export function citations(predictions: Iterable<Told>): string {
  return [...new Set([...predictions].map(cite))].join('; ');
}
