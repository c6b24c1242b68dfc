import { ActionIcon, Button, Menu, UnstyledButton } from '@mantine/core';
import { IconDots, IconFileExport, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { collectionOf, everyCollection, isSameCollection } from '../../../shared/catalog';
import type { Template } from '../../../shared/model/many';
import { formatCount, localised } from '../../i18n';
import { upperFirst } from '../../program/titles';
import layout from '../../ui/layout.module.css';
import { SeenText } from '../../ui/SeenText';
import { showTemplate } from './dialogs';
import { exportTemplates } from './files';
import css from './templates.module.css';

/** All templates by the records that they are for. */
export function TemplateList({
  templates,
  shown,
  onCreate,
  onImport,
}: {
  templates: readonly Template[];
  shown: Template;
  onCreate: () => void;
  onImport: () => void;
}) {
  const { t } = useTranslation('templates');
  const used = everyCollection().filter((of) => templates.some((one) => isSameCollection(one, of)));
  return (
    <nav className={css.side} aria-label={t('title')}>
      <div className={css.sideHead}>
        <Button variant="default" flex={1} leftSection={<IconPlus size={14} />} onClick={onCreate}>
          {t('create.menu')}
        </Button>
        <Menu withinPortal position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label={t('filesMenu')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconFileImport size={14} />} onClick={onImport}>
              {t('import.menu')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconFileExport size={14} />}
              onClick={() => void exportTemplates(templates.map(({ id }) => id))}
            >
              {t('export.all')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={css.list} data-first>
        {used.map((of) => (
          <section key={`${of.kind} ${of.collection}`} aria-label={localised(collectionOf(of).nouns)}>
            <h2 className={css.kind}>{upperFirst(localised(collectionOf(of).nouns))}</h2>
            {templates
              .filter((one) => isSameCollection(one, of))
              .map((one) => (
                <UnstyledButton
                  key={one.id}
                  className={css.row}
                  aria-current={one.id === shown.id}
                  title={one.note === '' ? one.name : `${one.name}\n${one.note}`}
                  onClick={() => showTemplate(one.id)}
                  data-template-row={one.id}
                >
                  <span className={layout.growCut}>
                    <bdi>
                      <SeenText>{one.name}</SeenText>
                    </bdi>
                  </span>
                  <span className={css.rowCount}>
                    {t('fieldCount', { count: one.rules.length, n: formatCount(one.rules.length) })}
                  </span>
                </UnstyledButton>
              ))}
          </section>
        ))}
      </div>
    </nav>
  );
}
