// The bytes of an agents.parquet, for tests that read one.
import type { AgentsHead, AgentsPart } from '../../src/record/agents.ts';
import { startAgents } from '../../src/record/agents.ts';

/** The chunks that `write` hands over, as one. */
export function bytesOf(write: (sink: (bytes: Uint8Array) => void) => void): Uint8Array {
  const chunks: Uint8Array[] = [];
  write(bytes => chunks.push(bytes.slice()));
  return new Uint8Array(Buffer.concat(chunks));
}

/** A file of these parts. */
export function agentsFile(head: AgentsHead, parts: readonly AgentsPart[]): Uint8Array {
  return bytesOf(sink => {
    const file = startAgents(head, sink);
    for (const part of parts) file.add(part);
    file.finish();
  });
}
