// What theories are told of values per agent and of tables.
import { decodeParam, type Model, type Param, type Table, type TheoryContext } from '../model/index.ts';
import type { Point } from '../spec/spec.ts';
import type { Values } from '../values/index.ts';

/** Mean and variance of the parameters that vary by agent, over agents and replicas. */
export function moments(model: Model, { agentParams = {} }: Point, given: Values): TheoryContext['agentParams'] {
  const entries = Object.entries(agentParams).map(([name, source]) => {
    const param = model.params[name] as Param;
    let [count, mean, squares] = [0, 0, 0];
    for (const words of given.agents.get(source)!) {
      for (const word of words) {
        // Welford 1962
        const value = decodeParam(param, word);
        const difference = value - mean;
        mean += difference / ++count;
        squares += difference * (value - mean);
      }
    }
    return [name, { mean, variance: squares / count }] as const;
  });
  return Object.fromEntries(entries);
}

/** The values of every table. */
export function tablesOf(model: Model, words: Readonly<Record<string, Uint32Array>>): TheoryContext['tables'] {
  const kindOf = (name: string) => ({ kind: (model.params[name] as Table).of });
  return Object.fromEntries(
    Object.entries(words).map(([name, table]) => [name, Array.from(table, word => decodeParam(kindOf(name), word))]),
  );
}
