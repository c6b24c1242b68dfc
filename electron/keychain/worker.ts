/**
 * The keychain worker: a process of its own that loads keytar and answers requests. With a locked Linux keyring a
 * keytar call never returns and its thread cannot be stopped, so this process is killed instead of the program.
 */
import { type KeychainReady, type KeychainReply, type KeychainRequest, keychainRequest } from './messages';

interface Keytar {
  setPassword(service: string, account: string, password: string): Promise<void>;
  getPassword(service: string, account: string): Promise<string | null>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

let loaded: Keytar | undefined;

/** Loads it once. A missing libsecret rejects here, and becomes the answer to each request. */
async function keytar(): Promise<Keytar> {
  if (!loaded) {
    const module: Keytar & { default?: Keytar } = await import('keytar');
    // Node sees only the first of this CommonJS module's names; all of them are on its default.
    loaded = module.default ?? module;
  }
  return loaded;
}

async function perform(request: KeychainRequest): Promise<string | boolean | null> {
  const { setPassword, getPassword, deletePassword } = await keytar();
  switch (request.op) {
    case 'set':
      await setPassword(request.service, request.account, request.secret);
      return true;
    case 'get':
      return getPassword(request.service, request.account);
    case 'delete':
      return deletePassword(request.service, request.account);
  }
}

async function answer(message: unknown, reply: (answer: KeychainReply) => void): Promise<void> {
  const parsed = keychainRequest.safeParse(message);
  // Without an id nobody can be answered; the message may hold a secret, so it is not logged either.
  if (!parsed.success) return;
  const { id } = parsed.data;
  try {
    reply({ id, ok: true, value: await perform(parsed.data) });
  } catch (error) {
    reply({ id, ok: false, error: error instanceof Error ? error.message : 'not an Error' });
  }
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** Announces that requests are accepted: loading keytar belongs to starting, not to the first answer. */
async function announce(send: (message: KeychainReady) => void): Promise<void> {
  await keytar().catch(() => undefined);
  send({ ready: true });
}

// Electron gives a utility process `process.parentPort`; Node gives a forked one `process.send`.
const port = Reflect.get(process, 'parentPort');
if (isParentPort(port)) {
  port.on('message', (event) => void answer(event.data, (reply) => port.postMessage(reply)));
  void announce((message) => port.postMessage(message));
} else {
  process.on('message', (message) => void answer(message, (reply) => process.send?.(reply)));
  void announce((message) => process.send?.(message));
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
