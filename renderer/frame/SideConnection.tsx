import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../shared/model/connection';
import { ConnectionMenu } from '../features/connections';
import { useReach } from '../program/live';
import { useWorkspace } from '../program/workspace';
import { ConnectionTag, connectionLine } from '../ui/ConnectionTag';
import { CutText } from '../ui/CutText';
import { ReachMark } from '../ui/ReachMark';
import classes from './SideList.module.css';

/** One connection of the side list: reach, name, tag, its own colour, and a menu by right click or by the dots. */
export function SideConnection({ connection }: { connection: Connection }) {
  const { t } = useTranslation('shell');
  const [menu, setMenu] = useState(false);
  const reach = useReach(connection.id);
  const open = useWorkspace((state) => state.open);
  const active = useWorkspace((state) => {
    const tab = state.tabs[state.active];
    return tab !== undefined && 'connectionId' in tab && tab.connectionId === connection.id;
  });
  return (
    <li
      className={classes.item}
      data-connection={connection.id}
      data-menu={menu || undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenu(true);
      }}
    >
      <span className={classes.colour} style={{ background: connectionLine(connection.colour) }} />
      <UnstyledButton
        className={classes.row}
        data-walk
        data-active={active || undefined}
        onClick={() => open({ type: 'directory', connectionId: connection.id })}
        title={`${connection.name} · ${t(`reach.${reach}`)}`}
      >
        <span className={classes.mark}>
          <ReachMark reach={reach} />
        </span>
        <span className={classes.text}>
          <CutText>{connection.name}</CutText>
        </span>
        <span className={classes.tag}>
          <ConnectionTag connection={connection} />
        </span>
      </UnstyledButton>
      <ConnectionMenu connection={connection} opened={menu} onChange={setMenu}>
        <ActionIcon
          className={classes.more}
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('side.actions', { name: connection.name })}
        >
          <IconDots size={14} />
        </ActionIcon>
      </ConnectionMenu>
    </li>
  );
}
