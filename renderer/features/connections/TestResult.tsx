import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../i18n';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import classes from './ConnectionForm.module.css';
import type { TestReport } from './useTest';

/** What came of a test, in words: what the server said of itself, what is wrong, and its certificate to decide on. */
export function TestResult({
  report,
  trusted,
  onTrust,
}: {
  report: TestReport;
  /** The fingerprint that the form trusts now. */
  trusted: string | null;
  onTrust: (fingerprint: string) => void;
}) {
  const { t } = useTranslation('connections');
  return (
    <Stack gap="sm" role="status" data-test-ok={report.ok}>
      {report.ok ? (
        <Alert color="green" variant="light" p="sm" icon={<IconCircleCheck size={18} />} title={t('test.ok')}>
          <Group gap="md">
            {report.facts.map(({ name, value }) => (
              <Text key={name} size="sm">
                {t(`test.${name}`)}:{' '}
                {name === 'reseller' ? (
                  t(isYes(value) ? 'yes' : 'no')
                ) : (
                  <Ltr>{name === 'milliseconds' ? `${value} ms` : value}</Ltr>
                )}
              </Text>
            ))}
          </Group>
        </Alert>
      ) : null}
      {report.problem ? <ProblemAlert problem={report.problem} /> : null}
      {report.certificate ? (
        <Certificate shown={report.certificate} trusted={trusted} onTrust={onTrust} />
      ) : null}
    </Stack>
  );
}

function Certificate({
  shown,
  trusted,
  onTrust,
}: {
  shown: NonNullable<TestReport['certificate']>;
  trusted: string | null;
  onTrust: (fingerprint: string) => void;
}) {
  const { t } = useTranslation('connections');
  const lines = [
    [t('certificate.subject'), shown.subject],
    [t('certificate.issuer'), shown.issuer],
    [t('certificate.validTo'), shown.validTo === null ? '' : formatMoment(shown.validTo)],
  ] as const;
  return (
    <section className={classes.card} aria-label={t('certificate.title')}>
      <Text fw={600} size="sm">
        {t('certificate.title')}
      </Text>
      <dl className={classes.facts}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Text size="sm">{t('certificate.fingerprint')}</Text>
      <Code block dir="ltr" fz={11} className={classes.fingerprint}>
        {shown.fingerprint}
      </Code>
      {trusted === shown.fingerprint ? (
        <Text size="sm">{t('certificate.trustedNow')}</Text>
      ) : (
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={14} />}
          onClick={() => onTrust(shown.fingerprint)}
          style={{ alignSelf: 'start' }}
        >
          {t('certificate.trust')}
        </Button>
      )}
    </section>
  );
}

function isYes(value: string): boolean {
  return /^(yes|true|1)$/i.test(value);
}
