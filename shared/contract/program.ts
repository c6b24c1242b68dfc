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
  /** The key to which the renderer seals secrets that the user types. */
  envelopeKey: publicKeySchema,
  preferences: preferencesSchema,
  keychain: keychainStateSchema,
  notices: z.array(problemSchema),
  /** Only the unlock page is shown, and nothing else is answered. */
  locked: z.boolean(),
  /** Whether the system has its own prompt for unlocking. */
  unlockPrompt: z.boolean(),
  /** Why this profile cannot be used at all (a newer database); only the page that says so is shown. */
  refused: problemSchema.nullable(),
});

/** Requests about the program itself: its information, lock, support, the keychain. */
export const program = {
  app: {
    info: request(nothing, appInfoSchema),
    setPreferences: request(preferencesSchema.partial(), preferencesSchema),
    workspace: request(nothing, workspaceSchema),
    saveWorkspace: request(workspaceSchema, nothing),
    /** The connection form's contents when the window was reloaded; kept in memory only. */
    formDraft: request(nothing, formDraftSchema.nullable()),
    keepFormDraft: request(z.strictObject({ draft: formDraftSchema.nullable() }), nothing),
    /** Answers the `closing` event: everything typed is stored, the window may close. */
    readyToClose: request(nothing, nothing),
    /** Answers `closing` the other way: the user keeps the window open, because a run is in progress. */
    stay: request(nothing, nothing),
  },
  lock: {
    settings: request(nothing, lockSettingsSchema),
    set: request(z.strictObject({ afterMinutes: lockAfterSchema }), lockSettingsSchema),
    setPassphrase: request(
      z.strictObject({ passphrase: envelopeSchema.nullable(), current: envelopeSchema.nullable() }),
      lockSettingsSchema,
    ),
    /** Locks the window, which reloads and shows the unlock page. Call when everything typed is stored. */
    now: request(nothing, nothing),
    /** Unlocks by the passphrase, or by the system's own prompt where null. The window reloads. */
    unlock: request(z.strictObject({ passphrase: envelopeSchema.nullable() }), nothing),
  },
  about: {
    /** The third-party parts whose name or licence contains a text; all for an empty one. */
    licences: request(z.strictObject({ text: z.string().max(200) }), licencesSchema),
    licence: request(
      z.strictObject({ id: z.number().int().min(0) }),
      licenceSchema.omit({ id: true }).extend({ text: z.string() }),
    ),
    feed: request(nothing, updateFeedSchema),
    setFeed: request(updateFeedSchema, updateFeedSchema),
    check: request(nothing, updateSchema),
  },
  support: {
    /** The newest lines of the program's log, oldest first, masked. */
    log: request(nothing, z.array(z.string().max(2_200)).max(2_000)),
    /** Composes the diagnostics. Nothing is written: the user reads them first. */
    diagnostics: request(nothing, z.strictObject({ token: z.uuid(), text: z.string().max(900_000) })),
    /** Asks for a path and writes exactly the text that was shown. Null: cancelled. */
    saveDiagnostics: request(
      z.strictObject({ token: z.uuid() }),
      z.strictObject({ saved: z.string().nullable() }),
    ),
  },
  keychain: {
    /** Asks the keychain again, after the user unlocked or installed it. */
    retry: request(nothing, keychainStateSchema),
    /** Keeps credentials and the sealing key in memory, for this session only. */
    useSession: request(nothing, keychainStateSchema),
    /** Continues with this keychain's key, or a new one: what the profile's former key sealed stays closed. */
    acceptKey: request(nothing, keychainStateSchema),
  },
} as const;
