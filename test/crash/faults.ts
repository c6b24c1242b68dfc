import type { EdgeSimulator, FaultInput, SimotelSimulator } from '../simulators';
import type { Rng } from '../simulators/rng';

/** Of a thousand writes or readings, so many meet this fault. None of them keeps a round from its end. */
const onWrites: readonly (readonly [FaultInput, number])[] = [
  ['resetBeforeBody', 6],
  ['resetAfterApply', 10],
  ['resetMidBody', 6],
  ['truncatedJson', 4],
  ['hangBeforeApply', 1],
  ['hangAfterApply', 1],
  [{ kind: 'tooManyRequests', retryAfterSeconds: 0 }, 3],
  [{ kind: 'status', status: 503 }, 4],
  [{ kind: 'status', status: 502, apply: true }, 4],
  ['okWithFailure', 4],
  ['html', 2],
];
const onReads: readonly (readonly [FaultInput, number])[] = [
  ['resetBeforeBody', 12],
  ['truncatedJson', 8],
  [{ kind: 'status', status: 503 }, 8],
  ['html', 4],
];

/** Arms a server so that some of what it is asked goes wrong, now here, now there. */
export function armFaults(server: SimotelSimulator | EdgeSimulator, rng: Rng): void {
  for (const [fault, share] of onWrites)
    server.failOn((request) => request.path.endsWith('/update') && rng.chance(share / 1_000), fault);
  for (const [fault, share] of onReads)
    server.failOn((request) => !request.path.endsWith('/update') && rng.chance(share / 1_000), fault);
}
