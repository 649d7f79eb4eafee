// The recorded agents of a started run, part by part as they come, so that neither memory nor a kill limits them. Never a result: agents.ts makes Parquet of it.
import { type AgentsHead, type AgentsPart, type FieldValues, isEveryone } from './agents.ts';
import { bytesOf, createFrames, readFrames, takeBytes, WORD } from './frames.ts';

// The first payload is the head as JSON. Every other one is [point, replica, step, agents, whether they are listed: u32 each][agents: u32 each, if listed], then
// for each field its values (u32, i32 or f64, as the head says).
const MAGIC = 'groundswell agents 1\n';
const PART_WORDS = 5;

export interface AgentsJournal {
  append(part: AgentsPart): void;
  close(): void;
}

/** Starts a journal at `path`, replacing any. */
export function createAgentsJournal(path: string, head: AgentsHead): AgentsJournal {
  const frames = createFrames(path, MAGIC);
  frames.append(Buffer.from(JSON.stringify(head)));
  return {
    append({ point, replica, step, agents, values }) {
      const listed = !isEveryone(agents);
      const about = Uint32Array.of(point, replica, step, agents.length, listed ? 1 : 0);
      frames.append(Buffer.concat([about, ...(listed ? [agents] : []), ...values].map(bytesOf)));
    },
    close: frames.close,
  };
}

/** Shows the head, then every part. `torn`: the last was cut off and is left out. */
export function readAgentsJournal(
  path: string,
  visit: { head(head: AgentsHead): void; part(part: AgentsPart): void },
): { torn: boolean } {
  let head: AgentsHead | undefined;
  return readFrames(path, MAGIC, payload => {
    if (head) return visit.part(decodePart(head, payload));
    head = JSON.parse(payload.toString()) as AgentsHead;
    visit.head(head);
  });
}

function decodePart({ fields }: AgentsHead, payload: Buffer): AgentsPart {
  let at = 0;
  const take = (bytes: number): ArrayBuffer => {
    at += bytes;
    return takeBytes(payload, at - bytes, bytes);
  };
  const [point, replica, step, count, listed] = new Uint32Array(take(PART_WORDS * WORD));
  const agents = listed ? new Uint32Array(take(count * WORD)) : Uint32Array.from({ length: count }, (_, i) => i);
  const values = fields.map(({ field }): FieldValues => {
    if (field.kind === 'fixed') return new Float64Array(take(count * Float64Array.BYTES_PER_ELEMENT));
    return field.low < 0 ? new Int32Array(take(count * WORD)) : new Uint32Array(take(count * WORD));
  });
  return { point, replica, step, agents, values };
}
