import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionId } from '../../../shared/model/connection';
import type { Template, TemplateId } from '../../../shared/model/many';
import { useConnections } from '../../program/connections';
import { openBulk } from '../../program/open-bulk';
import { useTemplates } from '../../program/templates';
import { EmptyState } from '../../ui/EmptyState';
import { FormDialog } from '../../ui/FormDialog';
import { Select } from '../../ui/inputs';
import { useAction } from '../../ui/useAction';
import { closeManyDialog, type TargetChoice } from './dialogs';
import { Replaces } from './Replaces';
import { TargetFields } from './TargetFields';
import { useTargets } from './targets';

interface Use {
  readonly templateId: TemplateId | null;
  readonly connectionId: ConnectionId | null;
  readonly records: TargetChoice;
}

/** Which template, and which records: to apply it, or to see which of them have drifted from it. */
export function UseTemplate({ use }: { use: Use }) {
  const templates = useTemplates();
  return templates ? <Form use={use} templates={templates} /> : null;
}

function Form({ use, templates }: { use: Use; templates: readonly Template[] }) {
  const { t } = useTranslation('templates');
  const connections = useConnections();
  const kind = connections.find(({ id }) => id === use.connectionId)?.kind ?? null;
  const fitting = kind ? templates.filter((one) => one.kind === kind) : templates;
  const [templateId, setTemplateId] = useState(use.templateId ?? fitting[0]?.id ?? null);
  const template = fitting.find(({ id }) => id === templateId);
  const first = connections.find((one) => one.kind === template?.kind);
  const [chosen, setChosen] = useState<string | null>(use.connectionId);
  const connection = connections.find(({ id, kind }) => id === chosen && kind === template?.kind) ?? first;
  const [choice, setChoice] = useState<TargetChoice>(use.records);
  const [text, setText] = useState('');
  const targets = useTargets(connection, choice, text);
  const open = useAction({
    work: async () => {
      if (!template || !connection || !targets.records) return;
      await openBulk({
        connectionId: connection.id,
        records: targets.records,
        rules: { templateId: template.id },
      });
    },
    done: closeManyDialog,
  });
  const drift = use.records === 'all';
  return (
    <FormDialog
      title={t(drift ? 'use.driftTitle' : 'use.title')}
      confirm={t('look')}
      disabled={!template || template.rules.length === 0 || targets.records === null}
      action={open}
      onSubmit={open.run}
      cancel={t('cancel')}
      onClose={closeManyDialog}
      size={640}
      stays
      long
    >
      {fitting.length === 0 ? (
        <EmptyState title={t('empty.title')} advice={t('empty.advice')} />
      ) : (
        <Select
          label={t('use.template')}
          data={fitting.map(({ id, name }) => ({ value: id, label: name }))}
          value={templateId}
          onChange={(value) => setTemplateId(fitting.find(({ id }) => id === value)?.id ?? null)}
          allowDeselect={false}
          searchable={fitting.length > 8}
          error={template && template.rules.length === 0 ? t('use.noRules') : undefined}
          data-field="template"
        />
      )}
      {template ? (
        <>
          <TargetFields
            of={template}
            connection={connection}
            onConnection={setChosen}
            choice={choice}
            onChoice={setChoice}
            text={text}
            onText={setText}
            targets={targets}
          />
          <Replaces connections={connection ? [connection] : []} />
        </>
      ) : null}
    </FormDialog>
  );
}
