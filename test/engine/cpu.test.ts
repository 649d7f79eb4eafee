// The CPU engine, in one thread and in several that share worlds, and with kernels in JavaScript.
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { conformance } from './conformance.ts';

conformance('cpu, one thread', () => openCpu({ threads: 1 }));
conformance('cpu, three threads', () => openCpu({ threads: 3 }));
conformance('cpu, two threads, JavaScript', () => openCpu({ threads: 2, backEnd: 'javascript' }));
