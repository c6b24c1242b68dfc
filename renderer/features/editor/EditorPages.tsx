import { Tabs, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount, localised } from '../../i18n';
import { CountBadge } from '../../ui/CountBadge';
import layout from '../../ui/layout.module.css';
import css from './editor.module.css';
import { FieldRow } from './FieldRow';
import { UnknownFields } from './UnknownFields';
import type { RecordForm } from './useRecordForm';

/** The fields in the catalog's tabs, all on one grid. */
export function EditorPages({
  form,
  page,
  onPage,
}: {
  form: RecordForm;
  page: string;
  onPage: (page: string) => void;
}) {
  const { t } = useTranslation('editor');
  const { catalog } = form;
  return (
    <Tabs
      className={css.pages}
      value={page}
      onChange={(next) => next !== null && onPage(next)}
      keepMounted={false}
      activateTabWithKeyboard
    >
      <Tabs.List className={css.pageList} aria-label={t('pages')}>
        {catalog.tabs.map((tab) => (
          <Tabs.Tab key={tab.id} value={tab.id} data-page={tab.id}>
            <span className={layout.pageName}>
              {localised(tab.label)}
              <PageMarks form={form} page={tab.id} />
            </span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {catalog.tabs.map((tab) => (
        <Tabs.Panel key={tab.id} value={tab.id} className={css.page}>
          <div className={css.form} data-first>
            {[...form.fields.values()]
              .filter((field) => field.spec.tab === tab.id)
              .map((field) => (
                <FieldRow key={field.spec.name} field={field} />
              ))}
          </div>
          {tab.id === catalog.unknownTab ? <UnknownFields fields={form.record?.unknown ?? []} /> : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** How many fields of a page are changed, and whether one of them cannot be sent as it is. */
function PageMarks({ form, page }: { form: RecordForm; page: string }) {
  const { t } = useTranslation('editor');
  const changed = form.changed.filter((field) => field.spec.tab === page);
  const words = t('pageChanged', { count: changed.length, formatted: formatCount(changed.length) });
  const invalid = [...form.fields.values()].some(
    (field) => field.spec.tab === page && field.problem !== null,
  );
  return (
    <>
      <CountBadge count={changed.length} words={words} />
      {invalid ? (
        <span className={css.pageInvalid} title={t('pageInvalid')}>
          <IconAlertTriangleFilled size={13} aria-hidden />
          <VisuallyHidden>{t('pageInvalid')}</VisuallyHidden>
        </span>
      ) : null}
    </>
  );
}
