import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { channelOf, contract, eventChannelOf, events } from '../../shared/contract/contract';

const requests = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members).map(([name, one]) => ({
    title: `${group}.${name}`,
    channel: channelOf(group, name),
    input: one.input as z.ZodType,
    output: one.output as z.ZodType,
  })),
);

describe('the contract', () => {
  it.each(requests)('$title says what it takes and what it answers', ({ input, output }) => {
    expect(input).toBeInstanceOf(z.ZodType);
    expect(output).toBeInstanceOf(z.ZodType);
  });

  it.each(requests)('$title takes nothing that it does not name', ({ input }) => {
    const refused = input.safeParse({ stowaway: 1 });
    expect(refused.success).toBe(false);
    if (input instanceof z.ZodObject)
      expect(refused.error?.issues.map((issue) => issue.code)).toContain('unrecognized_keys');
    else expect(input).toBeInstanceOf(z.ZodVoid);
  });

  it.each(requests)('$title never answers with anything at all', ({ output }) => {
    expect(output).not.toBeInstanceOf(z.ZodAny);
    expect(output).not.toBeInstanceOf(z.ZodUnknown);
  });

  it('has a channel of its own for every request and every event', () => {
    const channels = [
      ...requests.map((one) => one.channel),
      ...Object.keys(events).map((name) => eventChannelOf(name)),
    ];
    expect(new Set(channels).size).toBe(channels.length);
    for (const channel of channels) expect(channel).toMatch(/^patchbay:[a-zA-Z]+\.[a-zA-Z]+$/);
  });

  it('has no group called like the events', () => {
    expect(Object.keys(contract)).not.toContain('on');
  });

  it('has a schema for every event', () => {
    for (const schema of Object.values(events)) expect(schema).toBeInstanceOf(z.ZodType);
  });
});
