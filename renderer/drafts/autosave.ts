import { type Problem, problemOf } from '../../shared/model/problem';

/** Somebody may type for minutes without a pause: a save that is due is never put off by the next letter. */
const saveAfterMs = 150;

/** What stands in a place that is being typed in, or that could not be stored. */
export interface Draft<V> {
  readonly value: V;
  readonly state: 'typed' | 'saving' | 'saved' | 'failed';
  /** Somebody is still in the place: what it shows is his, not the store's. */
  readonly held: boolean;
  readonly problem: Problem | null;
}

export interface AutosaveParts<V> {
  /** Stores a value; begun within this turn where it is asked for when the window goes. Rejects with the problem. */
  readonly store: (key: string, value: V) => Promise<void>;
  /** Places with the same queue are stored one after the other; by default all of them. */
  readonly queueOf?: (key: string) => string;
  /** Whether it can be stored as it is. What cannot stays as it was typed, and the last one stays stored. */
  readonly ready?: (value: V) => boolean;
  /** Whether what is stored is still shown when nobody holds it any more: until the store's answer takes its place. */
  readonly keeps?: (key: string) => boolean;
  /** The draft is another one; null: there is none any more. */
  readonly changed: (key: string, draft: Draft<V> | null) => void;
}

/**
 * Stores what is typed while it is typed: 150 ms after the first key and again as long as keys come, one save of a
 * queue at a time, the last one wins. Knows nothing of what it stores nor of how it is shown.
 */
export class Autosave<V> {
  readonly #drafts = new Map<string, Draft<V>>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #queues = new Map<string, Promise<void>>();

  constructor(private readonly parts: AutosaveParts<V>) {}

  get(key: string): Draft<V> | null {
    return this.#drafts.get(key) ?? null;
  }

  /** Takes what was typed and stores it soon. */
  type(key: string, value: V): void {
    this.#set(key, { value, state: 'typed', held: true, problem: null });
    if (this.#timers.has(key)) return;
    this.#timers.set(
      key,
      setTimeout(() => void this.#save(key), saveAfterMs),
    );
  }

  /** Takes what was chosen without typing, and stores it at once. */
  choose(key: string, value: V): Promise<void> {
    this.#set(key, { value, state: 'typed', held: false, problem: null });
    return this.#save(key);
  }

  /** The place is left: what is typed is stored at once, and let go of as soon as it is stored. */
  leave(key: string): void {
    const draft = this.#drafts.get(key);
    if (!draft) return;
    if (draft.state === 'saved') this.forget(key);
    else {
      this.#set(key, { ...draft, held: false });
      // What failed is tried again when somebody asks for it, or when the window goes.
      if (draft.state === 'typed') void this.#save(key);
    }
  }

  /** Drops what is typed. */
  forget(key: string): void {
    this.#stopTimer(key);
    this.#set(key, null);
  }

  /** Shows why a place could not be stored by other means. */
  failed(key: string, value: V, error: unknown): void {
    this.#set(key, { value, state: 'failed', held: false, problem: problemOf(error) });
  }

  /**
   * Stores all that is typed and not stored yet, what failed before too.
   * @returns whether all of it is stored
   */
  async flush(keys: Iterable<string> = [...this.#drafts.keys()]): Promise<boolean> {
    const all = [...keys];
    await Promise.all(all.map((key) => this.#save(key)));
    return all.every((key) => (this.#drafts.get(key)?.state ?? 'saved') === 'saved');
  }

  /** The window goes away: whatever is typed leaves now, past the queue, for there is no later. */
  sendAll(): void {
    for (const [key, { value, state }] of this.#drafts) {
      if (state === 'saved' || !this.#ready(value)) continue;
      this.#stopTimer(key);
      // Nobody is there any more who could be told.
      this.parts.store(key, value).catch(() => undefined);
    }
  }

  /** Does something in turn with the saves of a queue; a failure is its asker's, and the next goes on all the same. */
  inTurn(queue: string, work: () => Promise<void>): Promise<void> {
    const mine = (this.#queues.get(queue) ?? Promise.resolve()).then(work);
    this.#queues.set(
      queue,
      mine.catch(() => undefined),
    );
    return mine;
  }

  #save(key: string): Promise<void> {
    this.#stopTimer(key);
    return this.inTurn(this.parts.queueOf?.(key) ?? '', () => this.#saveNow(key));
  }

  async #saveNow(key: string): Promise<void> {
    const draft = this.#drafts.get(key);
    if (!draft || draft.state === 'saved' || !this.#ready(draft.value)) return;
    this.#set(key, { ...draft, state: 'saving', problem: null });
    try {
      await this.parts.store(key, draft.value);
      this.#settle(key, draft.value, { state: 'saved', problem: null });
    } catch (error) {
      this.#settle(key, draft.value, { state: 'failed', problem: problemOf(error) });
    }
  }

  /** Notes how a save went, unless something else has been typed meanwhile: that has its own save coming. */
  #settle(key: string, value: V, end: Pick<Draft<V>, 'state' | 'problem'>): void {
    const draft = this.#drafts.get(key);
    if (draft?.state !== 'saving' || draft.value !== value) return;
    const done = end.state === 'saved' && !draft.held && !this.parts.keeps?.(key);
    this.#set(key, done ? null : { ...draft, ...end });
  }

  #ready(value: V): boolean {
    return this.parts.ready?.(value) ?? true;
  }

  #stopTimer(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  #set(key: string, draft: Draft<V> | null): void {
    if (draft) this.#drafts.set(key, draft);
    else this.#drafts.delete(key);
    this.parts.changed(key, draft);
  }
}
