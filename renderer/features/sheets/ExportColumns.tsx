import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../../shared/catalog';
import { formatCount, localised } from '../../i18n';
import css from './sheets.module.css';

/** Which columns are written, by the catalog's tabs. What can never be read back stands in none. */
export function ExportColumns({
  catalog,
  grid,
  columns,
  written,
  secrets,
  onColumns,
}: {
  catalog: Catalog;
  /** Those that the grid shows. */
  grid: readonly string[];
  columns: readonly string[];
  /** How many of the chosen ones are written. */
  written: number;
  /** Whether columns with secrets can be chosen. */
  secrets: boolean;
  onColumns: (columns: readonly string[]) => void;
}) {
  const { t } = useTranslation('sheets');
  const readable = catalog.fields.filter((spec) => !spec.writeOnly);
  const chosen = new Set(columns);
  const put = (names: readonly string[], on: boolean) =>
    onColumns(
      readable.map((spec) => spec.name).filter((name) => (names.includes(name) ? on : chosen.has(name))),
    );
  return (
    <fieldset className={css.fieldset}>
      <legend className={css.legend}>
        <span>{t('export.columns')}</span>
        <span className={css.quiet} data-columns={written}>
          {t('export.chosen', { count: written, formatted: formatCount(written) })}
        </span>
      </legend>
      <Group gap="xs" mb={6}>
        <Button size="compact-xs" variant="default" onClick={() => onColumns(grid)}>
          {t('export.grid')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => onColumns(readable.map((spec) => spec.name))}
          data-every
        >
          {t('export.every')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => onColumns([])}>
          {t('export.nothing')}
        </Button>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls has to be reachable by keyboard */}
      <section className={css.pages} aria-label={t('export.columns')} tabIndex={0}>
        {catalog.tabs.map((tab) => {
          const fields = readable.filter((spec) => spec.tab === tab.id);
          if (fields.length === 0) return null;
          const names = fields.map((spec) => spec.name);
          const on = names.filter((name) => chosen.has(name)).length;
          return (
            <div key={tab.id} className={css.page}>
              <Checkbox
                label={<b>{localised(tab.label)}</b>}
                aria-label={t('export.ofTab', { tab: localised(tab.label) })}
                checked={on === names.length}
                indeterminate={on > 0 && on < names.length}
                onChange={() => put(names, on < names.length)}
              />
              <div className={css.pageFields}>
                {fields.map((spec) => (
                  <Checkbox
                    key={spec.name}
                    label={localised(spec.label)}
                    title={spec.name}
                    checked={chosen.has(spec.name) && (secrets || !spec.secret)}
                    disabled={spec.secret === true && !secrets}
                    onChange={(event) => put([spec.name], event.currentTarget.checked)}
                  />
                ))}
              </div>
            </div>
          );
        })}
      </section>
      <Text size="xs" c="dimmed" mt={4}>
        {t('export.idToo')}
      </Text>
    </fieldset>
  );
}
