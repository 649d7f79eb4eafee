// What every engine must do, whatever it computes on.
import { afterAll, describe } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { arithmeticSuite } from './arithmetic.ts';
import { bundlesSuite } from './bundles.ts';
import { contractSuite } from './contract.ts';
import { fusionSuite } from './fusion.ts';
import { holdersSuite } from './holders.ts';
import { interventionsSuite } from './interventions.ts';
import { measuresSuite } from './measures.ts';
import { orderSuite } from './order.ts';
import { pointsSuite } from './points.ts';
import { slotsSuite } from './slots.ts';
import { societyMeasuresSuite } from './society-measures.ts';
import { structureSuite } from './structure.ts';
import { talliesSuite } from './tallies.ts';
import { updatesSuite } from './updates.ts';
import { valuesSuite } from './values.ts';
import { worldsSuite } from './worlds.ts';

/** Declares the tests of an engine; skipped (by `openEngine`, aloud) where there is none. */
export function conformance(name: string, openEngine: () => Promise<Engine | undefined>): void {
  describe(name, async () => {
    const engine = await openEngine();
    describe.skipIf(!engine)('keeps the contract', () => contractSuite(engine!));
    describe.skipIf(!engine)('exchanges slots', () => slotsSuite(engine!));
    describe.skipIf(!engine)('runs several rules in one kernel', () => fusionSuite(engine!));
    describe.skipIf(!engine)('holds arrays, groups and links', () => holdersSuite(engine!));
    describe.skipIf(!engine)('knows the social structure', () => structureSuite(engine!));
    describe.skipIf(!engine)('takes the parts of a step in turn', () => updatesSuite(engine!));
    describe.skipIf(!engine)('measures', () => measuresSuite(engine!));
    describe.skipIf(!engine)('measures spread and ties', () => societyMeasuresSuite(engine!));
    describe.skipIf(!engine)('computes', () => arithmeticSuite(engine!));
    describe.skipIf(!engine)('tallies', () => talliesSuite(engine!));
    describe.skipIf(!engine)('keeps worlds and streams apart', () => worldsSuite(engine!));
    describe.skipIf(!engine)('computes many points', () => pointsSuite(engine!));
    describe.skipIf(!engine)('bundles replicas', () => bundlesSuite(engine!));
    describe.skipIf(!engine)('holds values per agent', () => valuesSuite(engine!));
    describe.skipIf(!engine)('is changed from outside', () => interventionsSuite(engine!));
    describe.skipIf(!engine)('keeps agents in another order', () => orderSuite(engine!));
    afterAll(() => engine?.dispose());
  });
}
