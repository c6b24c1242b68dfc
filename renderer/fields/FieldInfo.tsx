import { ActionIcon, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { localised } from '../i18n';
import css from './fields.module.css';

/** The small "i": the vendor's name of a field, what it is for, and what to be careful about. */
export function FieldInfo({ spec }: { spec: FieldSpec }) {
  const { t } = useTranslation('editor');
  const [opened, { toggle, close }] = useDisclosure(false);
  const from = useRef<HTMLElement>(null);
  const label = localised(spec.label);
  const readAs = readPath(spec).join('.');
  return (
    <Popover
      width={300}
      position="bottom-start"
      withArrow
      withinPortal
      shadow="md"
      opened={opened}
      onChange={(open) => !open && close()}
    >
      <Popover.Target>
        <ActionIcon
          variant="transparent"
          size={16}
          // No stop on the way from field to field: F1 reaches it.
          tabIndex={-1}
          data-field-info
          className={css.info}
          color={spec.note ? 'yellow' : 'gray'}
          aria-label={t('field.info', { field: label })}
          onClick={toggle}
          // A click inside stays open, so that the name can be copied; tabbing on closes it.
          onBlur={(event) => {
            if (event.relatedTarget && !event.relatedTarget.closest('[role="dialog"]')) close();
          }}
          onFocus={(event) => {
            from.current = event.relatedTarget instanceof HTMLElement ? event.relatedTarget : null;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'F1') return;
            event.preventDefault();
            event.stopPropagation();
            close();
            from.current?.focus();
          }}
        >
          <IconInfoCircle size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('field.info', { field: label })}>
        <Text size="sm">{localised(spec.help)}</Text>
        {spec.note ? (
          <Text size="sm" mt="sm" className={css.note}>
            {localised(spec.note)}
          </Text>
        ) : null}
        <dl className={css.names}>
          <dt>{t('field.wireName')}</dt>
          <dd dir="ltr">{spec.name}</dd>
          {readAs === spec.name ? null : (
            <>
              <dt>{t('field.readAs')}</dt>
              <dd dir="ltr">{readAs}</dd>
            </>
          )}
        </dl>
        {spec.readOnly ? (
          <Text size="sm" c="dimmed">
            {t('field.readOnly')}
          </Text>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
