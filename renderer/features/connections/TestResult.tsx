import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '../../../shared/model/connection';
import { formatMoment } from '../../i18n';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import classes from './ConnectionForm.module.css';
import type { TestReport } from './useTest';

/** The fingerprint that a form trusts, and the same again where it counts although it has expired. */
export interface FormTrust {
  readonly certificate: string | null;
  readonly expired: string | null;
}

/** Shows a test's result: the server's own description, problems, and its certificate to decide on. */
export function TestResult({
  report,
  trust,
  onTrust,
}: {
  report: TestReport;
  /** What the form trusts now. */
  trust: FormTrust;
  onTrust: (trust: FormTrust) => void;
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
          <Steps name="tested" steps={report.tested} />
          <Steps name="untested" steps={report.untested} />
        </Alert>
      ) : null}
      {report.problem ? <ProblemAlert problem={report.problem} /> : null}
      {report.certificate ? (
        <ShownCertificate
          shown={report.certificate}
          former={report.trusted}
          trust={trust}
          onTrust={onTrust}
        />
      ) : null}
    </Stack>
  );
}

/** What was tried, or could not be, in words. */
function Steps({ name, steps }: { name: 'tested' | 'untested'; steps: TestReport['tested'] }) {
  const { t } = useTranslation('connections');
  if (steps.length === 0) return null;
  return (
    <Text size="sm" mt={4} data-test-steps={name}>
      {t(`test.${name}`)} {steps.map((step) => t(`test.step.${step}`)).join(t('test.and'))}
    </Text>
  );
}

function ShownCertificate({
  shown,
  former,
  trust,
  onTrust,
}: {
  shown: Certificate;
  /** What is known of the one that was chosen before. */
  former: Certificate | null;
  trust: FormTrust;
  onTrust: (trust: FormTrust) => void;
}) {
  const { t } = useTranslation('connections');
  const over = shown.validTo !== null && shown.validTo < Date.now();
  const taken = trust.certificate === shown.fingerprint;
  const another = trust.certificate !== null && !taken;
  return (
    <section className={classes.card} aria-label={t('certificate.title')}>
      <Text fw={600} size="sm">
        {t('certificate.title')}
      </Text>
      <Facts of={shown} />
      <Text size="sm">{t('certificate.fingerprint')}</Text>
      <Code block dir="ltr" fz={11} className={classes.fingerprint}>
        {shown.fingerprint}
      </Code>
      {another ? (
        <div data-certificate="former">
          <Text fw={600} size="sm">
            {t('certificate.former')}
          </Text>
          {former ? <Facts of={former} /> : null}
          <Code block dir="ltr" fz={11} className={classes.fingerprint}>
            {trust.certificate}
          </Code>
        </div>
      ) : null}
      {taken && (!over || trust.expired === shown.fingerprint) ? (
        <Text size="sm">{t('certificate.trustedNow')}</Text>
      ) : (
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={14} />}
          onClick={() =>
            onTrust({ certificate: shown.fingerprint, expired: over ? shown.fingerprint : null })
          }
          style={{ alignSelf: 'start' }}
        >
          {t(over ? 'certificate.trustExpired' : 'certificate.trust')}
        </Button>
      )}
    </section>
  );
}

/** Who a certificate was made out to, by whom, for which names, and for how long. */
function Facts({ of }: { of: Certificate }) {
  const { t } = useTranslation('connections');
  const lines = [
    [t('certificate.subject'), of.subject],
    [t('certificate.names'), of.names.join(', ')],
    [t('certificate.issuer'), of.issuer],
    [t('certificate.validFrom'), of.validFrom === null ? '' : formatMoment(of.validFrom)],
    [t('certificate.validTo'), of.validTo === null ? '' : formatMoment(of.validTo)],
  ] as const;
  return (
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
  );
}

function isYes(value: string): boolean {
  return /^(yes|true|1)$/i.test(value);
}
