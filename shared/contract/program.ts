import { z } from 'zod';
import { envelopeSchema, publicKeySchema } from '../lib/envelope';
import { licenceSchema, licencesSchema, updateFeedSchema, updateSchema } from '../model/about';
import { keychainStateSchema } from '../model/connection';
import { formDraftSchema } from '../model/form-draft';
import { lockAfterSchema, lockSettingsSchema } from '../model/lock';
import { problemSchema } from '../model/problem';
import { preferencesSchema, workspaceSchema } from '../model/workspace';
import { nothing, request } from './request';

const appInfoSchema = z.strictObject({
  version: z.string(),
  electron: z.string(),
  platform: z.string(),
  /** The runtime is the older build for tests and demos, not the one that ships. */
  testRuntime: z.boolean(),
  /** The key to which the renderer seals what a person types into a secret field. */
  envelopeKey: publicKeySchema,
  preferences: preferencesSchema,
  keychain: keychainStateSchema,
  notices: z.array(problemSchema),
  /** Only the page to unlock it is shown, and nothing else is answered. */
  locked: z.boolean(),
  /** Whether the system has a prompt of its own to unlock by. */
  unlockPrompt: z.boolean(),
  /** Why the program cannot work with this profile at all (a newer database); only the page that says so is shown. */
  refused: problemSchema.nullable(),
});

/** Requests about the program itself: what it shows of itself, its lock, support, the keychain. */
export const program = {
  app: {
    info: request(nothing, appInfoSchema),
    setPreferences: request(preferencesSchema.partial(), preferencesSchema),
    workspace: request(nothing, workspaceSchema),
    saveWorkspace: request(workspaceSchema, nothing),
    /** What stood in the connection form when the window was started again; kept in memory only. */
    formDraft: request(nothing, formDraftSchema.nullable()),
    keepFormDraft: request(z.strictObject({ draft: formDraftSchema.nullable() }), nothing),
    /** The answer to the `closing` event: all that was typed is stored, the window may go. */
    readyToClose: request(nothing, nothing),
    /** The other answer to `closing`: the person wants the window to stay, because a run goes on. */
    stay: request(nothing, nothing),
  },
  lock: {
    settings: request(nothing, lockSettingsSchema),
    set: request(z.strictObject({ afterMinutes: lockAfterSchema }), lockSettingsSchema),
    /** Sets another passphrase, or none; where there is one it has to be given. */
    setPassphrase: request(
      z.strictObject({ passphrase: envelopeSchema.nullable(), current: envelopeSchema.nullable() }),
      lockSettingsSchema,
    ),
    /** Locks the window, which is loaded anew and shows how to unlock it. Call when all that was typed is stored. */
    now: request(nothing, nothing),
    /** By the passphrase, or by the system's own prompt where it is null. The window is loaded anew. */
    unlock: request(z.strictObject({ passphrase: envelopeSchema.nullable() }), nothing),
  },
  about: {
    /** The parts that others wrote, in whose name or licence a text is found; all for an empty one. */
    licences: request(z.strictObject({ text: z.string().max(200) }), licencesSchema),
    licence: request(
      z.strictObject({ id: z.number().int().min(0) }),
      licenceSchema.omit({ id: true }).extend({ text: z.string() }),
    ),
    feed: request(nothing, updateFeedSchema),
    setFeed: request(updateFeedSchema, updateFeedSchema),
    /** Asks the feed once. Nothing is downloaded. */
    check: request(nothing, updateSchema),
  },
  support: {
    /** The newest lines of the program's log, oldest first; masked. */
    log: request(nothing, z.array(z.string().max(2_200)).max(2_000)),
    /** What support would be given. Nothing is written: a person reads it first. */
    diagnostics: request(nothing, z.strictObject({ token: z.uuid(), text: z.string().max(900_000) })),
    /** Asks where, and writes exactly the text that was shown. Null: nowhere after all. */
    saveDiagnostics: request(
      z.strictObject({ token: z.uuid() }),
      z.strictObject({ saved: z.string().nullable() }),
    ),
  },
  keychain: {
    /** Ask the keychain again, after the person unlocked or installed it. */
    retry: request(nothing, keychainStateSchema),
    /** Keep credentials and the sealing key for this session only, in memory. */
    useSession: request(nothing, keychainStateSchema),
    /** Go on with the key that this keychain has, or a new one: what was sealed with the profile's former key stays closed. */
    acceptKey: request(nothing, keychainStateSchema),
  },
} as const;
