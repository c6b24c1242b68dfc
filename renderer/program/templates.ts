import { useQuery } from '@tanstack/react-query';
import type { TypedRule } from '../../shared/bulk/rule';
import type { Template, TemplateId } from '../../shared/model/many';
import { ask, patchbay } from './bridge';
import { keys, queryClient } from './queries';

const templatesQuery = { queryKey: keys.templates(), queryFn: () => ask(patchbay.templates.list()) };

/** All templates by name; undefined while they are being asked for. */
export function useTemplates(): readonly Template[] | undefined {
  return useQuery(templatesQuery).data;
}

/** Stores what becomes of a field of a template; back when the list has what it became. */
export async function setTemplateRule(
  templateId: TemplateId,
  field: string,
  rule: TypedRule | null,
): Promise<void> {
  takeTemplate(await ask(patchbay.templates.setRule({ templateId, field, rule })));
}

/** Puts a template as it is now into the list, before the list is asked for again. */
export function takeTemplate(template: Template): void {
  queryClient.setQueryData<Template[]>(keys.templates(), (known = []) =>
    known.some(({ id }) => id === template.id)
      ? known.map((one) => (one.id === template.id ? template : one))
      : [...known, template],
  );
}
