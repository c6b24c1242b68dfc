import { Button, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isKey } from '../../i18n';
import classes from './ConnectionForm.module.css';

/** The certificate that this connection trusts beside those of the system, and the way back. */
export function TrustedCertificate({
  fingerprint,
  fault,
  onClear,
}: {
  fingerprint: string;
  /** What is wrong with it, a key of the translations. */
  fault: string | undefined;
  onClear: () => void;
}) {
  const { t } = useTranslation('connections');
  const key = `error.certificate.${fault}`;
  return (
    <div className={classes.card} data-field="certificate">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {t('certificate.trusted')}
        </Text>
        <Button size="compact-xs" variant="default" onClick={onClear}>
          {t('certificate.distrust')}
        </Button>
      </Group>
      <Code block dir="ltr" fz={11} className={classes.fingerprint}>
        {fingerprint}
      </Code>
      {fault ? (
        <Text size="sm" c="var(--role-danger)" role="alert">
          {isKey('connections', key) ? t(key) : fault}
        </Text>
      ) : null}
    </div>
  );
}
