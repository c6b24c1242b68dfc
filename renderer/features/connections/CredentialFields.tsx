import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconClock, IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthModeSpec } from '../../../shared/catalog/server-kind';
import { credentialFault } from '../../../shared/lib/credential';
import type { CredentialStatus } from '../../../shared/model/connection';

import { localised } from '../../i18n';
import { PasswordInput, TextInput } from '../../ui/inputs';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useProblemWords } from '../../ui/problemWords';
import { useAction } from '../../ui/useAction';
import classes from './ConnectionForm.module.css';
import type { Credentials } from './useCredentials';

const states = {
  keychain: { Icon: IconCircleCheck, colour: 'var(--role-ok)' },
  session: { Icon: IconClock, colour: 'var(--role-information)' },
  nowhere: { Icon: IconCircleDashed, colour: 'var(--role-muted)' },
  unknown: { Icon: IconHelpCircle, colour: 'var(--role-warning)' },
} as const satisfies Record<CredentialStatus['where'], { Icon: typeof IconClock; colour: string }>;

/** The parts of the chosen way to log in. A stored one is never shown, only that it is there. */
export function CredentialFields({ mode, credentials }: { mode: AuthModeSpec; credentials: Credentials }) {
  return (
    <div className={classes.pair}>
      {mode.parts.map((part) => (
        <Part key={part.id} part={part} credentials={credentials} />
      ))}
    </div>
  );
}

function Part({ part, credentials }: { part: AuthModeSpec['parts'][number]; credentials: Credentials }) {
  const { t } = useTranslation('connections');
  const [replacing, setReplacing] = useState(false);
  const clear = useAction({ work: () => credentials.clear(part.id) });
  const words = useProblemWords();
  const label = localised(part.label);
  const where = credentials.where(part.id);
  const text = credentials.typed[part.id] ?? '';
  const stored = where === 'keychain' || where === 'session';
  const state = t(`credential.${where}`);

  if (stored && !replacing && text === '') {
    return (
      <div>
        <Text size="sm" fw={500} mb={2}>
          {label}
        </Text>
        <Group gap="xs" h={30} wrap="nowrap" data-credential={part.id} data-where={where}>
          <Where where={where} text={state} />
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('credential.replaceOne', { label })}
            onClick={() => setReplacing(true)}
          >
            {t('credential.replace')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('credential.clearOne', { label })}
            onClick={() => clear.run()}
          >
            {t('credential.clear')}
          </Button>
        </Group>
        {clear.problem ? <ProblemAlert problem={clear.problem} onClose={clear.forget} /> : null}
      </div>
    );
  }
  const fault = credentialFault(part.id, text);
  const Input = part.visible ? TextInput : PasswordInput;
  return (
    <div data-credential={part.id} data-where={where}>
      <Input
        label={label}
        dir="ltr"
        value={text}
        onChange={(event) => credentials.type(part.id, event.currentTarget.value)}
        onBlur={() => {
          if (text === '') setReplacing(false);
        }}
        autoFocus={replacing}
        autoComplete="off"
        spellCheck={false}
        data-field={`credential.${part.id}`}
        // Never shortened by the field: half a token would be stored without a word.
        error={fault ? words(fault).title : null}
        description={fault ? words(fault).advice : text === '' ? state : t('credential.typed')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
      />
    </div>
  );
}

function Where({ where, text }: { where: CredentialStatus['where']; text: string }) {
  const { Icon, colour } = states[where];
  return (
    <Group gap={4} wrap="nowrap" flex={1} miw={0}>
      <Icon size={15} color={colour} aria-hidden style={{ flex: 'none' }} />
      <Text size="sm" truncate>
        {text}
      </Text>
    </Group>
  );
}
