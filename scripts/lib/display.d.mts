/** A display to open windows on: see display.mjs. */
export interface Display {
  isVirtual: boolean;
  env: Record<string, string>;
  /** Ends what was started here, and nothing else. */
  stop(): Promise<void>;
}

export function ensureDisplay(options?: { size?: string; always?: boolean }): Promise<Display>;
