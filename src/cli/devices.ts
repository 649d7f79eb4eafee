// groundswell devices
import { Command } from 'commander';
import {
  chooseEngine,
  type EngineInfo,
  formatBytes,
  formatCount,
  GroundswellError,
  openCpu,
  openWebGpu,
} from '../index.ts';
import { textTable } from './table.ts';

/** Agents for which the choice of `auto` is shown. */
const EXAMPLES = [1000, 1_000_000];

interface Devices {
  cpu: EngineInfo;
  webgpu: EngineInfo | { absent: string };
  auto: { agents: number; engine: EngineInfo['name']; reason: string }[];
}

export function devicesCommand(): Command {
  return new Command('devices')
    .description('show what runs can be computed on')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const devices = await findDevices();
      console.log(json ? JSON.stringify(devices, null, 2) : describe(devices));
    });
}

async function findDevices(): Promise<Devices> {
  const { info: cpu } = await openCpu();
  const webgpu = await webGpuInfo();
  const auto: Devices['auto'] = [];
  for (const agents of EXAMPLES) {
    const { engine, reason } = await chooseEngine('auto', { agents });
    auto.push({ agents, engine: engine.info.name, reason });
    await engine.dispose();
  }
  return { cpu, webgpu, auto };
}

async function webGpuInfo(): Promise<Devices['webgpu']> {
  try {
    const engine = await openWebGpu();
    await engine.dispose();
    return engine.info;
  } catch (error) {
    if (!(error instanceof GroundswellError)) throw error;
    return { absent: error.got ?? error.message };
  }
}

function describe({ cpu, webgpu, auto }: Devices): string {
  const rows = [['cpu', `${cpu.device}, ${cpu.details.cores} cores, ${cpu.details.threads} threads`]];
  if ('absent' in webgpu) rows.push(['webgpu', `none: ${webgpu.absent}`]);
  else {
    const { vendor, architecture, description, maxBindingBytes } = webgpu.details;
    const about = [vendor, architecture, description].filter(part => part !== '').join(', ');
    rows.push(['webgpu', webgpu.software ? `${webgpu.device}, emulated in software` : webgpu.device]);
    if (about !== '') rows.push(['', about]);
    rows.push(['', `largest buffer ${formatBytes(Number(maxBindingBytes))}`]);
  }
  for (const { agents, engine, reason } of auto)
    rows.push(['auto', `${formatCount(agents)} agents: ${engine}, since ${reason}`]);
  return textTable(rows);
}
