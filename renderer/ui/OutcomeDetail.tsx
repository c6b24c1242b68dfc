import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfCollection } from '../../shared/catalog';
import type { RowOutcome } from '../../shared/model/plan';
import { DiffLine, FieldLabel } from './DiffLine';
import { ProblemAlert } from './ProblemAlert';

/** All that is known of what became of one change: side effects first, then what was not stored or not readable. */
export function OutcomeDetail({ of, result }: { of: OfCollection; result: RowOutcome }) {
  const { t } = useTranslation('workorders');
  return (
    <Stack gap="sm" maw={760}>
      {result.sideEffects.length > 0 ? (
        <LoudFrame>
          {result.sideEffects.map((one) => (
            <DiffLine key={one.field} of={of} field={one.field} from={one.before} to={one.after} />
          ))}
        </LoudFrame>
      ) : null}
      {result.problem && result.problem.code !== 'side-effect' ? (
        <ProblemAlert problem={result.problem} colour={result.outcome === 'rejected' ? 'red' : 'yellow'} />
      ) : null}
      {result.notStored.length > 0 ? (
        <section aria-label={t('detail.notStored')}>
          <Text size="sm" fw={600}>
            {t('detail.notStored')}
          </Text>
          {result.notStored.map((one) => (
            <DiffLine key={one.field} of={of} field={one.field} from={one.before} to={one.after} />
          ))}
        </section>
      ) : null}
      {result.unverifiable.length > 0 ? (
        <Text size="sm">
          {t('detail.unverifiable')}{' '}
          {result.unverifiable.map((field, at) => (
            <span key={field}>
              {at > 0 ? t('listSeparator') : ''}
              <FieldLabel of={of} field={field} />
            </span>
          ))}
        </Text>
      ) : null}
    </Stack>
  );
}

/** The frame in which side effects are said: loud, because nobody asked for them. */
export function LoudFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation('workorders');
  return (
    <Alert
      color="red"
      variant="light"
      style={{ border: '1px solid var(--mantine-color-red-6)', borderInlineStartWidth: 4 }}
      p="sm"
      icon={<IconAlertTriangleFilled size={18} />}
      title={t('detail.sideEffect')}
      data-problem="side-effect"
    >
      {children}
      <Text size="sm" mt={4}>
        {t('detail.sideEffectAdvice')}
      </Text>
    </Alert>
  );
}
