import fc from 'fast-check';
import type { RequestShape } from '../../../electron/ipc/answer';
import { channelOf, contract } from '../../../shared/contract/contract';
import { isWithin } from '../../../shared/lib/measure';
import { unstorableIn } from '../../../shared/lib/storable';
import { problemSchema } from '../../../shared/model/problem';
import { createRng } from '../../simulators/rng';
import { fitting } from './arbitrary';
import { type Twist, twisted, twists } from './twists';
import { openWorld, type World } from './world';

/** What is wrong with an answer. */
export interface Fault {
  readonly channel: string;
  /** The message's number, for finding it again by the same seed. */
  readonly place: number;
  readonly why: string;
  readonly message: string;
}

export interface Tally {
  readonly seed: number;
  readonly sent: number;
  readonly faults: readonly Fault[];
  /** By channel, then by outcome: `ok`, or the code of the problem. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Channels that got valid messages, and how many. */
  readonly valid: ReadonlyMap<string, number>;
}

const shapes = new Map<string, RequestShape>(
  Object.entries(contract).flatMap(([group, members]) =>
    Object.entries(members).map(([name, shape]) => [`${group}.${name}`, shape] as const),
  ),
);

/** Every channel of the contract, by its name there. */
export const channels: readonly string[] = [...shapes.keys()];

interface Letter {
  readonly channel: string;
  readonly message: unknown;
  readonly twist: Twist | null;
  /** Sent from another page than the program's own. */
  readonly foreign: boolean;
  readonly dice: number;
  /** Sent together with the message before it, without waiting for its answer. */
  readonly beside: boolean;
}

const arbitraries = new Map<string, fc.Arbitrary<Letter>>(
  [...shapes].map(([channel, { input }]) => [
    channel,
    fc.record({
      channel: fc.constant(channel),
      message: fitting(input),
      // Six in ten are valid.
      twist: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: twists }),
      foreign: fc.nat({ max: 60 }).map((dice) => dice === 60),
      dice: fc.nat({ max: 1_000_000 }),
      beside: fc.nat({ max: 3 }).map((dice) => dice === 3),
    }),
  ]),
);

const perTending = 200;
// A later answer counts as none: everything is on this computer.
const silenceMs = 120_000;

/**
 * Sends messages to the program's real handlers, evenly over all channels, and checks every answer.
 * @returns the outcomes; the world is left as the messages made it
 */
export async function fuzz(seed: number, messages: number): Promise<Tally & { readonly world: World }> {
  const world = await openWorld();
  const faults: Fault[] = [];
  const outcomes = new Map<string, Map<string, number>>(channels.map((channel) => [channel, new Map()]));
  const valid = new Map<string, number>(channels.map((channel) => [channel, 0] as const));
  const letters = written(seed, messages);
  let flight: Promise<void>[] = [];
  const send = async (letter: Letter, place: number): Promise<void> => {
    const { channel, twist } = letter;
    const whole = await world.named(letter.message);
    const message = twist ? twisted(whole, twist) : whole;
    const shape = shapes.get(channel);
    if (!shape) throw new Error(`no channel ${channel}`);
    // Size first, as the program does: a message that is too large is refused unparsed.
    const fits =
      isWithin(message) && shape.input.safeParse(message).success && unstorableIn(message) === null;
    if (fits && !letter.foreign) valid.set(channel, (valid.get(channel) ?? 0) + 1);
    world.answerDialogs(letter.dice);
    const wrong = (why: string): void => {
      faults.push({ channel, place, why, message: shown(message) });
    };
    const [group = '', name = ''] = channel.split('.');
    const answer = await Promise.race([
      world.house.send(channelOf(group, name), message, letter.foreign).catch((error: unknown) => {
        wrong(`it was rejected: ${String(error)}`);
        return null;
      }),
      silence(),
    ]);
    if (answer === null) return;
    if (answer === 'silence') return wrong('no answer');
    const outcome = outcomeOf(answer, (value) => shape.output.safeParse(value).success);
    const counts = outcomes.get(channel);
    counts?.set(outcome.name, (counts.get(outcome.name) ?? 0) + 1);
    if (outcome.wrong) wrong(`${outcome.wrong} ${world.house.noted.at(-1) ?? ''}`);
    if (letter.foreign && outcome.name !== 'sender-refused') wrong(`a foreign page got ${outcome.name}`);
    if (!fits && !letter.foreign && outcome.name !== 'invalid-input' && outcome.name !== 'locked')
      wrong(`what does not fit got ${outcome.name}`);
    if (outcome.name === 'ok') world.heard(channel, Reflect.get(Object(answer), 'value'));
  };
  let place = 0;
  for (const letter of letters) {
    if (place % perTending === 0) {
      await Promise.all(flight);
      flight = [];
      await world.tend();
    }
    if (!letter.beside || flight.length >= 4) {
      await Promise.all(flight);
      flight = [];
    }
    flight.push(send(letter, place));
    place += 1;
  }
  await Promise.all(flight);
  return { seed, sent: place, faults, outcomes, valid, world };
}

/** Generates the messages of a seed in order: the same number for each channel, in random order. */
function* written(seed: number, messages: number): Generator<Letter> {
  const rng = createRng(seed);
  const batch = channels.length * 16;
  for (let sent = 0; sent < messages; sent += batch) {
    const letters = channels.flatMap((channel) => {
      const arbitrary = arbitraries.get(channel);
      return arbitrary ? fc.sample(arbitrary, { seed: rng.int(0, 2 ** 31 - 1), numRuns: 16 }) : [];
    });
    for (let at = letters.length - 1; at > 0; at -= 1) {
      const other = rng.int(0, at + 1);
      const [one, two] = [letters[at], letters[other]];
      if (one && two) [letters[at], letters[other]] = [two, one];
    }
    yield* letters.slice(0, messages - sent);
  }
}

function outcomeOf(answer: unknown, fits: (value: unknown) => boolean): { name: string; wrong?: string } {
  if (answer === null || typeof answer !== 'object') return { name: 'nothing', wrong: 'no answer of ours' };
  if (Reflect.get(answer, 'ok') === true)
    return fits(Reflect.get(answer, 'value'))
      ? { name: 'ok' }
      : { name: 'ok', wrong: 'an answer that the contract does not allow' };
  const problem = problemSchema.safeParse(Reflect.get(answer, 'problem'));
  if (!problem.success) return { name: 'unknown', wrong: 'a problem that nobody knows' };
  const { code } = problem.data;
  return code === 'internal' ? { name: code, wrong: 'internal' } : { name: code };
}

function silence(): Promise<'silence'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('silence'), silenceMs).unref();
  });
}

function shown(message: unknown): string {
  try {
    return (JSON.stringify(message) ?? 'nothing').slice(0, 1_500);
  } catch {
    return Object.prototype.toString.call(message);
  }
}

/** Returns the tally as lines: each channel with its outcomes, the faults last. */
export function told({ seed, sent, outcomes, valid, faults }: Tally): string {
  const lines = [...outcomes].map(([channel, counts]) => {
    const found = [...counts].sort(([, one], [, other]) => other - one);
    return `${channel.padEnd(28)} ${String(valid.get(channel) ?? 0).padStart(6)} valid  ${found
      .map(([name, count]) => `${name} ${count}`)
      .join('  ')}`;
  });
  const wrong = faults.map(({ channel, place, why, message }) => `${place} ${channel}: ${why}\n  ${message}`);
  return [`seed ${seed}, ${sent} messages, ${faults.length} faults`, ...lines, ...wrong].join('\n');
}
