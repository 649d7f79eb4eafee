// The lines of a text file held as bytes: UTF-8 with or without a byte order mark, any line ending, gzip unpacked. Decoded piece
// by piece, since a whole file may be longer than a JavaScript string can be.
import { GroundswellError } from '../errors.ts';

const PIECE = 1 << 20;

/** The bytes themselves, or what they unpack to when they begin as gzip does. */
export async function unpacked(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new GroundswellError({ what: 'the gzip file is damaged', where: file, cause });
  }
}

/** The lines, without their endings (LF, CRLF). */
export function* linesOf(bytes: Uint8Array, file: string): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for (let start = 0; start < bytes.length; start += PIECE) {
    const end = Math.min(start + PIECE, bytes.length);
    let text: string;
    try {
      text = rest + decoder.decode(bytes.subarray(start, end), { stream: end < bytes.length });
    } catch (cause) {
      throw new GroundswellError({
        what: 'the file is not text in UTF-8',
        where: file,
        hint: 'convert it to UTF-8',
        cause,
      });
    }
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest.endsWith('\r') ? rest.slice(0, -1) : rest;
}
