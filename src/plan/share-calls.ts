// Expressions of WGSL that have calls in common: each such call becomes a `let` before them, so that it is written, compiled and computed once.

/** Names for the calls that occur more than once in the texts, and the texts with these names. Calls are taken for pure; those that do not depend on `me` stay. */
export function shareCalls(texts: readonly string[]): { lets: string[]; rest: string[] } {
  const lets: string[] = [];
  let rest = [...texts];
  // inner calls first, so that outer ones are made of them
  for (let call = repeatedCall(rest); call !== undefined; call = repeatedCall(rest)) {
    const name = `shared_${lets.length}`;
    const text = call;
    lets.push(`let ${name} = ${text};`);
    rest = rest.map(other => replaceCall(other, text, name));
  }
  return { lets, rest };
}

/** The text with a name for the call; not where its function's name is the end of a longer one. */
function replaceCall(text: string, call: string, name: string): string {
  return text.replaceAll(call, (same: string, at: number) => (/\w/.test(text[at - 1] ?? '') ? same : name));
}

/** The shortest call that occurs more than once. */
function repeatedCall(texts: readonly string[]): string | undefined {
  const seen = new Set<string>();
  let found: string | undefined;
  for (const call of texts.flatMap(callsIn)) {
    if (!seen.has(call)) seen.add(call);
    else if (found === undefined || call.length < found.length) found = call;
  }
  return found;
}

/** Every call in a text, with its arguments. */
function callsIn(text: string): string[] {
  return [...text.matchAll(/\b[a-z_]\w*\(/g)].flatMap(({ 0: head, index }) => {
    const call = text.slice(index, endOfCall(text, index + head.length));
    return /\b(me|shared_\d+)\b/.test(call) ? [call] : [];
  });
}

/** Where the call ends whose arguments begin at `start`. */
function endOfCall(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0 && at < text.length) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    at++;
  }
  return at;
}
