import { Button, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './ConnectionForm.module.css';

/** The certificate that this connection trusts beside those of the system, and the way back. */
export function TrustedCertificate({ fingerprint, onClear }: { fingerprint: string; onClear: () => void }) {
  const { t } = useTranslation('connections');
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
    </div>
  );
}
