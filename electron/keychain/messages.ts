import { z } from 'zod';

/** A request to the keychain worker. The id pairs a reply with its request. */
export const keychainRequest = z.discriminatedUnion('op', [
  z.object({
    id: z.int(),
    op: z.literal('set'),
    service: z.string(),
    account: z.string(),
    secret: z.string(),
  }),
  z.object({ id: z.int(), op: z.literal('get'), service: z.string(), account: z.string() }),
  z.object({ id: z.int(), op: z.literal('delete'), service: z.string(), account: z.string() }),
]);
export type KeychainRequest = z.infer<typeof keychainRequest>;

/** The worker's reply. `value` is the secret of a get, or whether a delete found something. */
export const keychainReply = z.union([
  z.object({ id: z.int(), ok: z.literal(true), value: z.union([z.string(), z.boolean(), z.null()]) }),
  z.object({ id: z.int(), ok: z.literal(false), error: z.string() }),
]);
export type KeychainReply = z.infer<typeof keychainReply>;

/** The worker's first message: keytar is loaded, or known not to load, and requests are accepted from now on. */
export const keychainReady = z.object({ ready: z.literal(true) });
export type KeychainReady = z.infer<typeof keychainReady>;
