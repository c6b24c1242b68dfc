import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Catalog, fieldsByName } from '../../../shared/catalog';
import { localised } from '../../i18n';
import { useWorkspace } from '../../program/workspace';
import { gridFields, usualColumns } from './columns';
import css from './directory.module.css';

/** Which columns the grid shows, and in which order. Kept with the workspace. */
export function ColumnChooser({
  connectionId,
  catalog,
  columns,
}: {
  connectionId: string;
  catalog: Catalog;
  columns: readonly string[];
}) {
  const { t } = useTranslation('directory');
  const setColumns = useWorkspace((state) => state.setColumns);
  const specs = fieldsByName(catalog);
  const hidden = gridFields(catalog)
    .map((spec) => spec.name)
    .filter((name) => !columns.includes(name));

  const toggle = (name: string) => {
    const next = columns.includes(name) ? columns.filter((other) => other !== name) : [...columns, name];
    // A grid without columns shows nothing at all.
    if (next.length > 0) setColumns(connectionId, next);
  };
  const move = (from: number, by: 1 | -1) => {
    const next = [...columns];
    const [moved] = next.splice(from, 1);
    if (moved !== undefined) next.splice(from + by, 0, moved);
    setColumns(connectionId, next);
  };

  return (
    <Popover position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          className={css.iconWhereNarrow}
          title={t('columns')}
          leftSection={<IconColumns3 size={14} />}
        >
          {t('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('columns')}>
        <ScrollArea.Autosize mah={420} type="auto" offsetScrollbars="y">
          <Stack gap={2} component="ul" className={css.columnList}>
            {[...columns, ...hidden].map((name, index) => {
              const spec = specs.get(name);
              if (!spec) return null;
              const label = localised(spec.label);
              const shown = index < columns.length;
              return (
                <Group
                  key={name}
                  component="li"
                  gap={4}
                  wrap="nowrap"
                  justify="space-between"
                  data-column={name}
                >
                  <Checkbox
                    label={label}
                    checked={shown}
                    disabled={shown && columns.length === 1}
                    onChange={() => toggle(name)}
                  />
                  <Group gap={2} wrap="nowrap" className={shown ? undefined : css.hidden}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      disabled={!shown || index === 0}
                      aria-label={t('columnUp', { column: label })}
                      onClick={() => move(index, -1)}
                    >
                      <IconArrowUp size={14} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      disabled={!shown || index === columns.length - 1}
                      aria-label={t('columnDown', { column: label })}
                      onClick={() => move(index, 1)}
                    >
                      <IconArrowDown size={14} />
                    </ActionIcon>
                  </Group>
                </Group>
              );
            })}
          </Stack>
        </ScrollArea.Autosize>
        <Button
          mt="sm"
          fullWidth
          variant="default"
          onClick={() => setColumns(connectionId, [...usualColumns(catalog)])}
        >
          {t('columnsReset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
