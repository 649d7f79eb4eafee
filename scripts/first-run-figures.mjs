// Draws the figures of docs/first-run.md from the files that its runs wrote.
// Usage: node scripts/first-run-figures.mjs RUN [DATA]
//   RUN   folder with the results of examples/moltbook-conformity.yaml
//   DATA  folder with moltbook-2026-02-01.csv, for the figure on the actual edges
import { readFileSync } from 'node:fs';
import { catalogue, open, readFrom } from 'groundswell';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { save } from './save-figure.mjs';

const [run, data] = process.argv.slice(2);
if (!run) {
  console.error('usage: node scripts/first-run-figures.mjs RUN [DATA]');
  process.exit(2);
}

const DEGREES = 'examples/data/moltbook-reply-degrees.csv';
const LAST_STEP = 100;
// Okabe & Ito 2008: told apart by people of any colour vision
const [BLUE, ORANGE, GREEN] = ['#0072b2', '#d55e00', '#009e73'];
const model = catalogue.find(({ name }) => name === 'llm-conformity');
const table = async path => parquetReadObjects({ file: await asyncBufferFromFile(path) });

function degreeClasses() {
  const rows = readFileSync(DEGREES, 'utf8')
    .split('\n')
    .filter(line => /^\d/.test(line))
    .map(line => line.split(',').map(Number));
  const nodes = rows.reduce((sum, [, , count]) => sum + count, 0);
  return rows.map(([out, into, count]) => ({ out, in: into, share: count / nodes }));
}

/** A map of one number as one of a state. */
function stateOf(map, start) {
  if (typeof map !== 'function') return map;
  return { start, next: map, measure: value => value };
}

/** The model's own mean field at the given steps. */
function meanField(preset, sign, start, steps, degrees) {
  const params = { zealots_up: 0, zealots_down: 0, ...model.presets[preset].params, bias_sign: sign };
  const topology = { kind: degrees ? 'upscaled' : 'complete', degrees };
  const context = {
    params,
    initial: { misaligned: start },
    population: 200_000,
    update: { kind: 'synchronous' },
    topology,
  };
  const maps = model.theory.filter(({ kind }) => kind === 'map').map(theory => theory.predict(context));
  const {
    start: state,
    next,
    measure,
  } = stateOf(
    maps.find(map => map !== undefined),
    start,
  );
  const courses = [state];
  for (let step = 1; step <= steps.at(-1); step++) courses.push(next(courses[step - 1]));
  return steps.map(step => measure(courses[step]));
}

const share = (field, title, domain, values) => ({
  field,
  type: 'quantitative',
  title,
  scale: { domain, nice: false },
  axis: { format: '.0%', values },
});
const SHARES = [0, 0.5, 1];
const SIGNS = {
  field: 'sign',
  type: 'nominal',
  title: 'bias favours',
  scale: { domain: ['misaligned', 'aligned'], range: [ORANGE, BLUE] },
};
const signName = sign => (sign > 0 ? 'misaligned' : 'aligned');

async function finalAgainstStart(rows) {
  const degrees = degreeClasses();
  const presets = [...new Set(rows.map(row => row['params.preset']))];
  // the replicas lie within two dots' width of each other: their mean is drawn
  const byPoint = new Map();
  for (const row of rows.filter(({ step }) => step === LAST_STEP)) {
    byPoint.set(row.point, [...(byPoint.get(row.point) ?? []), row]);
  }
  const dots = [...byPoint.values()].map(replicas => ({
    preset: replicas[0]['params.preset'],
    sign: signName(replicas[0]['params.bias_sign']),
    start: replicas[0]['init.opinion'],
    final: replicas.reduce((sum, row) => sum + row.misaligned, 0) / replicas.length,
  }));
  const starts = Array.from({ length: 51 }, (_, k) => k / 100);
  const curves = presets.flatMap(preset =>
    [1, -1].flatMap(sign =>
      (sign > 0 ? [degrees, undefined] : [degrees]).flatMap(classes =>
        starts.map(start => ({
          preset,
          sign: signName(sign),
          start,
          mean: Math.round(1e4 * meanField(preset, sign, start, [LAST_STEP], classes)[0]) / 1e4,
          on: classes ? 'Moltbook’s degrees' : 'everyone hears everyone',
        })),
      ),
    ),
  );
  const x = share('start', 'misaligned at the start', [0, 0.5], [0, 0.2, 0.4]);
  await save('first-run-final', {
    data: { values: [...curves, ...dots] },
    facet: { field: 'preset', type: 'nominal', sort: presets },
    columns: 3,
    spacing: 18,
    spec: {
      width: 190,
      height: 110,
      layer: [
        {
          transform: [{ filter: 'isValid(datum.mean)' }],
          mark: { type: 'line', strokeWidth: 1.3 },
          encoding: {
            x,
            y: share('mean', 'misaligned at step 100', [0, 1], SHARES),
            color: SIGNS,
            strokeDash: {
              field: 'on',
              type: 'nominal',
              title: 'mean field',
              scale: {
                domain: ['Moltbook’s degrees', 'everyone hears everyone'],
                range: [
                  [1, 0],
                  [2, 3],
                ],
              },
            },
          },
        },
        {
          transform: [{ filter: 'isValid(datum.final)' }],
          mark: { type: 'point', filled: true, size: 26, opacity: 0.8 },
          encoding: { x, y: { field: 'final', type: 'quantitative' }, color: SIGNS },
        },
      ],
    },
  });
}

const STARTS = {
  field: 'start',
  type: 'nominal',
  title: 'misaligned at the start',
  scale: { domain: ['20%', '30%', '40%'], range: [GREEN, BLUE, ORANGE] },
};
const percent = value => `${Math.round(100 * value)}%`;

async function courses(rows, preset) {
  const chosen = rows.filter(row => row['params.preset'] === preset && row['params.bias_sign'] === 1);
  const measured = chosen.map(row => ({
    replica: row.replica,
    step: row.step,
    share: row.misaligned,
    start: percent(row['init.opinion']),
  }));
  const steps = Array.from({ length: LAST_STEP + 1 }, (_, step) => step);
  const degrees = degreeClasses();
  const predicted = [0.2, 0.3, 0.4].flatMap(start =>
    meanField(preset, 1, start, steps, degrees).map((mean, step) => ({ step, mean, start: percent(start) })),
  );
  const x = { field: 'step', type: 'quantitative', title: 'step' };
  await save('first-run-courses', {
    width: 460,
    height: 220,
    layer: [
      {
        data: { values: measured },
        mark: { type: 'line', strokeWidth: 1, opacity: 0.8, point: { size: 18 } },
        encoding: {
          x,
          y: share('share', 'misaligned', [0, 1], SHARES),
          color: STARTS,
          detail: { field: 'replica' },
        },
      },
      {
        data: { values: predicted },
        mark: { type: 'line', strokeDash: [5, 3], strokeWidth: 1.2 },
        encoding: { x, y: { field: 'mean', type: 'quantitative' }, color: STARTS },
      },
    ],
  });
}

/** Final shares on the actual edges against what was heard at the start. */
async function heard(spec, folder) {
  const world = await open(
    { text: readFileSync(spec, 'utf8'), file: spec },
    { set: ['params.preset=Qwen2.5-32B', 'params.bias_sign=1'], readFile: readFrom([folder]), engine: 'cpu' },
  );
  const { neighbors, nodeCount } = world.prepared.topology.graphs[0];
  const { worlds } = world.plan;
  const opinions = await world.read('opinion');
  const values = worlds.map(({ point }, w) => {
    const misaligned = neighbors.reduce((sum, other) => sum + opinions[w * nodeCount + other], 0);
    return {
      start: percent(world.prepared.spec.points[point].varied['init.opinion']),
      heard: misaligned / neighbors.length,
    };
  });
  await world.step(LAST_STEP, { every: LAST_STEP });
  const rows = await world.rows();
  await world.dispose();
  for (const [row, step] of rows.step.entries()) {
    if (step !== LAST_STEP) continue;
    const at = worlds.findIndex(({ point, replica }) => point === rows.point[row] && replica === rows.replica[row]);
    values[at].final = Math.round(1e4 * rows.measures.misaligned[row]) / 1e4;
  }
  for (const [from, to] of [
    [0, 0.2],
    [0.2, 0.25],
    [0.25, 0.3],
    [0.3, 0.35],
    [0.35, 0.4],
    [0.4, 0.45],
    [0.45, 1],
  ]) {
    const those = values.filter(value => value.heard >= from && value.heard < to);
    const fallen = those.filter(({ final }) => final > 0.5).length;
    console.log(`heard at the start ${from} to ${to}: ${fallen} of ${those.length} end in a misaligned majority`);
  }
  await save('first-run-heard', {
    data: { values },
    width: 460,
    height: 240,
    mark: { type: 'point', filled: true, size: 34, opacity: 0.75 },
    encoding: {
      x: share(
        'heard',
        'share of links at the start that lead to a misaligned agent',
        [0, 0.8],
        [0, 0.2, 0.4, 0.6, 0.8],
      ),
      y: share('final', 'misaligned at step 100', [0, 1], SHARES),
      color: STARTS,
      shape: { field: 'start', type: 'nominal', title: 'misaligned at the start' },
    },
  });
}

const rows = await table(`${run}/series.parquet`);
await finalAgainstStart(rows);
await courses(rows, 'Qwen2.5-32B');
if (data) await heard('examples/moltbook-edges.yaml', data);
