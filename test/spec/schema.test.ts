// The JSON Schema for editors: plain data, complete, and described.
import { describe, expect, it } from 'vitest';
import { specSchema } from '../../src/spec/index.ts';
import { models, toy } from './toy.ts';

interface Schema {
  properties: Record<string, Schema>;
  required: string[];
  additionalProperties: boolean;
  description?: string;
  default?: unknown;
  const?: unknown;
  oneOf: Schema[];
}

const schemas = specSchema(models) as Schema;
const one = specSchema([toy]) as Schema;

describe('the JSON Schema', () => {
  it('has a form for every model', () => {
    expect(schemas.oneOf.map(({ properties }) => properties.model.const)).toEqual(['toy', 'pairs']);
  });

  it('has every key, described, and refuses others', () => {
    const keys =
      'model population replicas topology groups relations params init interventions update steps stop measure record scenario seed'.split(
        ' ',
      );
    expect(Object.keys(one.properties)).toEqual(keys);
    expect(keys.filter(key => !one.properties[key].description)).toEqual([]);
    expect(one.additionalProperties).toBe(false);
    expect(one.required).toEqual(['model', 'steps']);
  });

  it('says what a parameter is about, and the defaults', () => {
    expect(one.properties.params.properties.q.description).toBe('Size of the panel. Default 3.');
    expect(one.properties.params.properties.how).toMatchObject({
      description: 'How to learn. Default best.',
      anyOf: [{ enum: ['copy', 'best', 'random'] }, { type: 'array', items: { enum: ['copy', 'best', 'random'] } }],
    });
    expect(one.properties.replicas.default).toBe(1);
    expect(one.properties.topology.default).toBe('complete');
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(schemas))).toEqual(schemas);
  });
});
