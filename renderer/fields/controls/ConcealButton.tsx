import { ActionIcon } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Shows what is being typed into a secret field, or hides it again. Focus stays in the field. */
export function ConcealButton({
  visible,
  onChange,
}: {
  visible: boolean;
  onChange: (visible: boolean) => void;
}) {
  const { t } = useTranslation('editor');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={t(visible ? 'secret.conceal' : 'secret.show')}
      aria-pressed={visible}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChange(!visible)}
    >
      {visible ? <IconEyeOff size={14} /> : <IconEye size={14} />}
    </ActionIcon>
  );
}
