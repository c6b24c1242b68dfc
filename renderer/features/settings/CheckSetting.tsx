import { Alert, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, patchbay, problemOf } from '../../bridge';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** SQLite's own check of every page, and what it found. */
export function CheckSetting() {
  const { t } = useTranslation('settings');
  const check = useMutation({ mutationFn: () => ask(patchbay.keeping.check()) });
  return (
    <>
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
        {t('keeping.checkNow')}
      </Button>
      {check.error ? <ProblemAlert problem={problemOf(check.error)} /> : null}
      {check.data ? (
        <Alert
          color={check.data.ok ? 'green' : 'red'}
          p="sm"
          mt="sm"
          role="status"
          data-check={check.data.ok}
        >
          <Text size="sm">{t(check.data.ok ? 'keeping.whole' : 'keeping.damaged')}</Text>
          {check.data.ok || check.data.detail === '' ? null : (
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere', userSelect: 'text' }}>
              <Ltr>{check.data.detail}</Ltr>
            </Text>
          )}
        </Alert>
      ) : null}
    </>
  );
}
