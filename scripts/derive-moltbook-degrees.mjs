// Derives examples/data/moltbook-reply-degrees.csv: how many agents of Moltbook's reply network have each pair of degrees.
// Usage: node scripts/derive-moltbook-degrees.mjs ../shared/data/moltbook-2026-02-01.csv [OUTPUT]
// It shares no code with src/topology, so that the two check each other.
import { readFileSync, writeFileSync } from 'node:fs';

const [input, output = 'examples/data/moltbook-reply-degrees.csv'] = process.argv.slice(2);
if (!input) {
  console.error('usage: node scripts/derive-moltbook-degrees.mjs moltbook-2026-02-01.csv [OUTPUT]');
  process.exit(2);
}

const [header, ...lines] = readFileSync(input, 'utf8').trim().split(/\r?\n/);
const columns = header.split(',');
const [sourceColumn, targetColumn, kindColumn] = ['source', 'target', 'kind'].map(name => {
  const index = columns.indexOf(name);
  if (index < 0) throw new Error(`${input}: no column "${name}" among ${header}`);
  return index;
});

const listensTo = new Map();
const heardBy = new Map();
const neighborsIn = (sets, agent) => sets.get(agent) ?? sets.set(agent, new Set()).get(agent);
for (const line of lines) {
  const fields = line.split(',');
  if (fields[kindColumn] !== 'reply') continue;
  const [source, target] = [fields[sourceColumn], fields[targetColumn]];
  const [out, into] = [neighborsIn(listensTo, source), neighborsIn(heardBy, target)];
  neighborsIn(heardBy, source);
  neighborsIn(listensTo, target);
  if (source === target) continue;
  out.add(target);
  into.add(source);
}

const counts = new Map();
let edges = 0;
for (const [agent, targets] of listensTo) {
  const degrees = `${targets.size},${heardBy.get(agent).size}`;
  counts.set(degrees, (counts.get(degrees) ?? 0) + 1);
  edges += targets.size;
}
const rows = [...counts].sort(([a], [b]) => {
  const [[outA, inA], [outB, inB]] = [a.split(',').map(Number), b.split(',').map(Number)];
  return outA - outB || inA - inB;
});
const text = `# How many agents have each pair of degrees in the reply network of Moltbook, a social network whose users are AI agents.
# Source: Noosphere Project daily dataset of 2026-02-01, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
# Derived by scripts/derive-moltbook-degrees.mjs: replies only, repeated replies merged, replies to oneself left out.
# The author of a reply listens to the agent replied to: out_degree = how many it listens to, in_degree = how many listen to it.
# Totals: ${listensTo.size} agents, ${edges} edges, ${rows.length} pairs of degrees.
out_degree,in_degree,count
${rows.map(([degrees, count]) => `${degrees},${count}`).join('\n')}
`;
writeFileSync(output, text);
console.log(`${output}: ${listensTo.size} agents, ${edges} edges, ${rows.length} pairs of degrees`);
