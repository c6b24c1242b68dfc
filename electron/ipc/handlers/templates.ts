import { hasCollection, ofCollection } from '../../../shared/catalog';
import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import { largestTemplateFile } from '../../../shared/template-file';
import { readText, writeWhole } from '../../files/disk';
import { composeTemplates, readTemplates } from '../../many/templates-file';
import type { HandlerParts } from './parts';
import { openTypedRule } from './rules';

/** Named sets of rules: made, edited, written to files and taken in from them. */
export function templateHandlers({
  services: { templates, templateSource },
  app: { files },
  envelopes,
}: HandlerParts): Handlers['templates'] {
  return {
    list: () => templates.list(),
    create: ({ name, from, ...named }) => {
      const of = ofCollection(named);
      if (!hasCollection(of.kind, of.collection)) fail('invalid-input', { field: 'collection' });
      const rules = from === null ? [] : templateSource(of, from);
      return templates.create({ ...of, name, note: '', rules });
    },
    update: ({ templateId, ...texts }) => templates.update(templateId, texts),
    setRule: async ({ templateId, field, rule }) => {
      const spec = templates.spec(templateId, field);
      const open = rule && (await openTypedRule(envelopes, spec, rule));
      return templates.setRule(templateId, field, open);
    },
    duplicate: ({ templateId }) => templates.duplicate(templateId),
    remove: ({ templateId }) => templates.remove(templateId),
    export: async ({ templateIds }) => {
      // Made before the person is asked where: what is wrong is said before and not after.
      const { text, suggestedName, left } = composeTemplates(templateIds.map((id) => templates.get(id)));
      const path = await files.askSave(suggestedName, 'template');
      if (path !== null) await writeWhole(path, text);
      return { saved: path, left };
    },
    import: async () => {
      const path = await files.askOpen('template');
      if (path === null) return null;
      const { templates: read, skipped } = readTemplates(await readText(path, largestTemplateFile));
      return { templates: templates.takeIn(read), skipped: [...skipped] };
    },
  };
}
