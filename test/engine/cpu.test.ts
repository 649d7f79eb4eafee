// The CPU engine, in one thread and in two.
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { conformance } from './conformance.ts';

conformance('cpu, one thread', () => openCpu({ threads: 1 }));
conformance('cpu, two threads', () => openCpu({ threads: 2 }));
