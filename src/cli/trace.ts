// What an agent did in a step, for people.
import type { AgentTrace, TracedCall, TracedRule, TracedValue } from '../index.ts';
import { textTable } from './table.ts';

/** A trace as text: who and where, the state, and each rule with its calls in order. */
export function traceText(trace: AgentTrace): string {
  const { rules, left, step, idle } = trace;
  return [
    heading(trace),
    ...Object.entries(trace.varied).map(([path, value]) => `  ${path}: ${value}`),
    ...(trace.interventions ? [`  interventions aimed at it: ${trace.interventions.join(', ')}`] : []),
    ...(trace.pair ? [pairText(trace)] : []),
    '',
    textTable([...(step > 0 ? [['before', fieldsText(trace.before)]] : []), ['after', fieldsText(trace.after)]]),
    ...(idle ? ['', idleText(idle)] : []),
    ...rules.flatMap(rule => ['', ruleText(rule)]),
    ...(left > 0 ? ['', `… and ${left} calls more`] : []),
  ].join('\n');
}

function heading({ model, update, agent, step, point, replica }: AgentTrace): string {
  const when = step === 0 ? 'initial state' : `step ${step}`;
  return `agent ${agent.text} of ${model} (${update}): ${when}, point ${point}, replica ${replica}`;
}

function pairText({ pair, agent }: AgentTrace): string {
  if (!pair || pair.partner.value === agent.value) return '  left over: it has no partner in this step';
  return `  paired with ${pair.partner.text}, of whom it is the ${pair.first ? 'first' : 'second'}`;
}

function idleText(idle: NonNullable<AgentTrace['idle']>): string {
  return idle.why === 'coin'
    ? 'It did not act: the activation coin fell against it.'
    : `It did not act: agent ${idle.other.text} did in this elementary update.`;
}

function fieldsText(fields: Readonly<Record<string, TracedValue>>): string {
  return Object.entries(fields)
    .map(([name, { text }]) => `${name} ${text}`)
    .join(', ');
}

function ruleText({ rule, params, calls }: TracedRule): string {
  const given = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  const file = calls.find(({ depth }) => depth === 0)?.place.file;
  const lines = calls.map(call => [placeText(call, file), call.kind, callText(call)]);
  return [
    `rule ${rule}${file === undefined ? '' : ` (${file})`}${given.length > 0 ? `: ${given.join(', ')}` : ''}`,
    lines.length > 0 ? textTable(lines, '  ') : '  calls nothing',
    ...(calls.some(({ kind }) => kind === 'writes') ? [] : ['  writes nothing']),
  ].join('\n');
}

/** Line and column; with the file, where that is another than the rule's. */
function placeText({ place }: TracedCall, file: string | undefined): string {
  const at = `${place.line}:${place.column}`;
  return place.file === file ? at : `${place.file.replace(/^.*\//, '')}:${at}`;
}

function callText({ call, args, result, write, depth, turn }: TracedCall): string {
  const given = `${'  '.repeat(depth)}${call}(${args.map(({ text }) => text).join(', ')})`;
  const effect = write
    ? `: ${write.field} ${write.before.text} → ${write.after.text}${isClamped(args, write) ? ' (clamped)' : ''}`
    : result
      ? ` = ${result.text}`
      : '';
  return `${given}${effect}${turn === undefined ? '' : `  (turn ${turn})`}`;
}

/** Whether a setter was given what its field cannot hold. */
function isClamped(args: TracedCall['args'], { after }: NonNullable<TracedCall['write']>): boolean {
  return args.at(-1)?.value !== after.value;
}
