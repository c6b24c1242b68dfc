import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ask, patchbay } from '../../program/bridge';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';

/** SQLite's own check of every page, and what it found. */
export function CheckSetting() {
  const { t } = useTranslation('settings');
  const check = useAction({ work: () => ask(patchbay.keeping.check()) });
  return (
    <>
      <Button variant="default" loading={check.busy} onClick={() => check.run()}>
        {t('keeping.checkNow')}
      </Button>
      {check.problem ? <ProblemAlert problem={check.problem} /> : null}
      {check.result ? (
        <Alert
          color={check.result.ok ? 'green' : 'red'}
          p="sm"
          mt="sm"
          role="status"
          data-check={check.result.ok}
        >
          <Text size="sm">{t(check.result.ok ? 'keeping.whole' : 'keeping.damaged')}</Text>
          {check.result.ok || check.result.detail === '' ? null : (
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere', userSelect: 'text' }}>
              <Ltr>{check.result.detail}</Ltr>
            </Text>
          )}
        </Alert>
      ) : null}
    </>
  );
}
