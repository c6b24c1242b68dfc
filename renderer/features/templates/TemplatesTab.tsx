import { Button } from '@mantine/core';
import { IconFileImport, IconPlus, IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateImport } from '../../../shared/model/many';
import { useTemplates } from '../../program/templates';
import { EmptyState } from '../../ui/EmptyState';
import { openManyDialog, showTemplate, useShownTemplate } from './dialogs';
import { importTemplates } from './files';
import { ImportReport } from './ImportReport';
import { TemplateList } from './TemplateList';
import { TemplateView } from './TemplateView';
import css from './templates.module.css';

/** The templates: all of them at the side, the chosen one beside. */
export function TemplatesTab() {
  const { t } = useTranslation('templates');
  const templates = useTemplates();
  const chosen = useShownTemplate((state) => state.id);
  const [report, setReport] = useState<TemplateImport | null>(null);
  if (!templates) return null;
  const take = async () => {
    const came = await importTemplates();
    if (!came) return;
    const [first] = came.templates;
    if (first) showTemplate(first.id);
    setReport(came);
  };
  const create = () => openManyDialog({ type: 'create', of: null });
  const shown = templates.find(({ id }) => id === chosen) ?? templates[0];
  return (
    <>
      {shown ? (
        <div className={css.tab}>
          <TemplateList templates={templates} shown={shown} onCreate={create} onImport={() => void take()} />
          <TemplateView key={shown.id} template={shown} />
        </div>
      ) : (
        <EmptyState
          icon={<IconTemplate size={40} stroke={1.2} color="var(--role-muted)" aria-hidden />}
          title={t('empty.title')}
          advice={t('empty.advice')}
        >
          <Button.Group>
            <Button leftSection={<IconPlus size={14} />} onClick={create}>
              {t('create.menu')}
            </Button>
            <Button variant="default" leftSection={<IconFileImport size={14} />} onClick={() => void take()}>
              {t('import.menu')}
            </Button>
          </Button.Group>
        </EmptyState>
      )}
      {report ? <ImportReport report={report} onClose={() => setReport(null)} /> : null}
    </>
  );
}
