// Who takes part: programs, and what each can do. `build` returns { skip } where a program cannot be had here.
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const here = name => join(import.meta.dirname, '..', name);
const EXACT = ['majority-gather', 'majority', 'contagion'];
/** What Python's whole-array operations are no fair match for. */
const OTHERS = ['ising', 'pairing'];
const DISTRIBUTIONS = ['voter', 'q-voter', 'sir'];

const node =
  (file, ...more) =>
  ({ instance }) => ({ command: process.execPath, args: [here(file), instance, ...more] });

function groundswell(engine, threads) {
  return ({ instance, workload, size }) => ({
    command: process.execPath,
    args: ['--no-warnings', here('contenders/groundswell.mjs'), instance, workload.name, engine, String(threads), size],
  });
}

/** Threads that spin at the end of every step lose it all where a core is shared. */
const passive = { OMP_WAIT_POLICY: process.env.OMP_WAIT_POLICY ?? 'passive' };

const python =
  (file, ...more) =>
  ({ instance, options }) => ({
    command: options.python,
    args: [here(`python/${file}`), instance, ...more],
    env: { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1', ...passive, NDLIB_DIR: options.ndlib ?? '' },
  });

/** The first of some ways to compile that works. */
function compile(attempts) {
  const reasons = [];
  for (const [command, ...args] of attempts) {
    try {
      execFileSync(command, args, { stdio: 'pipe' });
      return {};
    } catch (error) {
      reasons.push(
        error.code === 'ENOENT'
          ? `no ${command}`
          : String(error.stderr ?? error.message)
              .trim()
              .split('\n')[0],
      );
    }
  }
  return { skip: reasons[0] };
}

const cFlags = ['-O3', '-march=native', '-fopenmp', '-std=c11'];
const native = {
  build: ({ folder }) => compile([['gcc', ...cFlags, here('native/rules.c'), '-o', join(folder, 'rules')]]),
  program:
    threads =>
    ({ instance, folder }) => ({
      command: join(folder, 'rules'),
      args: [instance],
      env: {
        OMP_NUM_THREADS: String(threads || availableParallelism()),
        ...passive,
      },
    }),
};
const cuda = {
  build: ({ folder }) => {
    const gpu = nvidiaGpu();
    if (gpu.skip) return gpu;
    const [from, to] = [here('cuda/rules.cu'), join(folder, 'rules-cuda')];
    // without an architecture the driver compiles when it starts
    return compile([
      ['nvcc', '-O3', '-arch=native', from, '-o', to],
      ['nvcc', '-O3', from, '-o', to],
    ]);
  },
  program: ({ instance, folder }) => ({ command: join(folder, 'rules-cuda'), args: [instance] }),
};

/** Asks the driver, so that nothing is compiled or imported in vain. */
export function nvidiaGpu() {
  try {
    const name = execFileSync('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], {
      stdio: 'pipe',
    });
    return { name: String(name).trim().split('\n')[0] };
  } catch {
    return { skip: 'no NVIDIA GPU' };
  }
}

/** `pace` picks the steps of a turn: `steps`, `gpuSteps` or `slowSteps`. Several threads only where there are several. */
export const contenders = [
  { name: 'groundswell-cpu-1', workloads: [...EXACT, ...OTHERS, ...DISTRIBUTIONS], program: groundswell('cpu', 1) },
  { name: 'groundswell-cpu', workloads: [...EXACT, ...OTHERS], threads: true, program: groundswell('cpu', 0) },
  {
    name: 'groundswell-webgpu',
    workloads: [...EXACT, ...OTHERS],
    pace: 'gpuSteps',
    program: groundswell('webgpu', 1),
  },
  { name: 'javascript', workloads: [...EXACT, ...OTHERS], program: node('contenders/javascript.mjs') },
  { name: 'c-1', workloads: [...EXACT, ...OTHERS], build: native.build, program: native.program(1) },
  { name: 'c', workloads: [...EXACT, ...OTHERS], threads: true, build: native.build, program: native.program(0) },
  { name: 'gpu.js-1', workloads: ['majority-gather'], program: node('contenders/gpujs.mjs', '1') },
  { name: 'gpu.js', workloads: ['majority-gather'], threads: true, program: node('contenders/gpujs.mjs', '0') },
  {
    name: 'tfjs-wasm',
    workloads: ['majority-gather'],
    pace: 'slowSteps',
    program: node('contenders/tfjs.mjs', 'wasm'),
  },
  {
    name: 'tfjs-node',
    workloads: ['majority-gather'],
    pace: 'slowSteps',
    program: node('contenders/tfjs.mjs', 'node'),
  },
  { name: 'numpy', workloads: EXACT, pace: 'slowSteps', program: python('arrays.py', 'numpy') },
  { name: 'torch-cpu', workloads: EXACT, pace: 'slowSteps', program: python('torch_peer.py', 'cpu') },
  { name: 'cuda', workloads: [...EXACT, ...OTHERS], pace: 'gpuSteps', build: cuda.build, program: cuda.program },
  {
    name: 'torch-cuda',
    workloads: EXACT,
    pace: 'gpuSteps',
    build: nvidiaGpu,
    program: python('torch_peer.py', 'cuda'),
  },
  {
    name: 'torch-compile',
    workloads: EXACT,
    pace: 'gpuSteps',
    build: nvidiaGpu,
    program: python('torch_peer.py', 'compile'),
  },
  { name: 'jax', workloads: EXACT, pace: 'gpuSteps', build: nvidiaGpu, program: python('arrays.py', 'jax') },
  { name: 'cupy', workloads: EXACT, pace: 'gpuSteps', build: nvidiaGpu, program: python('cupy_peer.py') },
  { name: 'ndlib', workloads: DISTRIBUTIONS, pace: 'slowSteps', program: python('ndlib_peer.py') },
];
