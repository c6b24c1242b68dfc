type Undici = typeof import('undici');

let loaded: Undici | null = null;

/** Loads the HTTP client: a quarter of the program's code, which nobody needs before the first request. */
export async function loadUndici(): Promise<Undici> {
  loaded ??= await import('undici');
  return loaded;
}

/** The HTTP client where it is loaded already. */
export function loadedUndici(): Undici | null {
  return loaded;
}

/** The HTTP client, for what is only called once it is loaded. */
export function undici(): Undici {
  if (!loaded) throw new Error('undici is not loaded');
  return loaded;
}
