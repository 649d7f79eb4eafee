// Results for people.

export function table({ name, population, compare, contenders }) {
  const ran = contenders.filter(contender => contender.msPerStep !== undefined);
  const best = ran.find(contender => contender.name === 'groundswell-cpu-1');
  const rows = [...ran]
    .sort((a, b) => b.updatesPerSecond - a.updatesPerSecond)
    .map(({ name: who, detail, msPerStep, msRange, updatesPerSecond }) => [
      who,
      detail ?? '',
      number(msPerStep),
      msRange.map(number).join(' to '),
      rate(updatesPerSecond),
      best ? `${number(updatesPerSecond / best.updatesPerSecond)} ×` : '',
    ]);
  const head = ['contender', '', 'ms/step', 'range', 'updates/s', 'of groundswell-cpu-1'];
  const widths = head.map((title, k) => Math.max(title.length, ...rows.map(row => row[k].length)));
  const line = row =>
    `  ${row.map((cell, k) => (k < 2 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ')}`.trimEnd();
  const agree = compare === 'bits' ? 'equal states' : 'equal means, within 4 standard errors';
  return [
    `\n${name}, ${population} agents (${agree})`,
    line(head),
    ...rows.map(line),
    ...contenders
      .filter(contender => contender.msPerStep === undefined)
      .map(contender => `  ${contender.name}: ${reason(contender)}`),
  ].join('\n');
}

function reason({ wrong, failed, skipped }) {
  if (wrong) return `WRONG, ${wrong}`;
  return failed ? `FAILED, ${failed}` : `left out, ${skipped}`;
}

function number(value) {
  return value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}

function rate(perSecond) {
  if (perSecond >= 1e9) return `${number(perSecond / 1e9)} G`;
  if (perSecond >= 1e6) return `${number(perSecond / 1e6)} M`;
  return perSecond >= 1e3 ? `${number(perSecond / 1e3)} k` : number(perSecond);
}
