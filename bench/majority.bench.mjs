// Measures compiled WGSL against hand-written JavaScript on the majority experiment. After a build: node bench/majority.bench.mjs
import os from 'node:os';
import { check, emitKernel, instantiateKernel, parse } from '../dist/wgsl/index.js';
import { interleavedTimes, MAJORITY_WGSL, majorityByHand, majorityWorld, median } from './majority.mjs';

const POPULATION = 2 ** 20;
const ROUNDS = 15;

const world = majorityWorld(POPULATION);
const { text } = emitKernel(check(parse(MAJORITY_WGSL)), 'main');
const kernel = instantiateKernel(text, world);
const compiled = () => kernel(0, POPULATION, 1, 0, 1);
const byHand = () => majorityByHand(world.setup, world.neighbors, world.now, world.next);

compiled();
const answer = world.next.slice();
byHand();
if (!answer.every((value, i) => value === world.next[i])) throw new Error('the contenders disagree');

const [compiledTimes, handTimes] = interleavedTimes([compiled, byHand], ROUNDS);
/** @param {readonly number[]} times */
const rate = times => POPULATION / median(times) / 1000;
/** @param {readonly number[]} times */
const spread = times => `${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)} ms`;
console.log(`majority, N = ${POPULATION}, ${ROUNDS} rounds, Node ${process.version}, ${os.cpus()[0].model}`);
console.log(`compiled WGSL  ${rate(compiledTimes).toFixed(1)} M updates/s (${spread(compiledTimes)})`);
console.log(`by hand        ${rate(handTimes).toFixed(1)} M updates/s (${spread(handTimes)})`);
console.log(`ratio          ${(median(handTimes) / median(compiledTimes)).toFixed(3)}`);
