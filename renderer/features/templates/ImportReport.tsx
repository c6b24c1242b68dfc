import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldSpec } from '../../../shared/catalog';
import type { TemplateImport } from '../../../shared/model/many';
import { formatCount, localised } from '../../i18n';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';

/** What a file of templates brought in, and by name what of it was not taken. */
export function ImportReport({ report, onClose }: { report: TemplateImport; onClose: () => void }) {
  const { t } = useTranslation('templates');
  const { templates, skipped } = report;
  return (
    <FormDialog
      title={t('import.done', { count: templates.length, n: formatCount(templates.length) })}
      confirm={t('close')}
      close={t('close')}
      onSubmit={onClose}
      onClose={onClose}
      size={480}
    >
      <Stack gap="md" data-import-report>
        <Text size="sm">{templates.map(({ name }) => isolate(name)).join(', ')}</Text>
        {skipped.length > 0 ? (
          <div>
            <Text size="sm" fw={600} mb={4}>
              {t('import.skipped', { count: skipped.length, n: formatCount(skipped.length) })}
            </Text>
            <ul className={layout.leftOut}>
              {skipped.map(({ template, field, why }) => (
                <li key={`${template} ${field}`}>
                  {t(`import.why.${why}`, {
                    template: isolate(template),
                    field: isolate(nameOf(templates, field)),
                  })}
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </Stack>
    </FormDialog>
  );
}

/** The field's label where a catalog knows it, else its name in the file. */
function nameOf(templates: TemplateImport['templates'], field: string): string {
  const spec = templates.map((of) => fieldSpec(of, field)).find(Boolean);
  return spec ? localised(spec.label) : field;
}
