/** A display to open windows on: see display.mjs. */
export interface Display {
  isVirtual: boolean;
  env: Record<string, string>;
  /** Ends only what was started here. */
  stop(): Promise<void>;
}

export function ensureDisplay(options?: { size?: string; always?: boolean }): Promise<Display>;
