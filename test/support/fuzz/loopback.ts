import type { Driver, DriverContext } from '../../../electron/drivers/driver';
import { fail, problem } from '../../../shared/model/problem';

/** Restricts a driver to this computer: a made-up address must not reach anyone. */
export function onlyLoopback(driver: Driver): Driver {
  const guarded =
    <Rest extends readonly unknown[], Came>(work: (context: DriverContext, ...rest: Rest) => Promise<Came>) =>
    async (context: DriverContext, ...rest: Rest): Promise<Came> => {
      if (!isLoopback(context.connection.baseUrl)) fail('name-not-found', { host: 'elsewhere' });
      return work(context, ...rest);
    };
  return {
    kind: driver.kind,
    lookups: driver.lookups,
    test: guarded((context) => driver.test(context)),
    readAll: guarded((context, progress) => driver.readAll(context, progress)),
    readMany: guarded((context, ids, hints) => driver.readMany(context, ids, hints)),
    readEvery: guarded((context) => driver.readEvery(context)),
    readLookup: guarded((context, field) => driver.readLookup(context, field)),
    buildWrite: (...parts) => driver.buildWrite(...parts),
    send: async (context, request) =>
      isLoopback(context.connection.baseUrl) && isLoopback(request.url)
        ? driver.send(context, request)
        : { kind: 'not-sent', problem: problem('name-not-found', { host: 'elsewhere' }) },
    certificate: (id) => driver.certificate?.(id) ?? null,
    close: (id) => driver.close(id),
  };
}

function isLoopback(url: string): boolean {
  return [url, `${url}/path`].every(
    (one) => URL.canParse(one) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(one).hostname),
  );
}
