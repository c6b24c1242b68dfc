import { Button, Group, Loader, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkOrderId } from '../../../shared/model/change';
import { problemOf } from '../../../shared/model/problem';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { useConnections } from '../../program/connections';
import { useFindable } from '../../program/finding';
import { keys } from '../../program/queries';
import { workOrderName } from '../../program/work-orders';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import type { ListHand } from '../../ui/useRovingRows';
import { VirtualList } from '../../ui/VirtualList';
import { ChangeLine } from './ChangeLine';
import { ConnectionHead } from './ConnectionHead';
import { openWorkOrderDialog } from './dialogs';
import { EmptyOrder } from './EmptyOrder';
import { MoveBar } from './MoveBar';
import { OrderHead } from './OrderHead';
import { OrderRun, OutcomeLine } from './OrderRun';
import { type OrderItem, orderItems } from './order-items';
import { groupKey, pickedOf } from './picked';
import { Steps } from './Steps';
import { TakeInButton } from './transfer/TakeInButton';
import { useOrderContents } from './use-order-contents';
import { useSelection } from './use-selection';
import classes from './WorkOrders.module.css';

/** All work orders, newest first; what an unfolded one holds stands below it, all in one scrolling list. */
export function WorkOrdersTab() {
  const { t } = useTranslation('workorders');
  const connections = useConnections();
  const query = useQuery({ queryKey: keys.workOrders(), queryFn: () => ask(patchbay.workOrders.list()) });
  const [folded, toggleFold] = useToggles();
  const [runs, toggleRun] = useToggles();
  const [closedToo, setClosedToo] = useState(false);
  const all = query.data;
  const orders = useMemo(
    () => (all ?? []).filter((order) => closedToo || order.state !== 'closed'),
    [all, closedToo],
  );
  const closed = (all ?? []).filter(({ state }) => state === 'closed').length;
  const unfolded = useMemo(
    () => orders.filter((order) => folded.get(order.id) ?? order.current),
    [orders, folded],
  );
  const shownRuns = useMemo(() => new Set([...runs].flatMap(([id, on]) => (on ? [id] : []))), [runs]);
  const contents = useOrderContents(unfolded, shownRuns);
  const items = useMemo(() => orderItems(orders, contents, connections), [orders, contents, connections]);
  const groups = useMemo(
    () =>
      items.flatMap((item) =>
        item.type === 'connection'
          ? [{ workOrderId: item.order.id, connectionId: item.connectionId, changes: item.changes }]
          : [],
      ),
    [items],
  );
  const { chosen, choose, chooseAll, clear } = useSelection(groups, t('select.what'));
  const chosenOf = useMemo(() => countBy(chosen.values()), [chosen]);

  const root = useRef<HTMLDivElement>(null);
  const hand = useRef<ListHand>(null);
  useFindable(root, () =>
    items.flatMap((item, at) =>
      item.type === 'order' || item.type === 'connection'
        ? [
            {
              id: item.id,
              text:
                item.type === 'order'
                  ? [workOrderName(item.order), item.order.name].filter(Boolean).join(' · ')
                  : (item.connection?.name ?? t('connectionGone')),
              note:
                item.type === 'order'
                  ? [item.order.customer, item.order.ticket].filter(Boolean).join(' · ')
                  : workOrderName(item.order),
              run: () => hand.current?.goTo(at),
            },
          ]
        : [],
    ),
  );

  if (query.error) return <Notice>{<ProblemAlert problem={problemOf(query.error)} />}</Notice>;
  if (!all) return <Notice>{<Loader size="sm" aria-label={t('loading')} />}</Notice>;
  const homes = new Set(
    groups.flatMap((group) => (chosenOf.has(groupKey(group)) ? [group.workOrderId] : [])),
  );
  // Changes that are all of one work order cannot be moved there.
  const isOnlyHome = (id: WorkOrderId) => homes.size === 1 && homes.has(id);
  const render = (item: OrderItem) => {
    switch (item.type) {
      case 'order':
        return (
          <>
            <OrderHead order={item.order} open={item.open} onToggle={toggleFold} />
            {item.open ? <Steps order={item.order} /> : null}
          </>
        );
      case 'note':
        return (
          <p className={classes.note}>
            <bdi>{item.text}</bdi>
          </p>
        );
      case 'run':
        return <OrderRun item={item} onToggle={toggleRun} />;
      case 'outcome':
        return <OutcomeLine row={item.row} runId={item.runId} connection={item.connection} />;
      case 'connection': {
        const group = { workOrderId: item.order.id, connectionId: item.connectionId, changes: item.changes };
        return (
          <ConnectionHead
            item={item}
            chosen={chosenOf.get(item.id) ?? 0}
            onChoose={(on) => chooseAll(group, on)}
          />
        );
      }
      case 'change':
        return <ChangeLine item={item} chosen={chosen} onChoose={choose} />;
      case 'empty':
        return <EmptyOrder order={item.order} />;
    }
  };
  return (
    <div ref={root} className={classes.tab}>
      <header className={classes.header}>
        <Title order={1} fz="lg" fw={600}>
          {t('page.title')}
        </Title>
        <span className={layout.push} />
        {chosen.size > 0 ? (
          <MoveBar
            picked={pickedOf(chosen, groups)}
            orders={all.filter(({ id }) => !isOnlyHome(id))}
            onClear={clear}
          />
        ) : null}
        <Group gap="sm" wrap="nowrap">
          {closed > 0 ? (
            <Button
              variant={closedToo ? 'light' : 'default'}
              aria-pressed={closedToo}
              onClick={() => setClosedToo(!closedToo)}
            >
              {t('page.closed', { count: closed, n: formatCount(closed) })}
            </Button>
          ) : null}
          <TakeInButton onOpen={(order) => toggleFold(order.id, true)} />
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => openWorkOrderDialog({ type: 'create' })}
          >
            {t('page.create')}
          </Button>
        </Group>
      </header>
      <VirtualList
        items={items}
        keyOf={keyOf}
        estimate={estimate}
        label={t('page.title')}
        isHeading={isNote}
        hand={hand}
        render={render}
      />
    </div>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return <div className={layout.notice}>{children}</div>;
}

function countBy(keys: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** What was switched by hand, by work order. */
function useToggles() {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const toggle = useCallback(
    (id: string, on: boolean) => setToggled((before) => new Map(before).set(id, on)),
    [],
  );
  return [toggled, toggle] as const;
}

const isNote = (item: OrderItem): boolean => item.type === 'note';

const keyOf = (item: OrderItem): string => item.id;

const estimate = (item: OrderItem): number => {
  switch (item.type) {
    case 'change':
      return 29;
    case 'order':
      return 45;
    case 'empty':
      return 130;
    case 'outcome':
      return 29;
    default:
      return 37;
  }
};
