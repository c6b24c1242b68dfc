import { Menu } from '@mantine/core';
import { IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SelectionActions } from './useSelectionActions';

/** The templates of the connection's kind as menu items; if there are none, the way to make one. */
export function TemplateItems({ actions }: { actions: SelectionActions }) {
  const { t } = useTranslation('directory');
  return (
    <>
      {actions.templates.map((template) => (
        <Menu.Item
          key={template.id}
          leftSection={<IconTemplate size={14} />}
          onClick={() => actions.applyTemplate(template.id)}
        >
          <bdi>{template.name}</bdi>
        </Menu.Item>
      ))}
      {actions.templates.length === 0 ? (
        <Menu.Label>{t('selection.noTemplates')}</Menu.Label>
      ) : (
        <Menu.Divider />
      )}
      <Menu.Item onClick={actions.openTemplates}>{t('selection.templates')}</Menu.Item>
    </>
  );
}
