// A plan in words and numbers, for `groundswell explain`.
import { describeIntervention } from '../spec/intervention-text.ts';
import { describeSchedule } from '../spec/schedule.ts';
import { describeStop } from '../spec/stop.ts';
import { stateBytesPerAgent } from './layout.ts';
import { bufferBytes, planBytes } from './memory.ts';
import { BUFFERS, type Pass, type Plan } from './plan.ts';
import { countsText } from './targets.ts';

/** The plan as text: worlds, memory, fields, passes in order; with `wgsl` also every linked kernel. */
export function explainPlan(plan: Plan, { wgsl = false } = {}): string {
  const { spec, population, worlds, layout } = plan;
  const lines = [
    `${spec.model.name}: ${spec.model.about}`,
    `  ${spec.model.source}`,
    '',
    `worlds      ${worlds.length} (${spec.points.length} points × ${spec.replicas} replicas) of ${population} agents`,
    `update      ${describeUpdate(plan)}`,
    `topology    ${describeTopology(plan)}`,
    ...describeStructure(plan),
    `steps       ${spec.steps}, measured ${describeSchedule(spec.measure.schedule)}`,
    ...spec.stop.map(condition => `stop        ${describeStop(condition)}`),
    ...describeInterventions(plan),
    `results     ${plan.reproducible.level === 'bitwise' ? 'the same bits on every engine' : 'reproducible on the same device only'}`,
    ...plan.reproducible.reasons.map(({ what, where }) => `            ${where}: ${what}`),
    '',
    'fields',
    ...layout.fields.map(({ name, field, holder, elements, slots, base, bits }) => {
      const kind = field.kind === 'fixed' ? `fixed point, ${field.fractionBits} fraction bits` : field.kind;
      const format = `${field.length === undefined ? '' : `${elements} × `}${kind}${holder === 'agent' ? '' : ` per ${holder}`}`;
      const slotText = slots === 2 ? 'two slots (written while others read it)' : 'one slot';
      const packedText = bits === 32 ? '' : `, ${32 / bits} in a word`;
      return `  ${name.padEnd(12)}${format}, ${field.min} to ${field.max}; word ${base}, ${slotText}${packedText}`;
    }),
    ...Object.entries({ partner: layout.partnerBase, candidate: layout.candidateBase }).flatMap(([name, base]) =>
      base === undefined ? [] : [`  ${`(${name})`.padEnd(12)}word ${base}, one slot`],
    ),
    ...describeValues(plan),
    '',
    `memory      ${formatBytes(planBytes(plan))}; state ${Number(stateBytesPerAgent(layout).toPrecision(4))} bytes per agent`,
    ...BUFFERS.map(name => `  ${name.padEnd(12)}${formatBytes(bufferBytes(plan, name))}`),
    '',
    ...describePasses(plan, 'once', plan.passes.init),
    ...describeApplications(plan),
    ...describePasses(plan, 'each step', plan.passes.step),
    ...describeGroups(plan),
    ...describeResident(plan),
    ...describePasses(plan, 'each measured step', plan.passes.measure),
    '',
    'measures',
    ...plan.measures.columns.map(column => `  ${column.name} (${column.kind})`),
  ];
  if (wgsl) for (const kernel of plan.kernels) lines.push('', `// ── ${kernel.label} ──`, kernel.parallel.trim());
  return `${lines.join('\n')}\n`;
}

/** Whom each intervention changes, when and how. */
function describeInterventions({ spec, events }: Plan): string[] {
  return spec.interventions.map((intervention, k) => {
    const text = `${intervention.name} ${describeIntervention(intervention, spec.model)}`;
    return `${k === 0 ? 'intervene   ' : '            '}${text} (${countsText(events!.targets[k])})`;
  });
}

function describeApplications(plan: Plan): string[] {
  const passes = plan.events?.applications.flatMap(application => application.passes) ?? [];
  return passes.length === 0 ? [] : describePasses(plan, 'before the steps of an intervention', passes);
}

/** Groups that are listed one by one. */
const LISTED = 12;

/** Groups and roles with their sizes, and the relations that are not collaboration. */
function describeStructure({ groups, roles, relations }: Plan): string[] {
  const sizes = (parts: readonly { name: string; size: number }[]): string => {
    const listed = parts.slice(0, LISTED).map(({ name, size }) => `${name} ${size}`);
    return `${listed.join(', ')}${parts.length > LISTED ? ` and ${parts.length - LISTED} more` : ''}`;
  };
  const others = groups.flatMap(({ name }, g) =>
    groups.flatMap((other, h) => {
      const [kind, strength] = [relations?.kinds[g][h], relations?.strengths[g][h]];
      if (kind === undefined || (kind === 'collaborative' && strength === 1)) return [];
      return [`            ${name} to ${other.name}: ${kind}${strength === 1 ? '' : `, strength ${strength}`}`];
    }),
  );
  return [
    ...(groups.length > 0 ? [`groups      ${sizes(groups)}`] : []),
    ...others,
    ...(roles.length > 0 ? [`roles       ${sizes(roles)}`] : []),
  ];
}

/** What is held per agent or as a table, by its path in the spec, with the words that tell its points apart. */
function describeValues({ spec, buffers }: Plan): string[] {
  const labels = new Map<string, Set<string>>();
  const note = (root: string, entries: Readonly<Record<string, { label: string }>> = {}, what: string): void => {
    for (const [name, { label }] of Object.entries(entries)) {
      const path = `${root}.${name}`;
      labels.set(path, (labels.get(path) ?? new Set()).add(`${what} ${label}`));
    }
  };
  for (const { agentParams, tables, starts } of spec.points) {
    note('params', agentParams, 'per agent:');
    note('params', tables, 'table:');
    note('init', starts, 'per agent:');
  }
  if (labels.size === 0) return [];
  const lines = [...labels].map(([path, of]) => `  ${path.padEnd(24)}${[...of].join(', ')}`);
  return ['', `values      in the setup arena, ${formatBytes(4 * buffers.setup.words)} in all`, ...lines];
}

/** Which rules of a step share a kernel, and why the others do not. */
function describeGroups({ ruleGroups }: Plan): string[] {
  if (ruleGroups.length === 0 || ruleGroups.every(({ rules, apart }) => rules.length === 1 && apart === undefined)) {
    return [];
  }
  const lines = ruleGroups.map(({ rules, apart }) =>
    apart === undefined ? `  ${rules.join(' + ')}` : `  ${rules.join(' + ').padEnd(28)}apart: ${apart}`,
  );
  return ['rules by kernel', ...lines];
}

/** Kernels in the order in which they first run, with how often. */
function describePasses(plan: Plan, when: string, passes: readonly Pass[]): string[] {
  const times = new Map<number, number>();
  for (const { kernel } of passes) times.set(kernel, (times.get(kernel) ?? 0) + 1);
  const lines = [...times].map(([kernel, count]) => {
    const { label, shape } = plan.kernels[kernel];
    const per = shape.kind === 'items' && shape.perBundle ? 'replica' : 'world';
    const size = shape.kind === 'items' ? `${shape.items} per ${per}` : 'all agents of a world, reduced';
    return `  ${label.padEnd(28)}${size}${count > 1 ? `, ${count} times` : ''}`;
  });
  return [when, ...lines];
}

/** How a GPU takes the steps of a small population. */
function describeResident({ resident }: Plan): string[] {
  if (!resident) return [];
  return [
    `  on a GPU many steps in one dispatch, a workgroup for each replica${resident.measures ? '; it measures too' : ''}`,
  ];
}

function describeUpdate({ spec, classes }: Plan): string {
  if (classes) return `${spec.update.kind}, ${classes.count} classes of at most ${classes.largest} agents`;
  return spec.update.kind === 'activation' ? `activation ${spec.update.activation}` : spec.update.kind;
}

const ORDERS = { degree: 'by how many look at them', 'breadth-first': 'breadth first along the links' } as const;

function describeTopology({ spec, neighborhood, order }: Plan): string {
  if (!['graph', 'regular'].includes(neighborhood.file)) return `${spec.topology.kind} (computed, no memory)`;
  const ordered = order ? `, agents in memory ${ORDERS[order.kind]}` : '';
  return `${spec.topology.kind}, ${neighborhood.graphs} graph(s), ${neighborhood.edges(0)} links in the first${ordered}`;
}

/** Bytes with a unit, three significant digits. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}
