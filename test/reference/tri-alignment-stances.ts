// Stances of tri-alignment: what is shown, how they move, and how well they are aligned.
import { hear } from './tri-alignment-listening.ts';
import { groupOf, type TriWorld } from './tri-alignment-world.ts';

const distance = (a: readonly number[], b: readonly number[], slack = 0): number =>
  a.reduce((sum, x, k) => sum + Math.max(0, Math.abs(x - b[k]) - slack), 0) / a.length;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is seen of an agent's stance: one who exploits moves it towards the human reference, as far as nobody looks through it. */
function seen(world: TriWorld, i: number): number[] {
  const { stance, exploits } = world.agents[i];
  const { deception, transparency } = world.params[i];
  const moved = exploits ? deception * (1 - transparency) : 0;
  return stance.map((x, k) => x + moved * (groupOf(world, i).human[k] - x));
}

export function showStances(world: TriWorld, active: readonly number[]): void {
  const meanWealth = mean(world.agents.map(({ wealth }) => wealth));
  for (const i of active) {
    const { influence, matthew, wealth_floor } = world.params[i];
    const agent = world.agents[i];
    agent.shown = seen(world, i);
    const relative = meanWealth === 0 ? 1 : agent.wealth / meanWealth;
    agent.influence = influence * Math.max(relative, wealth_floor) ** matthew;
    if (agent.quarantined || agent.removed) agent.influence = 0;
  }
}

export function adjustStances(world: TriWorld, active: readonly number[]): void {
  const hearing = hear(world);
  for (const i of active) {
    const agent = world.agents[i];
    if (agent.committed || agent.removed) continue;
    const params = world.params[i];
    const { human, task, temptation } = groupOf(world, i);
    const heard = agent.quarantined || params.social_pull === 0 ? undefined : hearing(i);
    const byUser = params.preference_pull * (1 + params.sycophancy * (1 - agent.preferentialAlignment));
    agent.stance = agent.stance.map((x, k) => {
      const away = human[k] - x;
      const goal = task[k] + (agent.exploits ? params.corruption * (temptation[k] - task[k]) : 0);
      const moved =
        params.value_pull * Math.sign(away) * Math.max(0, Math.abs(away) - params.tolerance) +
        byUser * (agent.preference[k] - x) +
        params.task_pull * (goal - x) +
        params.training_pull * (agent.trained[k] - x) +
        params.social_pull * (heard?.[k] ?? 0) +
        params.noise * noise(world);
      return Math.min(1, Math.max(-1, x + moved));
    });
  }
}

/** Four uniform numbers, centred and scaled to variance 1. */
function noise(world: TriWorld): number {
  const sum = [1, 2, 3, 4].reduce(total => total + world.draws.unit(), 0);
  return (sum - 2) * Math.sqrt(3);
}

export function judge(world: TriWorld, i: number): void {
  const agent = world.agents[i];
  const { human, task } = groupOf(world, i);
  const { tolerance } = world.params[i];
  agent.humanAlignment = 1 - distance(agent.stance, human, tolerance) / (2 - tolerance);
  agent.apparentAlignment = 1 - distance(seen(world, i), human, tolerance) / (2 - tolerance);
  agent.preferentialAlignment = 1 - distance(agent.stance, agent.preference) / 2;
  agent.taskAlignment = 1 - distance(agent.stance, task) / 2;
}
