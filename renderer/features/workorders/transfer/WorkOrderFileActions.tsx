import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconFileExport, IconFileText, IconFileTypePdf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../../shared/model/change';
import { type Language, languages } from '../../../i18n';
import { ExportDialog } from './ExportDialog';
import { type SummaryKind, writeSummary } from './write-summary';

const kinds: readonly { readonly what: SummaryKind; readonly Icon: typeof IconFileText }[] = [
  { what: 'pdf', Icon: IconFileTypePdf },
  { what: 'html', Icon: IconFileText },
];

/** What a work order can be written to: a file for another laptop, and summaries for people, in either language. */
export function WorkOrderFileActions({ workOrder }: { workOrder: WorkOrder }) {
  const { t } = useTranslation('transfer');
  const [exporting, { open, close }] = useDisclosure(false);
  const name = `WO-${workOrder.number}`;
  return (
    <>
      <Menu position="bottom-end" withinPortal shadow="md" width={250}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={12} />}>
            {t('actions.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('actions.label', { name })}>
          <Menu.Item
            leftSection={<IconFileExport size={14} />}
            onClick={open}
            disabled={workOrder.changes === 0}
            title={workOrder.changes === 0 ? t('actions.nothingToWrite') : undefined}
          >
            {t('actions.write')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('actions.summary')}</Menu.Label>
          {kinds.flatMap(({ what, Icon }, kind) =>
            languages.map((language: Language, at) => (
              <Menu.Item
                key={`${what} ${language}`}
                // The keys begin at the first entry that can be chosen: on a closed one the menu would hear none.
                data-autofocus={(workOrder.changes === 0 && kind + at === 0) || undefined}
                leftSection={<Icon size={14} />}
                onClick={() => void writeSummary(workOrder, what, language)}
              >
                {t(`actions.${what}.${language}`)}
              </Menu.Item>
            )),
          )}
        </Menu.Dropdown>
      </Menu>
      {exporting ? <ExportDialog workOrder={workOrder} onClose={close} /> : null}
    </>
  );
}
