// Draws docs/figures/tri-alignment-hysteresis.svg: the example that tips, as its conscience falls and rises again, in the density mean field and among agents. Needs `npm run build`.
// Usage: node scripts/tri-alignment-figures.mjs [AGENTS]
import { simulate } from '../dist/index.js';
import { hysteresis } from '../dist/models/tri-alignment-tipping.js';
import { GREY, save } from './save-figure.mjs';
import { TIPPING_EXAMPLE as EXAMPLE, tippingSpec } from './tipping-example.mjs';
import { driven, LEAN, stages } from './tri-alignment-example.mjs';

const agents = Number(process.argv[2] ?? 20_000);
const HOLD = 200;
const BINS = 401;
/** Ends of the branches in docs/tri-alignment.md. */
const FOLDS = [1.1713, 1.3498];
// Okabe & Ito 2008: told apart by people of any colour vision
const [BLUE, ORANGE] = ['#0072b2', '#d55e00'];
const WAYS = ['falling', 'rising'];

/** From the highest to the lowest conscience. */
const grid = (count, step) => Array.from({ length: count }, (_, k) => Number((1.45 - k * step).toFixed(4)));

/** The mean field at rest at each value, on the way down and on the way back. */
function atRest() {
  const values = grid(71, 0.005);
  const { there, back, area } = hysteresis(conscience => ({ ...EXAMPLE, bins: BINS, conscience }), values, 'aligned');
  console.log(`mean field, 401 bins: area ${area.toFixed(4)}`);
  return [there, back].flatMap((shares, way) =>
    shares.map((share, k) => ({ conscience: values[k], rest: share, way: WAYS[way] })),
  );
}

/** Agents whose conscience is set anew every HOLD steps, and the mean field with the same schedule. */
async function onTheWay() {
  const falling = grid(15, 0.025);
  const values = [...falling, ...falling.toReversed()];
  const steps = values.length * HOLD;
  const spec = tippingSpec({
    population: agents,
    steps,
    measure: HOLD,
    interventions: stages(values, HOLD),
    seed: 'loop',
  });
  const { series } = await simulate(spec, { engine: 'cpu', threads: 1, models: [LEAN] });
  const theory = driven({ ...EXAMPLE, bins: BINS }, values, HOLD);
  const seen = values.map((_, k) => series.exploiters[k + 1]);
  values.forEach((conscience, k) => {
    const [mean, share] = [theory[k], seen[k]].map(value => value.toFixed(4));
    console.log(`${WAYS[Number(k >= falling.length)]} ${conscience}: ${agents} agents ${share}, mean field ${mean}`);
  });
  return values.map((conscience, k) => ({
    conscience,
    share: seen[k],
    driven: theory[k],
    way: WAYS[Number(k >= falling.length)],
  }));
}

const x = {
  field: 'conscience',
  type: 'quantitative',
  title: 'conscience m',
  scale: { domain: [1.1, 1.45], nice: false },
  axis: { values: [1.1, 1.2, 1.3, 1.4] },
};
const y = field => ({
  field,
  type: 'quantitative',
  title: 'exploiters',
  scale: { domain: [0, 1] },
  axis: { format: '.0%', values: [0, 0.25, 0.5, 0.75, 1] },
});
const color = {
  field: 'way',
  type: 'nominal',
  title: 'conscience is',
  scale: { domain: WAYS, range: [BLUE, ORANGE] },
};
const along = await onTheWay();
await save('tri-alignment-hysteresis', {
  width: 460,
  height: 240,
  layer: [
    {
      data: { values: FOLDS.map(conscience => ({ conscience })) },
      mark: { type: 'rule', color: GREY, strokeDash: [2, 3] },
      encoding: { x },
    },
    {
      data: { values: atRest() },
      mark: { type: 'line', strokeWidth: 1.5 },
      encoding: { x, y: y('rest'), color, order: { field: 'conscience' } },
    },
    {
      data: { values: along },
      mark: { type: 'point', shape: 'circle', stroke: GREY, size: 90, strokeWidth: 1 },
      encoding: { x, y: y('driven') },
    },
    {
      data: { values: along },
      mark: { type: 'point', filled: true, size: 32, opacity: 0.8 },
      encoding: {
        x,
        y: y('share'),
        color,
        shape: { field: 'way', type: 'nominal', title: 'conscience is', scale: { domain: WAYS } },
      },
    },
  ],
});
