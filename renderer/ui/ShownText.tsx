import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../shared/catalog';
import type { ShownValue } from '../../shared/model/record';
import { localised } from '../i18n';
import { formatDay, otherCalendar, usualCalendar } from './days';
import { Ltr } from './Ltr';

/**
 * A field's value in a list or a difference: the allowed value's label, a day in both calendars,
 * the text itself, or a secret's state.
 */
export function ShownText({ value, spec }: { value: ShownValue; spec?: FieldSpec | undefined }) {
  const { t } = useTranslation('shell');
  if (value !== null && typeof value === 'object') {
    return (
      <Text span c="dimmed" inherit>
        {t(`secret.${value.secret}`)}
      </Text>
    );
  }
  if (value === null || value === '') {
    return (
      <Text span c="dimmed" inherit>
        {t('value.empty')}
      </Text>
    );
  }
  const allowed = spec?.values?.find((one) => one.value === value);
  if (allowed) return <span>{localised(allowed.label)}</span>;
  const day = spec?.type === 'date' ? formatDay(value) : null;
  if (day !== null) {
    return (
      <span data-shown-day>
        <Ltr>{day}</Ltr>{' '}
        <Text span c="dimmed" inherit>
          (<Ltr>{formatDay(value, otherCalendar(usualCalendar()))}</Ltr>)
        </Text>
      </span>
    );
  }
  return isPlain(value) ? <Ltr>{value}</Ltr> : <bdi>{value}</bdi>;
}

/** Numbers, addresses, tokens: left to right in every language. */
function isPlain(value: string): boolean {
  return /^[\u0020-\u007e]+$/.test(value);
}
