// One view, or a panel for each value of an axis that is neither horizontal nor a colour.
import type { Axis } from './axes.ts';
import type { Figure, Layer } from './figure.ts';
import { facetHeading } from './scales.ts';

/** What a figure draws: its layers over these data, which name their panel as `facet`. Without an axis there is one view. */
export function inPanels(
  facet: Axis | undefined,
  view: { values: readonly object[]; size: { width: number; height: number }; layer: Layer[] },
  { columns, spacing }: { columns: number; spacing: number },
): Figure['spec'] {
  const { size, layer } = view;
  const data = { values: [...view.values] };
  if (!facet) return { data, ...size, layer };
  const sort = facet.values.map(value => facetHeading(facet, value));
  return {
    data,
    facet: { field: 'facet', type: 'nominal', sort, header: { title: null } },
    columns,
    spacing,
    spec: { ...size, layer },
  };
}
