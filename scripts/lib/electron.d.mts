/** An Electron to run: see electron.mjs. */
export interface Electron {
  executable: string;
  version: string;
  /** True for the old registry build, for tests and demo only. */
  isFallback: boolean;
  /** Switches that this machine needs. */
  args: string[];
}

export function ensureElectron(options?: { allowFallback?: boolean }): Promise<Electron>;
export function electronEnv(electron: Electron): Record<string, string>;
