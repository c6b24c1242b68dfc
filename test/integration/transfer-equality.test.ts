/** Whatever is prepared comes out of a file as it went in: over both catalogs, all editable fields, secrets sealed. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogOf, editableFields, type Kind } from '../../shared/catalog';
import type { FieldEdit } from '../../shared/diff';
import { recordsOf } from '../../shared/model/connection';
import { tempFolder } from '../support/endings';
import { draftFor, ok, openHouse } from '../support/house';

const urls: Readonly<Record<Kind, string>> = {
  simotel: 'http://10.0.0.5/api/v4',
  edge: 'https://edge.example/v1',
};

/** Values that have been lost or bent on such ways before, and any other text. */
const value = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '007',
    '+982122222222',
    '=1+1',
    'null',
    '__proto__',
    'سلام دنیا',
    'می‌خواهم ۱۲۳',
    'اول\nدوم\r\nthird\t|',
    ' spaced ',
    '\u202eevil',
    '𝄞 👩‍💻',
    '"quoted", \\ and , ;',
    '\ufeffmark',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

const changeOf = (kind: Kind) =>
  fc.record({
    remoteId: fc.stringMatching(/^[a-z\d]{1,12}$/),
    title: fc.string({ unit: 'grapheme', maxLength: 30 }),
    edits: fc
      .uniqueArray(fc.constantFrom(...editableFields(catalogOf(kind))), {
        minLength: 1,
        maxLength: 8,
        selector: (spec) => spec.name,
      })
      .chain((specs) =>
        fc.tuple(
          ...specs.map((spec) =>
            fc.record({ field: fc.constant(spec.name), base: fc.option(value), next: value }),
          ),
        ),
      ),
  });

const changesOf = (kind: Kind) =>
  fc.uniqueArray(changeOf(kind), { maxLength: 4, selector: ({ remoteId }) => remoteId });

it('what is taken in is what was written', { timeout: 900_000 }, async () => {
  const from = await openHouse();
  const to = await openHouse();
  const path = join(tempFolder(), 'x.patchbay.json');
  for (const house of [from, to]) {
    house.dialogs.save = path;
    house.dialogs.open = path;
    for (const kind of ['simotel', 'edge'] as const)
      await ok(house.ask.connections.create(draftFor(kind, urls[kind])));
  }
  const order = fc.record({ simotel: changesOf('simotel'), edge: changesOf('edge') });
  const some = order.filter(({ simotel, edge }) => simotel.length + edge.length > 0);
  await fc.assert(
    fc.asyncProperty(
      some,
      fc.string({ unit: 'grapheme', minLength: 10, maxLength: 20 }),
      async (made, phrase) => {
        const made1 = from.services.workOrders.create({ name: '', customer: '', ticket: '', note: '' });
        for (const connection of from.services.connections.list())
          for (const { remoteId, title, edits } of made[connection.kind]) {
            const target = {
              workOrderId: made1.id,
              connection: recordsOf(connection),
              remoteId,
              title,
              stored: null,
            };
            from.services.changes.apply(target, edits);
          }
        const passphrase = await from.envelope(phrase.padEnd(20, '.'));
        await ok(from.ask.workOrders.export({ workOrderId: made1.id, secrets: 'include', passphrase }));
        const preview = await ok(to.ask.workOrders.openFile());
        if (!preview) throw new Error('no file');
        const taken = await ok(
          to.ask.workOrders.takeIn({
            token: preview.token,
            mapping: preview.connections.map(({ key, to: connectionId }) => ({ key, connectionId })),
            passphrase: await to.envelope(phrase.padEnd(20, '.')),
            replace: false,
          }),
        );
        expect(preparedIn(to, taken.id)).toEqual(preparedIn(from, made1.id));
      },
    ),
    // Each makes a key from a passphrase twice, which is slow on purpose.
    { numRuns: 25 },
  );
});

type House = Awaited<ReturnType<typeof openHouse>>;

/** What is prepared, values open, by kind and record. */
function preparedIn({ services }: House, workOrderId: Parameters<House['services']['workOrders']['get']>[0]) {
  const found: Record<string, { title: string; edits: readonly FieldEdit[] }> = {};
  for (const { id } of services.changes.list(null, workOrderId)) {
    const { connectionId, remoteId, title, edits, unreadable } = services.changes.open(id);
    expect(unreadable).toEqual([]);
    found[`${services.connections.get(connectionId).kind} ${remoteId}`] = { title, edits };
  }
  return found;
}
