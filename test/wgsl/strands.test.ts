// What the WebAssembly back end finds out about a kernel that takes agents through many worlds at a time.
import { describe, expect, test } from 'vitest';
import { arrayOf, integerField } from '../../src/model/index.ts';
import { visitCode } from '../../src/wgsl/code.ts';
import { compileKernel } from '../../src/wgsl/kernel.ts';
import { rangesOf } from '../../src/wgsl/optimize/ranges.ts';
import { localScalar, type Scalar } from '../../src/wgsl/scalar.ts';
import { computeAhead } from '../../src/wgsl/wasm/ahead.ts';
import { pointLoopOf } from '../../src/wgsl/wasm/points.ts';
import { widthsOf } from '../../src/wgsl/wasm/widths.ts';
import { toy } from '../engine/toys.ts';
import { planOf } from '../plan/support.ts';

/** The kernel of a majority vote with four neighbours on one graph. */
async function votes(spec: Record<string, unknown>) {
  const topology = { kind: 'random-regular', degree: 4, realisations: 1 };
  const { kernels } = await planOf('majority-vote', { update: 'synchronous', topology, ...spec });
  const { module, strands } = kernels.find(({ label }) => label === 'vote_with_majority')!;
  const { kernel } = computeAhead(compileKernel(module, 'main').kernel);
  const loop = pointLoopOf(kernel, strands);
  const values = new Map<string, Scalar[]>();
  const note = (name: string, scalar: Scalar): void => {
    values.set(name, [...(values.get(name) ?? []), scalar]);
  };
  if (loop) {
    visitCode([...loop.shared, ...loop.body], code => {
      if (code.kind === 'set') note(code.local.name.replace(/_\d+(v\d+)?$/, ''), localScalar(code.local));
    });
  }
  return { kernel, loop, named: (name: string) => values.get(name) ?? [] };
}

const noises = Array.from({ length: 20 }, (_, k) => k / 50);

describe('what differs between strands', () => {
  test('is found for points and for replicas, from sixteen on', async () => {
    expect((await votes({ params: { noise: noises } })).loop?.count).toBe(20);
    expect((await votes({ replicas: 32 })).loop?.count).toBe(32);
    expect((await votes({ replicas: 15 })).loop).toBeUndefined();
    expect((await votes({ params: { noise: noises.slice(0, 15) } })).loop).toBeUndefined();
  });

  test('is nothing that a rule counts', async () => {
    // the loop over 20 elements is the rule's own, and the last thing that it does
    const pile = arrayOf(integerField({ max: 999 }), 20);
    const model = toy(
      { name: 'tellers', fields: { pile, told: integerField({ max: 99_999 }) }, rules: ['tell'] },
      {
        tell: `import package::agent::{pile, set_pile};
fn tell(me: u32) {
  var carried = 7u;
  for (var k = 0u; k < 20u; k++) {
    carried = (carried * 3u + pile(me, k) + k) % 997u;
    set_pile(k, carried);
  }
}`,
      },
    );
    const { kernels } = await planOf(model);
    for (const { module, strands } of kernels) {
      expect(strands).toBe(1);
      expect(pointLoopOf(computeAhead(compileKernel(module, 'main').kernel).kernel, strands)).toBeUndefined();
    }
  });

  test('points share draws and edges, replicas edges alone', async () => {
    const points = await votes({ params: { noise: noises } });
    const replicas = await votes({ replicas: 32 });
    const kinds = ({ loop, named }: typeof points, name: string): Set<string> =>
      new Set(named(name).map(scalar => loop!.of(scalar)));
    expect(kinds(replicas, 'sum')).toContain('many');
    expect(kinds(points, 'draw_key')).not.toContain('many');
    expect(kinds(points, 'draw_key')).not.toContain('point');
    expect(kinds(replicas, 'draw_key')).toEqual(new Set(['point']));
    // whom an agent looks at is read before all groups
    expect(points.loop!.shared.length).toBeGreaterThanOrEqual(4);
    expect(replicas.loop!.shared.length).toBeGreaterThanOrEqual(4);
  });

  test('counts are bytes, draws and thresholds words', async () => {
    const { kernel, loop, named } = await votes({ replicas: 32 });
    const { isNarrow } = widthsOf(kernel, loop!);
    const of = rangesOf(kernel);
    const leads = named('lead');
    expect(leads).not.toEqual([]);
    for (const lead of leads) {
      expect(of(lead)).toEqual({ low: -4, high: 4 });
      expect(isNarrow(lead)).toBe(true);
    }
    for (const up of named('up')) expect(isNarrow(up)).toBe(false);
  });
});
