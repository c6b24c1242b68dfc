import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconFileExport, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypedRule } from '../../../shared/bulk/rule';
import { rulesFor } from '../../../shared/bulk/rule';
import { type Catalog, catalogOf, type FieldSpec } from '../../../shared/catalog';
import type { Template, TemplateId } from '../../../shared/model/many';
import { formatCount, localised } from '../../i18n';
import { sayProblem } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { setTemplateRule, takeTemplate } from '../../program/templates';
import { Textarea, TextInput } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import { RuleField } from '../bulk';
import { openManyDialog, showTemplate } from './dialogs';
import { exportTemplates } from './files';
import { useTemplateTexts } from './template-texts';
import css from './templates.module.css';

/** One template: name, note, what to do with it, and a rule for each field that it says something of. */
export function TemplateView({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  const [onlySet, setOnlySet] = useState(false);
  const { id: templateId, rules } = template;
  const catalog = catalogOf(template);
  const use = (records: 'selected' | 'all') =>
    openManyDialog({ type: 'use', templateId, connectionId: null, records });
  return (
    <section className={css.main} aria-label={template.name} data-template={templateId}>
      <header className={css.head}>
        <h2 className={css.title} title={template.name}>
          <bdi>{template.name}</bdi>
        </h2>
        <span className={layout.push} />
        <Button variant="default" disabled={rules.length === 0} onClick={() => use('all')}>
          {t('drift')}
        </Button>
        <Button disabled={rules.length === 0} onClick={() => use('selected')}>
          {t('apply')}
        </Button>
        <TemplateMenu template={template} />
      </header>
      <Texts template={template} />
      <div className={css.bar}>
        <span>{t('ruleCount', { count: rules.length, n: formatCount(rules.length) })}</span>
        <Checkbox
          label={t('onlySet')}
          checked={onlySet}
          onChange={(event) => setOnlySet(event.currentTarget.checked)}
        />
      </div>
      <div className={css.rules}>
        {catalog.tabs.map((tab) => {
          const fields = catalog.fields.filter(
            (spec) =>
              spec.tab === tab.id &&
              rulesFor(spec).length > 0 &&
              (!onlySet || rules.some(({ field }) => field === spec.name)),
          );
          return fields.length === 0 ? null : (
            <div key={tab.id}>
              <h3 className={css.group}>{localised(tab.label)}</h3>
              {fields.map((spec) => (
                <Rule
                  key={spec.name}
                  templateId={templateId}
                  catalog={catalog}
                  spec={spec}
                  template={template}
                />
              ))}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Rule({
  templateId,
  catalog,
  spec,
  template,
}: {
  templateId: TemplateId;
  catalog: Catalog;
  spec: FieldSpec;
  template: Template;
}) {
  const rule = template.rules.find(({ field }) => field === spec.name)?.rule ?? null;
  const store = useMemo(
    () => (next: TypedRule | null) => setTemplateRule(templateId, spec.name, next),
    [templateId, spec.name],
  );
  return <RuleField catalog={catalog} spec={spec} rule={rule} onRule={store} connectionId={null} />;
}

function Texts({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  const { name, note, problem, type } = useTemplateTexts(template);
  return (
    <div className={css.texts}>
      <TextInput
        label={t('name')}
        value={name}
        onChange={(event) => type({ name: event.currentTarget.value })}
        error={name.trim() === '' ? t('nameMissing') : undefined}
        maxLength={120}
        data-field="name"
      />
      <Textarea
        label={t('note')}
        value={note}
        onChange={(event) => type({ note: event.currentTarget.value })}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={1_000}
        data-field="note"
      />
      {problem ? <ProblemAlert problem={problem} /> : null}
    </div>
  );
}

function TemplateMenu({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  const { id: templateId, name } = template;
  const duplicate = useAction({
    work: () => ask(patchbay.templates.duplicate({ templateId })),
    done: (made) => {
      takeTemplate(made);
      showTemplate(made.id);
    },
    failed: (problem) => sayProblem(`template ${templateId}`, name, problem),
  });
  return (
    <Menu withinPortal position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('actions', { name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => duplicate.run()}>
          {t('duplicate')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileExport size={14} />}
          onClick={() => void exportTemplates([templateId])}
        >
          {t('export.one')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          c="var(--role-danger)"
          leftSection={<IconTrash size={14} />}
          onClick={() => openManyDialog({ type: 'remove', template })}
        >
          {t('remove.menu')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
