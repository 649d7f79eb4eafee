// Runs a kernel with one read-only and one writable buffer on a real device and with both back ends of the compiler, and compares.
import { check, emitKernel, instantiateKernel, parse } from '../../../src/wgsl/index.ts';
import { runWasm } from '../support.ts';

export interface Size {
  x: number;
  z: number;
}

/** Contents of `outputs` after the compiled module has run, with as much inlining as wanted. Throws where the back ends differ. */
export function runCompiled(
  code: string,
  inputs: Uint32Array,
  outputLength: number,
  { x, z }: Size,
  inlineNodes?: number,
): Uint32Array {
  const module = check(parse(code));
  const { text } = emitKernel(module, 'main', { inlineNodes });
  const outputs = new Uint32Array(outputLength);
  instantiateKernel(text, { inputs, outputs })(0, x, 1, 0, z);
  const inWasm = { inputs: inputs.slice(), outputs: new Uint32Array(outputLength) };
  runWasm(module, inWasm, { x, z }, { inlineNodes });
  // the bits of NaN are left open by both
  const isNaNBits = (word: number): boolean => (word & 0x7fffffff) > 0x7f800000;
  const [different] = differences(outputs, inWasm.outputs).filter(
    i => !isNaNBits(outputs[i]) || !isNaNBits(inWasm.outputs[i]),
  );
  if (different !== undefined)
    throw new Error(
      `word ${different} (${outputs[different].toString(16)}, ${inWasm.outputs[different].toString(16)}) differs between the back ends of the compiler`,
    );
  return outputs;
}

/** The same on a device. */
export async function runOnDevice(
  device: GPUDevice,
  code: string,
  inputs: Uint32Array<ArrayBuffer>,
  outputLength: number,
  { x, z }: Size,
): Promise<Uint32Array> {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code });
  const { messages } = await module.getCompilationInfo();
  const mistake = messages.find(({ type }) => type === 'error');
  if (mistake) {
    await device.popErrorScope();
    const line = code.split('\n')[mistake.lineNum - 1];
    throw new Error(`Dawn refuses what the compiler accepts: line ${mistake.lineNum}: ${mistake.message}\n${line}`);
  }
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const byteLength = outputLength * 4;
  const source = device.createBuffer({ size: inputs.byteLength, usage: STORAGE | COPY_DST });
  const target = device.createBuffer({ size: byteLength, usage: STORAGE | COPY_SRC });
  const staging = device.createBuffer({ size: byteLength, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(source, 0, inputs);
  const entries = [source, target].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(x, 1, z);
  pass.end();
  encoder.copyBufferToBuffer(target, 0, staging, 0, byteLength);
  device.queue.submit([encoder.finish()]);
  const error = await device.popErrorScope();
  if (error) throw new Error(error.message);
  await staging.mapAsync(GPUMapMode.READ);
  const outputs = new Uint32Array(staging.getMappedRange().slice(0));
  for (const buffer of [source, target, staging]) buffer.destroy();
  return outputs;
}

/** Positions at which two results differ in any bit. */
export function differences(a: Uint32Array, b: Uint32Array): number[] {
  if (a.length !== b.length) throw new Error(`results of ${a.length} and ${b.length} words`);
  return Array.from(a.keys()).filter(i => a[i] !== b[i]);
}
