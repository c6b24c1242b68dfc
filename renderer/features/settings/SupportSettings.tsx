import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, patchbay } from '../../program/bridge';
import { Dialog } from '../../ui/FormDialog';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';
import { PlainText } from './PlainText';
import { SettingRow } from './SettingRow';

/** The program's log, to read, and the text for support, to read before it is saved. */
export function SupportSettings() {
  const { t } = useTranslation('settings');
  return (
    <>
      <SettingRow of="log" help={t('support.logHelp')}>
        <ReadLog />
      </SettingRow>
      <SettingRow of="diagnostics" help={t('support.diagnosticsHelp')}>
        <MakeDiagnostics />
      </SettingRow>
    </>
  );
}

function ReadLog() {
  const { t } = useTranslation('settings');
  const [opened, setOpened] = useState(false);
  const log = useAction({
    work: () => ask(patchbay.support.log()),
    done: () => setOpened(true),
  });
  return (
    <>
      <Button variant="default" loading={log.busy && !opened} onClick={() => log.run()}>
        {t('support.readLog')}
      </Button>
      {log.problem ? <ProblemAlert problem={log.problem} /> : null}
      <Dialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('support.log')}
        close={t('support.close')}
        size="xl"
      >
        <PlainText
          label={t('support.readLog')}
          text={log.result?.length ? log.result.join('\n') : t('support.noLog')}
        />
        <Group mt="sm" justify="flex-end">
          <Button variant="default" loading={log.busy} onClick={() => log.run()}>
            {t('support.again')}
          </Button>
          <Button onClick={() => setOpened(false)}>{t('support.close')}</Button>
        </Group>
      </Dialog>
    </>
  );
}

function MakeDiagnostics() {
  const { t } = useTranslation('settings');
  const [opened, setOpened] = useState(false);
  const make = useAction({
    work: () => ask(patchbay.support.diagnostics()),
    done: () => setOpened(true),
  });
  const save = useAction({
    work: (token: string) => ask(patchbay.support.saveDiagnostics({ token })),
  });
  const { result: shown } = make;
  const failed = make.problem ?? save.problem;
  const saved = save.result?.saved;
  return (
    <>
      <Button
        variant="default"
        loading={make.busy}
        onClick={() => {
          save.forget();
          make.run();
        }}
      >
        {t('support.make')}
      </Button>
      {failed && !opened ? <ProblemAlert problem={failed} /> : null}
      <Dialog
        opened={opened && shown !== undefined}
        onClose={() => setOpened(false)}
        title={t('support.diagnostics')}
        close={t('support.close')}
        size="xl"
      >
        <Text size="sm" mb="sm">
          {t('support.look')}
        </Text>
        <PlainText label={t('support.make')} text={shown?.text ?? ''} />
        {failed ? <ProblemAlert problem={failed} /> : null}
        <Text size="sm" mih={18} mt={4} role="status" style={{ overflowWrap: 'anywhere' }}>
          {saved ? (
            <>
              {t('support.saved')} <Ltr>{saved}</Ltr>
            </>
          ) : saved === null ? (
            t('support.notSaved')
          ) : (
            ''
          )}
        </Text>
        <Group mt="sm" justify="flex-end">
          <Button variant="default" onClick={() => setOpened(false)}>
            {t('support.close')}
          </Button>
          <Button loading={save.busy} onClick={() => shown && save.run(shown.token)}>
            {t('support.save')}
          </Button>
        </Group>
      </Dialog>
    </>
  );
}
